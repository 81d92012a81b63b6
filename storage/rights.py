"""Codes that open something once, and the roles persons have for an area."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from locales.calendar import utc_text
from storage.database import Row, Tx

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
_LENGTH = 8  # 31^8: a guess a second would take 27,000 years


@dataclass(frozen=True, slots=True)
class Role:
    """What a person may do, and where (`area` None: the whole province)."""

    person: int
    role: str
    area: int | None


async def roles(tx: Tx, chat: str) -> list[Role]:
    """Every right of the persons who speak through a chat."""
    rows = await tx.all(
        "SELECT DISTINCT g.person_id, g.role, g.area_id FROM chat_person cp JOIN grants g ON g.person_id = cp.person_id"
        " WHERE cp.chat = :chat AND cp.until IS NULL AND g.revoked_at IS NULL",
        chat=chat,
    )
    return [Role(row["person_id"], row["role"], row["area_id"]) for row in rows]


async def chats_with(tx: Tx, role: str) -> Sequence[Row]:
    """The reachable chats of everybody who has a role, with the area of each."""
    return await tx.all(
        "SELECT DISTINCT c.id, c.locale, g.area_id, g.person_id FROM grants g"
        " JOIN chat_person cp ON cp.person_id = g.person_id"
        " JOIN chat c ON c.id = cp.chat WHERE g.role = :role AND g.revoked_at IS NULL AND cp.until IS NULL"
        " AND c.reachable = 1 AND c.kind = 'private' ORDER BY c.id",
        role=role,
    )


async def grant(tx: Tx, person: int, role: str, area: int | None, at: str) -> None:
    """Give a role; giving it twice changes nothing."""
    await tx.run(
        "INSERT INTO grants (person_id, role, area_id, granted_at)"
        " SELECT CAST(:person AS BIGINT), CAST(:role AS TEXT), CAST(:area AS BIGINT), CAST(:at AS TEXT)"
        " WHERE NOT EXISTS (SELECT 1 FROM grants WHERE person_id = :person AND role = :role"
        " AND coalesce(area_id, 0) = coalesce(CAST(:area AS BIGINT), 0) AND revoked_at IS NULL)",
        person=person,
        role=role,
        area=area,
        at=at,
    )


# Codes ------------------------------------------------------------------------------------------


def digest(code: str) -> str:
    """What is kept of a code. Case and separators do not count."""
    bare = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(bare.encode()).hexdigest()


async def make_code(
    tx: Tx,
    purpose: str,
    now: datetime,
    valid: timedelta,
    *,
    holding: int | None = None,
    person: int | None = None,
    role: str | None = None,
    area: int | None = None,
) -> str:
    """A new one-time code; it is shown once and only its digest is kept."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    await tx.run(
        "INSERT INTO code (hash, purpose, holding_id, person_id, role, area_id, created_at, expires_at)"
        " VALUES (:hash, :purpose, :holding, :person, :role, :area, :at, :expires)",
        hash=digest(code),
        purpose=purpose,
        holding=holding,
        person=person,
        role=role,
        area=area,
        at=utc_text(now),
        expires=utc_text(now + valid),
    )
    return code


async def find_code(tx: Tx, code: str, at: str) -> Row | None:
    """What an unused, unexpired code opens."""
    return await tx.one(
        "SELECT purpose, holding_id, person_id, role, area_id FROM code"
        " WHERE hash = :hash AND used_at IS NULL AND expires_at > :at",
        hash=digest(code),
        at=at,
    )


async def use_code(tx: Tx, hashed: str, chat: str, at: str) -> bool:
    """Use up a code, by its digest. False when it was used meanwhile or has expired."""
    return (
        await tx.value(
            "UPDATE code SET used_at = :at, used_by = :chat WHERE hash = :hash AND used_at IS NULL AND expires_at > :at"
            " RETURNING hash",
            hash=hashed,
            chat=chat,
            at=at,
        )
        is not None
    )
