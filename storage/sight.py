"""Who may read the figures, and of which area. Nobody is given an `Area` they may not see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from storage import rights
from storage.database import Row, Tx

Level = Literal["province", "district", "commune"]


@dataclass(frozen=True, slots=True)
class Area:
    """What figures are asked of: the province (id 0), a district or a commune."""

    id: int
    level: Level
    name: str
    parent: int


PROVINCE = Area(0, "province", "", 0)

IN_AREA = "(CAST(:area AS BIGINT) = 0 OR u.id = :area OR u.parent_id = :area)"
"""SQL: the unit `u` lies in the area of the id `:area`."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a chat may see: the areas it has a right for (0: the whole province), and whether it is an admin's."""

    areas: tuple[int, ...]
    admin: bool

    @property
    def everywhere(self) -> bool:
        """Whether all of the province may be seen."""
        return 0 in self.areas

    def covers(self, unit: int, parent: int) -> bool:
        """Whether a unit in a parent may be seen."""
        return self.everywhere or unit in self.areas or parent in self.areas


async def of_person(tx: Tx, chat: str) -> Sight | None:
    """What the persons of a private chat may see together; None: nothing."""
    return _sight(await rights.roles(tx, chat))


def _sight(roles: Iterable[rights.Role]) -> Sight | None:
    held = list(roles)
    areas = {role.area or 0 for role in held}
    admin = any(role.role == "admin" and role.area is None for role in held)
    return Sight((0,) if 0 in areas else tuple(sorted(areas)), admin) if held else None


async def area(tx: Tx, sight: Sight, unit: int) -> Area | None:
    """The area of a unit (0: the province), or None when it does not exist or may not be seen."""
    if unit == 0:
        return PROVINCE if sight.everywhere else None
    row = await tx.one(_UNIT + "WHERE u.id = :unit AND u.level IN ('district', 'commune')", unit=unit)
    if row is None or not sight.covers(row["id"], row["parent_id"] or 0):
        return None
    return _area(row)


_UNIT = (
    "SELECT u.id, u.level, u.name, u.type, u.parent_id, d.name AS district, d.type AS district_type"
    " FROM unit u LEFT JOIN unit d ON d.id = u.parent_id "
)


def _area(row: Row) -> Area:
    name = f"{row['type'].lower()} {row['name']}"
    if row["district"]:
        name += f" ({row['district_type'].lower()} {row['district']})"
    return Area(row["id"], row["level"], name, row["parent_id"] or 0)
