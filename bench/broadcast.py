"""1,000 messages to 1,000 people at the strict limit (30 in any second): the share of it that is reached, and refusals.

No peer runs beside it: PTB's own limiter reached 0.35 of the limit, with 446 refusals of 300 messages. Three runs at
once, each a bot with a pretend Telegram of its own: without a round trip, with 60 ms, and while 20 people chat.
"""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench.bots import Ours, Run, percentile_ms, running
from bench.people import reached
from bench.report import Row
from bench.setting import Setting
from bot.emulator import STRICT, Emulator
from bot.emulator.records import User
from bot.message import MASS
from locales.calendar import utc_text

ROWS, FIRST_CHAT, LIMIT = 1000, 500_000, 30
PEOPLE, CHATTING, LONGEST = 20, 7.0, 90  # messages a second of all of them: each thinks for three seconds


async def measure(setting: Setting) -> list[Row]:
    runs = {"alone": (0.0, False), "60 ms round trip": (0.06, False), "20 people chatting": (0.0, True)}
    found = await asyncio.gather(*(_broadcast(setting.ours(LIMIT), *how) for how in runs.values()))
    return [row for name, rows in zip(runs, found, strict=True) for row in _rows(name, *rows)]


def _rows(name: str, share: float, refusals: int, p99: float | None) -> list[Row]:
    rows = [
        Row(f"share of 30 a second, {name}", share, goal="≥ 0.99" if p99 is None else "≥ 0.97"),
        Row(f"429s, {name}", refusals, goal="0"),
    ]
    return rows if p99 is None else [*rows, Row("p99 of their replies, ms", p99, goal="< 200")]


async def _broadcast(bot: Ours, latency: float, chatting: bool) -> tuple[float, int, float | None]:
    bot.arrange = _fill
    async with running(bot, PEOPLE, limits=STRICT, latency=latency, arrange=_people, record=2 * ROWS) as run:
        chat = asyncio.create_task(run.at_rate(CHATTING if chatting else 0.01, LONGEST))
        await reached(lambda: len(_moments(run)) == ROWS or chat.done(), LONGEST, 0.1)
        chat.cancel()
        p99 = percentile_ms(run.crowd.waits, 99) if chatting else None
        return _share(run), run.emulator.refusals, p99


def _fill(database: Path) -> None:
    at = utc_text(datetime.now(UTC))
    text = "Thông báo số {}: mời anh/chị dự lớp tập huấn vào thứ Năm."
    rows = [(place, f"telegram:{FIRST_CHAT + place}", MASS, text.format(place), at) for place in range(1, ROWS + 1)]
    with closing(sqlite3.connect(database)) as db, db:
        db.executemany(
            "INSERT INTO outbox (id, chat, priority, text, keys, choices, created_at) VALUES (?, ?, ?, ?, '', '[]', ?)",
            rows,
        )


def _people(emulator: Emulator) -> None:
    for place in range(1, ROWS + 1):
        emulator.world.add_user(User(FIRST_CHAT + place, "Người")).bot_status = "member"


def _moments(run: Run) -> list[float]:
    """When each message of the broadcast arrived."""
    return [sent.at for sent in run.emulator.sent_log if sent.chat_id >= FIRST_CHAT]


def _share(run: Run) -> float:
    """The shortest time that the limit allows for what was sent meanwhile, replies too, of the time that it took."""
    moments = _moments(run)
    sent = sum(moments[0] <= message.at <= moments[-1] for message in run.emulator.sent_log)
    return (sent - 1) // LIMIT / (moments[-1] - moments[0])
