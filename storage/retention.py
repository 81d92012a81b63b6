"""What was said is deleted after the retention time. A little at a time, so that nobody waits for it."""

from datetime import datetime, timedelta

from locales.calendar import utc_text
from storage.database import Database, Tx

CHUNK = 1000
FROM_HOUR = 2  # local: when few are writing; later in the day if the bot was down then

# The clock's keys stay, or what was done would fall due again; but those of a day or of a turn never come again.
_DONE_WITH = "(channel <> 'clock' OR key LIKE 'board:%' OR key LIKE 'retention:%' OR key LIKE 'forget:%')"


def cutoff(now: datetime, days: int) -> str:
    """What is older than this is deleted."""
    return utc_text(now - timedelta(days=days))


async def delete_some(tx: Tx, before: str, limit: int) -> int:
    """Delete the oldest messages from before a moment, at most `limit` of each kind. Returns how many went.

    Numbers are never given out again, so a button of a deleted message leads nowhere. The rows are in order of time:
    only the first of them are looked at.
    """
    gone = 0
    for statement in (_INBOX, _OUTBOX, _CHATS):
        gone += len(await tx.all(statement, before=before, limit=limit))
    return gone


_INBOX = (
    "DELETE FROM inbox WHERE id IN (SELECT x.id FROM (SELECT id, state, received_at FROM inbox"  # noqa: S608 - a constant
    f" WHERE {_DONE_WITH} ORDER BY id LIMIT :limit) x"
    " WHERE x.received_at < :before AND x.state <> 'waiting') RETURNING id"
)
_OUTBOX = (
    "DELETE FROM outbox WHERE id IN (SELECT x.id FROM (SELECT id, created_at FROM outbox ORDER BY id LIMIT :limit) x"
    " WHERE x.created_at < :before) RETURNING id"
)
# A form that was left half filled is a message too; and of a stranger not even the display name stays.
_SPEAKS = "EXISTS (SELECT 1 FROM chat_person l WHERE l.chat = chat.id AND l.until IS NULL)"
_CHATS = (
    "UPDATE chat SET question = NULL, step = NULL, carry = '{}', draft = '{}',"  # noqa: S608 - constants
    f" title = CASE WHEN kind = 'group' OR {_SPEAKS} THEN title ELSE '' END"
    " WHERE id IN (SELECT id FROM chat WHERE seen_at < :before AND (question IS NOT NULL OR carry <> '{}'"
    f" OR draft <> '{{}}' OR (title <> '' AND kind = 'private' AND NOT {_SPEAKS}))"
    " ORDER BY id LIMIT :limit) RETURNING id"
)


async def sweep(db: Database, now: datetime, days: int, chunk: int = CHUNK) -> int:
    """Delete all that is due, each chunk in a transaction of its own. Returns how many rows went."""
    before, total = cutoff(now, days), 0
    while gone := await db.transact(lambda tx: delete_some(tx, before, chunk)):
        total += gone
    return total


async def due_retention(tx: Tx, local: datetime, days: int) -> list[str]:
    """Once a day: `retention:2026-06-05:90`."""
    key = f"retention:{local.date()}:{days}"
    if local.hour < FROM_HOUR:
        return []
    known = await tx.value("SELECT 1 FROM inbox WHERE channel = 'clock' AND key = :key", key=key)
    return [] if known else [key]
