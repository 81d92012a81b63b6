"""Half days as people write them: `05/06/2026 sáng; 05/06/2026 chiều`, `05/06/2026-07/06/2026`, `05-07/06/2026`."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Literal

from storage.fold import fold

Part = Literal["am", "pm"]
Half = tuple[str, Part]
_MOST_DAYS = 31
_DATE = r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})"
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00:00)?\b")
_RANGE = re.compile(rf"^{_DATE} ?(?:-|den|to) ?{_DATE}$")
_DAYS = re.compile(r"^(\d{1,2}) ?(?:-|den|to) ?(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_ONE = re.compile(rf"^{_DATE}$")
_PARTS: dict[str, tuple[Part, ...]] = {
    "sang": ("am",),
    "chieu": ("pm",),
    "am": ("am",),
    "pm": ("pm",),
    "ca ngay": ("am", "pm"),
    "": ("am", "pm"),
}
_WITH_PART = re.compile(
    r"^(?:buoi )?(sang|chieu|am|pm|ca ngay)?,? ?(?:ngay )?(.*?),? ?(?:buoi )?(sang|chieu|am|pm|ca ngay)?$"
)


def read(text: str) -> list[Half] | None:
    """The half days in order, or None when some part of the text is no date."""
    lines = [_ISO.sub(_vietnamese, fold(line)) for line in re.split(r"[;\n]", text)]
    pieces = [piece.strip() for line in lines for piece in re.split(r"\bva\b", line)]
    try:
        halves = {half for piece in pieces if piece for half in _piece(piece)}
    except ValueError:
        return None
    return sorted(halves) or None


def read_day(text: str) -> str | None:
    """One day as `2026-06-05`, or None."""
    match = _ONE.match(_ISO.sub(_vietnamese, fold(text)))
    try:
        return _day(*match.groups()).isoformat() if match else None
    except ValueError:
        return None


def _vietnamese(match: re.Match[str]) -> str:
    return f"{match.group(3)}/{match.group(2)}/{match.group(1)}"


def _piece(piece: str) -> Iterator[Half]:
    match = _WITH_PART.match(piece)
    if match is None or (match.group(1) and match.group(3)):
        raise ValueError(piece)
    parts = _PARTS[match.group(1) or match.group(3) or ""]
    for day, part in product(_days(match.group(2)), parts):
        yield day.isoformat(), part


def _days(text: str) -> list[date]:
    first, last = _ends(text)
    count = (last - first).days + 1
    if not 1 <= count <= _MOST_DAYS:
        raise ValueError(text)
    return [first + timedelta(days=n) for n in range(count)]


def _ends(text: str) -> tuple[date, date]:
    if match := _ONE.match(text):
        return _day(*match.groups()), _day(*match.groups())
    if match := _RANGE.match(text):
        return _day(*match.groups()[:3]), _day(*match.groups()[3:])
    if match := _DAYS.match(text):
        first, last, month, year = match.groups()
        return _day(first, month, year), _day(last, month, year)
    raise ValueError(text)


def _day(day: str, month: str, year: str) -> date:
    return date(int(year), int(month), int(day))
