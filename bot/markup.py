"""The small HTML our texts are written in: how long it is, how it is split, how buttons are laid out. Pure."""

import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_ROW_WIDTH, _ROW_BUTTONS = 26, 5


def plain(text: str) -> str:
    """Without tags, entities as characters: what a channel without formatting shows."""
    return unescape(_TAG.sub("", text))


def length(text: str) -> int:
    """UTF-16 units after tags are parsed, as messengers count."""
    return len(plain(text).encode("utf-16-le")) // 2


def split(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` UTF-16 units, cut at line ends; a longer line is cut at spaces, without its tags."""
    if length(text) <= limit:
        return [text]
    parts, current = [], ""
    for line in text.split("\n"):
        for piece in [line] if length(line) <= limit else _hard(line, limit):
            joined = f"{current}\n{piece}" if current else piece
            if current and length(joined) > limit:
                parts.append(current)
                joined = piece
            current = joined
    return [part for part in [*parts, current] if plain(part).strip()]


def _hard(line: str, limit: int) -> list[str]:
    rest, pieces = plain(line), []
    while rest:
        cut = limit // 2 if any(ord(c) > 0xFFFF for c in rest[:limit]) else limit
        space = rest.rfind(" ", 1, cut)
        cut = space if space > 0 and len(rest) > cut else cut
        piece, rest = rest[:cut], rest[cut:].lstrip()
        pieces.append(piece.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return pieces


def rows(labels: tuple[str, ...]) -> list[list[int]]:
    """Places of the labels, laid out in rows a thumb can hit: short ones side by side."""
    laid: list[list[int]] = []
    room = 0
    for place, label in enumerate(labels):
        width = len(label) + 3
        if laid and width <= room and len(laid[-1]) < _ROW_BUTTONS:
            laid[-1].append(place)
            room -= width
        else:
            laid.append([place])
            room = _ROW_WIDTH - width
    return laid
