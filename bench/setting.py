"""What the parts of the benchmark share: the programme that people register for."""

from dataclasses import dataclass
from pathlib import Path

from bench.bots import Ours
from bench.programme import Seat


@dataclass(frozen=True)
class Setting:
    """A database with the programme, to be copied, and the seats in it."""

    programme: Path
    seats: list[Seat]

    def ours(self, rate: int = 0) -> Ours:
        """Our bot on a copy of its own. rate: messages a second; 0 is unpaced."""
        return Ours(self.programme, self.seats, rate)
