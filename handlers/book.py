"""The table of conversations: command → step, event → step, what falls due, what makes a file."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from bot.heart import Book
from handlers import (
    approve,
    board,
    enrol,
    feedback,
    home,
    housekeeping,
    leaving,
    phones,
    pool,
    profile,
    schedule,
    start,
    state_of,
    summary,
)
from reports import ics, mydata
from storage import training
from storage.database import Database, Tx
from storage.lanes import Lane

COMMANDS = {
    "start": start.begin,
    "dangky": enrol.choose,
    "lich": schedule.show,
    "gopy": feedback.begin,
    "hoso": profile.show,
    "trogiup": home.help_,
    "huy": home.cancel,
    "themmay": phones.add,
    "doimay": phones.change,
    "language": home.language,
    "duyet": approve.show,
    "tonghop": summary.show,
    "tinhtrang": state_of.show,
}

BOOK = Book(
    commands=COMMANDS,
    arguments=frozenset({"start", "tonghop"}),
    group_commands=frozenset({"start", "tonghop"}),
    events={
        **home.ODD,
        "blocked": home.blocked,
        "unblocked": home.unblocked,
        "joined": board.joined,
        "left": board.left,
        "migrated": board.migrated,
        "due:feedback": feedback.invite,
        "due:moveup": leaving.move_up,
        "due:pool": pool.warn,
        "due:board": board.daily,
        "due:retention": housekeeping.sweep,
        "due:forget": housekeeping.forget,
        "due:refused": housekeeping.refused,
    },
    home=home.cancel,
    welcome=start.welcome,
    unheard=home.unheard,
    stale=home.stale,
)

MAKERS: Mapping[str, Callable[[Database, Mapping[str, Any]], Awaitable[tuple[str, bytes]]]] = {
    "ics": ics.make,
    "mydata": mydata.make,
}
"""What makes a file at sending time, by the name a reply carries."""


def dues(
    board_hour: int, retention_days: int, bots: Sequence[Lane] = ()
) -> list[Callable[[Tx, datetime], Awaitable[Sequence[str]]]]:
    """What the clock looks for."""
    return [
        feedback.due_feedback,
        training.due_moves,
        partial(pool.due_pool, pool=bots),
        partial(board.due_board, hour=board_hour),
        partial(housekeeping.due_retention, days=retention_days),
    ]
