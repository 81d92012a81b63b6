"""Which commune a line speaks of: by name and district first, since official codes are not stable."""

from storage.fold import words
from storage.importing.model import Column, Line, Note, Problem
from storage.places import Place, Places

COMMUNE = Column(
    "commune",
    ("xa", "ten xa", "xa phuong", "xa phuong thi tran", "xa thi tran", "don vi", "ten don vi", "ubnd xa"),
    required=True,
)
DISTRICT = Column("district", ("huyen", "ten huyen", "quan huyen", "huyen thi xa", "huyen thi xa thanh pho"))
CODE = Column("code", ("ma xa", "ma don vi", "ma dvhc", "commune code"))


class Communes:
    """Looks communes up for the lines of one file; a name that comes again is not searched again."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._known: dict[tuple[str, str, str], Place | tuple[str, Note]] = {}

    def of(self, line: Line) -> Place | Problem:
        """The commune of a line, or what is wrong with it."""
        asked = line.get("commune"), line.get("district"), line.get("code")
        if asked not in self._known:
            self._known[asked] = self._search(*asked)
        found = self._known[asked]
        if isinstance(found, Place):
            return found
        column, why = found
        return Problem(line, column, line.get(column), why)

    def _search(self, commune: str, district: str, code: str) -> Place | tuple[str, Note]:
        if not commune and not code:
            return "commune", Note("import-bad-empty")
        coded = self._places.by_code(code) if code else None
        if code and coded is None:
            return "code", Note("import-bad-code")
        if coded is not None:
            agrees = not commune or words(coded.name) in words(commune)
            return coded if agrees else ("code", Note("import-bad-code-name", {"place": coded.label()}))
        return self._by_name(commune, district)

    def _by_name(self, commune: str, district: str) -> Place | tuple[str, Note]:
        found = self._places.find(f"{commune}, {district}" if district else commune)
        if found.sure is not None:
            return found.sure
        if found.how == "none":
            return "commune", Note("import-bad-commune")
        key = "import-bad-commune-near" if found.how == "near" else "import-bad-commune-several"
        return "commune", Note(key, {"places": "; ".join(place.label() for place in found.places)})
