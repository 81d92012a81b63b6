"""The words of an import: what a file has, what is wrong with it, what it would change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from storage.database import Tx
from storage.places import Places
from storage.programme import Programme

Kind = Literal["units", "scope", "roster", "sessions"]
Fate = Literal["added", "changed", "missing", "kept"]
_SHOWN = 5  # examples of each fate


class RefusedError(Exception):
    """The file cannot be read as a whole. Carries the key of a text and its values."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True, slots=True)
class Column:
    """A column an import knows: its name is also `import-col-<name>`; aliases are compared without marks."""

    name: str
    aliases: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its number as the spreadsheet shows it, and the cells by column name."""

    number: int
    cells: dict[str, str]
    raw: tuple[str, ...]

    def get(self, column: str) -> str:
        """The cell in one line, or empty."""
        return self.cells.get(column, "").replace("\n", " ")

    def pieces(self, column: str, cut: str = r"[;\n]") -> list[str]:
        """The cell as a list: what stands between semicolons or on lines of its own."""
        return [piece.strip() for piece in re.split(cut, self.cells.get(column, "")) if piece.strip()]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: lines that hold something, the headings in order, those nobody knows."""

    lines: tuple[Line, ...]
    headings: tuple[str, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence to be said: the key of a text and its values."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be taken as it is."""

    line: Line
    column: str
    value: str
    why: Note


@dataclass(slots=True)
class Parsed:
    """A file understood: entries in the kind's own form, problems, and remarks on what was understood."""

    entries: Sequence[Any] = ()
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)

    def bad(self, line: Line, column: str, key: str, **values: Any) -> None:
        """Note a cell that cannot be taken."""
        self.problems.append(Problem(line, column, line.get(column), Note(key, values)))


@dataclass(slots=True)
class Outcome:
    """What an import does, or would do, to the database."""

    unchanged: int = 0
    counts: dict[Fate, int] = field(default_factory=lambda: {"added": 0, "changed": 0, "missing": 0, "kept": 0})
    examples: dict[Fate, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    seats: int = 0  # seats made

    def add(self, fate: Fate, example: str) -> None:
        """Count one; keep the first few as examples."""
        self.counts[fate] += 1
        shown = self.examples.setdefault(fate, [])
        if len(shown) < _SHOWN:
            shown.append(example)

    @property
    def writes(self) -> bool:
        """Whether anything is different afterwards."""
        return bool(self.counts["added"] or self.counts["changed"] or self.seats)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every import is given."""

    programme: Programme
    places: Places
    now: str  # UTC text
    today: str  # local day
    force: bool = False  # a confirmed holder, too, may be replaced


class Importer(Protocol):
    """One kind of file. A module is one."""

    COLUMNS: tuple[Column, ...]

    def parse(self, sheet: Sheet, setting: Setting) -> Parsed:
        """Understand every line, without the database."""

    async def settle(self, tx: Tx, parsed: Parsed, setting: Setting, write: bool) -> Outcome:
        """Compare with what is stored; with `write`, make it so, unless there are problems."""
