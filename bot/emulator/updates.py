"""The queue of updates and its one consumer, with the rules of getUpdates."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from itertools import islice

from bot.emulator.errors import Json, conflict

# Telegram sends these only to a bot that asks for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MAX_BATCH = 100


class UpdateQueue:
    """Updates in order, kept until confirmed; whoever polls last is the consumer."""

    def __init__(self) -> None:
        self.allowed: frozenset[str] = frozenset()
        self._pending: deque[Json] = deque()
        # As Telegram's, the numbers grow from run to run: a bot that is kept would take old ones for repeats.
        self._next_id = int(time.time() * 1000)
        self._waiter: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    def put(self, kind: str, content: Json) -> int | None:
        """Queue one update; its id, or None when the bot did not ask for this kind."""
        if kind not in self.allowed if self.allowed else kind in ON_REQUEST:
            return None
        update_id = self._next_id
        self._next_id += 1
        self._pending.append({"update_id": update_id, kind: content})
        self._wake()
        return update_id

    def put_raw(self, bodies: Iterable[Json]) -> int:
        """Queue ready-made updates, which get their ids here; how many they were. For storms."""
        before = self._next_id
        for body in bodies:
            self._pending.append({"update_id": self._next_id, **body})
            self._next_id += 1
        self._wake()
        return self._next_id - before

    def allow(self, kinds: list[str] | None) -> None:
        """Remember `allowed_updates`; None leaves what was said before, an empty list means the usual."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def confirm(self, offset: int) -> None:
        """Forget every update below the offset; a negative one keeps only that many of the newest."""
        pending = self._pending
        if offset < 0:
            while len(pending) > -offset:
                pending.popleft()
        while pending and pending[0]["update_id"] < offset:
            pending.popleft()

    def clear(self) -> None:
        """Drop everything that waits."""
        self._pending.clear()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """Confirm, then give what is pending, waiting for something up to the timeout.

        An earlier poll that still waits is terminated: Telegram serves one consumer.
        """
        self.interrupt(
            conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        )
        self.confirm(offset)
        if not self._pending and timeout > 0:
            await self._wait(timeout)
        return list(islice(self._pending, limit))

    def interrupt(self, reason: Exception | None = None) -> None:
        """End the poll that waits, with an error or with no updates."""
        waiter, self._waiter = self._waiter, None
        if waiter is None or waiter.done():
            return
        if reason is None:
            waiter.set_result(None)
        else:
            waiter.set_exception(reason)

    async def _wait(self, timeout: float) -> None:
        loop = asyncio.get_running_loop()
        waiter = self._waiter = loop.create_future()
        timer = loop.call_later(timeout, _finish, waiter)
        try:
            await waiter
        finally:
            timer.cancel()
            if self._waiter is waiter:
                self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None:
            _finish(self._waiter)


def _finish(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
