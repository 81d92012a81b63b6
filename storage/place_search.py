"""From what people type to communes: exact before folded before near; what is near is only ever proposed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.fold import tidy
from storage.place_reading import LONGEST, Reading, bare, bare_district, readings, wordings
from storage.spelling import has_marks, leaves_out, marked, plain, tokens, untyped
from storage.units import District, Place

How = Literal["exact", "folded", "near", "none"]
Words = tuple[str, ...]
_MOST = 6  # proposals: more than a phone shows is no help


@dataclass(frozen=True, slots=True)
class Found:
    """What a text may mean. Several places: ask which. `near`: ask even about one."""

    places: tuple[Place, ...]
    how: How

    @property
    def sure(self) -> Place | None:
        """The place, when there is only one that it can be."""
        return self.places[0] if len(self.places) == 1 and self.how in ("exact", "folded") else None


class Index:
    """The names of communes and districts, in the forms they are compared by."""

    def __init__(self, places: Sequence[Place], districts: Sequence[District]) -> None:
        self._named: dict[str, list[Place]] = defaultdict(list)
        self._spelt = {place.id: _joined(marked, tokens(place.name)) for place in places}
        self._type = {place.id: " ".join(map(plain, tokens(place.type))) for place in places}
        self._districts: dict[str, set[int]] = defaultdict(set)
        for district in districts:
            for form in _district_forms(tokens(district.name)):
                self._districts[form].add(district.id)
        names = {district.id: _joined(plain, tokens(district.name)) for district in districts}
        self._near: list[tuple[str, Place]] = []
        for place in places:
            name, lies_in = _joined(plain, tokens(place.name)), names.get(place.district_id or 0, "")
            self._named[name].append(place)
            self._near += [(form, place) for form in {name, name + lies_in, lies_in + name}]
        self._near_forms = [form for form, _ in self._near]

    def find(self, text: str) -> Found:
        """See `Places.find`."""
        words = tokens(tidy(text))
        if not words or len(words) > LONGEST:
            return Found((), "none")
        versions = wordings(words)
        sure = self._sure(versions, has_marks(text))
        if not sure and not has_marks(text):  # who types marks has the keyboard's Vietnamese on
            sure = self._sure(_keyed(versions), False)
        if sure:
            return sure
        near = self._contradicted(versions) or self._slips(versions) or self._inside(words)
        return Found(_ordered(near)[:_MOST], "near" if near else "none")

    def district_ids(self, text: str) -> set[int]:
        """The districts a text may mean: by name or abbreviation, else with a slip."""
        words = tuple(tokens(tidy(text)))
        if not words or len(words) > LONGEST:
            return set()
        name = bare_district(words)
        forms = [_joined(plain, form) for form in (words, name, *_keyed([name]))]
        named: set[int] = set().union(*(self._districts.get(form, ()) for form in forms))
        reach = _reach(forms[1])
        return named or {
            number
            for form, numbers in self._districts.items()
            if reach and OSA.distance(form, forms[1]) <= reach
            for number in numbers
        }

    def _sure(self, versions: Iterable[Words], with_marks: bool) -> Found | None:
        for version in versions:
            hits = [(place, r.name) for r in readings(version) for place in self._read(r)]
            exact = [p for p, name in hits if with_marks and self._is_spelt(p, name)]
            folded = [p for p, name in hits if leaves_out("".join(name), p.name)]
            if exact or folded:
                return Found(_ordered(exact or folded), "exact" if exact else "folded")
        return None

    def _read(self, reading: Reading) -> list[Place]:
        places = self._named.get(_joined(plain, reading.name), [])
        if places and reading.district:
            within = self._districts.get(_joined(plain, reading.district), set())
            places = [place for place in places if place.district_id in within]
        if _is_common(reading):
            places = [place for place in places if self._is_spelt(place, reading.name)]
        return [place for place in places if self._type[place.id] == reading.kind] or places

    def _is_spelt(self, place: Place, name: Words) -> bool:
        return self._spelt[place.id] == _joined(marked, name)

    def _contradicted(self, versions: Iterable[Words]) -> list[Place]:
        """The name exists with other marks, or not in the district that was given with it."""
        found: list[Place] = []
        for reading in (r for version in versions for r in readings(version) if not _is_common(r)):
            if not reading.district or self._districts.get(_joined(plain, reading.district)):
                found += self._named.get(_joined(plain, reading.name), [])
        return found

    def _slips(self, versions: Iterable[Words]) -> list[Place]:
        """A letter wrong, missing, doubled or swapped: the nearest, if any is near."""
        for version in versions:
            hits = [hit for words in {version, bare(version)} for hit in self._within_reach(words)]
            if hits:
                best = min(distance for distance, _ in hits)
                return [place for distance, place in hits if distance == best]
        return []

    def _within_reach(self, words: Words) -> list[tuple[int, Place]]:
        query = _joined(plain, words)
        reach = _reach(query)
        if not reach:
            return []
        hits = process.extract(
            query, self._near_forms, scorer=OSA.distance, score_cutoff=reach, limit=_MOST, processor=None
        )
        return [(int(distance), self._near[at][1]) for _, distance, at in hits]

    def _inside(self, words: Sequence[str]) -> list[Place]:
        """A name of two words, spelt with its marks, somewhere in a sentence."""
        pairs = [pair for pair in pairwise(words) if has_marks("".join(pair))]
        named = [(place, pair) for pair in pairs for place in self._named.get(_joined(plain, pair), [])]
        return [place for place, pair in named if self._is_spelt(place, pair)]


def _is_common(reading: Reading) -> bool:
    """A name of one short syllable is also a word: `nữa` is not the town of Nưa."""
    return len(reading.name) == 1 and len(reading.name[0]) < 6 and not reading.kind and not reading.district


def _reach(query: str) -> int:
    """How many slips are forgiven, by length: few, since names of this land are short and alike."""
    if len(query) < 5:
        return 0
    return 1 if len(query) < 10 else 2 if len(query) < 16 else 3


def _keyed(versions: Iterable[Words]) -> list[Words]:
    return [tuple(map(untyped, version)) for version in versions]


def _district_forms(name: Sequence[str]) -> set[str]:
    """Mường Lát: muonglat, ml, mlat."""
    bare = [plain(word) for word in name]
    return {"".join(bare), "".join(word[0] for word in bare), bare[0][0] + "".join(bare[1:])}


def _joined(form: Callable[[str], str], words: Iterable[str]) -> str:
    return "".join(map(form, words))


def _ordered(places: Iterable[Place]) -> tuple[Place, ...]:
    """Each once, those of the programme first, otherwise as found."""
    once = {place.id: place for place in places}.values()
    return tuple(sorted(once, key=lambda place: not place.in_scope))
