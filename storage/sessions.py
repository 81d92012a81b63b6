"""Training sessions as they are offered: when, where, for whom, with how many places left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from json import loads

from storage.database import Row, Tx
from storage.programme import Hours

# A half day is compared as one text, `2026-06-05am`: the morning sorts before the afternoon.


def begun(local: datetime, hours: Hours) -> str:
    """The newest half day that has begun at a local moment."""
    return _newest(local, hours, 0)


def ended(local: datetime, hours: Hours) -> str:
    """The newest half day that is over at a local moment."""
    return _newest(local, hours, 1)


def _newest(local: datetime, hours: Hours, end: int) -> str:
    for part in ("pm", "am"):
        if local.time() >= hours.of(part)[end]:
            return f"{local.date()}{part}"
    return f"{local.date() - timedelta(days=1)}pm"


@dataclass(frozen=True, slots=True)
class Half:
    """A morning or an afternoon of a session."""

    day: date
    part: str

    @property
    def key(self) -> str:
        """As half days are compared."""
        return f"{self.day}{self.part}"


@dataclass(frozen=True, slots=True)
class Session:
    """A training class, with its half days in order."""

    id: int
    code: str
    title: str
    place: str
    teacher: str
    topics: tuple[str, ...]
    bring: str
    capacity: int
    taken: int
    deadline: date
    state: str
    halves: tuple[Half, ...]

    @property
    def left(self) -> int:
        """How many places are free."""
        return self.capacity - self.taken

    @property
    def days(self) -> list[date]:
        """Its days, each once."""
        return sorted({half.day for half in self.halves})

    @property
    def sorting(self) -> tuple[str, str]:
        """The earliest first; what has no day yet comes last."""
        return (self.halves[0].key if self.halves else "9999", self.title)

    @property
    def mark(self) -> str:
        """Changes when its days or its place do: nobody agrees to what she was not shown."""
        said = "|".join([self.place, *(half.key for half in self.halves)])
        return sha256(said.encode()).hexdigest()[:8]

    def has_begun(self, newest: str) -> bool:
        """Whether its first half day is among those that have begun."""
        return bool(self.halves) and self.halves[0].key <= newest

    def is_over(self, newest: str) -> bool:
        """Whether its last half day is among those that are over."""
        return bool(self.halves) and self.halves[-1].key <= newest


@dataclass(frozen=True, slots=True)
class Look:
    """A session as one person in one seat finds it."""

    session: Session
    served: bool  # it is for her post and area
    enrolment: int  # the seat's place in it; 0: none
    holder: int  # whose that is
    state: str
    number: int  # hers in the list, or in the waiting list
    waiting: int  # how many wait
    clash: str  # title of what she already has on one of its half days


COLUMNS = (
    "s.id, s.code, s.title, s.place, s.teacher, s.topics, s.bring, s.capacity, s.taken, s.deadline, s.state,"
    " h.day, h.part"
)

NUMBER = (
    "(SELECT count(*) FROM enrolment n WHERE n.session_id = e.session_id AND n.state = e.state"
    " AND (n.enrolled_at, n.id) <= (e.enrolled_at, e.id)) AS number"
)

_CLASH = (
    "(SELECT min(o.title) FROM enrolment c JOIN session o ON o.id = c.session_id WHERE c.person_id = <person>"
    " AND NOT (c.session_id = <session> AND c.seat_id = <seat>)"
    " AND (c.state IN ('enrolled', 'offered') OR c.state = 'waiting' AND c.session_id = <session>)"
    " AND o.state IN ('open', 'closed', 'running') AND EXISTS (SELECT 1 FROM session_half a JOIN session_half b"
    " ON b.day = a.day AND b.part = a.part WHERE a.session_id = o.id AND b.session_id = <session>))"
)

_SERVED = (
    "(NOT EXISTS (SELECT 1 FROM session_post p WHERE p.session_id = s.id)"
    " OR EXISTS (SELECT 1 FROM session_post p WHERE p.session_id = s.id AND p.post = :post))"
    " AND (NOT EXISTS (SELECT 1 FROM session_area a WHERE a.session_id = s.id)"
    " OR EXISTS (SELECT 1 FROM session_area a WHERE a.session_id = s.id AND a.unit_id IN (:commune, :district)))"
)

NOT_BEGUN = "NOT EXISTS (SELECT 1 FROM session_half f WHERE f.session_id = s.id AND f.day || f.part <= :begun)"


def clash(person: str, session: str, seat: str) -> str:
    """SQL: title of what a person already has on a half day of a session, apart from the seat's own place in it."""
    return _CLASH.replace("<person>", person).replace("<session>", session).replace("<seat>", seat)


_OPEN = (
    f"SELECT {COLUMNS}, e.id AS enrolment FROM session s JOIN session_half h ON h.session_id = s.id"  # noqa: S608
    " LEFT JOIN enrolment e ON e.session_id = s.id AND e.seat_id = :seat"
    " AND e.state IN ('enrolled', 'waiting', 'offered')"
    f" WHERE s.state = 'open' AND s.deadline >= :today AND {NOT_BEGUN} AND {_SERVED} ORDER BY s.id, h.day, h.part"
)

_LOOK = (
    f"SELECT {COLUMNS}, CASE WHEN {_SERVED} THEN 1 ELSE 0 END AS served,"  # noqa: S608
    f" e.id AS enrolment, e.person_id AS holder, e.state AS standing, {NUMBER},"
    " (SELECT count(*) FROM enrolment w WHERE w.session_id = s.id AND w.state = 'waiting') AS waiting,"
    f" {clash(':person', 's.id', ':seat')} AS clash"
    " FROM session s LEFT JOIN session_half h ON h.session_id = s.id LEFT JOIN enrolment e ON e.session_id = s.id"
    " AND e.seat_id = :seat AND e.state IN ('enrolled', 'waiting', 'offered')"
    " WHERE s.id = :session ORDER BY h.day, h.part"
)


async def open_for(
    tx: Tx, seat: int, post: str, commune: int, district: int, today: date, begun: str
) -> list[tuple[Session, bool]]:
    """The sessions a seat may enrol in now, the earliest first; with each, whether the seat is in it already."""
    rows = await tx.all(
        _OPEN, seat=seat, post=post, commune=commune, district=district, today=today.isoformat(), begun=begun
    )
    mine = {row["id"] for row in rows if row["enrolment"] is not None}
    found = [session(of) for of in by_id(rows)]
    return [(s, s.id in mine) for s in sorted(found, key=lambda s: s.sorting)]


async def look(tx: Tx, session_id: int, person: int, seat: int, post: str, commune: int, district: int) -> Look | None:
    """One session as a person in a seat finds it, whatever its state. None when there is none of this number."""
    rows = await tx.all(
        _LOOK, session=session_id, person=person, seat=seat, post=post, commune=commune, district=district
    )
    if not rows:
        return None
    row = rows[0]
    return Look(
        session(rows),
        bool(row["served"]),
        row["enrolment"] or 0,
        row["holder"] or 0,
        row["standing"] or "",
        row["number"],
        row["waiting"],
        row["clash"] or "",
    )


async def id_of(tx: Tx, code: str) -> int | None:
    """Number of the session of a code, as it stands in a link."""
    found: int | None = await tx.value("SELECT id FROM session WHERE upper(code) = :code", code=code.upper())
    return found


def by_id(rows: Iterable[Row], name: str = "id") -> list[list[Row]]:
    """Rows with one half day each, gathered into those of one thing."""
    gathered: dict[int, list[Row]] = {}
    for row in rows:
        gathered.setdefault(row[name], []).append(row)
    return list(gathered.values())


def session(rows: Sequence[Row]) -> Session:
    """A session from its rows, one for each half day (or one without)."""
    row = rows[0]
    halves = [Half(date.fromisoformat(r["day"]), r["part"]) for r in rows if r["day"] is not None]
    return Session(
        row["id"],
        row["code"],
        row["title"],
        row["place"],
        row["teacher"],
        tuple(loads(row["topics"])),
        row["bring"],
        row["capacity"],
        row["taken"],
        date.fromisoformat(row["deadline"]),
        row["state"],
        tuple(halves),
    )
