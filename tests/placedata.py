"""The official list of 2020 as places, without a database."""

import csv
from pathlib import Path

from storage.places import District, Place, Places

UNITS = Path(__file__).parents[1] / "programmes" / "thanh-hoa-135-2020" / "units.csv"
MOUNTAIN = {"384", "385", "386", "387", "388", "389", "390", "391", "396", "402", "403"}
_TYPES = ("Thành phố", "Thị xã", "Huyện")


def _units() -> list[dict[str, str]]:
    return list(csv.DictReader(UNITS.read_text(encoding="utf-8").splitlines()))


def districts() -> list[District]:
    rows = {row["district_code"]: row["district"] for row in _units()}
    split = {code: next(t for t in _TYPES if name.startswith(t)) for code, name in rows.items()}
    return [District(int(code), code, rows[code].removeprefix(kind).strip(), kind) for code, kind in split.items()]


def places() -> Places:
    by_code = {district.code: district for district in districts()}
    return Places([_place(row, by_code[row["district_code"]]) for row in _units()], by_code.values())


def _place(row: dict[str, str], district: District) -> Place:
    served = district.code in MOUNTAIN and row["type"] == "Xã"
    return Place(
        int(row["commune_code"]),
        row["commune_code"],
        row["commune"],
        row["type"],
        district.id,
        district.full,
        served,
        "III" if served else None,
    )
