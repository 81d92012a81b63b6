"""The communes and districts in memory, and the search by what people type.

The index is built from the database and never changes. `version` says whether it is still the database's:
every import that touches units or the scope calls `bump`.
"""

from collections import defaultdict
from collections.abc import Iterable

from storage.database import Row, Tx
from storage.fold import text_key
from storage.place_search import Found, Index
from storage.units import District, Place

__all__ = ["District", "Found", "Place", "Places", "PlacesCache", "bump", "version"]

_KEY = "places"


async def version(tx: Tx) -> int:
    """A number that grows with every import of units or scope."""
    return int(await tx.value("SELECT value FROM meta WHERE key = :key", key=_KEY) or 0)


async def bump(tx: Tx) -> None:
    """Tell everybody who holds an index that it is no longer the database's."""
    await tx.run(
        "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key=_KEY,
        value=str(await version(tx) + 1),
    )


class Places:
    """Every commune in force, with the district it lies in and whether the programme serves it."""

    def __init__(self, places: Iterable[Place], districts: Iterable[District], number: int = 0) -> None:
        self.number = number
        self.all = tuple(sorted(places, key=lambda place: (text_key(place.name), text_key(place.district))))
        self._by_id = {place.id: place for place in self.all}
        self._by_code = {place.code: place for place in self.all}
        self._by_district: dict[int, list[Place]] = defaultdict(list)
        for place in self.all:
            if place.district_id is not None:
                self._by_district[place.district_id].append(place)
        self._districts = tuple(sorted(districts, key=lambda district: text_key(district.name)))
        self._index = Index(self.all, self._districts)

    @classmethod
    async def load(cls, tx: Tx) -> "Places":
        """Read the units in force."""
        districts = await tx.all("SELECT id, code, name, type FROM unit WHERE level = 'district' AND valid_to IS NULL")
        communes = await tx.all(
            "SELECT u.id, u.code, u.name, u.type, u.parent_id, d.name AS district, d.type AS district_type,"
            " s.class AS region FROM unit u LEFT JOIN unit d ON d.id = u.parent_id"
            " LEFT JOIN scope s ON s.unit_id = u.id WHERE u.level = 'commune' AND u.valid_to IS NULL"
        )
        return cls(map(_place, communes), map(_district, districts), await version(tx))

    def find(self, text: str) -> Found:
        """The communes a typed text may mean; those the programme serves come first."""
        return self._index.find(text)

    def find_district(self, text: str) -> tuple[District, ...]:
        """The districts a typed text may mean: one by its name, more by an abbreviation."""
        ids = self._index.district_ids(text)
        return tuple(district for district in self._districts if district.id in ids)

    def districts(self) -> tuple[District, ...]:
        """The districts that have communes in the programme, in alphabetical order."""
        return tuple(d for d in self._districts if self.communes(d.id))

    def communes(self, district_id: int | None, *, everywhere: bool = False) -> tuple[Place, ...]:
        """The programme's communes of a district (None: of all), in alphabetical order."""
        chosen = self.all if district_id is None else self._by_district.get(district_id, ())
        return tuple(place for place in chosen if everywhere or place.in_scope)

    def get(self, unit_id: int) -> Place | None:
        """The commune of an id."""
        return self._by_id.get(unit_id)

    def by_code(self, code: str) -> Place | None:
        """The commune of an official code."""
        return self._by_code.get(code.strip())

    def district(self, district_id: int) -> District | None:
        """The district of an id."""
        return next((district for district in self._districts if district.id == district_id), None)


class PlacesCache:
    """The index, built anew when an import has changed what it was built from."""

    def __init__(self) -> None:
        self._places: Places | None = None
        self._looked: Tx | None = None  # the transaction that last asked: many turns share one, and ask it once

    async def get(self, tx: Tx) -> Places:
        """The index of the database as this transaction found it."""
        if self._places is None or (self._looked is not tx and self._places.number != await version(tx)):
            self._places = await Places.load(tx)
        self._looked = tx
        return self._places


def _place(row: Row) -> Place:
    district = f"{row['district_type'].lower()} {row['district']}" if row["district"] else ""
    return Place(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        type=row["type"],
        district_id=row["parent_id"],
        district=district,
        in_scope=row["region"] is not None,
        region=row["region"],
    )


def _district(row: Row) -> District:
    return District(id=row["id"], code=row["code"], name=row["name"], type=row["type"])
