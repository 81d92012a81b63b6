"""The bots of a pool: how many people and messages each has, and how many it has room for.

A free Zalo bot serves 50 people and 3,000 messages a month (pricing page seen 26/09/2026, to be checked before launch).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.database import Tx

WARN, HOLD = 0.8, 0.95
"""Shares of a limit: from the first on the admin is warned, from the second mass mail waits so that answers go on."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One bot and its limits (0: none). `id` is how its chats begin: `zalo:1400…`; `link` opens it.

    people: for ever; messages: a month; rate: messages a second.
    """

    id: str
    link: str = ""
    people: int = 0
    messages: int = 0
    rate: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """What one bot has used."""

    lane: Lane
    people: int
    messages: int

    @property
    def full(self) -> bool:
        """Whether it can take no more people."""
        return bool(self.lane.people) and self.people >= self.lane.people

    @property
    def warns(self) -> bool:
        """Whether an admin should know."""
        near = ((self.people, self.lane.people), (self.messages, self.lane.messages))
        return any(limit and used >= WARN * limit for used, limit in near)


async def count_sent(tx: Tx, sent: Iterable[str], month: str) -> None:
    """Messages that have gone out, by the lane of each."""
    await tx.many(
        "INSERT INTO lane_month (lane, month, messages) VALUES (:lane, :month, :n)"
        " ON CONFLICT (lane, month) DO UPDATE SET messages = lane_month.messages + excluded.messages",
        [{"lane": lane, "month": month, "n": n} for lane, n in Counter(sent).items()],
    )


async def usage(tx: Tx, pool: Sequence[Lane], month: str) -> list[Usage]:
    """What each bot of the pool has used this month."""
    messages = {
        row["lane"]: row["messages"]
        for row in await tx.all("SELECT lane, messages FROM lane_month WHERE month = :month", month=month)
    }
    found = []
    for lane in pool:
        people = await tx.value(_PEOPLE, chats=f"{lane.id}:%")
        found.append(Usage(lane, people, messages.get(lane.id, 0)))
    return found


_PEOPLE = "SELECT count(*) FROM chat WHERE id LIKE :chats AND kind = 'private'"


async def roomiest(tx: Tx, pool: Sequence[Lane], month: str) -> Lane | None:
    """The bot of the pool with the most room for people, or None when all are full."""
    free = [use for use in await usage(tx, pool, month) if not use.full]
    return min(free, key=lambda use: use.people / (use.lane.people or 10**9)).lane if free else None


async def shortfall(tx: Tx, pool: Sequence[Lane], chats: Iterable[str], month: str) -> int:
    """How many of these chats a message to all would not reach, within what mass mail may use of this month."""
    wanted = Counter(chat.rpartition(":")[0] for chat in chats)
    missing = 0
    for use in await usage(tx, pool, month):
        if use.lane.messages:
            room = max(0, int(HOLD * use.lane.messages) - use.messages)
            missing += max(0, wanted[use.lane.id] - room)
    return missing
