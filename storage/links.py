"""One-time links to files that a messenger cannot carry. The file is made when its link is opened, of what stands then.

Only the digest of a link's secret is kept. A link is bound to the chat it was sent to and, when the file holds one
person's data, to that person: it opens nothing once she no longer speaks through that chat.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from json import dumps, loads
from typing import Any

from locales.calendar import utc_text
from storage.database import Row, Tx

VALID = timedelta(hours=48)
AGAIN = timedelta(minutes=10)
"""For so long the browser that opened a link may ask again: phones fetch a file twice, to look and then to keep it."""

REMEMBERED = timedelta(days=30)
"""For so long after its end a link is told from a wrong one."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link opens. `open`: it can be used; else it was used, has expired, or its person left the chat."""

    open: bool
    picture: bool
    attachment: dict[str, Any]
    expires_at: str


def digest(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


async def make(
    tx: Tx,
    chat: str,
    attachment: Mapping[str, Any],
    now: datetime,
    *,
    valid: timedelta = VALID,
    picture: bool = False,
) -> str:
    """A new link; returns its secret, which is shown once. Links long over are forgotten."""
    secret = secrets.token_urlsafe(24)
    await tx.run("DELETE FROM file_link WHERE expires_at < :before", before=utc_text(now - REMEMBERED))
    await tx.run(
        "INSERT INTO file_link (hash, chat, person_id, attachment, picture, created_at, expires_at)"
        " VALUES (:hash, :chat, :person, :attachment, :picture, :at, :expires)",
        hash=digest(secret),
        chat=chat,
        person=attachment.get("person"),
        attachment=dumps(attachment, ensure_ascii=False),
        picture=int(picture),
        at=utc_text(now),
        expires=utc_text(now + valid),
    )
    return secret


async def look(tx: Tx, secret: str, visitor: str, now: datetime) -> Link | None:
    """What a link opens, without using it; None when there is no such link."""
    row = await tx.one(f"{_LINK} WHERE f.hash = :hash", hash=digest(secret))
    return None if row is None else _link(row, visitor, now)


async def use(tx: Tx, secret: str, visitor: str, now: datetime) -> Link | None:
    """The same, and it is used up: this visitor alone may ask again for a moment. A picture is never used up."""
    link = await look(tx, secret, visitor, now)
    if link is not None and link.open and not link.picture:
        await tx.run(
            "UPDATE file_link SET used_at = :at, used_by = :visitor WHERE hash = :hash AND used_at IS NULL",
            at=utc_text(now),
            visitor=visitor,
            hash=digest(secret),
        )
    return link


async def give_back(tx: Tx, secret: str) -> None:
    """It is unused again: the file could not be made."""
    await tx.run("UPDATE file_link SET used_at = NULL, used_by = '' WHERE hash = :hash", hash=digest(secret))


async def revoke(tx: Tx, chat: str, at: str) -> None:
    """No link sent to this chat opens anything any more."""
    await tx.run(
        "UPDATE file_link SET expires_at = :at WHERE chat = :chat AND expires_at > :at",
        chat=chat,
        at=at,
    )


_LINK = (
    "SELECT f.picture, f.attachment, f.expires_at, f.used_at, f.used_by,"
    " coalesce(c.reachable, 0) = 1 AND (f.person_id IS NULL OR EXISTS (SELECT 1 FROM chat_person cp"
    " WHERE cp.chat = f.chat AND cp.person_id = f.person_id AND cp.until IS NULL)) AS bound"
    " FROM file_link f LEFT JOIN chat c ON c.id = f.chat"
)


def _link(row: Row, visitor: str, now: datetime) -> Link:
    again = bool(visitor) and row["used_by"] == visitor and row["used_at"] >= utc_text(now - AGAIN)
    unused = row["used_at"] is None or again
    is_open = bool(row["bound"]) and unused and row["expires_at"] > utc_text(now)
    return Link(is_open, bool(row["picture"]), loads(row["attachment"]), row["expires_at"])
