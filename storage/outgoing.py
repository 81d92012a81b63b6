"""SQL of what waits to be sent and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from storage.database import Row, Tx


async def waiting(tx: Tx, now_ms: int, limit: int) -> Sequence[Row]:
    """The next message of each chat that has one, replies before mass mail. A chat whose next must wait is left out."""
    return await tx.all(
        "SELECT o.id, o.chat, o.priority, o.text, o.choices, o.hints, o.edits, o.answers, o.private, o.attempts,"
        " o.created_at, c.kind, c.locale FROM outbox o LEFT JOIN chat c ON c.id = o.chat"
        " WHERE o.state = 'waiting' AND o.not_before <= :now AND NOT EXISTS (SELECT 1 FROM outbox e"
        " WHERE e.state = 'waiting' AND e.chat = o.chat AND (e.priority, e.id) < (o.priority, o.id))"
        " ORDER BY o.priority, o.id LIMIT :limit",
        now=now_ms,
        limit=limit,
    )


async def next_retry(tx: Tx, now_ms: int) -> int | None:
    """When (ms) the next message that was put off may be tried, or None."""
    found: int | None = await tx.value(
        "SELECT min(not_before) FROM outbox WHERE state = 'waiting' AND not_before > :now", now=now_ms
    )
    return found


async def mark(tx: Tx, rows: Iterable[Mapping[str, Any]]) -> None:
    """What became of messages. A private text goes once it is sent."""
    await tx.many(
        "UPDATE outbox SET state = :state, wire_id = :wire_id, sent_ms = :sent_ms, error = :error,"
        " attempts = :attempts, not_before = :not_before,"
        " text = CASE WHEN private = 1 AND CAST(:state AS TEXT) <> 'waiting' THEN '' ELSE text END WHERE id = :id",
        rows,
    )


async def mark_unreachable(tx: Tx, chats: Iterable[str]) -> None:
    """Chats that have blocked the bot or are gone: nothing waits for them any more."""
    rows = [{"chat": chat} for chat in chats]
    await tx.many("UPDATE chat SET reachable = 0 WHERE id = :chat", rows)
    await tx.many(
        "UPDATE outbox SET state = 'refused', error = 'unreachable' WHERE chat = :chat AND state = 'waiting'", rows
    )


async def last_sent(tx: Tx, count: int) -> list[int]:
    """The last send times (ms since 1970), newest first."""
    rows = await tx.all("SELECT sent_ms FROM outbox WHERE sent_ms IS NOT NULL ORDER BY sent_ms DESC LIMIT :n", n=count)
    return [row["sent_ms"] for row in rows]


async def troubles(tx: Tx, since: str) -> Sequence[Row]:
    """How many messages waited for, were sent, refused or given up since a moment, by state."""
    return await tx.all(
        "SELECT state, count(*) AS n FROM outbox WHERE created_at >= :since OR state = 'waiting' GROUP BY state",
        since=since,
    )


async def given_up(tx: Tx, limit: int) -> Sequence[Row]:
    """The newest messages that were refused or given up, for the admin."""
    return await tx.all(
        "SELECT id, chat, state, error, attempts, created_at FROM outbox WHERE state IN ('given_up', 'refused')"
        " ORDER BY id DESC LIMIT :limit",
        limit=limit,
    )
