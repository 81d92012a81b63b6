"""Training sessions: what, where, when, for whom, how many."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from storage.fold import words
from storage.importing import halves
from storage.importing.halves import Half
from storage.importing.model import Column, Line, Parsed, Setting, Sheet
from storage.importing.session_settling import settle
from storage.place_reading import bare_commune
from storage.spelling import tokens

__all__ = ["COLUMNS", "parse", "settle"]

COLUMNS: tuple[Column, ...] = (
    Column("code", ("ma", "ma lop", "ky hieu", "so hieu"), required=True),
    Column("title", ("ten lop", "lop", "tieu de", "ten lop tap huan", "noi dung"), required=True),
    Column("place", ("dia diem", "noi to chuc", "dia diem to chuc"), required=True),
    Column("teacher", ("giang vien", "bao cao vien", "nguoi giang")),
    Column("capacity", ("so cho", "si so", "so luong", "quy mo", "chi tieu", "so hoc vien"), required=True),
    Column("posts", ("chuc danh", "doi tuong", "thanh phan")),
    Column("areas", ("dia ban", "huyen", "pham vi", "khu vuc", "don vi")),
    Column("halves", ("thoi gian", "ngay", "buoi", "lich", "lich hoc", "thoi gian to chuc", "ngay hoc"), required=True),
    Column("deadline", ("han dang ky", "han", "han chot", "han cuoi")),
    Column("bring", ("mang theo", "can mang", "chuan bi")),
    Column("topics", ("chuyen de", "chu de")),
)
_EVERYWHERE = re.compile(r"^(toan tinh|tat ca|tat ca cac (huyen|xa|chuc danh)|moi chuc danh|)$")
_MOST_LEARNERS = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """A session as the file has it. No posts: for every post; no areas: for the whole scope."""

    code: str
    title: str
    place: str
    teacher: str
    capacity: int
    posts: tuple[str, ...]
    areas: tuple[int, ...]
    halves: tuple[Half, ...]
    deadline: str
    bring: str
    topics: tuple[str, ...]
    line: Line


def parse(sheet: Sheet, setting: Setting) -> Parsed:
    """Sessions of the file."""
    parsed = Parsed()
    rows: dict[str, int] = {}
    entries = []
    for line in sheet.lines:
        for column in ("code", "title", "place"):
            if not line.get(column):
                parsed.bad(line, column, "import-bad-empty")
        code = line.get("code").upper()
        if code and rows.setdefault(code, line.number) != line.number:
            parsed.bad(line, "code", "import-bad-twice-row", row=rows[code])
        entries.append(_entry(line, code, setting, parsed))
    parsed.entries = entries
    return parsed


def _entry(line: Line, code: str, setting: Setting, parsed: Parsed) -> Entry:
    when = halves.read("\n".join(line.pieces("halves"))) or []
    if not when:
        parsed.bad(line, "halves", "import-bad-halves")
    return Entry(
        code=code,
        title=line.get("title"),
        place=line.get("place"),
        teacher=line.get("teacher"),
        capacity=_capacity(line, parsed),
        posts=tuple(sorted(_posts(line, setting, parsed))),
        areas=tuple(sorted(_areas(line, setting, parsed))),
        halves=tuple(when),
        deadline=_deadline(line, when, parsed),
        bring=line.get("bring"),
        topics=tuple(_topics(line, setting, parsed)),
        line=line,
    )


def _capacity(line: Line, parsed: Parsed) -> int:
    match = re.fullmatch(r"(\d{1,4})( (cho|nguoi|hoc vien))?", words(line.get("capacity")))
    if match and 1 <= int(match.group(1)) <= _MOST_LEARNERS:
        return int(match.group(1))
    parsed.bad(line, "capacity", "import-bad-capacity", most=_MOST_LEARNERS)
    return 0


def _deadline(line: Line, when: list[Half], parsed: Parsed) -> str:
    """The last day to enrol; not said: the day before the first."""
    first = when[0][0] if when else ""
    if not line.get("deadline"):
        return (date.fromisoformat(first) - timedelta(days=1)).isoformat() if first else ""
    day = halves.read_day(line.get("deadline"))
    if day is None:
        parsed.bad(line, "deadline", "import-bad-date")
    elif first and day > first:
        parsed.bad(line, "deadline", "import-bad-deadline-late")
    return day or ""


def _posts(line: Line, setting: Setting, parsed: Parsed) -> Iterable[str]:
    for text in _listed(line, "posts", r"[;,\n]"):
        found = setting.programme.find_post(text)
        if len(found) == 1:
            yield found[0].code
        else:
            posts = "; ".join(post.name for post in setting.programme.posts)
            parsed.bad(line, "posts", "import-bad-post-listed", text=text, posts=posts)


def _areas(line: Line, setting: Setting, parsed: Parsed) -> Iterable[int]:
    """Districts, or communes; a name that both have is the district unless it says `xã` or `thị trấn`."""
    for text in _listed(line, "areas"):
        districts = () if _names_commune(text) else setting.places.find_district(text)
        commune = setting.places.find(text).sure
        if len(districts) == 1:
            yield districts[0].id
        elif commune is not None:
            yield commune.id
        else:
            parsed.bad(line, "areas", "import-bad-area", text=text)


def _names_commune(text: str) -> bool:
    return bare_commune(tuple(tokens(text))) != tuple(tokens(text))


def _topics(line: Line, setting: Setting, parsed: Parsed) -> Iterable[str]:
    for text in _listed(line, "topics"):
        topic = setting.programme.find_topic(text)
        if topic is None:
            codes = "; ".join(topic.code for topic in setting.programme.topics)
            parsed.bad(line, "topics", "import-bad-topic", text=text, topics=codes)
        else:
            yield topic.code


def _listed(line: Line, column: str, cut: str = r"[;\n]") -> list[str]:
    return [piece for piece in line.pieces(column, cut) if not _EVERYWHERE.match(words(piece))]
