"""Who did what to whom, when, on whose behalf. Append-only; each row carries the hash of the one before."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from storage.database import Tx

_GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `data` holds ids and states, never a name or a phone."""

    actor: str
    action: str
    subject: str
    data: dict[str, Any] = field(default_factory=dict)
    behalf: str = ""


def _hash(previous: str, row: dict[str, Any]) -> str:
    body = "\x1f".join(str(row[k]) for k in ("id", "at", "actor", "action", "subject", "behalf", "data"))
    return hashlib.sha256(f"{previous}\x1e{body}".encode()).hexdigest()


async def append(tx: Tx, entries: Iterable[Entry], at: str) -> None:
    """Chain the entries to the end of the audit. `at`: UTC text."""
    pending = list(entries)
    if not pending:
        return
    last = await tx.one("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
    number, previous = (last["id"], last["hash"]) if last else (0, _GENESIS)
    rows: list[dict[str, Any]] = []
    for entry in pending:
        number += 1
        row = {
            "id": number,
            "at": at,
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "behalf": entry.behalf,
            "data": json.dumps(entry.data, ensure_ascii=False, sort_keys=True),
        }
        row["hash"] = previous = _hash(previous, row)
        rows.append(row)
    await tx.many(
        "INSERT INTO audit (id, at, actor, action, subject, behalf, data, hash)"
        " VALUES (:id, :at, :actor, :action, :subject, :behalf, :data, :hash)",
        rows,
    )


async def first_break(tx: Tx) -> int | None:
    """Number of the first row that does not fit the chain, or None when it is whole."""
    previous = _GENESIS
    for position, row in enumerate(await tx.all("SELECT * FROM audit ORDER BY id"), start=1):
        if row["id"] != position or _hash(previous, dict(row)) != row["hash"]:
            return position
        previous = row["hash"]
    return None
