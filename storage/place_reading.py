"""A typed place taken apart: which words may be the commune, which the district, which say nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storage.fold import fold

COMMUNE_WORDS: dict[tuple[str, ...], str] = {
    ("xa",): "xa",
    ("x",): "xa",
    ("phuong",): "phuong",
    ("p",): "phuong",
    ("thi", "tran"): "thi tran",
    ("tt",): "thi tran",
    ("t", "t"): "thi tran",
}
DISTRICT_WORDS = (("huyen",), ("h",), ("thanh", "pho"), ("tp",), ("thi", "xa"), ("tx",))
_PROVINCE = (("tinh", "thanh", "hoa"), ("t", "thanh", "hoa"), ("thanh", "hoa"))
_bare = lru_cache(maxsize=5000)(fold)  # a word is compared with every marker, in every division
_BEFORE = frozenset(
    ["toi", "em", "minh", "chau", "la", "o", "tai", "thuoc", "dia", "chi", "don", "vi", "ubnd", "hdnd", "cong", "tac"]
)
_AFTER = frozenset(["a", "nhe", "nha", "oi", "do", "day"])
LONGEST = 14  # words; what is longer is a letter, not an address


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the words."""

    name: tuple[str, ...]
    district: tuple[str, ...] = ()
    kind: str = ""


def readings(words: Sequence[str]) -> Iterator[Reading]:
    """Every division into a commune, with a district after it or before it."""
    for size in range(1, len(words) + 1):
        yield from _typed(tuple(words[:size]), bare_district(tuple(words[size:])))
        if size < len(words):
            yield from _typed(tuple(words[size:]), bare_district(tuple(words[:size])))


def _typed(name: tuple[str, ...], district: tuple[str, ...]) -> Iterator[Reading]:
    yield Reading(name, district)
    for marker, kind in COMMUNE_WORDS.items():
        if _starts(name, marker) and len(name) > len(marker):
            yield Reading(name[len(marker) :], district, kind)


def bare_district(words: tuple[str, ...]) -> tuple[str, ...]:
    """A district's words without `huyện`, `thị xã` or `thành phố`."""
    for marker in DISTRICT_WORDS:
        if _starts(words, marker) and len(words) > len(marker):
            return words[len(marker) :]
    return words


def _starts(words: Sequence[str], marker: Sequence[str]) -> bool:
    return [_bare(w) for w in words[: len(marker)]] == list(marker)


def wordings(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The text as it is, then with less and less of what surrounds an address; the first that fits counts."""
    found = [tuple(words)]
    for shorten in (_without_politeness, _without_province, _from_marker):
        for version in list(found):
            shorter = shorten(version)
            if shorter and shorter not in found:
                found.append(shorter)
    return found


def _without_province(words: tuple[str, ...]) -> tuple[str, ...]:
    for tail in _PROVINCE:
        if len(words) > len(tail) and [fold(w) for w in words[-len(tail) :]] == list(tail):
            return words[: -len(tail)]
    return words


def _from_marker(words: tuple[str, ...]) -> tuple[str, ...]:
    for start in range(1, len(words) - 1):
        if any(_starts(words[start:], m) for m in COMMUNE_WORDS) and not _starts(words[start - 1 :], ("thi", "xa")):
            return words[start:]
    return words


def _without_politeness(words: tuple[str, ...]) -> tuple[str, ...]:
    start, end = 0, len(words)
    while start < end and fold(words[start]) in _BEFORE:
        start += 1
    while end > start and fold(words[end - 1]) in _AFTER:
        end -= 1
    return words[start:end]


def bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """The names alone, without any word for a kind of place."""
    left, names = words, []
    while left:
        shorter = bare_district(bare_commune(left))
        if shorter == left:
            names.append(left[0])
            shorter = left[1:]
        left = shorter
    return tuple(names)


def bare_commune(words: tuple[str, ...]) -> tuple[str, ...]:
    """A commune's words without `xã`, `phường` or `thị trấn`."""
    for marker in COMMUNE_WORDS:
        if _starts(words, marker) and len(words) > len(marker):
            return words[len(marker) :]
    return words
