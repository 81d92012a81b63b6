"""The pretend Zalo as one object: start it, give it phones, look at what the bots did."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from secrets import token_hex
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.emulator.errors import Json
from bot.emulator.faults import Fault
from bot.emulator.zalo.phone import ZaloPhone, screen_id
from bot.emulator.zalo.records import Change, Handed, Lost, Request, Sent, Usage
from bot.emulator.zalo.server import BotPlatform
from bot.emulator.zalo.settings import EmptyPoll, Settings, Spelling, StatusMode
from bot.emulator.zalo.world import Bot, World

MAX_REQUEST_BYTES = 16 * 1024 * 1024
TOKEN = "1400000000000000001:pretend"  # noqa: S105 - of a pretend Zalo


class ZaloEmulator:
    """A pretend Zalo for a pool of bots, on this machine. What has no argument here is in `settings`."""

    def __init__(
        self,
        tokens: Sequence[str] = (TOKEN,),
        port: int = 0,
        *,
        names: Sequence[str] = (),
        status_mode: StatusMode = "always200",
        include_error_code_zero: bool = False,
        error_spelling: Spelling = "error_code",
        empty_poll: EmptyPoll = "408",
        flat_webhook: bool = True,
        users_per_bot: int | None = None,
        messages_per_month: int | None = None,
        allow_local_webhook: bool = True,
        record: int = 10_000,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.settings = Settings(
            status_mode=status_mode,
            include_error_code_zero=include_error_code_zero,
            error_spelling=error_spelling,
            empty_poll=empty_poll,
            flat_webhook=flat_webhook,
            allow_local_webhook=allow_local_webhook,
        )
        self.world = World(self.settings, clock, record)
        self.world.add_bots(tokens, names)
        self.server = BotPlatform(self.world, record)
        self.tokens = tuple(tokens)
        self.port = port
        self.screens: dict[str, ZaloPhone] = {}
        for bot in self.world.bots.values():
            bot.users_limit, bot.messages_limit = users_per_bot, messages_per_month
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
        server = web.Server(self.server.answer, request_factory=_make_request, access_log=None)
        runner = web.ServerRunner(server, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", self.port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self.port = runner.addresses[0][1]
        self.world.root = self.api

    async def stop(self) -> None:
        """Stop listening; polls that wait are ended."""
        for bot in self.world.bots.values():
            await bot.webhook.stop()
            bot.queue.interrupt()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def api(self) -> str:
        """The root of the API: a client adds `/bot<TOKEN>/<method>`."""
        return f"http://127.0.0.1:{self.port}"

    def bot(self, bot: str | None = None) -> Bot:
        """A bot of the pool by its token or id; the first one if not said."""
        if bot is None:
            return next(iter(self.world.bots.values()))
        found = self.world.by_token.get(bot) or self.world.bots.get(bot)
        if found is None:
            raise LookupError(f"no such bot; there are: {', '.join(self.world.bots)}")
        return found

    # -- people

    def phone(
        self, bot: str | None = None, user_id: str | None = None, name: str = "Lò Thị Mai", *, title: str = ""
    ) -> ZaloPhone:
        """A person's chat with a bot; the same one when they are known already."""
        its_bot = self.bot(bot)
        chat = self.world.chat(its_bot, user_id or token_hex(10), name)
        known = self.screens.get(screen_id(its_bot, chat))
        if known is not None:
            return known
        phone = ZaloPhone(self.world, its_bot, chat, title or name)
        self.screens[phone.id] = phone
        self.world.changed("chats", chat)
        return phone

    def inject(self, events: Iterable[Json], bot: str | None = None) -> int:
        """Queue raw events, of whatever shape; how many they were."""
        its_bot, number = self.bot(bot), 0
        for event in events:
            self.world.inject(its_bot, event)
            number += 1
        return number

    def storm(self, texts: Iterable[tuple[str, str]], bot: str | None = None) -> int:
        """Queue texts of people by id, with or without a phone: the quick way to many updates."""
        world, its_bot, number = self.world, self.bot(bot), 0
        for user_id, text in texts:
            chat = its_bot.chats.get(user_id) or world.chat(its_bot, user_id, f"Người {user_id[:6]}")
            message = world.new_message("text", from_bot=False)
            message.text = text
            world.hear(its_bot, chat, message)
            number += 1
        return number

    def pending(self, bot: str | None = None) -> int:
        """How many updates wait: of one bot, or of all."""
        bots = [self.bot(bot)] if bot else self.world.bots.values()
        return sum(len(one.queue) for one in bots)

    # -- quota

    def set_quota(self, bot: str | None = None, *, messages: int | None = -1, users: int | None = -1) -> None:
        """Other limits for a bot; None is no limit, what is not said stays."""
        its_bot = self.bot(bot)
        if messages != -1:
            its_bot.messages_limit = messages
        if users != -1:
            its_bot.users_limit = users

    def usage(self, bot: str | None = None) -> Usage:
        """What a bot used up this month."""
        return self.world.usage(self.bot(bot))

    @property
    def clock(self) -> Callable[[], float]:
        """What time it is, in seconds since 1970."""
        return self.world.clock

    @clock.setter
    def clock(self, clock: Callable[[], float]) -> None:
        self.world.clock = clock

    def watch(self, watcher: Callable[[Change], None]) -> None:
        """Call this for everything that changes."""
        self.world.watch(watcher)

    # -- what was seen

    @property
    def requests(self) -> deque[Request]:
        """The newest requests: method, parameters, bot."""
        return self.server.requests

    @property
    def counts(self) -> Counter[str]:
        """How often each method was called."""
        return self.server.counts

    @property
    def refusals(self) -> Counter[int]:
        """How many answers carried each error code."""
        return self.server.refusals

    @property
    def sent_log(self) -> deque[Sent]:
        """The newest messages that got through."""
        return self.world.sent_log

    @property
    def handed(self) -> deque[Handed]:
        """The newest updates that left a queue."""
        return self.world.handed

    @property
    def lost(self) -> list[Lost]:
        """All updates that left a queue and reached nobody."""
        return self.world.lost

    @property
    def latency(self) -> float:
        """Seconds before each call."""
        return self.server.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self.server.latency = seconds

    @property
    def faults(self) -> Callable[[str, Json, str], Fault | None] | None:
        """Asked at each request what goes wrong with it: method, parameters, bot's id."""
        return self.server.faults

    @faults.setter
    def faults(self, hook: Callable[[str, Json, str], Fault | None] | None) -> None:
        self.server.faults = hook

    @property
    def on_request(self) -> Callable[[str, Json, str], None] | None:
        """Told of each request."""
        return self.server.on_request

    @on_request.setter
    def on_request(self, hook: Callable[[str, Json, str], None] | None) -> None:
        self.server.on_request = hook


def _make_request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    """A request of whatever a bot may try to upload."""
    return web.BaseRequest(message, payload, protocol, writer, task, protocol._loop, client_max_size=MAX_REQUEST_BYTES)
