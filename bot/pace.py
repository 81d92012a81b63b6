"""When a message may go: one ledger for each bot, a small allowance for each chat. Pure; times are monotonic seconds.

Telegram asks for at most 30 messages a second over all, about one a second in a chat (short bursts pass) and 20 a
minute in a group (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
"""

from bisect import insort
from collections import deque

WINDOW = 1.003  # seconds; 3 ms over the second, for what the clocks of two machines make of it
LATEST = 1.0  # seconds that a message is believed to have been late at most; a longer wait was for the answer
BURST = 3  # messages a private chat may get at once
GROUP_LIMIT, GROUP_WINDOW = 19, 60.5  # one below Telegram's 20 a minute: an edit may have slipped between


class Pace:
    """Decides the earliest moment for a message. The owner asks `ready`, then says `took`."""

    def __init__(self, rate: int) -> None:
        self._rate = rate  # 0: unpaced
        self._ledger: list[float] = []  # when the last messages arrived, as far as we know; sorted
        self._usual = LATEST  # the shortest time from send to answer
        self._mass_at = 0.0
        self._tokens: dict[str, tuple[float, float]] = {}  # chat: (allowance, as of)
        self._groups: dict[str, deque[float]] = {}
        self._pauses: dict[str, float] = {}
        self._pause_all = 0.0

    def remember(self, times: list[float]) -> None:
        """The last send times, from before a restart."""
        self._ledger = sorted([*self._ledger, *times])[-self._rate :]

    def next_slot(self, count: int = 1) -> float:
        """The earliest moment for so many messages."""
        if not self._rate:
            return self._pause_all
        past = len(self._ledger) + min(count, self._rate) - self._rate - 1  # of the ledger, the last to be over by then
        return max(self._pause_all, self._ledger[past] + WINDOW if past >= 0 else 0.0)

    def next_mass(self) -> float:
        """The earliest moment for mass mail. It goes evenly, not thirty at once, so that a reply finds a slot soon."""
        return self._mass_at

    def ready(self, chat: str, group: bool, now: float, count: int = 1) -> float:
        """The earliest moment for this chat, other chats aside."""
        pause = self._pauses.get(chat, 0.0)
        if not self._rate:
            return pause
        if group:
            times = self._groups.get(chat)
            full = times is not None and len(times) == GROUP_LIMIT
            return max(pause, times[0] + GROUP_WINDOW if full and times else 0.0)
        allowance, wanted = self._allowance(chat, now), min(count, BURST)
        return max(pause, now + wanted - allowance if allowance < wanted else 0.0)

    def took(self, chat: str, group: bool, now: float, count: int = 1, *, mass: bool = False) -> None:
        """So many messages to this chat leave now."""
        if not self._rate:
            return
        for _ in range(count):
            insort(self._ledger, now)
        del self._ledger[: -self._rate]
        if mass:  # up to one step is caught up with, or each late timer would cost a little of the rate
            step = WINDOW / self._rate
            self._mass_at = (self._mass_at if now - self._mass_at < step else now) + step
        if group:
            self._groups.setdefault(chat, deque(maxlen=GROUP_LIMIT)).extend([now] * count)
        else:
            self._tokens[chat] = (self._allowance(chat, now) - count, now)
        if len(self._tokens) > 5000:  # allowances that have filled up again say nothing
            self._tokens = {c: v for c, v in self._tokens.items() if now - v[1] < BURST}

    def landed(self, left: float, now: float) -> None:
        """A message that left then is answered now. What took longer than usual may have arrived so much later."""
        took = now - left
        self._usual = min(self._usual + 0.0001, took)
        if left in self._ledger:
            self._ledger.remove(left)
            insort(self._ledger, left + min(took - self._usual, LATEST))

    def hold(self, chat: str, seconds: float, now: float) -> None:
        """The messenger refused for a while. When the bot is busy the refusal is for all, else for the chat."""
        self._pauses[chat] = now + seconds
        recent = sum(1 for t in self._ledger if now - t < 1)
        if not self._rate or recent >= self._rate / 2:
            self._pause_all = max(self._pause_all, now + seconds)

    def _allowance(self, chat: str, now: float) -> float:
        allowance, as_of = self._tokens.get(chat, (float(BURST), now))
        return min(float(BURST), allowance + (now - as_of))
