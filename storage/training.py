"""Places in sessions: taken, waited for, left, moved up. The schema holds the bounds; these hold the order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from locales.calendar import is_night
from storage.database import Row, Tx
from storage.programme import Hours
from storage.sessions import COLUMNS, NOT_BEGUN, NUMBER, Session, by_id, clash, session
from storage.sessions import begun as begun_at

ACTIVE = ("enrolled", "waiting", "offered")


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A place in a session, or in its waiting list, as those see it who share the phone."""

    id: int
    session: Session
    person: int
    name: str
    seat: int
    state: str
    number: int  # in the list, or in the waiting list
    provisional: bool  # whoever holds it has not yet been confirmed


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody of a waiting list when a place became free: moved up, or passed over because of a clash."""

    enrolment: int
    person: int
    name: str
    session: int
    title: str
    first: str  # the day it begins
    clash: str  # not empty: passed over, and this is what she has at the same time


# Taking and waiting ----------------------------------------------------------------------------


async def take(tx: Tx, session_id: int, seat: int, person: int, at: str) -> tuple[int, int] | None:
    """Take a place; returns the enrolment and its number in the list, or None when there is none to take."""
    taken = await tx.value(
        "UPDATE session SET taken = taken + 1 WHERE id = :id AND state = 'open' AND taken < capacity RETURNING taken",
        id=session_id,
    )
    if taken is None:
        return None
    return await _enter(tx, session_id, seat, person, "enrolled", at), taken


async def wait(tx: Tx, session_id: int, seat: int, person: int, at: str) -> int:
    """Join the waiting list; returns the enrolment."""
    return await _enter(tx, session_id, seat, person, "waiting", at)


async def _enter(tx: Tx, session_id: int, seat: int, person: int, state: str, at: str) -> int:
    number: int = await tx.value(
        "INSERT INTO enrolment (session_id, seat_id, person_id, state, enrolled_at, changed_at)"
        " VALUES (:session, :seat, :person, :state, :at, :at) RETURNING id",
        session=session_id,
        seat=seat,
        person=person,
        state=state,
        at=at,
    )
    return number


# Leaving, and who moves up ---------------------------------------------------------------------


async def leave(tx: Tx, enrolment: Enrolment, reason: str, at: str, begun: str) -> list[Moved]:
    """Leave a session or its waiting list; returns who of the waiting lists is to be told."""
    row = {
        "id": enrolment.id,
        "session_id": enrolment.session.id,
        "state": enrolment.state,
        "person_id": enrolment.person,
    }
    return await _cancel(tx, [row], reason, at, begun)


async def cancel_all_of(
    tx: Tx, person: int, seat: int, reason: str, at: str, begun: str
) -> tuple[list[int], list[Moved]]:
    """Cancel all that a person has ahead, in one seat or (0) in all. Returns the enrolments and who is to be told.

    What has begun stays as it was: it is the record of who was called.
    """
    rows = await _ahead(tx, "e.person_id = :person AND (CAST(:seat AS BIGINT) = 0 OR e.seat_id = :seat)", begun,
                        person=person, seat=seat)  # fmt: skip
    return [row["id"] for row in rows], await _cancel(tx, rows, reason, at, begun)


async def pass_on(
    tx: Tx, seat: int, person: int, reason: str, at: str, begun: str
) -> tuple[list[int], list[int], list[Moved]]:
    """What a seat has ahead passes to its new holder; what clashes with her own is cancelled.

    Returns the enrolments passed on, those cancelled, and who of the waiting lists is to be told.
    """
    rows = await _ahead(tx, "e.seat_id = :seat AND e.person_id <> :person", begun, person=person, seat=seat)
    lost = [row for row in rows if row["clash"] is not None]
    kept = [row["id"] for row in rows if row["clash"] is None]
    await tx.many(
        "UPDATE enrolment SET person_id = :person WHERE id = :id", [{"person": person, "id": i} for i in kept]
    )
    return kept, [row["id"] for row in lost], await _cancel(tx, lost, reason, at, begun)


async def _ahead(tx: Tx, which: str, begun: str, *, person: int, seat: int) -> list[Row]:
    found = await tx.all(
        "SELECT e.id, e.session_id, e.state, e.person_id, "  # noqa: S608 - `which` is written here
        + clash(":person", "s.id", "e.seat_id")
        + " AS clash FROM enrolment e JOIN session s ON s.id = e.session_id"
        f" WHERE e.state IN ('enrolled', 'waiting', 'offered') AND {NOT_BEGUN} AND {which} ORDER BY e.id",
        person=person,
        seat=seat,
        begun=begun,
    )
    return list(found)


async def _cancel(tx: Tx, rows: Iterable[Row], reason: str, at: str, begun: str) -> list[Moved]:
    """All of them first, then the waiting lists: nobody moves up who is about to leave."""
    rows = list(rows)
    await tx.many(
        "UPDATE enrolment SET state = 'cancelled', reason = :reason, changed_at = :at WHERE id = :id",
        [{"id": row["id"], "reason": reason, "at": at} for row in rows],
    )
    held = [row for row in rows if row["state"] == "enrolled"]
    await tx.many("UPDATE session SET taken = taken - 1 WHERE id = :id", [{"id": row["session_id"]} for row in held])
    freed = dict.fromkeys(row["session_id"] for row in held)
    for person in dict.fromkeys(row["person_id"] for row in held):
        freed |= dict.fromkeys(await _waits_for_room(tx, person))
    return [moved for number in freed for moved in await move_up(tx, number, at, begun)]


async def _waits_for_room(tx: Tx, person: int) -> list[int]:
    """Sessions with room where she was passed over: what she has just left may have been in the way."""
    rows = await tx.all(
        "SELECT s.id FROM enrolment e JOIN session s ON s.id = e.session_id"
        " WHERE e.person_id = :person AND e.state = 'waiting' AND s.taken < s.capacity ORDER BY e.enrolled_at, e.id",
        person=person,
    )
    return [row["id"] for row in rows]


_MAY_MOVE = (
    " FROM enrolment e JOIN session s ON s.id = e.session_id JOIN person p ON p.id = e.person_id"
    f" WHERE e.state = 'waiting' AND s.taken < s.capacity AND s.state IN ('open', 'closed') AND {NOT_BEGUN}"
)
_WAITING = (
    f"SELECT e.id, e.person_id, p.name, s.title, s.capacity - s.taken AS room,"  # noqa: S608
    " (SELECT min(d.day) FROM session_half d WHERE d.session_id = s.id) AS first,"
    f" {clash('e.person_id', 's.id', 'e.seat_id')} AS clash {_MAY_MOVE}"
    " AND s.id = :session ORDER BY e.enrolled_at, e.id"
)


async def move_up(tx: Tx, session_id: int, at: str, begun: str) -> list[Moved]:
    """Free places go to the waiting list, in its order. Who has something else at that time keeps her place in it."""
    moved: list[Moved] = []
    gone = 0
    for row in await tx.all(_WAITING, session=session_id, begun=begun):
        if gone == row["room"]:
            break
        gone += row["clash"] is None
        moved.append(_moved(row, session_id))
    if gone:
        await tx.many(
            "UPDATE enrolment SET state = 'enrolled', changed_at = :at WHERE id = :id",
            [{"id": m.enrolment, "at": at} for m in moved if not m.clash],
        )
        await tx.run("UPDATE session SET taken = taken + :gone WHERE id = :id", id=session_id, gone=gone)
    return moved


def _moved(row: Row, session_id: int) -> Moved:
    return Moved(
        row["id"],
        row["person_id"],
        row["name"],
        session_id,
        row["title"],
        row["first"] or "",
        row["clash"] or "",
    )


async def due_moves(tx: Tx, local: datetime, hours: Hours | None = None) -> list[str]:
    """For the clock, by day: sessions with room while somebody could move up (their capacity was raised)."""
    if is_night(local):
        return []
    rows = await tx.all(
        "SELECT s.id, s.capacity, min(e.id) AS first"
        + _MAY_MOVE
        + f" AND {clash('e.person_id', 's.id', 'e.seat_id')} IS NULL GROUP BY s.id, s.capacity",
        begun=begun_at(local, hours or Hours()),
    )
    return [f"moveup:{row['id']}:{row['first']}:{row['capacity']}" for row in rows]


# Reading ---------------------------------------------------------------------------------------

_ENROLMENT = (
    f"SELECT {COLUMNS}, e.id AS enrolment, e.person_id, p.name, e.seat_id, e.state AS standing, {NUMBER},"  # noqa: S608
    " hd.id AS holding FROM chat_person cp JOIN enrolment e ON e.person_id = cp.person_id AND e.seat_id = cp.seat_id"
    " JOIN person p ON p.id = e.person_id JOIN session s ON s.id = e.session_id"
    " LEFT JOIN session_half h ON h.session_id = s.id LEFT JOIN holding hd ON hd.seat_id = e.seat_id"
    " AND hd.person_id = e.person_id AND hd.until IS NULL AND hd.confirmed_at IS NOT NULL"
    " WHERE cp.chat = :chat AND cp.until IS NULL AND "
)


async def of_chat(tx: Tx, chat: str) -> list[Enrolment]:
    """Every place and every wait of the persons who speak through a chat, the earliest session first."""
    rows = await tx.all(
        _ENROLMENT + "e.state IN ('enrolled', 'waiting', 'offered') ORDER BY e.id, h.day, h.part", chat=chat
    )
    return sorted((_enrolment(of) for of in by_id(rows, "enrolment")), key=lambda e: e.session.sorting)


async def one_of_chat(tx: Tx, chat: str, number: int) -> Enrolment | None:
    """An enrolment in whatever state, if it belongs to somebody who speaks through this chat."""
    rows = await tx.all(_ENROLMENT + "e.id = :id ORDER BY h.day, h.part", chat=chat, id=number)
    return _enrolment(list(rows)) if rows else None


def _enrolment(rows: list[Row]) -> Enrolment:
    row = rows[0]
    return Enrolment(
        row["enrolment"],
        session(rows),
        row["person_id"],
        row["name"],
        row["seat_id"],
        row["standing"],
        row["number"],
        row["holding"] is None,
    )
