"""Many at once, and kill -9: none lost, none enrolled twice, no session overbooked."""

import asyncio
import os
from pathlib import Path

import pytest

from storage.database import Tx
from storage.programme import Programme
from tests.wire.conftest import GoLive
from tests.wire.storm import storm

SEED = int(os.environ.get("STORM_SEED", "135"))


async def _storm(url: str, data: Path, programme: Programme, people: int, kills: int) -> None:
    raged, recorder = await storm(url, data, programme, people=people, kills=kills, seed=SEED)
    print(await raged.check())
    assert recorder.wrongs == []
    assert len(raged.kills) == kills


@pytest.mark.timeout(180)
async def test_a_small_storm(database_today: str, tmp_path: Path, programme: Programme) -> None:
    await _storm(database_today, tmp_path, programme, people=60, kills=3)


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_a_storm(database_today: str, tmp_path: Path, programme: Programme) -> None:
    await _storm(database_today, tmp_path, programme, people=1100, kills=22)


async def test_a_hundred_people_for_thirty_places(go: GoLive) -> None:
    live = await go(limits=None, rate=0, answers=10)
    await live.db.transact(lambda tx: tx.run("UPDATE session SET state = 'closed' WHERE state = 'open'"))
    await live.db.transact(_thirty)
    seats = await live.seats(100)
    people = await asyncio.gather(*[live.official(seat) for seat in seats])
    for mai in people:
        mai.phone.press("Đăng ký lớp")
    shown = await asyncio.gather(*[mai.sees("Các lớp đang nhận đăng ký") for mai in people])
    for mai, one in zip(people, shown, strict=True):
        mai.phone.press_at(one, one.labels[0])
    await asyncio.gather(*[mai.sees("có đăng ký lớp này không?") for mai in people])
    for mai in people:
        mai.phone.press("Đăng ký")
    shown = await asyncio.gather(*[mai.sees() for mai in people])
    late = [mai for mai, one in zip(people, shown, strict=True) if "chỗ cuối cùng vừa có người" in one.text]
    assert len(late) == 70
    for mai in late:
        mai.phone.press("Vào danh sách chờ")
    await asyncio.gather(*[mai.sees("Đã ghi vào danh sách chờ") for mai in late])
    rows = await live.rows("SELECT e.state, count(*) AS n FROM enrolment e JOIN session s ON s.id = e.session_id"
                           " WHERE s.code = 'BA-MUOI' GROUP BY e.state")  # fmt: skip
    assert {row["state"]: row["n"] for row in rows} == {"enrolled": 30, "waiting": 70}
    assert await live.value("SELECT taken FROM session WHERE code = 'BA-MUOI'") == 30
    numbers = sorted(int(m.phone.last.text.partition("Số thứ tự chờ: ")[2].split(".")[0]) for m in late)
    assert numbers == list(range(1, 71)), "each has a number of her own"


async def _thirty(tx: Tx) -> None:
    made = await tx.value(
        "INSERT INTO session (code, title, place, capacity, deadline, state)"
        " VALUES ('BA-MUOI', 'Lớp ba mươi chỗ', 'Hội trường', 30, '2026-12-20', 'open') RETURNING id"
    )
    await tx.run("INSERT INTO session_half (session_id, day, part) VALUES (:s, '2026-12-24', 'am')", s=made)
