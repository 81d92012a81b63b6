"""The bot put together: database, heart, outbox, clock and channels, started and stopped in order."""

import asyncio
import logging
import signal
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.channel import UnsureError
from bot.clock import Clock, Due
from bot.heart import Book, Heart
from bot.outbox import Maker, Outbox
from bot.settings import Settings, SettingsError
from bot.telegram import Telegram
from bot.turn import House
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
        )
        self._book, self._dues, self._makers, self._menus = book, dues, makers, menus
        self.stop = asyncio.Event()
        self.ready = asyncio.Event()

    async def open(self) -> SqliteDatabase | PostgresDatabase:
        """The database, brought up to the code.

        Raises:
            DatabaseError: it cannot be used.
        """
        self.db = await open_database(self.settings.database)
        await migrate(self.db)
        return self.db

    async def serve(self) -> None:
        """Run until told to stop; then finish what is on the wire.

        Raises:
            TokenRefusedError: Telegram does not know the token.
        """
        token = self.settings.telegram_token
        if token is None:
            raise ValueError("no token")
        channel = Telegram(
            token.get_secret_value(), self.settings.telegram_api, lambda: str(self.texts.say(DEFAULT, "share-phone"))
        )
        await self._connect(channel)
        outbox = Outbox(self.db, {"telegram": channel}, self._makers, self.settings.send_rate)
        heart = Heart(self.db, self.house, self._book, utc_now, outbox.wake)
        clock = Clock(self.db, heart.store, self._dues, self.settings.zone, utc_now)
        loops = [
            asyncio.create_task(heart.run(self.stop), name="heart"),
            asyncio.create_task(outbox.run(self.stop), name="outbox"),
            asyncio.create_task(clock.run(self.stop), name="clock"),
        ]
        poll = asyncio.create_task(channel.poll(heart.store), name="poll")
        menus = asyncio.create_task(self._menus.publish(channel, self.texts), name="menus")
        self.ready.set()
        try:
            await self._until_stopped([*loops, poll])
        finally:
            self.stop.set()
            poll.cancel()
            menus.cancel()
            heart.stop()
            outbox.wake()
            _, late = await asyncio.wait([*loops, poll, menus], timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await channel.stop()

    async def _connect(self, channel: Telegram) -> None:
        pause = 0.5
        while not self.stop.is_set():
            try:
                username = await channel.start()
            except UnsureError as error:
                _log.warning("Telegram does not answer (%s); trying again", error)
                await asyncio.sleep(pause)
                pause = min(10.0, pause * 2)
            else:
                self.house.bot_link = f"https://t.me/{username}"
                return

    async def _until_stopped(self, tasks: list["asyncio.Task[None]"]) -> None:
        """Wait for the stop; or for a loop that ended though it should not, and then the process ends with it."""
        waiting = asyncio.create_task(self.stop.wait())
        done, _ = await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        for task in done - {waiting}:
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
