"""The Board's group chats: which are bound, when each was last sent the summary, and with which figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from json import dumps, loads
from typing import Any

from storage.database import Row, Tx

MORNING, EVENING = 7, 21  # nobody is written to unasked outside these hours


@dataclass(frozen=True, slots=True)
class BoardChat:
    """A group of the Board. `figures` are those of the last summary it was sent, empty before the first."""

    chat: str
    title: str
    locale: str
    bound_at: str
    sent_day: str
    figures: Mapping[str, Any]


async def bind(tx: Tx, chat: str, at: str) -> bool:
    """This group is the Board's from now on. False when it was already."""
    return (
        await tx.value(
            "INSERT INTO board_chat (chat, bound_at) VALUES (:chat, :at) ON CONFLICT (chat) DO UPDATE"
            " SET bound_at = excluded.bound_at, unbound_at = NULL, sent_day = NULL, figures = '{}'"
            " WHERE board_chat.unbound_at IS NOT NULL RETURNING chat",
            chat=chat,
            at=at,
        )
        is not None
    )


async def unbind(tx: Tx, chat: str, at: str) -> bool:
    """This group is the Board's no more. False when it was not."""
    return (
        await tx.value(
            "UPDATE board_chat SET unbound_at = :at WHERE chat = :chat AND unbound_at IS NULL RETURNING chat",
            chat=chat,
            at=at,
        )
        is not None
    )


async def move(tx: Tx, old: str, new: str, at: str) -> bool:
    """A group has got another address; its binding moves along, once. False when it was not bound."""
    await tx.run(
        "INSERT INTO chat (id, kind, locale, title, created_at, seen_at)"
        " SELECT CAST(:new AS TEXT), kind, locale, title, CAST(:at AS TEXT), CAST(:at AS TEXT) FROM chat"
        " WHERE id = :old ON CONFLICT (id) DO NOTHING",
        old=old,
        new=new,
        at=at,
    )
    await tx.run(
        "UPDATE outbox SET chat = :new, edits = NULL WHERE chat = :old AND state = 'waiting'", old=old, new=new
    )
    await tx.run(
        "INSERT INTO board_chat (chat, bound_at, sent_day, figures)"
        " SELECT CAST(:new AS TEXT), bound_at, sent_day, figures FROM board_chat"
        " WHERE chat = :old AND unbound_at IS NULL ON CONFLICT (chat) DO UPDATE"
        " SET unbound_at = NULL, sent_day = excluded.sent_day, figures = excluded.figures",
        old=old,
        new=new,
    )
    return await unbind(tx, old, at)


async def bound(tx: Tx) -> list[BoardChat]:
    """Every group that is the Board's and can be reached."""
    rows = await tx.all(_BOUND + "ORDER BY b.bound_at, b.chat")
    return [_board_chat(row) for row in rows]


async def bound_chat(tx: Tx, chat: str) -> BoardChat | None:
    """The binding of one chat, or None."""
    row = await tx.one(_BOUND + "AND b.chat = :chat", chat=chat)
    return _board_chat(row) if row else None


_BOUND = (
    "SELECT b.chat, b.bound_at, b.sent_day, b.figures, c.title, c.locale FROM board_chat b"
    " JOIN chat c ON c.id = b.chat WHERE b.unbound_at IS NULL AND c.reachable = 1 "
)


def _board_chat(row: Row) -> BoardChat:
    figures = loads(row["figures"])
    return BoardChat(row["chat"], row["title"], row["locale"], row["bound_at"], row["sent_day"] or "", figures)


async def sent(tx: Tx, chat: str, figures: Mapping[str, Any], day: str | None = None) -> None:
    """A summary with these figures goes to the group; `day`: as that day's."""
    await tx.run(
        "UPDATE board_chat SET figures = :figures, sent_day = coalesce(CAST(:day AS TEXT), sent_day)"
        " WHERE chat = :chat AND unbound_at IS NULL",
        chat=chat,
        figures=dumps(figures),
        day=day,
    )


def sending_hour(hour: int) -> int:
    """The set hour, within the hours in which people are written to."""
    return min(max(hour, MORNING), EVENING - 1)


async def due_board(tx: Tx, local: datetime, hour: int) -> list[str]:
    """A key for every group whose summary of the day is due: after the hour, in daytime, once."""
    if not sending_hour(hour) <= local.hour < EVENING:
        return []
    day = local.date().isoformat()
    rows = await tx.all(
        "SELECT b.chat FROM board_chat b JOIN chat c ON c.id = b.chat WHERE b.unbound_at IS NULL AND c.reachable = 1"
        " AND coalesce(b.sent_day, '') <> :day AND NOT EXISTS (SELECT 1 FROM inbox i"
        " WHERE i.channel = 'clock' AND i.key = 'board:' || :day || ':' || b.chat) ORDER BY b.chat",
        day=day,
    )
    return [f"board:{day}:{row['chat']}" for row in rows]
