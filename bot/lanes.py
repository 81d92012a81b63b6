"""The bots of this process, a lane each: Telegram if it has a token, and every Zalo bot. None stops another."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.channel import Channel, TokenRefusedError, UnsureError
from bot.message import Incoming, Outgoing
from bot.settings import Settings
from bot.telegram import Telegram
from bot.web import Doors
from bot.zalo import Linker, ZaloBot, session
from locales import DEFAULT, Texts
from storage import links
from storage.database import Database

Store = Callable[[Sequence[Incoming]], Awaitable[None]]
_log = logging.getLogger(__name__)


class Lane(Protocol):
    """One bot, from its start to its end."""

    name: str

    async def connect(self) -> None:
        """Reach the messenger.

        Raises:
            TokenRefusedError: never again.
            UnsureError: again, after a while.
        """

    async def serve(self, store: Store) -> None:
        """Receive for ever.

        Raises:
            TokenRefusedError: the token was taken back.
        """

    async def stop(self) -> None:
        """Close what is open."""


class TelegramLane:
    """The bot on Telegram."""

    name = "telegram"

    def __init__(self, settings: Settings, texts: Texts, on_connected: Callable[[Telegram], Awaitable[None]]) -> None:
        token = settings.telegram_token
        self.channel = Telegram(
            token.get_secret_value() if token else "",
            settings.telegram_api,
            lambda: str(texts.say(DEFAULT, "share-phone")),
        )
        self._webhook = f"{settings.public_url}/telegram" if settings.telegram_mode == "webhook" else ""
        self._secret = settings.telegram_secret.get_secret_value()
        self._on_connected = on_connected

    async def connect(self) -> None:
        """See `Lane.connect`."""
        await self.channel.start(self._webhook, self._secret)

    async def serve(self, store: Store) -> None:
        """See `Lane.serve`."""
        receiving = asyncio.Event().wait() if self._webhook else self.channel.poll(store)
        await asyncio.gather(self._on_connected(self.channel), receiving)

    async def stop(self) -> None:
        """See `Lane.stop`."""
        await self.channel.stop()


class ZaloLane:
    """One bot on Zalo."""

    def __init__(self, bot: ZaloBot, settings: Settings) -> None:
        self.channel, self.name = bot, bot.lane
        self._webhook = f"{settings.public_url}/zalo/{bot.id}" if settings.zalo_mode == "webhook" else ""
        self._secret = settings.zalo_secret.get_secret_value()

    async def connect(self) -> None:
        """See `Lane.connect`."""
        await self.channel.start()
        if self._webhook:
            await self.channel.set_webhook(self._webhook, self._secret)

    async def serve(self, store: Store) -> None:
        """See `Lane.serve`."""
        await (self.channel.until_refused() if self._webhook else self.channel.poll(store))

    async def stop(self) -> None:
        """See `Lane.stop`."""
        await self.channel.stop()


class Lanes:
    """All of them. Made in a running loop."""

    def __init__(
        self,
        settings: Settings,
        texts: Texts,
        db: Database,
        now: Callable[[], datetime],
        on_telegram: Callable[[Telegram], Awaitable[None]],
    ) -> None:
        self._http = session()
        self._settings = settings
        linker = _linker(settings.public_url, db, now) if settings.public_url else None
        self.zalo = [ZaloBot(t, settings.zalo_api, self._http, texts.say, linker) for t in settings.zalo_bots]
        telegram = [TelegramLane(settings, texts, on_telegram)] if settings.telegram_token else []
        self._lanes: list[Lane] = [*telegram, *(ZaloLane(bot, settings) for bot in self.zalo)]
        self.channels: dict[str, Channel] = {t.name: t.channel for t in telegram} | {b.lane: b for b in self.zalo}
        self._tried = {lane.name: asyncio.Event() for lane in self._lanes}
        self.refused: set[str] = set()

    @property
    def doors(self) -> Doors:
        """The webhooks that are to be open."""
        by_hook = self._settings.zalo_mode == "webhook"
        return Doors(
            zalo={bot.id: bot.read for bot in self.zalo} if by_hook else {},
            zalo_secret=self._settings.zalo_secret.get_secret_value(),
            telegram="telegram" in self.channels and self._settings.telegram_mode == "webhook",
            telegram_secret=self._settings.telegram_secret.get_secret_value(),
            metrics_token=self._settings.metrics_token.get_secret_value(),
        )

    async def tried(self) -> None:
        """Every messenger has answered, or has been seen not to."""
        for event in self._tried.values():
            await event.wait()

    async def run(self, store: Store, on_refused: Callable[[str], Awaitable[None]]) -> None:
        """Receive from all, for ever.

        Raises:
            TokenRefusedError: no bot is left.
        """
        tasks = [asyncio.create_task(self._run(lane, store, on_refused), name=lane.name) for lane in self._lanes]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, lane: Lane, store: Store, on_refused: Callable[[str], Awaitable[None]]) -> None:
        try:
            await self._connect(lane)
            await lane.serve(store)
        except TokenRefusedError:
            self.refused.add(lane.name)
            _log.error("%s: the token is refused; this bot has stopped", lane.name)
            if len(self.refused) == len(self._lanes):
                raise
            await on_refused(lane.name)
        finally:
            self._tried[lane.name].set()

    async def _connect(self, lane: Lane) -> None:
        pause = 0.5
        while True:
            try:
                await lane.connect()
            except UnsureError as error:
                _log.warning("%s does not answer (%s); trying again", lane.name, error)
                self._tried[lane.name].set()
                await asyncio.sleep(pause)
                pause = min(10.0, pause * 2)
            else:
                self._tried[lane.name].set()
                return

    async def stop(self) -> None:
        """Close every connection."""
        for lane in self._lanes:
            await lane.stop()
        await self._http.close()


def _linker(public_url: str, db: Database, now: Callable[[], datetime]) -> Linker:
    async def link(message: Outgoing) -> str:
        given = message.hints.attachment or {}
        secret = await db.transact(
            lambda tx: links.make(tx, message.chat, given, now(), picture=bool(given.get("picture")))
        )
        return f"{public_url}/file/{secret}"

    return link
