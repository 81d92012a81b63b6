"""Links that stay inside the pretend Telegram: t.me/<bot>?start=… and ?startgroup=…"""

from __future__ import annotations

from typing import Literal, NamedTuple
from urllib.parse import parse_qs, urlsplit


class BotLink(NamedTuple):
    """What a deep link asks for."""

    kind: Literal["start", "startgroup"]
    code: str


def bot_link(url: str, username: str) -> BotLink | None:
    """The deep link to this bot, or None for any other address."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if parts.hostname not in ("t.me", "telegram.me") or parts.path.strip("/").lower() != username.lower():
        return None
    asked = parse_qs(parts.query, keep_blank_values=True)
    if "startgroup" in asked:
        return BotLink("startgroup", asked["startgroup"][0])
    return BotLink("start", asked.get("start", [""])[0])
