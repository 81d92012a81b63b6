"""A person with Zalo on their phone: everything they can do in their chat with one bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from bot.emulator.contents import TINY_PNG
from bot.emulator.zalo.records import Change, Chat, Event, Kind, Message, Shown
from bot.emulator.zalo.world import EVENTS, Bot, World

WAIT_SECONDS = 5.0
MESSENGER = "zalo"


class ZaloPhone:
    """A chat as it is seen, and a way to wait for what it will show. There are no buttons."""

    def __init__(self, world: World, bot: Bot, chat: Chat, title: str) -> None:
        self.world = world
        self.bot = bot
        self.chat = chat
        self.title = title
        self._news: list[str] = []  # messages of the bot since the owner wrote
        self._lose = 0
        self._twice = 0
        world.watch(self._watch, chat)

    @property
    def id(self) -> str:
        """The screen's name on the page: one person may have chats with several bots."""
        return screen_id(self.bot, self.chat)

    @property
    def user_id(self) -> str:
        """The person's id, which is the chat's too."""
        return self.chat.id

    @property
    def name(self) -> str:
        """How the person calls themselves."""
        return self.chat.name

    def rename(self, name: str) -> None:
        """Another display name, from the next message on."""
        self.chat.name = name
        self.world.changed("chat", self.chat)

    # -- looking

    @property
    def messages(self) -> list[Shown]:
        """What the screen shows, oldest first."""
        return [self._show(message) for message in self.chat.messages.values()]

    @property
    def last(self) -> Shown:
        """The newest message of the bot."""
        for message in reversed(self.chat.messages.values()):
            if message.from_bot:
                return self._show(message)
        raise LookupError(f"{self.title}: the bot has said nothing")

    @property
    def news(self) -> list[Shown]:
        """What the bot said since the owner last wrote."""
        messages = self.chat.messages
        return [self._show(messages[number]) for number in self._news if number in messages]

    async def wait(self, until: int | Callable[[], Any] = 1, timeout: float = WAIT_SECONDS) -> list[Shown]:
        """Wait until the bot has said that many messages since the owner last wrote, or until it holds.

        Returns what the bot said since then, oldest first. No polling: every change is looked at once.
        """
        holds = until if callable(until) else (lambda: len(self._news) >= until)
        if not holds():
            await self._wait(holds, timeout)
        return self.news

    def __str__(self) -> str:
        return "\n".join(f"{'<' if shown.from_bot else '>'} {shown.text or shown.kind}" for shown in self.messages)

    # -- writing

    def send(self, text: str) -> Shown:
        """Type a text and send it."""
        return self._say("text", text=text)

    def send_photo(self, caption: str = "", content: bytes = TINY_PNG, mime: str = "image/png") -> Shown:
        """Send a picture."""
        file = self.world.keep_file(f"photo.{mime.partition('/')[2]}", content, mime)
        return self._say("photo", file=file, url=self.world.address(file), caption=caption)

    def send_sticker(self, sticker: str = "bc3c83b0b6f55fab06e4") -> Shown:
        """Send a sticker."""
        file = self.world.keep_file("sticker.png", TINY_PNG, "image/png")
        return self._say("sticker", file=file, url=self.world.address(file), sticker=sticker)

    def send_voice(self) -> Shown:
        """Send a voice message."""
        file = self.world.keep_file("voice.aac", b"pretend voice", "audio/aac")
        return self._say("voice", file=file, url=self.world.address(file))

    def send_unsupported(
        self, *, with_message: bool = True, name: str = "danh-sach.xlsx", content: bytes = b""
    ) -> Shown:
        """Send what Zalo does not pass on: a file, a contact card. The bot learns that there was something."""
        file = self.world.keep_file(name, content, "application/octet-stream")
        return self._say("unsupported", whole=with_message, file=file)

    def lose_next(self, number: int = 1) -> None:
        """The next messages leave Zalo, and their poll or delivery breaks: they are lost for ever."""
        self._lose += number

    def duplicate_next(self, number: int = 1) -> None:
        """The next messages are delivered twice, where there is a webhook."""
        self._twice += number

    def _say(self, kind: Kind, *, whole: bool = True, **fields: Any) -> Shown:
        message = self.world.new_message(kind, from_bot=False)
        for name, value in fields.items():
            setattr(message, name, value)
        event = Event({"event_name": EVENTS[kind]}, lose=self._lose > 0, copies=2 if self._twice > 0 else 1)
        self._lose, self._twice = max(0, self._lose - 1), max(0, self._twice - 1)
        return self._show(self.world.hear(self.bot, self.chat, message, whole=whole, event=event))

    # -- waiting

    async def _wait(self, holds: Callable[[], Any], timeout: float) -> None:
        reached = asyncio.get_running_loop().create_future()

        def look(_: Change) -> None:
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
        if change.kind == "message":
            if self.chat.messages[change.message_id].from_bot:
                self._news.append(change.message_id)
            else:
                self._news.clear()

    def _show(self, message: Message) -> Shown:
        return Shown(
            id=message.id,
            kind=message.kind,
            text=message.text or message.caption,
            caption=message.caption,
            photo=message.url if message.kind == "photo" else "",
            picture=message.file.content if message.kind == "photo" and message.file else None,
            sticker=message.sticker,
            voice=message.url if message.kind == "voice" else "",
            from_bot=message.from_bot,
            sender=self.bot.name if message.from_bot else self.chat.name,
            date=message.date,
            data=message.data,
        )


def screen_id(bot: Bot, chat: Chat) -> str:
    """What a screen is called."""
    return f"{MESSENGER}:{bot.id}:{chat.id}"
