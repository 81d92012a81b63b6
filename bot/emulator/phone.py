"""A person with a phone: everything they can do in their chat with the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Literal

from bot.emulator.contents import CONTENTS, TINY_PNG, forwarded
from bot.emulator.errors import Json
from bot.emulator.links import bot_link
from bot.emulator.records import Change, Chat, Message, Query, Toast, User
from bot.emulator.screen import Shown, show, show_all
from bot.emulator.shapes import document_json, photo_sizes, quoted
from bot.emulator.world import World

WAIT_SECONDS = 5.0


class Screen:
    """A chat as it is seen, and a way to wait for what it will show."""

    def __init__(self, world: World, chat: Chat, title: str) -> None:
        self.world = world
        self.chat = chat
        self.title = title
        self._news: list[int] = []  # messages of the bot, new or edited, since this screen's owner acted
        world.watch(self._watch, chat.id)

    @property
    def messages(self) -> list[Shown]:
        """What the screen shows, oldest first."""
        return show_all(self.world, self.chat)

    @property
    def last(self) -> Shown:
        """The newest message of the bot."""
        for message in reversed(self.chat.messages.values()):
            if message.sender_id == self.world.bot.id:
                return show(self.world, message)
        raise LookupError(f"{self.title}: the bot has said nothing")

    @property
    def toasts(self) -> list[Toast]:
        """Answers to pressed buttons, oldest first."""
        return list(self.chat.toasts)

    @property
    def keyboard(self) -> list[list[str]]:
        """The reply keyboard that lies under the chat now."""
        rows = (self.chat.keyboard or {}).get("keyboard", [])
        return [[button["text"] for button in row] for row in rows]

    async def wait(self, until: int | Callable[[], Any] = 1, timeout: float = WAIT_SECONDS) -> list[Shown]:
        """Wait until the bot has said or edited that many since the owner last acted, or until it holds.

        Returns what the bot said since then, oldest first. No polling: every change is looked at once.
        """
        holds = until if callable(until) else (lambda: len(self._news) >= until)
        if not holds():
            await self._wait(holds, timeout)
        return self.news

    @property
    def news(self) -> list[Shown]:
        """What the bot said or edited since the owner last acted, each message once."""
        messages = self.chat.messages
        return [show(self.world, messages[number]) for number in dict.fromkeys(self._news) if number in messages]

    async def _wait(self, holds: Callable[[], Any], timeout: float) -> None:
        reached = asyncio.get_running_loop().create_future()

        def look(change: Change) -> None:
            if not reached.done() and holds():
                reached.set_result(None)

        self.world.watch(look)
        try:
            await asyncio.wait_for(reached, timeout)
        except TimeoutError:
            raise TimeoutError(f"{self.title} waited {timeout} s in vain; it shows:\n{self}") from None
        finally:
            self.world.unwatch(look)

    def _watch(self, change: Change) -> None:
        if change.kind in ("message", "edited"):
            message = self.chat.messages[change.message_id]
            if message.sender_id == self.world.bot.id:
                self._news.append(change.message_id)
            elif change.kind == "message":
                self._news.clear()

    def __str__(self) -> str:
        lines = []
        for shown in self.messages:
            lines.append(f"{'<' if shown.from_bot else '>'} {shown.text or list(shown.data)[4:]}")
            lines.extend(f"    [{'] ['.join(row)}]" for row in shown.buttons)
        return "\n".join(lines)

    def find(self, label: str) -> tuple[Message, int, int]:
        """The newest message with an inline button of that label, and the button's place."""
        for message in reversed(self.chat.messages.values()):
            for row, buttons in enumerate(message.buttons()):
                for column, button in enumerate(buttons):
                    if button["text"] == label:
                        return message, row, column
        raise LookupError(f"{self.title}: no button {label!r}; the screen shows:\n{self}")

    def press_by(self, user: User, message: Message, row: int, column: int) -> Query | str | None:
        """Press one inline button: the query it sends, or the link it opens."""
        button = message.buttons()[row][column]
        self._news.clear()
        if "callback_data" in button:
            return self.world.press(self.chat, user, message, button["callback_data"])
        return str(button["url"]) if "url" in button else None

    def post_by(self, user: User, content: Json, reply_to: int | None = None) -> Shown:
        """Send anything as that person."""
        if reply_to is not None:
            content = {**content, "reply_to_message": quoted(self.chat.messages[reply_to])}
        return show(self.world, self.world.hear(self.chat, user, content))


class Phone(Screen):
    """The private chat of one person with the bot."""

    def __init__(self, world: World, chat: Chat, user: User, title: str) -> None:
        super().__init__(world, chat, title)
        self.user = user

    @property
    def user_id(self) -> int:
        """The person's id, which is the chat's too."""
        return self.user.id

    def say(self, content: Json, reply_to: int | None = None) -> Shown:
        """Send a message of any content."""
        if self.chat.bot_status == "kicked":
            raise RuntimeError(f"{self.title} has blocked the bot: unblock() first")
        return self.post_by(self.user, content, reply_to)

    def send(self, text: str, reply_to: int | None = None) -> Shown:
        """Type a text and send it."""
        return self.say({"text": text}, reply_to)

    def start(self, code: str = "") -> Shown:
        """Press START, perhaps through a deep link."""
        return self.send(f"/start {code}".strip())

    def press(self, label: str | tuple[int, int, int]) -> Query | str | None:
        """Press a button: inline by label or (message id, row, column), else one of the reply keyboard."""
        if isinstance(label, tuple):
            number, row, column = label
            return self._press(self.chat.messages[number], row, column)
        if any(label in row for row in self.keyboard):
            self.press_key(label)
            return None
        return self._press(*self.find(label))

    def press_key(self, label: str) -> None:
        """Press a button of the reply keyboard."""
        rows = (self.chat.keyboard or {}).get("keyboard", [])
        self._use_key(next(key for row in rows for key in row if key["text"] == label))

    def press_at(self, message: Shown | int, label: str) -> Query | str | None:
        """Press a button of a certain message, for instance an old one."""
        number = message if isinstance(message, int) else message.id
        stored = self.chat.messages[number]
        for row, buttons in enumerate(stored.buttons()):
            for column, button in enumerate(buttons):
                if button["text"] == label:
                    return self._press(stored, row, column)
        raise LookupError(f"{self.title}: message {number} has no button {label!r}")

    def share_contact(
        self,
        phone_number: str | None = None,
        *,
        user_id: int | Literal["own"] | None = "own",
        first_name: str | None = None,
    ) -> Shown:
        """Share a contact: one's own, another user's (by id), or one that is no user (None)."""
        contact: Json = {
            "phone_number": phone_number or self.user.phone_number or "+84912345678",
            "first_name": first_name or self.user.first_name,
        }
        if user_id is not None:
            contact["user_id"] = self.user.id if user_id == "own" else user_id
        return self.say({"contact": contact})

    def edit(self, message_id: int, text: str) -> Shown:
        """Correct a message of one's own."""
        message = self.chat.messages[message_id]
        self.world.correct(self.chat, message, text)
        self._news.clear()
        return show(self.world, message)

    def send_photo(self, content: bytes = TINY_PNG, caption: str = "") -> Shown:
        """Send a picture."""
        photo = photo_sizes(self.world.keep_file("photo.png", content, "image/png"))
        return self.say({"photo": photo, **({"caption": caption} if caption else {})})

    def send_document(self, name: str, content: bytes, caption: str = "") -> Shown:
        """Send a file."""
        document = document_json(self.world.keep_file(name, content))
        return self.say({"document": document, **({"caption": caption} if caption else {})})

    def send_voice(self) -> Shown:
        """Send a voice message."""
        return self.say(CONTENTS["voice"](self.world))

    def send_sticker(self) -> Shown:
        """Send a sticker."""
        return self.say(CONTENTS["sticker"](self.world))

    def send_poll(self) -> Shown:
        """Send a poll."""
        return self.say(CONTENTS["poll"](self.world))

    def send_location(self) -> Shown:
        """Send a place."""
        return self.say(CONTENTS["location"](self.world))

    def forward(self, text: str, author: str = "Người khác") -> Shown:
        """Forward somebody's text, whose account stays hidden."""
        return self.say(forwarded(text, author))

    def block(self) -> None:
        """Stop the bot."""
        self.world.set_bot_status(self.chat, self.user, "kicked")

    def unblock(self) -> None:
        """Let it speak again."""
        self.world.set_bot_status(self.chat, self.user, "member")

    def _press(self, message: Message, row: int, column: int) -> Query | str | None:
        pressed = self.press_by(self.user, message, row, column)
        link = bot_link(pressed, self.world.bot.username) if isinstance(pressed, str) else None
        if link is not None and link.kind == "start":
            self.start(link.code)
        return pressed

    def _use_key(self, key: Json) -> None:
        if key.get("request_contact"):
            self.share_contact()
        elif key.get("request_location"):
            self.send_location()
        else:
            self.send(key["text"])
        if (self.chat.keyboard or {}).get("one_time_keyboard"):
            self.chat.keyboard = None
            self.world.changed("chat", self.chat.id)
