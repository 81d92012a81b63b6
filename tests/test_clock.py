"""What falls due is put into the inbox once, however often the clock looks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from storage.database import Tx
from tests.talk import Talk

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


async def test_a_due_thing_falls_due_once(talk: Talk) -> None:
    seen: list[datetime] = []

    async def due(_: Tx, local: datetime) -> list[str]:
        seen.append(local)
        return ["retention:2026-11-20:90"]

    clock = Clock(talk.db, talk.heart.store, [due], ZONE, lambda: talk.now)
    for _ in range(3):
        await clock.sweep()
        await talk.answer()
    assert await talk.value("SELECT count(*) FROM inbox WHERE channel = 'clock'") == 1
    assert seen[0].hour == 12
    assert seen[0].utcoffset() == timedelta(hours=7)


async def test_a_clock_set_back_repeats_nothing(talk: Talk) -> None:
    async def due(_: Tx, local: datetime) -> list[str]:
        return [f"retention:{local:%Y-%m-%d}:90"]

    clock = Clock(talk.db, talk.heart.store, [due], ZONE, lambda: talk.now)
    await clock.sweep()
    talk.pass_time(days=-1)
    await clock.sweep()
    talk.pass_time(days=1)
    await clock.sweep()
    await talk.answer()
    rows = await talk.rows("SELECT key, state FROM inbox WHERE channel = 'clock' ORDER BY key")
    assert [(r["key"], r["state"]) for r in rows] == [
        ("retention:2026-11-19:90", "done"),
        ("retention:2026-11-20:90", "done"),
    ]
    assert talk.now.tzinfo is UTC
