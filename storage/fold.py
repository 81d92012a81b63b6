"""Vietnamese as people type it: one spelling to keep, one fold to compare by."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+")


def tidy(text: str) -> str:
    """Text in NFC with single spaces and no invisible characters: how names are kept."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(c for c in composed if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Co"))
    return _SPACES.sub(" ", visible).strip()


def fold(text: str) -> str:
    """Lower case, marks dropped, đ as d, single spaces: `Thuỷ`, `thủy` and `THUY` are one."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare.casefold().replace("đ", "d")).strip()


def words(text: str) -> str:
    """The fold without punctuation: what two headings or labels are compared by."""
    return _NOT_WORD.sub(" ", fold(text)).replace("_", " ").strip()


def _letter_order() -> dict[str, tuple[int, int]]:
    """Rank of each Vietnamese letter: first by the alphabet, then by tone."""
    order: dict[str, tuple[int, int]] = {}
    for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"):
        for tone, mark in enumerate(["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]):
            order[unicodedata.normalize("NFC", letter + mark)] = (rank, tone)
    return order


_LETTERS = _letter_order()


def _word_key(word: str) -> tuple[list[int], list[int]]:
    ranks = [_LETTERS.get(c, (ord(c) + 100, 0)) for c in unicodedata.normalize("NFC", word.lower())]
    return [rank for rank, _ in ranks], [tone for _, tone in ranks]


def name_key(name: str) -> tuple[tuple[list[int], list[int]], ...]:
    """Sort key of a person's name in Vietnamese order: given name (last word), family name, the rest."""
    parts = name.split() or [""]
    ordered = [parts[-1], *parts[:-1]]
    return tuple(_word_key(part) for part in ordered)


def text_key(text: str) -> tuple[tuple[list[int], list[int]], ...]:
    """Sort key of a place or a title in the Vietnamese alphabet, word by word."""
    return tuple(_word_key(part) for part in text.split())
