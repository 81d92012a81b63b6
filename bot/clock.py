"""What falls due is put into the inbox, once. Derived from rows at every sweep, never from timers in memory.

A due thing is an incoming of the channel `clock` under a unique key (`feedback:12:34`), so a sweep may be repeated,
and what was missed while the bot was down is caught up by the next sweep.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.message import Incoming
from storage.database import Database, Tx, is_environment

SWEEP_SECONDS = 20.0
_log = logging.getLogger(__name__)

Due = Callable[[Tx, datetime], Awaitable[Sequence[str]]]
"""Given a reading transaction and the local time: the keys of what is due."""


class Clock:
    """Sweeps at an interval; a kind of due thing is a function of rows and time."""

    def __init__(
        self,
        db: Database,
        store: Callable[[Sequence[Incoming]], Awaitable[None]],
        dues: Sequence[Due],
        zone: ZoneInfo,
        now: Callable[[], datetime],
    ) -> None:
        self._db, self._store, self._dues, self._zone, self._now = db, store, dues, zone, now

    async def sweep(self) -> int:
        """Put what is due into the inbox; returns how many things that were (known ones are ignored there)."""
        local = self._now().astimezone(self._zone)
        async with self._db.reading() as tx:
            keys = [key for due in self._dues for key in await due(tx, local)]
        if keys:
            await self._store([Incoming("clock", key, "", "due") for key in keys])
        return len(keys)

    async def run(self, stop: asyncio.Event) -> None:
        """Sweep until told to stop."""
        while not stop.is_set():
            try:
                await self.sweep()
            except Exception as error:
                if not is_environment(error):
                    raise
                _log.error("the database refuses the clock (%s)", type(error).__name__)
            try:
                async with asyncio.timeout(SWEEP_SECONDS):
                    await stop.wait()
            except TimeoutError:
                continue
