"""Bad days of the network, on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request."""

    kind: Literal["error", "drop", "lose_answer", "delay", "flood"]
    number: float = 0

    @classmethod
    def error(cls, status: int = 502) -> Fault:
        """An HTTP error with an HTML page, as from the machine in front of Telegram."""
        return cls("error", status)

    @classmethod
    def drop(cls) -> Fault:
        """The connection ends before the request is handled."""
        return cls("drop")

    @classmethod
    def lose_answer(cls) -> Fault:
        """The request is handled, then the connection ends: nobody hears of it."""
        return cls("lose_answer")

    @classmethod
    def delay(cls, seconds: float) -> Fault:
        """A slow moment."""
        return cls("delay", seconds)

    @classmethod
    def flood(cls, retry_after: int) -> Fault:
        """A 429 out of the blue."""
        return cls("flood", retry_after)
