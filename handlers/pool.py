"""A pool of bots: a newcomer is led to a bot with room, and admins are warned before one is full."""

from collections.abc import Sequence
from datetime import datetime

from bot.message import lane
from bot.turn import Turn, choice, step
from handlers import home
from locales import Html
from storage import lanes, rights
from storage.database import Tx
from storage.lanes import Lane, Usage


def _month(moment: datetime) -> str:
    return f"{moment:%Y-%m}"


async def _usage(turn: Turn) -> list[Usage]:
    local = turn.now.astimezone(turn.house.timezone)
    return await lanes.usage(turn.tx, turn.house.pool, _month(local))


async def led_elsewhere(turn: Turn) -> bool:
    """Whether this newcomer's bot is over its number and another has room: then she is shown the way there.

    With no room anywhere she stays: whether the messenger still carries her is its business, and admins are warned.
    """
    mine = next((one for one in turn.house.pool if one.id == lane(turn.chat.id)), None)
    if mine is None or not mine.people or turn.chat.consent or await turn.whos():
        return False
    found = await _usage(turn)
    here = next(use for use in found if use.lane == mine)
    free = [use for use in found if not use.full and use.lane.link and use.lane != mine]
    if here.people <= mine.people or not free:
        return False
    turn.say("pool-elsewhere", link=min(free, key=lambda use: use.people).lane.link)
    return True


def lines(turn: Turn, found: Sequence[Usage]) -> list[Html]:
    """What each bot has used, for the admin."""
    return [
        turn.words(
            "pool-line",
            bot=use.lane.id,
            people=use.people,
            people_limit=use.lane.people or "∞",
            messages=use.messages,
            messages_limit=use.lane.messages or "∞",
        )
        for use in found
    ]


async def state(turn: Turn) -> list[Html]:
    """The lines for /tinhtrang."""
    return lines(turn, await _usage(turn))


async def due_pool(tx: Tx, local: datetime, pool: Sequence[Lane] = ()) -> list[str]:
    """A warning for each bot, month and kind of limit, once 80 % of it are used: `pool:2020-06:people:zalo:1400…`."""
    keys = []
    for use in await lanes.usage(tx, pool, _month(local)):
        for what, used, limit in (
            ("people", use.people, use.lane.people),
            ("messages", use.messages, use.lane.messages),
        ):
            if limit and used >= lanes.WARN * limit:
                keys.append(f"pool:{_month(local)}:{what}:{use.lane.id}")
    return keys


@step
async def warn(turn: Turn) -> None:
    """Tell the admins that a bot is nearly full."""
    _, _, what, bot = turn.incoming.key.split(":", 3)
    use = next((one for one in await _usage(turn) if one.lane.id == bot), None)
    if use is None:
        return
    used, limit = (use.people, use.lane.people) if what == "people" else (use.messages, use.lane.messages)
    for row in await rights.chats_with(turn.tx, "admin"):
        await turn.tell_chat(
            row["id"], f"pool-warn-{what}", choice("go-home", home.show), bot=bot, used=used, limit=limit
        )
