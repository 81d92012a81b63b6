"""What the outbox asks of a messenger, and how a messenger says no."""

from dataclasses import dataclass
from typing import Protocol

from bot.message import Outgoing


@dataclass(frozen=True, slots=True)
class File:
    """A file made at sending time."""

    name: str
    content: bytes
    picture: bool = False


class RefusedError(Exception):
    """The messenger will never take this message. `gone`: the chat itself cannot be reached any more."""

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


class LaterError(Exception):
    """The messenger asks to wait this many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"retry after {seconds:g} s")
        self.seconds = seconds


class UnsureError(Exception):
    """The network or the messenger failed; whether the message arrived is unknown. It is sent again."""


class TokenRefusedError(Exception):
    """The messenger does not know the bot's token. `lane`: whose."""

    def __init__(self, lane: str = "telegram") -> None:
        super().__init__(lane)
        self.lane = lane


class Channel(Protocol):
    """The sending half of a messenger."""

    async def send(self, message: Outgoing, file: File | None) -> str:
        """Send one message; returns the messenger's number of it (empty when there is none).

        Raises:
            RefusedError: never again.
            LaterError: wait, then again.
            UnsureError: again, after a back-off.
        """
