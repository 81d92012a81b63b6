"""A message for a channel of nothing but text: no markup, choices as numbered lines, parts no longer than it takes.

What is drawn here is read back by `bot/match.py`: a number drawn before a choice always means that choice. Pure.
"""

import re
from collections.abc import Collection, Sequence

from bot.markup import plain

LIMIT = 2000
"""UTF-16 units Zalo takes in one message."""

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
HOME = "0"


def units(text: str) -> int:
    """UTF-16 units, as messengers count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def bare(text: str) -> str:
    """Our small HTML as plain text; a link is written out after its words."""
    return plain(_LINK.sub(lambda m: m[1] if m[1] == m[2] else f"{m[2]}: {m[1]}", text))


def render(
    text: str,
    choices: Sequence[str] = (),
    *,
    firm: Collection[int] = (),
    word: str = "",
    home: str = "",
    hint: str = "",
    limit: int = LIMIT,
) -> list[str]:
    """The parts to be sent, in order; the choices stand together below the last, where they fit.

    Args:
        text: small HTML.
        choices: labels, in the order their places are known by.
        firm: places of the choices that no number chooses; they are drawn without one.
        word: what is to be typed for a firm choice, when there is just one.
        home: the words of the way home. The last choice of these words, or else a line of its own, is drawn as `0`,
            which the heart takes to mean home whatever is asked. Empty: no such line.
        hint: a line below numbered choices that says how to answer.
        limit: UTF-16 units of a part.
    """
    body = bare(text).strip()
    lines = _lines([" ".join(bare(label).split()) for label in choices], frozenset(firm), word, home)
    numbered = any(line[:1].isdecimal() for line in lines)
    menu = "\n".join([*lines, *([hint] if numbered and hint else [])])
    if not menu or not body:
        return split(body or menu, limit)
    *parts, last = split(body, limit)
    joined = f"{last}\n\n{menu}"
    return [*parts, joined] if units(joined) <= limit else [*parts, last, *split(menu, limit)]


def _lines(labels: Sequence[str], firm: frozenset[int], word: str, home: str) -> list[str]:
    """A line for each choice: its number before it, or itself alone when it is a number already (a score of 1 to 5)."""
    figures = {label for label in labels if label.isdecimal()}
    lines = []
    for place, label in enumerate(labels):
        if label in figures and place not in firm:
            lines.append(label)
        elif place in firm:
            lines.append(f"– {label} ({word})" if word and len(firm) == 1 else f"– {label}")
        elif place == len(labels) - 1 and label == home and HOME not in figures:
            lines.append(f"{HOME}. {label}")
        elif str(place + 1) in figures:  # that number is taken: this choice is meant by its words
            lines.append(f"– {label}")
        else:
            lines.append(f"{place + 1}. {label}")
    if labels and home and HOME not in figures and labels[-1] != home:
        lines.append(f"{HOME}. {home}")
    return lines


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Parts of plain text, cut at line ends; a longer line at spaces; a longer word where it must be."""
    parts, current = [], ""
    for line in text.split("\n"):
        for piece in _pieces(line, limit):
            joined = f"{current}\n{piece}" if current else piece
            if current and units(joined) > limit:
                parts.append(current)
                joined = piece
            current = joined
    return [stripped for part in [*parts, current] if (stripped := part.strip())]


def _pieces(line: str, limit: int) -> list[str]:
    if units(line) <= limit:
        return [line]
    pieces, current = [], ""
    for word in re.findall(r"\S+\s*|\s+", line):
        for chunk in [word] if units(word) <= limit else _chunks(word, limit):
            if current and units(current) + units(chunk) > limit:
                pieces.append(current)
                current = ""
            current += chunk
    return [*pieces, current]


def _chunks(word: str, limit: int) -> list[str]:
    size = limit // 2  # whatever the letters are, so many fit
    return [word[at : at + size] for at in range(0, len(word), size)]
