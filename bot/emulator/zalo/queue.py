"""The queue of one bot's updates, with the rules of Zalo's getUpdates: one at a time, given out once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.emulator.zalo.records import Event


@dataclass(slots=True, eq=False)
class _Waiter:
    future: asyncio.Future[Event | None]
    gone: Callable[[], bool]


class UpdateQueue:
    """No offset and no acknowledgement: what is read is forgotten.

    Of several polls that wait the newest is served first: it steals from those before.
    """

    def __init__(self) -> None:
        self.pushed = False  # a webhook takes everything; polls get nothing
        self.skip_gone = False  # whether a poll without a client is passed over
        self._pending: deque[Event] = deque()
        self._polls: list[_Waiter] = []
        self._pushers: list[_Waiter] = []

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def polled(self) -> bool:
        """Whether a poll waits now."""
        return bool(self._polls)

    def put(self, event: Event) -> None:
        """One more, for whoever comes first."""
        self._pending.append(event)
        self.serve()

    def put_back(self, event: Event) -> None:
        """It was not taken after all."""
        self._pending.appendleft(event)
        self.serve()

    def clear(self) -> None:
        """Forget everything that waits."""
        self._pending.clear()

    async def poll(self, timeout: float, gone: Callable[[], bool]) -> Event | None:
        """The oldest update, waiting for one up to the timeout."""
        return await self._take(self._polls, timeout, gone)

    async def push(self) -> Event:
        """The oldest update, for the webhook, however long it takes."""
        while (event := await self._take(self._pushers, 3600, _never)) is None:
            pass
        return event

    def interrupt(self) -> None:
        """End the polls that wait, with nothing."""
        for waiter in self._polls:
            if not waiter.future.done():
                waiter.future.set_result(None)

    def serve(self) -> None:
        """Give out what can be given out."""
        waiters = self._pushers if self.pushed else self._polls
        for waiter in reversed(waiters[:]):
            if not self._pending:
                return
            if not waiter.future.done() and not (self.skip_gone and waiter.gone()):
                waiters.remove(waiter)
                waiter.future.set_result(self._pending.popleft())

    async def _take(self, waiters: list[_Waiter], timeout: float, gone: Callable[[], bool]) -> Event | None:
        loop = asyncio.get_running_loop()
        waiter = _Waiter(loop.create_future(), gone)
        waiters.append(waiter)
        self.serve()
        timer = loop.call_later(timeout, _nothing, waiter.future)
        try:
            return await waiter.future
        finally:
            timer.cancel()
            if waiter in waiters:
                waiters.remove(waiter)


def _nothing(future: asyncio.Future[Event | None]) -> None:
    if not future.done():
        future.set_result(None)


def _never() -> bool:
    return False
