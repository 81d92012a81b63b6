"""Which communes and villages the programme serves, with their class. Given by the agency, checked by its figures."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from storage import places
from storage.database import Tx
from storage.fold import words
from storage.importing import seat_rows, unit_rows
from storage.importing.communes import CODE, COMMUNE, DISTRICT, Communes
from storage.importing.model import Column, Line, Note, Outcome, Parsed, Problem, Setting, Sheet
from storage.importing.unit_rows import VILLAGE_TYPES, Unit, slug, split_type
from storage.places import Place

COLUMNS: tuple[Column, ...] = (
    CODE,
    COMMUNE,
    DISTRICT,
    Column("class", ("khu vuc", "phan loai", "loai", "thuoc khu vuc", "kv", "vung", "region"), required=True),
    Column("village", ("thon", "ban", "thon ban", "ten thon", "thon ban dbkk", "thon dbkk", "ten thon ban")),
    Column("decision", ("quyet dinh", "so quyet dinh", "can cu", "van ban")),
)
_CLASSES = {"1": "I", "2": "II", "3": "III", "i": "I", "ii": "II", "iii": "III"}
_CLASS_WORDS = re.compile(r"(thuoc )?(xa )?(khu vuc|vung|kv|loai)? ?(iii|ii|i|[123])")


@dataclass(frozen=True, slots=True)
class Entry:
    """A commune of the programme, or a village of one."""

    place: Place
    region: str
    decision: str
    village: Unit | None = None

    @property
    def label(self) -> str:
        """What it is called in a report."""
        own = f"{self.village.full}, " if self.village else ""
        return f"{own}{self.place.label()} – {self.region}"


def parse(sheet: Sheet, setting: Setting) -> Parsed:
    """Communes and villages; a village's line brings its commune along."""
    gathering, communes = _Gathering(), Communes(setting.places)
    for line in sheet.lines:
        place, region = communes.of(line), _region(line.get("class"), setting)
        if isinstance(place, Problem):
            gathering.parsed.problems.append(place)
        if region is None:
            gathering.parsed.bad(line, "class", "import-bad-class")
        if isinstance(place, Place) and region is not None:
            gathering.take(Entry(place, region, line.get("decision"), _village(line, place)), line)
    gathering.parsed.entries = [*gathering.communes.values(), *gathering.villages.values()]
    return gathering.parsed


class _Gathering:
    def __init__(self) -> None:
        self.parsed = Parsed()
        self.communes: dict[int, Entry] = {}
        self.villages: dict[str, Entry] = {}
        self._rows: dict[Any, int] = {}
        self._named: set[int] = set()  # communes that have a line of their own

    def take(self, entry: Entry, line: Line) -> None:
        """Add an entry, unless it contradicts or repeats an earlier one."""
        commune = self.communes.setdefault(entry.place.id, replace(entry, village=None))
        first = self._rows.setdefault(entry.place.id, line.number)
        if commune.region != entry.region:
            self.parsed.bad(line, "class", "import-bad-class-differs", row=first, region=commune.region)
        elif entry.village:
            self._take_village(entry, entry.village, line)
        elif entry.place.id in self._named:
            self.parsed.bad(line, "commune", "import-bad-twice-row", row=first)
        else:
            self._named.add(entry.place.id)
            self.communes[entry.place.id] = entry

    def _take_village(self, entry: Entry, village: Unit, line: Line) -> None:
        if village.code in self.villages:
            self.parsed.bad(line, "village", "import-bad-twice-row", row=self._rows[village.code])
        else:
            self.villages[village.code] = entry
            self._rows[village.code] = line.number


def _region(text: str, setting: Setting) -> str | None:
    match = _CLASS_WORDS.fullmatch(words(text))
    region = _CLASSES[match.group(4)] if match else None
    return region if region in setting.programme.check.communes_by_class else None


def _village(line: Line, place: Place) -> Unit | None:
    kind, name = split_type(line.get("village"), VILLAGE_TYPES)
    return Unit("village", f"{place.code}-{slug(name)}", name, kind, place.code) if name else None


async def settle(tx: Tx, parsed: Parsed, setting: Setting, write: bool) -> Outcome:
    """Villages that are new become units; then class and decision of all; then the seats of the communes."""
    outcome = Outcome()
    villages = await unit_rows.stored(tx, "village")
    scope = {row["unit_id"]: row for row in await tx.all(_STORED)}
    ids = {entry: _unit_id(entry, villages) for entry in parsed.entries}
    fresh = [e for e in parsed.entries if ids[e] not in scope]
    changed = [e for e in parsed.entries if ids[e] in scope and _differs(e, scope[ids[e]])]
    for entry in fresh:
        outcome.add("added", entry.label)
    for entry in changed:
        outcome.add("changed", f"{entry.label} ← {scope[ids[entry]]['class']}")
    for number in sorted(scope.keys() - set(ids.values())):
        outcome.add("missing", f"{scope[number]['type']} {scope[number]['name']} – {scope[number]['class']}")
    outcome.unchanged = len(parsed.entries) - len(fresh) - len(changed)
    outcome.warnings += _against_figures(parsed, ids, scope, setting)
    if write:
        await _write(tx, fresh, changed, setting)
        outcome.seats = await seat_rows.make(tx, setting.programme)
        if outcome.writes:
            await places.bump(tx)
    return outcome


_STORED = "SELECT s.unit_id, s.class, s.decision, u.level, u.name, u.type FROM scope s JOIN unit u ON u.id = s.unit_id"


def _unit_id(entry: Entry, villages: Mapping[str, Mapping[str, Any]]) -> int | None:
    if entry.village is None:
        return entry.place.id
    known = villages.get(entry.village.code)
    return known["id"] if known else None


def _differs(entry: Entry, row: Mapping[str, Any]) -> bool:
    # An empty decision says nothing; it does not take away the one that is stored.
    return (entry.region, entry.decision or row["decision"]) != (row["class"], row["decision"])


async def _write(tx: Tx, fresh: Sequence[Entry], changed: Sequence[Entry], setting: Setting) -> None:
    known = await unit_rows.stored(tx, "village")
    new = [e.village for e in fresh if e.village and e.village.code not in known]
    parents = {e.place.code: e.place.id for e in fresh}
    await unit_rows.insert(tx, new, parents, setting.programme.units.valid_from)
    villages = await unit_rows.stored(tx, "village")
    await tx.many(
        "INSERT INTO scope (unit_id, class, decision) VALUES (:unit, :region, :decision)"
        " ON CONFLICT (unit_id) DO UPDATE SET class = excluded.class,"
        " decision = CASE excluded.decision WHEN '' THEN scope.decision ELSE excluded.decision END",
        [
            {"unit": _unit_id(entry, villages), "region": entry.region, "decision": entry.decision}
            for entry in (*fresh, *changed)
        ],
    )


def _against_figures(
    parsed: Parsed, ids: Mapping[Entry, int | None], scope: Mapping[int, Any], setting: Setting
) -> list[Note]:
    """The programme's figures that the scope would not meet."""
    named = set(ids.values())
    counts = Counter(("village" if e.village else "commune", e.region) for e in parsed.entries)
    counts.update((row["level"], row["class"]) for number, row in scope.items() if number not in named)
    check = setting.programme.check
    figures = {("commune", region): n for region, n in check.communes_by_class.items()}
    figures |= {("village", region): n for region, n in check.villages_by_class.items()}
    return [
        Note(f"import-check-{level}", {"region": region, "found": counts[level, region], "expected": expected})
        for (level, region), expected in figures.items()
        if counts[level, region] != expected
    ]
