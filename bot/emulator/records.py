"""What the pretend Telegram remembers: people, chats, messages, files, presses."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.emulator.errors import Json


@dataclass(slots=True)
class User:
    """A person, or the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    phone_number: str = ""
    is_bot: bool = False

    @property
    def name(self) -> str:
        """First and last name, as shown above a chat."""
        return f"{self.first_name} {self.last_name}".strip()

    def json(self) -> Json:
        """The `User` of the Bot API."""
        shown: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for key in ("last_name", "username", "language_code"):
            if value := getattr(self, key):
                shown[key] = value
        return shown


class Change(NamedTuple):
    """Something that a screen would show differently now."""

    kind: str  # message, edited, deleted, pressed, chat, typing, toast, profile, notes, chats
    chat_id: int
    message_id: int = 0


class Sent(NamedTuple):
    """One message that the bot got through, for the benchmarks."""

    at: float  # time.monotonic
    chat_id: int
    text: str


@dataclass(slots=True)
class Toast:
    """The answer to a pressed button."""

    query_id: str
    user_id: int
    text: str
    alert: bool
    url: str = ""


@dataclass(slots=True)
class File:
    """An uploaded file."""

    id: str
    name: str
    content: bytes
    mime: str

    @property
    def path(self) -> str:
        """Where getFile says that it lies."""
        return f"files/{self.id}/{self.name}"

    def json(self) -> Json:
        """The fields that every kind of file shares."""
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.content)}


@dataclass(slots=True)
class Message:
    """A message as the Bot API shows it, and what only the screen knows of it.

    `data` is replaced, never changed: a queued update keeps the state of its moment.
    """

    data: Json
    reply_markup: Json | None = None  # of any kind; `data` echoes inline keyboards alone

    @property
    def id(self) -> int:
        """Its number in its chat."""
        number: int = self.data["message_id"]
        return number

    @property
    def sender_id(self) -> int:
        """Who wrote it."""
        number: int = self.data["from"]["id"]
        return number

    def buttons(self) -> list[list[Json]]:
        """The rows of its inline keyboard."""
        rows: list[list[Json]] = self.data.get("reply_markup", {}).get("inline_keyboard", [])
        return rows


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group (a negative id)."""

    id: int
    type: str
    title: str = ""
    user: User | None = None
    # What the bot is here: "" before it was ever met, then member, administrator, left or kicked
    # (in a private chat kicked means blocked).
    bot_status: str = ""
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    keyboard: Json | None = None
    toasts: deque[Toast] = field(default_factory=lambda: deque(maxlen=50))
    typing_until: float = 0.0

    @property
    def private(self) -> bool:
        """Whether this is a chat of one person with the bot."""
        return self.user is not None

    def json(self) -> Json:
        """The `Chat` of the Bot API."""
        if self.user is None:
            return {"id": self.id, "type": self.type, "title": self.title}
        shown = {"id": self.id, "type": "private", "first_name": self.user.first_name}
        for key in ("last_name", "username"):
            if value := getattr(self.user, key):
                shown[key] = value
        return shown


@dataclass(slots=True)
class Query:
    """A pressed button that waits for its answer."""

    id: str
    chat_id: int
    user_id: int


@dataclass(slots=True)
class Profile:
    """What the bot says of itself, for each language ('' is every other one)."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # (scope, language)

    def commands_for(self, chat: Chat, user: User) -> list[Json]:
        """The command menu that this person sees here: the narrowest scope that has one."""
        scopes = [{"type": "chat", "chat_id": chat.id}]
        if chat.private:
            scopes.append({"type": "all_private_chats"})
        else:
            scopes.insert(0, {"type": "chat_member", "chat_id": chat.id, "user_id": user.id})
            if chat.members.get(user.id) == "administrator":
                scopes.insert(1, {"type": "chat_administrators", "chat_id": chat.id})
                scopes.append({"type": "all_chat_administrators"})
            scopes.append({"type": "all_group_chats"})
        scopes.append({"type": "default"})
        for scope in scopes:
            for language in dict.fromkeys((user.language_code[:2], "")):
                if found := self.commands.get((scope_key(scope), language)):
                    return found
        return []


def scope_key(scope: dict[str, Any]) -> str:
    """One spelling for a command scope."""
    return json.dumps(scope, sort_keys=True)
