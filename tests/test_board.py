"""The Board's groups: bound by a link, sent the summary each day and when an admin says so, and never a name."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.turn import House
from handlers.book import BOOK
from storage.board import due_board
from storage.database import open_database
from storage.rights import make_code
from tests.talk import Phone, Talk


async def bound(talk: Talk, title: str = "Ban Dân tộc") -> Phone:
    """A group that has opened its link."""
    group = talk.group(title)
    code = await talk.db.transact(lambda tx: make_code(tx, "board", talk.now, timedelta(days=1)))
    await group.says(f"/start@ghidanh_bot {code}")
    return group


async def due(talk: Talk, hour: int = 7) -> list[str]:
    """What the clock finds."""
    local = talk.now.astimezone(talk.house.timezone)
    async with talk.db.reading() as tx:
        return await due_board(tx, local, hour)


async def day_passes(talk: Talk) -> list[str]:
    """The clock looks, and what is due is done."""
    keys = await due(talk)
    await talk.due(*keys)
    return keys


# Binding ------------------------------------------------------------------------------------------


async def test_a_group_is_bound_by_the_admins_link(talk: Talk) -> None:
    admin = await talk.admin()
    await admin.says("/tonghop")
    await admin.presses("Nhóm của Ban")
    admin.sees("Chưa có nhóm nào của Ban")
    await admin.presses("Thêm nhóm")
    admin.sees("https://t.me/ghidanh_bot?startgroup=", "dùng một lần", "3 ngày")
    [code] = re.findall(r"startgroup=(\w+)", admin.text)
    assert await talk.value("SELECT private FROM outbox ORDER BY id DESC LIMIT 1") == 1  # deleted once it is sent
    group = talk.group()
    await group.says(f"/start@ghidanh_bot {code}")
    group.sees(
        "Nhóm này nhận bản tổng hợp", "sau 07:00", "không nêu tên cá nhân", "Muốn dừng", "đưa hệ thống ra khỏi nhóm"
    )
    await admin.says("/tonghop")
    await admin.presses("Nhóm của Ban")
    admin.sees("Nhóm của Ban: 1", "Ban Dân tộc: nhận từ thứ Sáu, 20/11/2026")
    stranger = talk.group("Nhóm khác")
    await stranger.says(f"/start {code}")
    assert not stranger.seen  # used once
    assert await talk.value("SELECT count(*) FROM board_chat") == 1


async def test_added_without_a_link_it_says_so_once(talk: Talk) -> None:
    group = talk.group()
    await group.sends("joined")
    group.sees("cần mở đường liên kết do cán bộ quản trị cấp")
    assert not await group.sends("joined")
    await group.sends("left")
    await group.sends("joined")
    group.sees("cần mở đường liên kết")


async def test_a_group_that_is_not_the_boards_hears_nothing(talk: Talk) -> None:
    group = talk.group()
    assert not await group.says("/tonghop")
    assert not await group.says("/tonghop mường lát")
    assert not await group.says("chào cả nhà")
    assert not await group.says("/hoso")


async def test_the_boards_group_asks_for_itself(talk: Talk) -> None:
    await talk.official("trung lý", "pct", "Người Được Nêu Tên")
    group = await bound(talk)
    await group.says("/tonghop")
    group.sees(
        "Tổng hợp toàn tỉnh", "Đã xác nhận: 1/496", buttons=["Theo huyện", "Theo chức danh", "Theo lớp", "Xã thấp nhất"]
    )
    await group.presses("Theo huyện")
    group.sees("huyện Mường Lát: 1/")
    await group.says("/tonghop@ghidanh_bot trung lý")
    group.sees("Tổng hợp xã Trung Lý", "1/4")
    group.sees_nothing_of("Người Được Nêu Tên")
    await group.says("/tonghop đâu đó")
    group.sees("Chưa tìm thấy")
    assert not await group.says("trung lý")  # people talk to each other here


async def test_removed_from_the_group_it_is_unbound_and_the_admin_told(talk: Talk) -> None:
    admin = await talk.admin()
    group = await bound(talk)
    await group.sends("left")
    assert await due(talk) == []
    await admin.looks()
    admin.sees("đưa ra khỏi nhóm của Ban “Ban Dân tộc”")
    await group.sends("joined")
    group.sees("cần mở đường liên kết")
    assert not await group.says("/tonghop")


async def test_a_group_that_becomes_a_supergroup_stays_bound(talk: Talk) -> None:
    group = await bound(talk)
    moved = Phone(talk, "telegram:-100777", "Ban Dân tộc", "vi", group=True)
    await group.sends("migrated", to=moved.chat)
    assert await due(talk) == [f"board:2026-11-20:{moved.chat}"]
    await group.sends("migrated", to=moved.chat)  # twice is harmless
    await day_passes(talk)
    assert not await group.looks()
    await moved.looks()
    moved.sees("Bản tổng hợp hằng ngày")
    await moved.says("/tonghop")
    moved.sees("Tổng hợp toàn tỉnh")


@pytest.mark.buttons
async def test_an_admin_unbinds_with_a_button(talk: Talk) -> None:
    admin = await talk.admin()
    first, second = await bound(talk), await bound(talk, "Lãnh đạo & Văn phòng")
    await admin.says("/tonghop")
    await admin.presses("Nhóm của Ban")
    admin.sees("Nhóm của Ban: 2")
    await admin.presses("Dừng gửi: Lãnh đạo & Văn phòng")
    admin.sees("Dừng gửi bản tổng hợp đến nhóm “Lãnh đạo & Văn phòng”?")
    message = admin.screen.id
    await admin.presses("Đồng ý dừng")
    admin.sees("Đã dừng", "Nhóm của Ban: 1")
    await second.looks()
    second.sees("không còn nhận bản tổng hợp")
    await admin.presses_old(message, 0)  # twice is harmless
    admin.sees("không còn trong danh sách")
    assert await due(talk) == [f"board:2026-11-20:{first.chat}"]


# Each day -----------------------------------------------------------------------------------------


async def test_each_day_once_with_what_changed(talk: Talk) -> None:
    group = await bound(talk)
    assert await day_passes(talk) == [f"board:2026-11-20:{group.chat}"]
    await group.looks()
    group.sees("Bản tổng hợp hằng ngày", "Đã xác nhận: 0/496 – 0%", "Bản đầu tiên gửi nhóm này")
    assert await day_passes(talk) == []
    await talk.official("trung lý", "pct", "Người Được Nêu Tên")
    await talk.official("trung lý", "knv")
    talk.pass_time(days=1)
    await day_passes(talk)
    await group.looks()
    group.sees("Đã xác nhận: 2/496 (+2) – 0%", "So với bản gửi lúc 12:00, thứ Sáu, 20/11/2026")
    group.sees_nothing_of("Người Được Nêu Tên", "Lò Thị Mai")
    talk.pass_time(days=1)
    await day_passes(talk)
    await group.looks()
    group.sees("Đã xác nhận: 2/496 – 0%", "Không thay đổi so với bản gửi lúc 12:00, thứ Bảy, 21/11/2026")


async def test_what_falls_is_said_too(talk: Talk) -> None:
    group = await bound(talk)
    await talk.official("trung lý", "pct")
    await day_passes(talk)
    await talk.db.transact(
        lambda tx: tx.run("UPDATE holding SET until = '2026-11-20T06:00:00Z' WHERE confirmed_at IS NOT NULL")
    )
    talk.pass_time(days=1)
    await day_passes(talk)
    await group.looks()
    group.sees("Đã xác nhận: 0/496 (−1)", "(+1)")


async def test_in_daytime_only(talk: Talk) -> None:
    group = await bound(talk)
    talk.now = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # 21:00
    assert await due(talk) == []
    talk.now = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)  # 06:59 of the next day
    assert await due(talk) == []
    assert await due(talk, hour=3) == []
    talk.now = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)  # 07:00
    assert await due(talk) == [f"board:2026-11-21:{group.chat}"]
    assert await due(talk, hour=8) == []
    talk.now = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)  # 20:00, an hour that was set too late
    assert await due(talk, hour=23) == [f"board:2026-11-21:{group.chat}"]


async def test_after_downtime_once_and_never_at_night(talk: Talk) -> None:
    group = await bound(talk)
    keys = await due(talk)
    talk.now = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # stored in time, answered at 23:30
    await talk.due(*keys)
    assert not await group.looks()
    talk.pass_time(days=5)
    talk.now = talk.now.replace(hour=5)
    await talk.due(*keys)  # a repeat is ignored
    assert await day_passes(talk) == [f"board:2026-11-25:{group.chat}"]
    assert len(await group.looks()) == 1


async def test_unbound_meanwhile_nothing_is_sent(talk: Talk) -> None:
    group = await bound(talk)
    keys = await due(talk)
    await group.sends("left")
    await talk.due(*keys)
    assert not await group.looks()


async def test_two_groups_each_with_its_own_last_one(talk: Talk) -> None:
    first = await bound(talk)
    await day_passes(talk)
    await talk.official("trung lý", "pct")
    second = await bound(talk, "Lãnh đạo")
    talk.pass_time(days=1)
    await day_passes(talk)
    await first.looks()
    first.sees("1/496 (+1)")
    await second.looks()
    second.sees("Đã xác nhận: 1/496 – 0%", "Bản đầu tiên")


# When an admin says so ----------------------------------------------------------------------------


@pytest.mark.buttons
async def test_an_admin_sends_it_now(talk: Talk) -> None:
    admin = await talk.admin()
    first, second = await bound(talk), await bound(talk, "Lãnh đạo")
    await day_passes(talk)
    await talk.official("trung lý", "pct")
    talk.pass_time(hours=2)
    await admin.says("/tonghop")
    await admin.presses("Gửi Ban")
    admin.sees("đến 2 nhóm của Ban ngay bây giờ?")
    question = admin.screen.id
    await admin.presses("Đồng ý gửi")
    admin.sees("Đã gửi bản tổng hợp đến 2 nhóm")
    for group in (first, second):
        await group.looks()
        group.sees("Ban Dân tộc gửi bản tổng hợp", "1/496 (+1)", "So với bản gửi lúc 12:00")
    await admin.presses_old(question, 0)
    admin.sees("đã được gửi rồi")
    assert not await first.looks()
    talk.pass_time(days=1)
    assert len(await day_passes(talk)) == 2  # the day's own is sent all the same


async def test_sending_is_left_alone_or_has_nowhere_to_go(talk: Talk) -> None:
    admin = await talk.admin()
    await admin.says("/tonghop")
    await admin.presses("Gửi Ban")
    admin.sees("Chưa có nhóm nào của Ban")
    group = await bound(talk)
    await admin.says("/tonghop")
    await admin.presses("Gửi Ban")
    await admin.presses("Không gửi")
    admin.sees("Tổng hợp toàn tỉnh")
    assert not [s for s in await group.looks() if "496" in s.text]


async def test_without_groups_the_members_of_the_board_have_it_in_private(
    sqlite_sample: Path, tmp_path: Path, house: House
) -> None:
    db = await open_database(f"sqlite:///{shutil.copy(sqlite_sample, tmp_path / 'zalo.db')}")
    talk = Talk(db, house, BOOK, "zalo")
    for name in ("Trưởng ban", "Phó ban"):
        member = talk.phone(name)
        await member.says("chào")
        await member.says("đồng ý")
        await member.says(await talk.db.transact(lambda tx: make_code(tx, "board", talk.now, timedelta(days=1))))
        member.sees("nhận bản tổng hợp")
        await member.says("tổng hợp")
        member.sees("toàn tỉnh", "496")
    keys = await talk.db.transact(lambda tx: due_board(tx, talk.now.astimezone(house.timezone), 7))
    assert len(keys) == 2
    await talk.due(*keys)
    assert await talk.value("SELECT count(*) FROM outbox WHERE priority > 0") == 2
    await db.close()
