"""Telegram's flood limits: what it publishes, applied without mercy.

Published: 30 messages a second over all chats, 20 a minute in one group, about one a second in one
private chat "with short bursts". The penalty for the first is not published; three seconds of silence
is what bots report.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How much a bot may send; the defaults are Telegram's."""

    overall: int = 30
    overall_seconds: float = 1.0
    penalty_seconds: float = 3.0
    group: int = 20
    group_seconds: float = 60.0
    private_burst: int = 5
    private_seconds: float = 1.0


STRICT = Limits()


class FloodGate:
    """Counts what was sent and says how long to wait; nothing is counted for a send that it refuses."""

    def __init__(self, limits: Limits | None, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._silent_until = -math.inf
        self._overall: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._buckets: dict[int, tuple[float, float]] = {}  # private chat: tokens left, when counted

    def admit(self, chat_id: int) -> int | None:
        """Let one message to the chat pass (None), or say after how many seconds to try again."""
        limits = self.limits
        if limits is None:
            return None
        now = self._clock()
        if now < self._silent_until:
            return _whole(self._silent_until - now)
        wait = self._chat_wait(limits, chat_id, now)
        if wait > 0:
            return _whole(wait)
        if self._is_full(limits, now):
            self._silent_until = now + limits.penalty_seconds
            return _whole(limits.penalty_seconds)
        self._record(limits, chat_id, now)
        return None

    def _is_full(self, limits: Limits, now: float) -> bool:
        """Whether one more would be too many within any window that ends now."""
        sent = self._overall
        while sent and now - sent[0] >= limits.overall_seconds:
            sent.popleft()
        return len(sent) >= limits.overall

    def _chat_wait(self, limits: Limits, chat_id: int, now: float) -> float:
        if chat_id > 0:
            return (1 - self._tokens(limits, chat_id, now)) * limits.private_seconds
        sent = self._groups.get(chat_id)
        if sent is None or len(sent) < limits.group:
            return 0.0
        return sent[0] + limits.group_seconds - now

    def _tokens(self, limits: Limits, chat_id: int, now: float) -> float:
        tokens, counted = self._buckets.get(chat_id, (float(limits.private_burst), now))
        return min(float(limits.private_burst), tokens + (now - counted) / limits.private_seconds)

    def _record(self, limits: Limits, chat_id: int, now: float) -> None:
        self._overall.append(now)
        if chat_id > 0:
            self._buckets[chat_id] = (self._tokens(limits, chat_id, now) - 1, now)
        else:
            self._groups.setdefault(chat_id, deque(maxlen=limits.group)).append(now)


def _whole(seconds: float) -> int:
    """Telegram speaks in whole seconds, never too few of them."""
    return max(1, math.ceil(seconds))
