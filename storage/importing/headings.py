"""Which column is which: headings in any order, by any of their names, with or without marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storage.fold import words
from storage.importing.files import MAX_ROWS, Rows, is_empty
from storage.importing.model import Column, Line, RefusedError, Sheet

_SEARCHED = 30  # rows in which the headings must stand
_SHOWN = 20
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
# Columns that people and our own returned files have, and that say nothing to an import.
_SILENT = frozenset(["stt", "so tt", "tt", "so thu tu", "no", "ghi chu", "ly do", "dong", "note", "reason", "row"])


@dataclass(frozen=True, slots=True)
class _Headings:
    at: int
    places: dict[str, int]  # column name to its place
    missing: tuple[str, ...]


def recognise(sheets: Sequence[Rows], columns: Sequence[Column]) -> Sheet:
    """The first sheet whose headings are complete, as lines.

    Raises:
        RefusedError: no sheet has every required heading, or it has no lines, or too many.
    """
    tried = [(_find(rows, columns), rows) for rows in sheets]
    for headings, rows in tried:
        if not headings.missing:
            return _sheet(rows, headings)
    nearest, rows = max(tried, key=lambda pair: len(pair[0].places))
    seen = [heading for heading in rows[nearest.at] if heading][:_SHOWN]
    raise RefusedError("import-refused-headings", columns=nearest.missing, seen=", ".join(seen))


def _find(rows: Rows, columns: Sequence[Column]) -> _Headings:
    """The row with the most known headings; of two, the upper."""
    found = [(at, _matched(row, columns)) for at, row in enumerate(rows[:_SEARCHED])]
    at, places = max(found, key=lambda pair: len(pair[1]))
    return _Headings(at, places, tuple(c.name for c in columns if c.required and c.name not in places))


def _matched(row: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """The first of two like headings counts; the second is reported as unknown."""
    found: dict[str, int] = {}
    for at, heading in enumerate(row):
        name = _name(heading, columns)
        if name:
            found.setdefault(name, at)
    return found


def _name(heading: str, columns: Sequence[Column]) -> str | None:
    forms = {words(heading), words(_BRACKETS.sub(" ", heading))} - {""}
    return next((c.name for c in columns if forms & {words(c.name), *c.aliases}), None)


def _sheet(rows: Rows, headings: _Headings) -> Sheet:
    below = enumerate(rows[headings.at + 1 :], start=headings.at + 2)
    filled = [(number, row) for number, row in below if not is_empty(row)]
    if len(filled) > MAX_ROWS:
        raise RefusedError("import-refused-rows", limit=MAX_ROWS)
    if not filled:
        raise RefusedError("import-refused-empty")
    names = rows[headings.at]
    lines = tuple(Line(number, _cells(row, headings), tuple(row)) for number, row in filled)
    return Sheet(lines, tuple(names), tuple(_unknown(names, headings)))


def _cells(row: Sequence[str], headings: _Headings) -> dict[str, str]:
    return {name: row[at] for name, at in headings.places.items() if at < len(row)}


def _unknown(names: Sequence[str], headings: _Headings) -> list[str]:
    known = set(headings.places.values())
    return [n for at, n in enumerate(names) if n and at not in known and words(n) not in _SILENT]
