"""How the system is: what waits, what failed, who cannot be reached. No texts and no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from locales.calendar import utc_text
from storage import outgoing
from storage.database import Row, Tx

DAYS = 7
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the system, with the newest troubles of the last days."""

    sent: int
    waiting: int
    refused: int
    given_up: int
    oldest: str  # since when the oldest waiting message waits; empty: none does
    troubles: Sequence[Row]
    failed: int
    failures: Sequence[Row]
    chats: int
    unreachable: int
    size: int
    version: int
    inbox: int
    outbox: int


async def read(tx: Tx, now: datetime) -> Health:
    """As it is now."""
    since = utc_text(now - timedelta(days=DAYS))
    by_state = {row["state"]: row["n"] for row in await outgoing.troubles(tx, since)}
    chats = await tx.one(
        "SELECT count(*) AS n, count(*) FILTER (WHERE reachable = 0) AS gone FROM chat WHERE kind = 'private'"
    )
    return Health(
        **{state: by_state.get(state, 0) for state in ("sent", "waiting", "refused", "given_up")},
        oldest=await tx.value("SELECT min(created_at) FROM outbox WHERE state = 'waiting'") or "",
        troubles=await outgoing.given_up(tx, SHOWN),
        failed=await tx.value("SELECT count(*) FROM inbox WHERE state = 'failed' AND received_at >= :at", at=since),
        failures=await tx.all(_FAILURES, at=since, limit=SHOWN),
        chats=chats["n"] if chats else 0,
        unreachable=chats["gone"] if chats else 0,
        size=await tx.size(),
        version=await tx.value("SELECT max(number) FROM migration"),
        inbox=await tx.value("SELECT count(*) FROM inbox WHERE channel <> 'clock'"),
        outbox=await tx.value("SELECT count(*) FROM outbox"),
    )


_FAILURES = (
    "SELECT error, received_at FROM inbox WHERE state = 'failed' AND received_at >= :at ORDER BY id DESC LIMIT :limit"
)
