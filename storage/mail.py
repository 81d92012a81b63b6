"""SQL of the inbox, the chats and the outbox: what the heart reads before its turns and writes after them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from storage.database import Row, Tx

# Inbox ----------------------------------------------------------------------------------------


async def store(tx: Tx, rows: Iterable[Mapping[str, Any]]) -> None:
    """Keep what came in. A repeat (same channel and key) is ignored."""
    await tx.many(
        "INSERT INTO inbox (channel, key, chat, kind, body, received_at)"
        " VALUES (:channel, :key, :chat, :kind, :body, :at) ON CONFLICT (channel, key) DO NOTHING",
        rows,
    )


async def waiting(tx: Tx, limit: int) -> Sequence[Row]:
    """The oldest waiting messages, each with its chat and the message whose question is open there."""
    return await tx.all(
        "SELECT i.id, i.channel, i.key, i.chat, i.kind, i.body,"
        " c.id AS known, c.kind AS chat_kind, c.locale, c.title, c.reachable, c.consent, c.question, c.step, c.carry,"
        " c.last_message, c.draft, c.wrong_codes, c.locked_until,"
        " q.text AS asked, q.choices, q.hints, q.created_at AS asked_at"
        " FROM inbox i LEFT JOIN chat c ON c.id = i.chat LEFT JOIN outbox q ON q.id = c.question"
        " WHERE i.state = 'waiting' ORDER BY i.id LIMIT :limit",
        limit=limit,
    )


async def mark_done(tx: Tx, first: int, last: int, at: str) -> None:
    """The waiting messages of this range are answered."""
    await tx.run(
        "UPDATE inbox SET state = 'done', done_at = :at WHERE state = 'waiting' AND id BETWEEN :first AND :last",
        first=first,
        last=last,
        at=at,
    )


async def mark_failed(tx: Tx, rows: Iterable[Mapping[str, Any]]) -> None:
    """Messages whose step failed: they never stop the queue; the error is kept for the admin."""
    await tx.many("UPDATE inbox SET state = 'failed', error = :error, done_at = :at WHERE id = :id", rows)


async def blank_bodies(tx: Tx, ids: Iterable[int]) -> None:
    """Messages that are forgotten as soon as they are answered."""
    await tx.many("UPDATE inbox SET body = '{}' WHERE id = :id", [{"id": i} for i in ids])


# Chats ----------------------------------------------------------------------------------------


async def new_chats(tx: Tx, rows: Iterable[Mapping[str, Any]]) -> None:
    """Chats seen for the first time."""
    await tx.many(
        "INSERT INTO chat (id, kind, locale, title, created_at, seen_at)"
        " VALUES (:id, :kind, :locale, :title, :at, :at) ON CONFLICT (id) DO NOTHING",
        rows,
    )


async def save_chats(tx: Tx, rows: Iterable[Mapping[str, Any]]) -> None:
    """Where each conversation of the batch stands now."""
    await tx.many(
        "UPDATE chat SET locale = :locale, title = :title, reachable = :reachable, consent = :consent,"
        " question = :question, step = :step, carry = :carry, draft = :draft, wrong_codes = :wrong_codes,"
        " locked_until = :locked_until, seen_at = :at WHERE id = :id",
        rows,
    )


_SEATED = (
    "SELECT cp.chat, p.id AS person, p.name, s.id AS seat, s.post, u.id AS commune_id, u.type AS commune_type,"
    " u.name AS commune, d.id AS district_id, d.name AS district, d.type AS district_type, h.id AS holding,"
    " cl.id AS claim"
    " FROM chat_person cp JOIN person p ON p.id = cp.person_id"
    " LEFT JOIN seat s ON s.id = cp.seat_id LEFT JOIN unit u ON u.id = s.unit_id LEFT JOIN unit d ON d.id = u.parent_id"
    " LEFT JOIN holding h ON h.seat_id = s.id AND h.person_id = p.id AND h.until IS NULL AND h.confirmed_at IS NOT NULL"
    " LEFT JOIN claim cl ON cl.seat_id = s.id AND cl.person_id = p.id AND cl.state = 'open'"
    " WHERE cp.until IS NULL AND "
)


async def people_of_batch(tx: Tx, first: int, last: int) -> Sequence[Row]:
    """Who speaks through the chats of the waiting messages of this range: one row for each person and seat."""
    return await tx.all(
        f"{_SEATED} cp.chat IN (SELECT chat FROM inbox WHERE state = 'waiting' AND id BETWEEN :first AND :last)"  # noqa: S608 - no value in it
        " ORDER BY cp.id",
        first=first,
        last=last,
    )


async def people_of(tx: Tx, chat: str) -> Sequence[Row]:
    """Who speaks through one chat."""
    return await tx.all(_SEATED + "cp.chat = :chat ORDER BY cp.id", chat=chat)


async def chats_of(tx: Tx, person: int) -> Sequence[Row]:
    """The chats a person may be written to: reachable, consent not withdrawn; the one used last first."""
    return await tx.all(
        "SELECT DISTINCT c.id, c.locale, c.seen_at FROM chat_person cp JOIN chat c ON c.id = cp.chat"
        " WHERE cp.person_id = :person AND cp.until IS NULL AND c.reachable = 1 AND c.consent IS NOT NULL"
        " ORDER BY c.seen_at DESC, c.id",
        person=person,
    )


async def locale_of(tx: Tx, chat: str) -> str | None:
    """The language of a chat, or None when it cannot be written to: unknown, unreachable, or without consent."""
    found: str | None = await tx.value(
        "SELECT locale FROM chat WHERE id = :chat AND reachable = 1 AND (kind = 'group' OR consent IS NOT NULL)",
        chat=chat,
    )
    return found


async def agreed(tx: Tx, chat: str, version: str) -> None:
    """The chat may be written to from now on."""
    await tx.run("UPDATE chat SET consent = :version WHERE id = :chat", version=version, chat=chat)


# Outbox ---------------------------------------------------------------------------------------


async def put(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replies that wait to be sent, and the newest message of each chat."""
    await tx.many(
        "INSERT INTO outbox (id, chat, priority, text, keys, choices, hints, edits, answers, private, created_at)"
        " VALUES (:id, :chat, :priority, :text, :keys, :choices, :hints, :edits, :answers, :private, :at)",
        rows,
    )
    newest = {row["chat"]: row["id"] for row in rows if row["text"]}
    await tx.many(
        "UPDATE chat SET last_message = :message WHERE id = :chat",
        [{"chat": chat, "message": message} for chat, message in newest.items()],
    )


async def notices(tx: Tx, chat: str, since: str) -> Sequence[Row]:
    """The newest notices of a chat that offer choices."""
    return await tx.all(
        "SELECT choices FROM outbox WHERE chat = :chat AND priority > 0 AND choices <> '[]' AND created_at >= :since"
        " ORDER BY id DESC LIMIT 5",
        chat=chat,
        since=since,
    )


async def message(tx: Tx, chat: str, number: int) -> Row | None:
    """A message this chat was shown, with its choices."""
    return await tx.one(
        "SELECT text, choices, hints, created_at FROM outbox WHERE id = :number AND chat = :chat",
        number=number,
        chat=chat,
    )
