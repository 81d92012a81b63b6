"""The pretend Telegram as one object: start it, give it phones, look at what the bot did.

Its page shows the phones of a pretend Zalo too, when there is one; that starts and stops by itself.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.emulator.errors import Json
from bot.emulator.faults import Fault
from bot.emulator.group import Group
from bot.emulator.limits import Limits
from bot.emulator.page import Page
from bot.emulator.phone import Phone, Screen
from bot.emulator.records import Change, Sent, User
from bot.emulator.server import BotApi
from bot.emulator.world import World
from bot.emulator.zalo.emulator import ZaloEmulator
from bot.emulator.zalo.phone import ZaloPhone

MAX_REQUEST_BYTES = 64 * 1024 * 1024


class Emulator:
    """A pretend Telegram for one bot, on this machine."""

    def __init__(
        self,
        token: str = "123456:TEST",  # noqa: S107 - a pretend token for a pretend Telegram
        bot_username: str = "ghidanh_bot",
        *,
        bot_name: str = "Ghi Danh",
        limits: Limits | None = None,
        port: int = 0,
        notes: Iterable[str | tuple[str, str]] = (),
        record: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
        zalo: ZaloEmulator | None = None,
    ) -> None:
        bot = User(int(token.partition(":")[0]), bot_name, username=bot_username, is_bot=True)
        self.world = World(bot, limits, clock)
        self.server = BotApi(self.world, token, record=record)
        self.token = token
        self.port = port
        self.key = secrets.token_urlsafe(12)
        self.screens: dict[int, Screen] = {}
        self.zalo = zalo
        self.page = Page(self)
        for note in notes:
            self.note(*((note,) if isinstance(note, str) else note))
        self._runner: web.ServerRunner | None = None

    # -- life

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on this machine; OSError when the port is taken, after which another may be tried."""
        server = web.Server(self._handle, request_factory=_make_request, access_log=None)
        runner = web.ServerRunner(server, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", self.port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self.port = runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening; polls that wait are ended."""
        await self.server.webhook.stop()
        self.world.updates.interrupt()
        self.page.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def api(self) -> str:
        """The root of the Bot API: a client adds `/bot<TOKEN>/<method>`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def page_url(self) -> str:
        """Where a browser finds the phones; the key is this run's."""
        return f"{self.api}/?key={self.key}"

    def note(self, text: str, link: str | None = None, phone: Phone | ZaloPhone | None = None) -> None:
        """Put a line at the top of the page, perhaps with a link.

        A link to the bot opens on the given phone, or on one that the visitor chooses. Zalo has no such
        links: there, it is a text that is put into the phone's typing box.
        """
        self.page.note(text, link, phone.chat.id if isinstance(phone, Phone) else phone.id if phone else None)

    # -- people

    def phone(
        self,
        user_id: int | None = None,
        name: str = "Lò Thị Mai",
        language: str = "vi",
        *,
        phone_number: str = "",
        username: str = "",
        title: str = "",
    ) -> Phone:
        """The phone of a person; the same one when they are known already."""
        user_id = user_id or self.world.free_user_id()
        known = self.screens.get(user_id)
        if isinstance(known, Phone):
            return known
        chat = self.world.add_user(User(user_id, name, "", username, language, phone_number))
        phone = self.screens[user_id] = Phone(self.world, chat, self.world.users[user_id], title or name)
        self.world.changed("chats", user_id)
        return phone

    def group(
        self,
        title: str,
        members: Iterable[Phone] = (),
        *,
        supergroup: bool = True,
        chat_id: int | None = None,
    ) -> Group:
        """A new group; its first member runs it."""
        chat = self.world.add_group(title, supergroup=supergroup, chat_id=chat_id)
        group = self.screens[chat.id] = Group(self.world, chat, title)
        for number, member in enumerate(members):
            group.add(member, "member" if number else "creator")
        self.world.changed("chats", chat.id)
        return group

    # -- storms and other unkindness

    def inject(self, updates: Iterable[Json]) -> int:
        """Queue raw updates without ids: `{"message": {...}}`; how many they were."""
        return self.world.updates.put_raw(updates)

    def storm(self, texts: Iterable[tuple[int, str]]) -> int:
        """Queue texts of people by id, with or without a phone: the quick way to many updates."""
        world, number = self.world, 0
        for user_id, text in texts:
            chat = world.chats.get(user_id) or world.add_user(User(user_id, f"Người {user_id}"))
            world.hear(chat, world.users[user_id], {"text": text})
            number += 1
        return number

    def expire_queries(self) -> None:
        """Let every unanswered press grow too old."""
        self.world.queries.clear()

    def watch(self, watcher: Callable[[Change], None]) -> None:
        """Call this for everything that changes."""
        self.world.watch(watcher)

    # -- what was seen

    @property
    def requests(self) -> deque[tuple[str, Json]]:
        """The newest requests: method and parameters."""
        return self.server.requests

    @property
    def counts(self) -> Counter[str]:
        """How often each method was called."""
        return self.server.counts

    @property
    def refusals(self) -> int:
        """How many requests got a 429."""
        return self.server.refusals

    @property
    def sent_log(self) -> deque[Sent]:
        """The newest messages that got through."""
        return self.server.sent_log

    @property
    def latency(self) -> float:
        """Seconds before each call."""
        return self.server.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self.server.latency = seconds

    @property
    def faults(self) -> Callable[[str, Json], Fault | None] | None:
        """Asked at each request what goes wrong with it."""
        return self.server.faults

    @faults.setter
    def faults(self, hook: Callable[[str, Json], Fault | None] | None) -> None:
        self.server.faults = hook

    @property
    def on_request(self) -> Callable[[str, Json], None] | None:
        """Told of each request."""
        return self.server.on_request

    @on_request.setter
    def on_request(self, hook: Callable[[str, Json], None] | None) -> None:
        self.server.on_request = hook

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.raw_path
        if path.startswith("/bot"):
            return await self.server.answer(request)
        if path.startswith("/file/bot"):
            return self.server.file(request)
        return await self.page.answer(request)


def _make_request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    """A request that may carry a document; aiohttp's default ends at one megabyte."""
    return web.BaseRequest(message, payload, protocol, writer, task, protocol._loop, client_max_size=MAX_REQUEST_BYTES)
