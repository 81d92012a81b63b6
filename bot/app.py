"""The bot put together: database, heart, outbox, clock and channels, started and stopped in order."""

import asyncio
import logging
import signal
from collections.abc import Coroutine, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.channel import UnsureError
from bot.clock import Clock, Due
from bot.heart import Book, Heart
from bot.lanes import Lanes
from bot.message import Incoming
from bot.outbox import Maker, Outbox
from bot.settings import Settings, SettingsError
from bot.telegram import Telegram
from bot.turn import House
from bot.web import Web
from locales import DEFAULT, Texts
from storage.database import PostgresDatabase, SqliteDatabase, open_database
from storage.migrate import migrate
from storage.programme import Programme, load

STOP_SECONDS = 2.5  # Ctrl-C and SIGTERM stop within 3 s
_log = logging.getLogger(__name__)


def texts_of(programme: Programme, *, strict: bool = False) -> Texts:
    """The texts, with the names every one of them may use."""
    agency = programme.agency
    common = {"agency": agency.name, "short": agency.short, "phone": agency.phone, "programme": programme.name}
    return Texts(strict=strict, common=common)


def utc_now() -> datetime:
    """The time. Tests have another."""
    return datetime.now(UTC)


class App:
    """One process of the bot."""

    def __init__(
        self, settings: Settings, book: Book, dues: list[Due], makers: Mapping[str, Maker], menus: "Menus"
    ) -> None:
        self.settings = settings
        self.programme = load(settings.programme)
        promised = self.programme.notice.message_days
        if settings.retention_days > promised:
            raise SettingsError(f"RETENTION_DAYS: the programme's notice promises at most {promised} days")
        self.texts = texts_of(self.programme)
        self.house = House(
            self.texts,
            self.programme,
            settings.zone,
            board_hour=settings.board_hour,
            retention_days=settings.retention_days,
            pool=settings.pool,
        )
        self._book, self._dues, self._makers, self._menus = book, dues, makers, menus
        self.stop = asyncio.Event()
        self.ready = asyncio.Event()
        self.web_port = 0  # where the web server listens, if it does
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> SqliteDatabase | PostgresDatabase:
        """The database, brought up to the code.

        Raises:
            DatabaseError: it cannot be used.
        """
        self.db = await open_database(self.settings.database)
        try:
            await migrate(self.db)
        except BaseException:
            await self.db.close()
            raise
        return self.db

    async def serve(self) -> None:
        """Run until told to stop; then finish what is on the wire.

        Raises:
            TokenRefusedError: no messenger knows its bot's token.
            SettingsError: the web server's port is taken.
        """
        lanes = Lanes(self.settings, self.texts, self.db, utc_now, self._greet_telegram)
        outbox = Outbox(
            self.db,
            lanes.channels,
            self._makers,
            self.settings.send_rate,
            pool=self.settings.pool,
            zone=self.settings.zone,
        )
        heart = Heart(self.db, self.house, self._book, utc_now, outbox.wake)
        clock = Clock(self.db, heart.store, self._dues, self.settings.zone, utc_now)
        self._tasks = [
            asyncio.create_task(heart.run(self.stop), name="heart"),
            asyncio.create_task(clock.run(self.stop), name="clock"),
        ]
        web = self._web(lanes, heart)
        try:
            await self._listen(web)  # before a messenger is told of it: Zalo tries the address out at once
            receiving = asyncio.create_task(lanes.run(heart.store, partial(self._tell_refused, heart)), name="lanes")
            self._tasks.append(receiving)
            await self._until_stopped(self._tasks, unless=lanes.tried())
            self._tasks.append(asyncio.create_task(outbox.run(self.stop), name="outbox"))
            self.ready.set()
            await self._until_stopped(self._tasks)
        finally:
            self.stop.set()
            for task in self._tasks:
                if task.get_name() == "lanes":
                    task.cancel()
            await web.stop()
            heart.stop()
            outbox.wake()
            _, late = await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await lanes.stop()

    def _web(self, lanes: Lanes, heart: Heart) -> Web:
        return Web(
            self.db, heart.store, self._makers, self.texts, self.settings.zone, utc_now, lanes.doors,
            resting=lambda: [task.get_name() for task in self._tasks if task.done()],
            refused=lambda: lanes.refused,
            lanes=list(lanes.channels),
        )  # fmt: skip

    async def _listen(self, web: Web) -> None:
        if not self.settings.serves_web:
            return
        try:
            await web.start(self.settings.web_host, self.settings.web_port)
        except OSError as error:
            where = f"{self.settings.web_host}:{self.settings.web_port}"
            raise SettingsError(f"WEB_PORT: {where} cannot be listened on ({error.strerror})") from None
        self.web_port = web.port

    async def _greet_telegram(self, channel: Telegram) -> None:
        self.house.bot_link = f"https://t.me/{channel.bot.username}"
        _log.info("serving as @%s on Telegram", channel.bot.username)
        await self._menus.publish(channel, self.texts)

    async def _tell_refused(self, heart: Heart, lane: str) -> None:
        """The admins hear of it, through a bot that is left; once a day, however often we are started."""
        day = utc_now().astimezone(self.settings.zone).date()
        await heart.store([Incoming("clock", f"refused:{day}:{lane}", "", "due")])

    async def _until_stopped(
        self, tasks: "list[asyncio.Task[None]]", unless: "Coroutine[Any, Any, None] | None" = None
    ) -> None:
        """Wait for the stop or for `unless`; a loop that ended though it should not ends the process."""
        waiting = [asyncio.create_task(wait) for wait in (self.stop.wait(), unless) if wait is not None]
        done, _ = await asyncio.wait([*waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
        for wait in waiting:
            wait.cancel()
        for task in tasks:
            if task in done:
                await task

    def listen_to_signals(self) -> None:
        """Ctrl-C and SIGTERM stop the bot cleanly."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop.set)


class Menus:
    """The commands a messenger offers: to everybody, and in each language."""

    def __init__(self, everybody: tuple[str, ...]) -> None:
        self._everybody = everybody

    async def publish(self, channel: Telegram, texts: Texts) -> None:
        """Tell Telegram, once at the start. A failure is logged: people can still type."""
        try:
            for language, code in ((DEFAULT, ""), ("en", "en")):
                listed = [{"command": n, "description": texts.say(language, f"command-{n}")} for n in self._everybody]
                await channel.set_commands(listed, code)
        except UnsureError as error:
            _log.warning("the command menu could not be set (%s)", error)
