"""Units in the database, as the imports read and write them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from storage.database import Tx
from storage.fold import fold, words

DISTRICT_TYPES = ("Thành phố", "Thị xã", "Huyện")
VILLAGE_TYPES = ("Khu phố", "Tổ dân phố", "Thôn", "Bản", "Làng", "Xóm", "Khu", "Phố")
_SHORT = {"tp": "Thành phố", "tx": "Thị xã", "h": "Huyện", "x": "Xã", "p": "Phường", "tt": "Thị trấn"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a file gives it. `parent` is a code one level up, empty where there is none."""

    level: str
    code: str
    name: str
    type: str
    parent: str = ""

    @property
    def full(self) -> str:
        """With its type."""
        return f"{self.type} {self.name}".strip()


def split_type(text: str, types: Sequence[str]) -> tuple[str, str]:
    """`Huyện Mường Lát` to (`Huyện`, `Mường Lát`); no type word: an empty type."""
    first, _, rest = text.partition(" ")
    short = _SHORT.get(words(first), "")
    if short in types and rest:
        return short, rest.strip()
    folded = fold(text)
    for kind in types:
        if folded.startswith(f"{fold(kind)} "):
            return kind, text[len(kind) :].strip()
    return "", text


def slug(text: str) -> str:
    """A code for a unit that has no official one. Keeps the marks: Bản Na is not Bản Ná."""
    return "-".join(text.lower().split())


async def stored(tx: Tx, level: str) -> dict[str, dict[str, Any]]:
    """The units of a level in force, by code."""
    rows = await tx.all(
        "SELECT u.id, u.code, u.name, u.type, coalesce(p.code, '') AS parent FROM unit u"
        " LEFT JOIN unit p ON p.id = u.parent_id WHERE u.level = :level AND u.valid_to IS NULL",
        level=level,
    )
    return {row["code"]: dict(row) for row in rows}


async def insert(tx: Tx, units: Iterable[Unit], parents: dict[str, int], valid_from: str) -> None:
    """New units; `parents` maps codes to ids."""
    await tx.many(
        "INSERT INTO unit (level, code, name, type, folded, parent_id, valid_from)"
        " VALUES (:level, :code, :name, :type, :folded, :parent, :valid_from)",
        [_row(unit, parents) | {"level": unit.level, "valid_from": valid_from} for unit in units],
    )


async def update(tx: Tx, units: Iterable[tuple[int, Unit]], parents: dict[str, int]) -> None:
    """Units whose name, type or parent was corrected."""
    await tx.many(
        "UPDATE unit SET name = :name, type = :type, folded = :folded, parent_id = :parent WHERE id = :id",
        [_row(unit, parents) | {"id": number} for number, unit in units],
    )


def _row(unit: Unit, parents: dict[str, int]) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "type": unit.type,
        "folded": fold(unit.name),
        "parent": parents.get(unit.parent),
    }
