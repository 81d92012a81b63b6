"""What Telegram finds by itself in a text: commands, links, mentions, addresses, hashtags."""

from __future__ import annotations

import re

from bot.emulator.entities import utf16_length
from bot.emulator.errors import Json

_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>@.])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@]))"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<url>(?<![\w@])(?:https?://[^\s<>\"]+|t\.me/[^\s<>\"]+))"
    r"|(?P<mention>(?<![\w/@])@[A-Za-z0-9_]{4,32}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])\#\w*[^\W\d]\w*)"
)
_HINTS = ("/", "@", "#")
_CLOSED = ("code", "pre", "text_link", "url", "custom_emoji")


def detect(text: str, known: list[Json]) -> list[Json]:
    """The given entities and those found in the rest of the text, in Telegram's order."""
    if not any(hint in text for hint in _HINTS):
        return known
    closed = [(e["offset"], e["offset"] + e["length"]) for e in known if e["type"] in _CLOSED]
    found = []
    for match in _FOUND.finditer(text):
        shown = match.group()
        if match.lastgroup == "url":
            shown = shown.rstrip(".,;:!?)]}'")
        offset = utf16_length(text[: match.start()])
        length = utf16_length(shown)
        if not any(start < offset + length and offset < end for start, end in closed):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    if not found:
        return known
    return sorted([*known, *found], key=lambda entity: (entity["offset"], -entity["length"]))
