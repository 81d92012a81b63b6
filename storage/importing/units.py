"""The official list of communes and districts."""

from storage import places
from storage.database import Tx
from storage.importing import unit_rows
from storage.importing.model import Column, Line, Outcome, Parsed, Setting, Sheet
from storage.importing.unit_rows import DISTRICT_TYPES, Unit, slug, split_type

COMMUNE_TYPES = ("Thị trấn", "Phường", "Xã")
COLUMNS: tuple[Column, ...] = (
    Column("code", ("ma xa", "ma don vi", "ma dvhc", "ma so", "ma", "commune code"), required=True),
    Column(
        "commune", ("xa", "ten xa", "ten", "don vi", "ten don vi", "xa phuong", "xa phuong thi tran"), required=True
    ),
    Column("type", ("loai", "loai hinh", "cap", "loai don vi")),
    Column("district_code", ("ma huyen", "ma qh")),
    Column("district", ("huyen", "ten huyen", "quan huyen", "huyen thi xa", "huyen thi xa thanh pho")),
)


def parse(sheet: Sheet, setting: Setting) -> Parsed:
    """Districts and communes of the file."""
    parsed = Parsed()
    districts: dict[str, Unit] = {}
    communes: dict[str, Unit] = {}
    for line in sheet.lines:
        district = _district(line)
        known = districts.setdefault(district.code, district) if district else None
        commune = _commune(line, known)
        if not line.get("code") or not line.get("commune"):
            parsed.bad(line, "code" if not line.get("code") else "commune", "import-bad-empty")
        elif not commune.type:
            parsed.bad(line, "type", "import-bad-unit-type")
        elif known != district:
            parsed.bad(line, "district", "import-bad-district-code")
        elif commune.code in communes:
            parsed.bad(line, "code", "import-bad-twice")
        else:
            communes[commune.code] = commune
    parsed.entries = [*districts.values(), *communes.values()]
    return parsed


def _district(line: Line) -> Unit | None:
    kind, name = split_type(line.get("district"), DISTRICT_TYPES)
    if not name:
        return None
    return Unit("district", line.get("district_code") or slug(name), name, kind or DISTRICT_TYPES[-1])


def _commune(line: Line, district: Unit | None) -> Unit:
    kind, name = split_type(line.get("commune"), COMMUNE_TYPES)
    given, _ = split_type(f"{line.get('type')} -", COMMUNE_TYPES)
    return Unit("commune", line.get("code"), name, given or kind, district.code if district else "")


async def settle(tx: Tx, parsed: Parsed, setting: Setting, write: bool) -> Outcome:
    """Districts before the communes that lie in them."""
    outcome = Outcome()
    for level in ("district", "commune"):
        await _settle_level(tx, level, [u for u in parsed.entries if u.level == level], setting, outcome, write)
    if write and outcome.writes:
        await places.bump(tx)
    return outcome


async def _settle_level(tx: Tx, level: str, units: list[Unit], setting: Setting, outcome: Outcome, write: bool) -> None:
    stored = await unit_rows.stored(tx, level)
    fresh = [unit for unit in units if unit.code not in stored]
    changed = [(stored[u.code]["id"], u) for u in units if u.code in stored and _differs(u, stored[u.code])]
    for unit in fresh:
        outcome.add("added", unit.full)
    for _, unit in changed:
        before = stored[unit.code]
        outcome.add("changed", f"{unit.code}: {before['type']} {before['name']} → {unit.full}")
    outcome.unchanged += len(units) - len(fresh) - len(changed)
    for code in stored.keys() - {unit.code for unit in units}:
        outcome.add("missing", f"{stored[code]['type']} {stored[code]['name']}")
    if write:
        parents = await unit_rows.stored(tx, "district") if level == "commune" else {}
        ids = {code: row["id"] for code, row in parents.items()}
        await unit_rows.insert(tx, fresh, ids, setting.programme.units.valid_from)
        await unit_rows.update(tx, changed, ids)


def _differs(unit: Unit, row: dict[str, str]) -> bool:
    return (unit.name, unit.type, unit.parent) != (row["name"], row["type"], row["parent"])
