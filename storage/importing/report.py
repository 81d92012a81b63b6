"""What an import found and did, in words for the person at the shell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Protocol

from storage.importing.model import Fate, Kind, Note, Outcome, Problem

_SHOWN = 30  # bad rows and remarks on the screen; the returned file has all
_FATES: tuple[Fate, ...] = ("added", "changed", "missing", "kept")


class Texts(Protocol):
    """What is needed of `locales.Texts`."""

    def say(self, language: str, key: str, /, **values: Any) -> str:
        """The text of a key."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says texts plainly: the shell and a spreadsheet know no markup."""

    texts: Texts
    language: str = "vi"

    def say(self, key: str, /, **values: Any) -> str:
        """The text of a key, without the escapes of HTML."""
        return unescape(str(self.texts.say(self.language, key, **values)))

    def note(self, note: Note) -> str:
        """A note in words. Columns are named as people know them."""
        values = dict(note.values)
        if "row" in values:
            values["row"] = str(values["row"])  # a row is named, not counted: 1500, not 1.500
        if "columns" in values:
            values["columns"] = ", ".join(self.column(name) for name in values["columns"])
        return self.say(note.key, **values)

    def column(self, name: str) -> str:
        """A column in words."""
        return self.say(f"import-col-{name.replace('_', '-')}")


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one run of an import."""

    kind: Kind
    file: str
    speaker: Speaker
    rows: int = 0
    applied: bool = False
    refused: Note | None = None
    outcome: Outcome = field(default_factory=Outcome)
    bad: tuple[Problem, ...] = ()
    warnings: tuple[Note, ...] = ()
    unknown: tuple[str, ...] = ()
    returned: Path | None = None

    @property
    def ok(self) -> bool:
        """Whether the file can be, or was, taken."""
        return self.refused is None and not self.bad

    @property
    def counts(self) -> dict[Fate, int]:
        """How many were added, changed, missing in the file, and kept against the file."""
        return self.outcome.counts

    def text(self) -> str:
        """The whole report."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        say = self.speaker.say
        yield say("import-title", kind=self.kind, file=self.file)
        if self.refused is not None:
            yield self.speaker.note(self.refused)
            yield say("import-nothing-done")
            return
        yield say("import-read", rows=self.rows)
        if self.unknown:
            yield say("import-unknown-headings", headings=", ".join(self.unknown))
        yield from self._problems() if self.bad else self._changes()
        yield from self._noted(self.warnings)
        yield self._end()

    def _problems(self) -> Iterator[str]:
        say = self.speaker.say
        yield say("import-bad-count", rows=len({problem.line.number for problem in self.bad}))
        for problem in self.bad[:_SHOWN]:
            yield "  " + say(
                "import-bad-line",
                row=str(problem.line.number),
                column=self.speaker.column(problem.column),
                value=problem.value,
                reason=self.speaker.note(problem.why),
            )
        yield from self._more(len(self.bad))
        if self.returned is not None:
            yield say("import-returned", file=str(self.returned))

    def _changes(self) -> Iterator[str]:
        say = self.speaker.say
        for fate in _FATES:
            count = self.outcome.counts[fate]
            if count or fate in ("added", "changed"):
                yield say(f"import-{fate}", count=count)
                yield from (f"    {example}" for example in self.outcome.examples.get(fate, ()))
        yield say("import-unchanged", count=self.outcome.unchanged)
        if self.outcome.seats:
            yield say("import-seats", count=self.outcome.seats)

    def _noted(self, notes: Iterable[Note]) -> Iterator[str]:
        spoken = [self.speaker.note(note) for note in notes]
        if spoken:
            yield self.speaker.say("import-warnings", count=len(spoken))
            yield from (f"  {line}" for line in spoken[:_SHOWN])
            yield from self._more(len(spoken))

    def _more(self, count: int) -> Iterator[str]:
        if count > _SHOWN:
            yield "  " + self.speaker.say("import-more", count=count - _SHOWN)

    def _end(self) -> str:
        if self.bad:
            return self.speaker.say("import-nothing-done")
        return self.speaker.say("import-applied" if self.applied else "import-rehearsed")
