"""A pool of bots with limits: newcomers are led on, admins are warned, nobody already served is sent away."""

from datetime import datetime

import pytest

from handlers.pool import due_pool
from storage import lanes
from storage.lanes import Lane
from tests.talk import NOON, Talk

FIRST, SECOND = "zalo:1400000000000000001", "zalo:1400000000000000002"


@pytest.fixture
def pooled(talk: Talk) -> Talk:
    """Two free bots for three people each, a hundred messages a month."""
    talk.lane = FIRST
    talk.house.pool = (
        Lane(FIRST, "https://zalo.example/bot-1", people=3, messages=100),
        Lane(SECOND, "https://zalo.example/bot-2", people=3, messages=100),
    )
    return talk


async def arrive(talk: Talk, count: int) -> list[str]:
    said = []
    for n in range(count):
        phone = talk.phone(f"Người {n}")
        await phone.says("chào")
        said.append(phone.text)
    return said


@pytest.mark.buttons
async def test_the_person_after_the_last_is_led_to_a_bot_with_room(pooled: Talk) -> None:
    *served, led = await arrive(pooled, 4)
    assert all("dữ liệu cá nhân" in text for text in served)
    assert "đã đủ người" in led
    assert "https://zalo.example/bot-2" in led
    assert "dữ liệu cá nhân" not in led


@pytest.mark.buttons
async def test_with_no_room_anywhere_she_is_served(pooled: Talk) -> None:
    await arrive(pooled, 3)
    pooled.lane = SECOND
    await arrive(pooled, 3)
    [text] = await arrive(pooled, 1)
    assert "dữ liệu cá nhân" in text


@pytest.mark.buttons
async def test_who_was_served_before_stays(pooled: Talk) -> None:
    mai = pooled.phone()
    await mai.says("chào")
    await mai.says("đồng ý")
    await arrive(pooled, 4)
    await mai.says("/start")
    mai.sees("xã", "nào?")


@pytest.mark.buttons
async def test_admins_are_warned_once_at_eighty_percent_and_see_it(pooled: Talk) -> None:
    admin = await pooled.admin()
    await arrive(pooled, 2)
    await pooled.db.transact(lambda tx: lanes.count_sent(tx, [SECOND] * 80, "2026-11"))
    keys = await pooled.db.transact(lambda tx: due_pool(tx, _local(pooled), pooled.house.pool))
    assert keys == [f"pool:2026-11:people:{FIRST}", f"pool:2026-11:messages:{SECOND}"]
    await pooled.due(*keys)
    await pooled.due(*keys)
    assert len(await admin.looks()) == 2
    admin.sees("3/3 người", "80/100 tin")
    await admin.says("/tinhtrang")
    admin.sees(f"{FIRST}: 3/3 người", f"{SECOND}: 0/3 người; tháng này 80/100 tin")


def _local(talk: Talk) -> datetime:
    return NOON.astimezone(talk.house.timezone)
