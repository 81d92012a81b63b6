"""The figures of the programme, counted anew from live data each time. No names of persons are ever among them.

Whoever asks hands in an `Area`, which `storage.sight` gives only to those who may see it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reports import classes
from storage.database import Row, Tx
from storage.fold import text_key
from storage.programme import Programme
from storage.sight import IN_AREA, Area


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats by state; every seat is in one of the four."""

    confirmed: int = 0
    claimed: int = 0
    named: int = 0
    vacant: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.confirmed + self.claimed + self.named + self.vacant

    @property
    def percent(self) -> int:
        """How many of a hundred are confirmed. 100 only when all are."""
        return self.confirmed * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Part:
    """The seats of a district, a commune or a post. `key`: a unit's id, or a post's code."""

    key: int | str
    name: str
    seats: Seats


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything a summary says, at one moment."""

    at: datetime
    area: Area
    seats: Seats
    sessions: Sequence[classes.Session]
    scores: classes.Scores
    least: Sequence[Part]


async def read(tx: Tx, area: Area, now: datetime, today: date) -> Coverage:
    """The figures of an area as they are now."""
    return Coverage(
        now,
        area,
        await seats(tx, area),
        await classes.sessions(tx, area, today),
        await classes.overall(tx) if area.level == "province" else classes.NO_SCORES,
        least_covered(await by_commune(tx, area)),
    )


# Seats ------------------------------------------------------------------------------------------

_STATES = (
    "SELECT t.post, u.id AS commune, u.parent_id AS district, CASE WHEN h.confirmed_at IS NOT NULL THEN 'confirmed'"  # noqa: S608 - constants
    " WHEN EXISTS (SELECT 1 FROM claim c WHERE c.seat_id = t.id AND c.state = 'open') THEN 'claimed'"
    " WHEN h.id IS NOT NULL THEN 'named' ELSE 'vacant' END AS state"
    " FROM seat t JOIN scope p ON p.unit_id = t.unit_id JOIN unit u ON u.id = t.unit_id"
    f" LEFT JOIN holding h ON h.seat_id = t.id AND h.until IS NULL WHERE {IN_AREA}"
)
_COUNTS = (
    "count(*) FILTER (WHERE x.state = 'confirmed') AS confirmed,"
    " count(*) FILTER (WHERE x.state = 'claimed') AS claimed,"
    " count(*) FILTER (WHERE x.state = 'named') AS named, count(*) FILTER (WHERE x.state = 'vacant') AS vacant"
)
_ALL = f"SELECT {_COUNTS} FROM ({_STATES}) x"  # noqa: S608 - constants
_BY_POST = f"SELECT x.post AS key, {_COUNTS} FROM ({_STATES}) x GROUP BY x.post"  # noqa: S608
_BY_COMMUNE = (
    f"SELECT k.id AS key, k.type, k.name, x.district, {_COUNTS} FROM ({_STATES}) x JOIN unit k ON k.id = x.commune"  # noqa: S608
    " GROUP BY k.id, k.type, k.name, x.district"
)
_BY_DISTRICT = (
    f"SELECT k.id AS key, k.type, k.name, {_COUNTS} FROM ({_STATES}) x JOIN unit k ON k.id = x.district"  # noqa: S608
    " GROUP BY k.id, k.type, k.name"
)


async def seats(tx: Tx, area: Area) -> Seats:
    """All seats of an area by state."""
    row = await tx.one(_ALL, area=area.id)
    return _seats(row) if row else Seats()


async def by_post(tx: Tx, area: Area, programme: Programme) -> list[Part]:
    """Seats by post, in the programme's order."""
    rows = {row["key"]: row for row in await tx.all(_BY_POST, area=area.id)}
    return [Part(post.code, post.name, _seats(rows[post.code])) for post in programme.posts if post.code in rows]


async def by_district(tx: Tx, area: Area) -> list[Part]:
    """Seats by district, in alphabetical order."""
    return _parts(await tx.all(_BY_DISTRICT, area=area.id))


async def by_commune(tx: Tx, area: Area) -> list[Part]:
    """Seats by commune, in alphabetical order. Outside a district, each with its district."""
    rows = await tx.all(_BY_COMMUNE, area=area.id)
    if area.level != "province":
        return _parts(rows)
    districts = {row["id"]: row["name"] for row in await tx.all("SELECT id, name FROM unit WHERE level = 'district'")}
    return _parts(rows, districts)


def _parts(rows: Iterable[Row], districts: Mapping[int, str] | None = None) -> list[Part]:
    within = [(row, districts.get(row["district"], "") if districts else "") for row in rows]
    within.sort(key=lambda pair: (text_key(pair[0]["name"]), text_key(pair[1])))
    return [Part(row["key"], _unit_name(row, district), _seats(row)) for row, district in within]


def _unit_name(row: Row, district: str) -> str:
    name = f"{row['type'].lower()} {row['name']}"
    return f"{name}, {district}" if district else name


def _seats(row: Row) -> Seats:
    return Seats(row["confirmed"], row["claimed"], row["named"], row["vacant"])


def least_covered(communes: Iterable[Part]) -> list[Part]:
    """Communes where somebody is still to confirm: the lowest share first, then by name."""
    short = [part for part in communes if part.seats.confirmed < part.seats.total]
    return sorted(short, key=lambda part: part.seats.confirmed / part.seats.total)  # sorted keeps the order of names
