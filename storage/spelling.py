"""How a place name is compared: with its marks, without them, and after a slip of the keyboard."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from storage.fold import fold

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TOKEN = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"(a)a|(e)e|(o)o|(d)d")
_TONE_KEY_INSIDE = re.compile(r"([aeiouy])[sfrxj](?=(ng|nh|n|ch|c|m|p|t|[aeiouy])?$)")
_TONE_KEY_LAST = re.compile(r"(ng|nh|n|ch|c|m|p|t)[sfrxj]$")
_CODE_KEYS = re.compile(r"(?<=[a-z])\d|w")


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, NFC, without punctuation."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text).lower())


def has_marks(text: str) -> bool:
    """Whether its writer uses Vietnamese marks at all."""
    return any(not c.isascii() and c.isalpha() for c in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=4096)
def plain(token: str) -> str:
    """Without marks, and with `y` as `i`: `lí`, `lý` and `ly` are one."""
    return fold(token).replace("y", "i")


@lru_cache(maxsize=4096)
def marked(token: str) -> str:
    """With marks, wherever the tone was put: `thuỷ` and `thủy` are one, as are `lí` and `lý`."""
    letters = unicodedata.normalize("NFD", token.lower())
    tone = "".join(c for c in letters if c in _TONES)
    base = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    return base.replace("y", "i") + tone


@lru_cache(maxsize=4096)
def untyped(token: str) -> str:
    """The plain form of a word typed in Telex or VNI while Vietnamese was off: `muowngf`, `so7n`."""
    bare = _CODE_KEYS.sub("", fold(token))
    bare = _DOUBLED.sub(lambda m: next(g for g in m.groups() if g), bare)
    return plain(_TONE_KEY_LAST.sub(r"\1", _TONE_KEY_INSIDE.sub(r"\1", bare)))


def leaves_out(typed: str, name: str) -> bool:
    """Whether what was typed lacks marks of the name, but has none that contradicts it.

    `Trung Ly` leaves out; `Thanh Hóa` contradicts `Thanh Hòa` and must be asked about.
    """
    letters, tones = _taken_apart(typed)
    whole, all_tones = _taken_apart(name)
    return tones <= all_tones and all(marks <= those for marks, those in zip(letters, whole, strict=False))


def _taken_apart(text: str) -> tuple[list[Counter[str]], Counter[str]]:
    """The marks of each letter, without the tones, and the tones."""
    letters: list[Counter[str]] = []
    tones: Counter[str] = Counter()
    for c in unicodedata.normalize("NFD", text.lower()):
        if c in _TONES:
            tones[c] += 1
        elif unicodedata.combining(c):
            letters[-1][c] += 1
        elif c.isalpha():
            letters.append(Counter({"-": 1} if c == "đ" else {}))
    return letters, tones
