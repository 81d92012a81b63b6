"""What is kept of a person: seen, corrected, taken away, erased; and consent withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from json import dumps

from storage import people, phones
from storage.database import Row, Tx
from storage.fold import fold

# What is kept ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Post:
    """A seat she holds or claims."""

    seat: int
    post: str
    commune: str
    confirmed_at: str
    how: str  # code, contact or claim; empty when not confirmed
    claim_at: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place she has or had in a session."""

    title: str
    post: str
    first_day: str
    state: str
    enrolled_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept of one person and of the chat she is asked in."""

    person: int
    name: str
    phone: str | None
    created_at: str
    posts: Sequence[Post]
    places: Sequence[Place]
    roles: Sequence[tuple[str, str]]  # role, area (empty: the province)
    consent: tuple[str, str] | None  # version, time
    chats: int


async def kept(tx: Tx, person: int, chat: str) -> Kept | None:
    """What is kept of a person who speaks through this chat; None when she does not."""
    row = await tx.one(
        "SELECT p.id, p.name, p.phone, p.created_at FROM person p WHERE p.id = :person AND p.erased_at IS NULL"
        " AND EXISTS (SELECT 1 FROM chat_person l WHERE l.person_id = p.id AND l.chat = :chat AND l.until IS NULL)",
        person=person,
        chat=chat,
    )
    if row is None:
        return None
    chats = await tx.value(
        "SELECT count(DISTINCT chat) FROM chat_person WHERE person_id = :person AND until IS NULL", person=person
    )
    return Kept(
        row["id"], row["name"], row["phone"], row["created_at"], await _posts(tx, person), await _places(tx, person),
        await _roles(tx, person), await _consent(tx, chat), chats,
    )  # fmt: skip


async def _posts(tx: Tx, person: int) -> list[Post]:
    rows = await tx.all(
        "SELECT s.id, s.post, u.type, u.name, h.confirmed_at, h.confirmed_how, c.opened_at FROM seat s"
        " JOIN unit u ON u.id = s.unit_id"
        " LEFT JOIN holding h ON h.seat_id = s.id AND h.person_id = :person AND h.until IS NULL"
        " LEFT JOIN claim c ON c.seat_id = s.id AND c.person_id = :person AND c.state = 'open'"
        " WHERE h.id IS NOT NULL OR c.id IS NOT NULL ORDER BY s.id",
        person=person,
    )
    return [
        Post(
            row["id"], row["post"], f"{row['type'].lower()} {row['name']}", row["confirmed_at"] or "",
            row["confirmed_how"] or "", row["opened_at"] or "",
        )
        for row in rows
    ]  # fmt: skip


async def _places(tx: Tx, person: int) -> list[Place]:
    rows = await tx.all(
        "SELECT s.title, t.post, e.state, e.enrolled_at, e.reason,"
        " (SELECT min(h.day) FROM session_half h WHERE h.session_id = s.id) AS first_day"
        " FROM enrolment e JOIN session s ON s.id = e.session_id JOIN seat t ON t.id = e.seat_id"
        " WHERE e.person_id = :person ORDER BY e.id",
        person=person,
    )
    return [
        Place(row["title"], row["post"], row["first_day"] or "", row["state"], row["enrolled_at"], row["reason"])
        for row in rows
    ]


async def _roles(tx: Tx, person: int) -> list[tuple[str, str]]:
    rows = await tx.all(
        "SELECT g.role, u.name FROM grants g LEFT JOIN unit u ON u.id = g.area_id"
        " WHERE g.person_id = :person AND g.revoked_at IS NULL ORDER BY g.id",
        person=person,
    )
    return [(row["role"], row["name"] or "") for row in rows]


async def _consent(tx: Tx, chat: str) -> tuple[str, str] | None:
    row = await tx.one(
        "SELECT version, at FROM consent WHERE chat = :chat AND answer = 'agreed' ORDER BY id DESC LIMIT 1", chat=chat
    )
    return (row["version"], row["at"]) if row else None


async def typed(tx: Tx, chat: str) -> Sequence[Row]:
    """What was sent from a chat and is still kept, oldest first."""
    return await tx.all(
        "SELECT kind, body, received_at FROM inbox WHERE chat = :chat AND body <> '{}' ORDER BY id", chat=chat
    )


async def said(tx: Tx, person: int) -> Sequence[Row]:
    """The feedback she gave with her name."""
    return await tx.all(
        "SELECT s.title, f.content, f.teacher, f.organisation, f.locality, f.why, f.comment, f.given_on"
        " FROM feedback f JOIN enrolment e ON e.id = f.enrolment_id JOIN session s ON s.id = f.session_id"
        " WHERE e.person_id = :person ORDER BY f.given_on",
        person=person,
    )


# Corrected ---------------------------------------------------------------------------------------


async def rename(tx: Tx, person: int, name: str) -> None:
    """Another name, effective at once, also in what she still claims."""
    await tx.run(
        "UPDATE person SET name = :name, folded = :folded WHERE id = :id", name=name, folded=fold(name), id=person
    )
    await tx.run("UPDATE claim SET name = :name WHERE person_id = :id AND state = 'open'", name=name, id=person)


async def rephone(tx: Tx, person: int, phone: str, shared: bool) -> None:
    """Another telephone; `shared`: the messenger vouches that it is the sender's own."""
    await tx.run("UPDATE person SET phone = :phone WHERE id = :id", phone=phone, id=person)
    await tx.run(
        "UPDATE claim SET phone = :phone, phone_shared = :shared WHERE person_id = :id AND state = 'open'",
        phone=phone,
        shared=int(shared),
        id=person,
    )


# Erased ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure touched. `words`: what must now be sought in old messages, and then forgotten."""

    seats: Sequence[int]
    chats: Sequence[str]
    words: Sequence[str]


async def erase(tx: Tx, person: int, at: str) -> Erased:
    """Name and telephone go, and all that led to her. What she attended stays, by seat, without a name.

    Places she has ahead are to be cancelled first. Old messages are cleared afterwards (`storage.forgetting`), once
    what this very transaction says is stored too.
    """
    words = await words_of(tx, person)
    seats = [row["seat_id"] for row in await tx.all(_HELD, person=person)]
    chats = [row["chat"] for row in await tx.all(_CHATS, person=person)]
    for statement in _ERASING:
        await tx.run(statement, **({"person": person, "at": at} if ":at" in statement else {"person": person}))
    await tx.many(_EMPTIED, [{"chat": chat} for chat in chats])
    return Erased(seats, chats, words)


_HELD = "SELECT seat_id FROM holding WHERE person_id = :person AND until IS NULL ORDER BY seat_id"
_CHATS = (
    "SELECT DISTINCT chat FROM (SELECT chat FROM chat_person WHERE person_id = :person"
    " UNION SELECT chat FROM claim WHERE person_id = :person) x ORDER BY chat"
)
_ERASING = (
    "UPDATE code SET used_at = :at WHERE used_at IS NULL"
    " AND holding_id IN (SELECT id FROM holding WHERE person_id = :person)",
    "UPDATE holding SET until = :at WHERE person_id = :person AND until IS NULL",
    "UPDATE holding SET note = '' WHERE person_id = :person",
    "UPDATE claim SET state = 'withdrawn', decided_at = :at WHERE person_id = :person AND state = 'open'",
    "UPDATE claim SET name = '', phone = NULL, reason = '' WHERE person_id = :person",
    "UPDATE grants SET revoked_at = :at WHERE person_id = :person AND revoked_at IS NULL",
    "UPDATE chat_person SET until = :at WHERE person_id = :person AND until IS NULL",
    "UPDATE feedback SET why = '', comment = '', enrolment_id = NULL"
    " WHERE enrolment_id IN (SELECT id FROM enrolment WHERE person_id = :person)",
    "UPDATE enrolment SET reason = '' WHERE person_id = :person",
    "UPDATE person SET name = '', folded = '', phone = NULL, erased_at = :at WHERE id = :person",
)


_EMPTIED = (
    "UPDATE chat SET title = '', consent = NULL, question = NULL, step = NULL, carry = '{}', draft = '{}'"
    " WHERE id = :chat AND NOT EXISTS (SELECT 1 FROM chat_person l WHERE l.chat = :chat AND l.until IS NULL)"
)
"""A chat through which nobody speaks any more."""


async def words_of(tx: Tx, person: int) -> list[str]:
    """Every form in which her names and telephones may stand in a message."""
    rows = await tx.all(
        "SELECT name, phone FROM person WHERE id = :person"
        " UNION SELECT name, phone FROM claim WHERE person_id = :person",
        person=person,
    )
    found = [form for row in rows for form in (*forms_of_name(row["name"]), *forms_of_phone(row["phone"]))]
    return list(dict.fromkeys(found))


def forms_of_name(name: str) -> list[str]:
    """A name as typed, as markup and as JSON."""
    return [name, escape(name, quote=False), dumps(name, ensure_ascii=False)[1:-1]] if name else []


def forms_of_phone(phone: str | None) -> list[str]:
    """A telephone as kept, as shown and as typed."""
    return [phone, phones.show(phone), phone.replace("+84", "0"), phone.removeprefix("+")] if phone else []


async def speakers(tx: Tx, chat: str) -> int:
    """How many persons speak through a chat."""
    found: int = await tx.value(
        "SELECT count(DISTINCT person_id) FROM chat_person WHERE chat = :chat AND until IS NULL", chat=chat
    )
    return found


async def withdraw(tx: Tx, chat: str, version: str, at: str) -> None:
    """Consent is withdrawn: nothing is sent to this chat any more that it does not ask for."""
    await people.record_consent(tx, chat, version, "withdrawn", at)
    await tx.run("UPDATE chat SET consent = NULL WHERE id = :chat", chat=chat)
