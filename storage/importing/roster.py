"""Who holds which seat. A changed name closes one holding and opens another; nobody confirmed is replaced silently."""

import re
from collections import defaultdict
from dataclasses import dataclass

from storage import phones
from storage.fold import fold
from storage.importing.communes import CODE, COMMUNE, DISTRICT, Communes
from storage.importing.model import Column, Line, Note, Parsed, Problem, Setting, Sheet
from storage.importing.roster_settling import settle
from storage.places import Place
from storage.programme import Post

__all__ = ["COLUMNS", "parse", "settle"]

COLUMNS: tuple[Column, ...] = (
    CODE,
    COMMUNE,
    DISTRICT,
    Column("post", ("chuc danh", "chuc vu", "vi tri", "chuc danh chuc vu", "cong viec"), required=True),
    Column("name", ("ho va ten", "ho ten", "ten", "ho ten can bo", "ten can bo", "ho va ten can bo"), required=True),
    Column("phone", ("sdt", "dien thoai", "so dien thoai", "di dong", "so dt", "dt", "dien thoai di dong", "zalo")),
)
# With its marks, and only before two words or more: Ông and Anh are also names.
_TITLE = re.compile(r"(?:ông|bà|anh|chị|đồng chí|đ/c)[:.]? (?=\S+ \S)", re.IGNORECASE)
_VACANT = frozenset(["", "-", "khuyet", "trong", "chua co", "khong co", "khuyet nhan su", "chua bo tri"])
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A seat as the file has it; an empty name: vacant."""

    place: Place
    post: Post
    name: str
    phone: str | None
    line: Line

    @property
    def label(self) -> str:
        """The seat, in words."""
        return f"{self.place.label()} – {self.post.short}"


def parse(sheet: Sheet, setting: Setting) -> Parsed:
    """Seats of the file."""
    parsed, communes = Parsed(), Communes(setting.places)
    rows: dict[tuple[int, str], Line] = {}
    entries: list[Entry] = []
    for line in sheet.lines:
        place, post = _place(line, communes, parsed), _post(line, setting, parsed)
        name, phone = _name(line, parsed), _phone(line, parsed)
        if place is None or post is None:
            continue
        first = rows.setdefault((place.id, post.code), line)
        if first is not line:
            parsed.bad(line, "post", "import-bad-twice-row", row=first.number)
        entries.append(Entry(place, post, name, phone if name else None, line))
    parsed.entries = entries
    parsed.warnings += _shared(entries)
    return parsed


def _place(line: Line, communes: Communes, parsed: Parsed) -> Place | None:
    place = communes.of(line)
    if isinstance(place, Problem):
        parsed.problems.append(place)
        return None
    if not place.in_scope:
        parsed.bad(line, "commune", "import-bad-scope", place=place.label())
        return None
    return place


def _post(line: Line, setting: Setting, parsed: Parsed) -> Post | None:
    found = setting.programme.find_post(line.get("post"))
    if len(found) == 1:
        return found[0]
    posts = "; ".join(post.name for post in found or setting.programme.posts)
    parsed.bad(line, "post", "import-bad-post-several" if found else "import-bad-post", posts=posts)
    return None


def _name(line: Line, parsed: Parsed) -> str:
    text = line.get("name")
    if fold(text) in _VACANT:
        return ""
    bare = _TITLE.sub("", text, count=1) if _TITLE.match(text) else text
    if any(c.isdigit() or c in "<>{}|\\@=" for c in bare) or not any(c.isalpha() for c in bare):
        parsed.bad(line, "name", "import-bad-name")
    return bare


def _phone(line: Line, parsed: Parsed) -> str | None:
    text = line.get("phone")
    if not text:
        return None
    phone = phones.read(text)
    if phone is None:
        parsed.bad(line, "phone", "import-bad-phone")
        return None
    if phone.old:
        parsed.warnings.append(
            Note("import-warn-old-phone", {"row": line.number, "old": phone.old, "new": phones.show(phone.e164)})
        )
    return phone.e164


def _shared(entries: list[Entry]) -> list[Note]:
    """Phones that several persons have. It is allowed: a phone is not a person."""
    users: dict[str, set[str]] = defaultdict(set)
    rows: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.phone:
            users[entry.phone].add(fold(entry.name))
            rows[entry.phone].append(entry.line.number)
    shared = [phone for phone, names in users.items() if len(names) > 1]
    return [
        Note("import-warn-shared-phone", {"phone": phones.mask(p), "rows": ", ".join(map(str, rows[p][:_SHOWN]))})
        for p in shared
    ]
