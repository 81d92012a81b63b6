"""Sessions and their feedback in figures. No names of persons are ever among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from storage.database import Row, Tx
from storage.sight import IN_AREA, Area

FEWEST = 5
"""With fewer answers only their number is told: less than that could be traced to somebody."""

QUESTIONS = ("content", "teacher", "organisation", "locality")


@dataclass(frozen=True, slots=True)
class Session:
    """A session and who is in it; of an area, only who comes from there."""

    id: int
    code: str
    title: str
    state: str
    capacity: int
    first: date | None
    last: date | None
    enrolled: int
    waiting: int
    provisional: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Answers to one question sheet: averages by question, or none where the answers are too few to be told."""

    answers: int
    averages: Mapping[str, float]


# A session concerns an area when it is for all, for the area, for what the area lies in, or for a part of it.
_CONCERNS = (
    "(CAST(:area AS BIGINT) = 0 OR NOT EXISTS (SELECT 1 FROM session_area a WHERE a.session_id = s.id)"
    " OR EXISTS (SELECT 1 FROM session_area a JOIN unit u ON u.id = a.unit_id WHERE a.session_id = s.id"
    " AND (u.id = :area OR u.id = :parent OR u.parent_id = :area)))"
)
_PLACES = (
    "SELECT e.session_id, e.state, CASE WHEN h.id IS NULL THEN 1 ELSE 0 END AS provisional"  # noqa: S608 - constants
    " FROM enrolment e JOIN seat t ON t.id = e.seat_id JOIN unit u ON u.id = t.unit_id"
    " LEFT JOIN holding h ON h.seat_id = e.seat_id AND h.person_id = e.person_id"
    " AND h.until IS NULL AND h.confirmed_at IS NOT NULL"
    f" WHERE e.state IN ('enrolled', 'waiting', 'offered') AND {IN_AREA}"
)
_SESSIONS = (
    "SELECT s.id, s.code, s.title, s.state, s.capacity, d.first_day, d.last_day,"  # noqa: S608
    " count(e.state) FILTER (WHERE e.state = 'enrolled') AS enrolled,"
    " count(e.state) FILTER (WHERE e.state IN ('waiting', 'offered')) AS waiting,"
    " count(e.state) FILTER (WHERE e.state = 'enrolled' AND e.provisional = 1) AS provisional"
    " FROM session s LEFT JOIN (SELECT session_id, min(day) AS first_day, max(day) AS last_day"
    " FROM session_half GROUP BY session_id) d ON d.session_id = s.id"
    f" LEFT JOIN ({_PLACES}) e ON e.session_id = s.id"
    " WHERE s.state NOT IN ('draft', 'cancelled')"
    f" AND {_CONCERNS} GROUP BY s.id, s.code, s.title, s.state, s.capacity, d.first_day, d.last_day"
)


async def sessions(tx: Tx, area: Area, today: date) -> list[Session]:
    """Sessions to come and running, the nearest first; then those that are over, the latest first."""
    rows = await tx.all(_SESSIONS, area=area.id, parent=area.parent)
    found = sorted((_session(row) for row in rows), key=lambda s: (s.first or date.max, s.code))
    past = [s for s in found if s.last is not None and s.last < today]
    return [s for s in found if s not in past] + past[::-1]


def _session(row: Row) -> Session:
    first, last = (date.fromisoformat(row[k]) if row[k] else None for k in ("first_day", "last_day"))
    return Session(
        row["id"],
        row["code"],
        row["title"],
        row["state"],
        row["capacity"],
        first,
        last,
        row["enrolled"],
        row["waiting"],
        row["provisional"],
    )


# Feedback ---------------------------------------------------------------------------------------


NO_SCORES = Scores(0, {})


async def scores(tx: Tx) -> dict[int, Scores]:
    """Answers by session, averages withheld where they could be traced to somebody. Never by area: an unnamed
    answer has none, and the difference of two areas could be one person.
    """
    rows = await tx.all(
        "SELECT session_id, count(*) AS n, sum(content) AS content, sum(teacher) AS teacher,"
        " sum(organisation) AS organisation, sum(locality) AS locality FROM feedback GROUP BY session_id"
    )
    told = _tellable({row["session_id"]: row["n"] for row in rows})
    return {row["session_id"]: _scores(row, row["session_id"] in told) for row in rows}


def _tellable(answers: Mapping[int, int]) -> set[int]:
    """Sessions whose averages may be told beside the average of all: what is left over must not be a few answers."""
    told = {session for session, n in answers.items() if n >= FEWEST}
    rest = sum(answers.values()) - sum(answers[session] for session in told)
    if told and 0 < rest < FEWEST:
        told.discard(min(told, key=lambda session: (answers[session], session)))
    return told


def _scores(row: Row, told: bool) -> Scores:
    return Scores(row["n"], {q: row[q] / row["n"] for q in QUESTIONS} if told else {})


async def overall(tx: Tx) -> Scores:
    """All answers together."""
    row = await tx.one(
        "SELECT count(*) AS n, sum(content) AS content, sum(teacher) AS teacher,"
        " sum(organisation) AS organisation, sum(locality) AS locality FROM feedback"
    )
    return _scores(row, row["n"] >= FEWEST) if row else NO_SCORES
