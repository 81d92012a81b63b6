"""Feedback: who may give it, and what was given. The figures of it are `reports.classes`.

Given without the name, nothing links it to her: the row has a random number, a day and no enrolment; the enrolment
says only that feedback was given. Rows without a name are written anew in random order whenever one is added, since
the place of a row in the file would tell when it came. Only the digest of her code is kept, and not with her.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from json import dumps, loads
from secrets import choice, token_hex
from typing import Any

from locales.calendar import is_night
from storage.database import Row, Tx
from storage.programme import Hours
from storage.sessions import ended

SCORES = ("content", "teacher", "organisation", "locality")
ASK_WITHIN = timedelta(days=14)
CHANGE_WITHIN = timedelta(days=7)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """An enrolment whose session is over, and what feedback there is of it."""

    enrolment: int
    session: int
    title: str
    person: int
    name: str
    given: bool
    feedback: str  # number of the one with the name; empty when none, or given without
    given_on: date | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody said."""

    id: str
    session: int
    title: str
    scores: dict[str, int]
    why: dict[str, str]
    comment: str
    topics: list[str]
    given_on: date


# Whom to ask -----------------------------------------------------------------------------------

_OVER = "(SELECT max(h.day || h.part) FROM session_half h WHERE h.session_id = s.id)"
_ATTENDED = "e.state = 'enrolled' AND s.state IN ('open', 'closed', 'running', 'held')"


async def due_feedback(tx: Tx, local: datetime, hours: Hours | None = None) -> list[str]:
    """For the clock, by day: those whose session ended within the last days and who were not asked yet."""
    if is_night(local):
        return []
    rows = await tx.all(
        "SELECT e.id FROM enrolment e JOIN session s ON s.id = e.session_id"  # noqa: S608
        f" WHERE {_ATTENDED} AND e.feedback_given = 0 AND {_OVER} BETWEEN :since AND :ended"
        " AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.channel = 'clock' AND i.key = 'feedback:' || e.id)"
        " ORDER BY e.id",
        since=f"{local.date() - ASK_WITHIN}am",
        ended=ended(local, hours or Hours()),
    )
    return [f"feedback:{row['id']}" for row in rows]


_ASKED = (
    "SELECT e.id, e.session_id, s.title, e.person_id, p.name, e.feedback_given, f.id AS feedback, f.given_on"  # noqa: S608
    " FROM enrolment e JOIN session s ON s.id = e.session_id JOIN person p ON p.id = e.person_id"
    f" LEFT JOIN feedback f ON f.enrolment_id = e.id WHERE {_ATTENDED} AND {_OVER} <= :ended AND "
)

_OF_CHAT = (
    "EXISTS (SELECT 1 FROM chat_person cp WHERE cp.chat = :chat AND cp.until IS NULL"
    " AND cp.person_id = e.person_id AND cp.seat_id = e.seat_id) ORDER BY e.id DESC"
)


async def asked(tx: Tx, enrolment: int, ended: str) -> Asked | None:
    """One enrolment whose session is over."""
    row = await tx.one(_ASKED + "e.id = :id", id=enrolment, ended=ended)
    return _asked(row) if row else None


async def of_chat(tx: Tx, chat: str, ended: str) -> list[Asked]:
    """The enrolments of all who speak through a chat whose sessions are over, the newest
    enrolment first."""
    rows = await tx.all(_ASKED + _OF_CHAT, chat=chat, ended=ended)
    return [_asked(row) for row in rows]


def _asked(row: Row) -> Asked:
    return Asked(
        row["id"],
        row["session_id"],
        row["title"],
        row["person_id"],
        row["name"],
        bool(row["feedback_given"]),
        row["feedback"] or "",
        date.fromisoformat(row["given_on"]) if row["given_on"] else None,
    )


def in_time(given_on: date, today: date) -> bool:
    """Whether feedback of that day can still be changed."""
    return today <= given_on + CHANGE_WITHIN


# Giving and changing ---------------------------------------------------------------------------


async def give_named(tx: Tx, session: int, enrolment: int, said: Mapping[str, Any], today: date) -> bool:
    """Keep feedback with its giver's enrolment. False when there is one already."""
    if not await _first(tx, enrolment):
        return False
    await _insert(tx, _row(said, today) | {"session": session, "enrolment": enrolment, "hash": None})
    return True


async def give_unnamed(tx: Tx, session: int, enrolment: int, said: Mapping[str, Any], today: date) -> str:
    """Keep feedback that nothing links to its giver. Returns the code it can be changed with; empty: given already."""
    if not await _first(tx, enrolment):
        return ""
    code = "".join(choice(_LETTERS) for _ in range(_LENGTH))
    await _insert(tx, _row(said, today) | {"session": session, "enrolment": None, "hash": digest(code)})
    await _shuffle(tx, session)
    return code


async def change(tx: Tx, number: str, said: Mapping[str, Any]) -> bool:
    """Other answers in place of those given. The day stays: the time to change is counted from the first."""
    row = {k: v for k, v in _row(said, date.min).items() if k != "on"} | {"id": number}
    changed = await tx.value(
        "UPDATE feedback SET content = :content, teacher = :teacher, organisation = :organisation,"
        " locality = :locality, why = :why, comment = :comment, topics = :topics WHERE id = :id RETURNING session_id",
        **row,
    )
    return changed is not None


async def _first(tx: Tx, enrolment: int) -> bool:
    found = await tx.value(
        "UPDATE enrolment SET feedback_given = 1 WHERE id = :id AND feedback_given = 0 RETURNING id", id=enrolment
    )
    return found is not None


def _row(said: Mapping[str, Any], today: date) -> dict[str, Any]:
    return {
        "id": token_hex(8),
        **{score: said[score] for score in SCORES},
        "why": "\n".join(f"{field}: {why}" for field, why in said["why"].items() if why),
        "comment": said["comment"],
        "topics": dumps(said["topics"], ensure_ascii=False),
        "on": today.isoformat(),
    }


async def _insert(tx: Tx, row: dict[str, Any]) -> None:
    await tx.many(_INSERT, [row])


_INSERT = (
    "INSERT INTO feedback (id, session_id, enrolment_id, code_hash, content, teacher, organisation, locality, why,"
    " comment, topics, given_on) VALUES (:id, :session, :enrolment, :hash, :content, :teacher, :organisation,"
    " :locality, :why, :comment, :topics, :on)"
)


async def _shuffle(tx: Tx, session: int) -> None:
    """The unnamed of a session are written anew, in the order of their random numbers."""
    rows = await tx.all(
        "DELETE FROM feedback WHERE session_id = :session AND enrolment_id IS NULL RETURNING id,"
        " session_id AS session, enrolment_id AS enrolment, code_hash AS hash, content, teacher, organisation,"
        ' locality, why, comment, topics, given_on AS "on"',
        session=session,
    )
    await tx.many(_INSERT, sorted((dict(row) for row in rows), key=lambda row: str(row["id"])))


def digest(code: str) -> str:
    """What is kept of a code. Case and separators do not count."""
    return sha256("".join(c for c in code.upper() if c.isalnum()).encode()).hexdigest()


_FEEDBACK = "SELECT f.*, s.title FROM feedback f JOIN session s ON s.id = f.session_id WHERE "


async def by_code(tx: Tx, code: str) -> Feedback | None:
    """The unnamed feedback of a code."""
    return _feedback(await tx.one(_FEEDBACK + "f.code_hash = :hash", hash=digest(code)))


async def by_number(tx: Tx, number: str) -> Feedback | None:
    """Feedback by its number."""
    return _feedback(await tx.one(_FEEDBACK + "f.id = :id", id=number))


def _feedback(row: Row | None) -> Feedback | None:
    if row is None:
        return None
    return Feedback(
        row["id"],
        row["session_id"],
        row["title"],
        {score: row[score] for score in SCORES},
        {field: why for field, _, why in (line.partition(": ") for line in row["why"].splitlines())},
        row["comment"],
        loads(row["topics"]),
        date.fromisoformat(row["given_on"]),
    )


# Leaving no traces -----------------------------------------------------------------------------


async def wipe(tx: Tx, chat: str) -> None:
    """The questions of the form go from the outbox: which of them were asked tells what was answered."""
    await tx.run(
        "UPDATE outbox SET private = 1, keys = '', text = CASE WHEN state = 'waiting' THEN text ELSE '' END,"
        " choices = CASE WHEN state = 'waiting' THEN choices ELSE '[]' END,"
        " hints = CASE WHEN state = 'waiting' THEN hints ELSE '{}' END"
        " WHERE chat = :chat AND keys LIKE '%feedback-%' AND keys NOT LIKE '%feedback-invite%'",
        chat=chat,
    )


async def drop_old_drafts(tx: Tx, before: str) -> int:
    """Unnamed forms that nobody has finished, in chats not seen since a moment, go. Returns how many."""
    rows = await tx.all(
        "SELECT id, draft FROM chat WHERE draft LIKE '%\"feedback\"%' AND seen_at < :before ORDER BY id", before=before
    )
    drafts = {row["id"]: loads(row["draft"]) for row in rows}
    unnamed = [chat for chat, draft in drafts.items() if not draft["feedback"]["named"]]
    for chat in unnamed:
        del drafts[chat]["feedback"]
        await wipe(tx, chat)
    await tx.many(
        "UPDATE chat SET draft = :draft, question = NULL, step = NULL, carry = '{}' WHERE id = :chat",
        [{"chat": chat, "draft": dumps(drafts[chat], ensure_ascii=False)} for chat in unnamed],
    )
    return len(unnamed)
