"""What the pretend Zalo remembers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.emulator.records import File
from bot.emulator.zalo.errors import Json

Kind = Literal["text", "photo", "sticker", "voice", "unsupported"]
_LINK = re.compile(r"https?://[^\s<>\"]+")


class Change(NamedTuple):
    """Something that a screen would show differently now."""

    kind: str  # message, typing, chat, chats
    bot_id: str
    chat_id: str
    message_id: str = ""


class Request(NamedTuple):
    """One call of the API."""

    method: str
    params: Json
    bot: str


class Sent(NamedTuple):
    """One message that a bot got through."""

    at: float  # time.monotonic
    bot: str
    chat_id: str
    text: str


class Handed(NamedTuple):
    """One update that left the queue."""

    at: float  # time.monotonic
    bot: str
    message_id: str  # "" for an update without a message
    how: Literal["poll", "webhook"]


class Lost(NamedTuple):
    """One update that left the queue and reached nobody: Zalo gives it out once."""

    bot: str
    event: Json
    how: Literal["poll", "webhook", "offline"]


class Usage(NamedTuple):
    """What a bot used up."""

    month: str  # "2026-10", in Vietnam
    messages: int
    messages_limit: int | None
    users: int
    users_limit: int | None
    turned_away: int  # people beyond the limit


@dataclass(slots=True, eq=False)
class Event:
    """An update in the queue."""

    body: Json
    lose: bool = False
    copies: int = 1

    @property
    def message_id(self) -> str:
        """Its message's, if it has one."""
        return str(self.body.get("message", {}).get("message_id", ""))


@dataclass(slots=True)
class Message:
    """A message as it lies in a chat."""

    id: str
    kind: Kind
    from_bot: bool
    date: int  # milliseconds
    text: str = ""
    caption: str = ""
    url: str = ""  # of a picture or a voice
    sticker: str = ""
    file: File | None = None
    data: Json = field(default_factory=dict)  # the event's message, or what the bot asked for


@dataclass(slots=True)
class Chat:
    """A person's chat with one bot; or a group, known from a raw event only."""

    id: str
    name: str
    bot_id: str
    type: Literal["PRIVATE", "GROUP"] = "PRIVATE"
    met: bool = False  # has written
    within: bool = False  # is one of the people that the bot may serve
    messages: dict[str, Message] = field(default_factory=dict)
    typing_until: float = 0.0


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on a screen."""

    id: str
    kind: Kind
    text: str  # or the caption
    caption: str
    photo: str  # the picture's address
    picture: bytes | None  # the picture itself, where it could be fetched
    sticker: str
    voice: str
    from_bot: bool
    sender: str
    date: int
    data: Json

    @property
    def links(self) -> list[str]:
        """The addresses in the text that a tap would open."""
        return [found.rstrip(".,;:!?)]}'") for found in _LINK.findall(self.text)]
