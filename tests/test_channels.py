"""Two messengers, one product: the same conversations leave the same database; menus of numbers keep their meaning."""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.turn import House
from handlers.book import BOOK
from storage.database import Tx, open_database
from tests.talk import LANES, Phone, Talk

Story = Callable[[Talk], Awaitable[None]]

KEPT = {  # what a story leaves, without numbers of messages, addresses of chats and random codes
    "person": "name, phone, origin, erased_at",
    "holding": "seat_id, person_id, until, confirmed_how, confirmed_at",
    "claim": "seat_id, person_id, name, phone, phone_shared, state, reason, decided_by",
    "chat_person": "person_id, seat_id, until",
    "consent": "version, answer, at",
    "grants": "person_id, role, area_id, revoked_at",
    "session": "code, taken",
    "enrolment": "session_id, seat_id, person_id, state, reason, feedback_given",
    "feedback": "session_id, enrolment_id, content, teacher, organisation, locality, why, comment, topics",
    "audit": "action",
}


async def where(talk: Talk, skip: int = 0) -> str:
    rows = await talk.rows(
        "SELECT u.name, d.name AS district FROM scope s JOIN unit u ON u.id = s.unit_id"
        " JOIN unit d ON d.id = u.parent_id WHERE u.level = 'commune' ORDER BY u.id LIMIT 1 OFFSET :skip",
        skip=skip,
    )
    return f"{rows[0]['name']}, {rows[0]['district']}"


async def story_of_an_official(talk: Talk) -> None:
    mai = await talk.official(await where(talk), "PCT")
    await mai.says("/dangky")
    await mai.says("1")
    await mai.presses("Đăng ký")
    await mai.presses("Lịch của tôi")
    await mai.says("/dangky")
    await mai.says("2")
    await mai.says("đăng ký")
    await mai.says("0")
    await mai.says("lịch")
    await mai.says("1")
    await mai.presses("Hủy đăng ký")
    await mai.says("bận")
    await mai.presses("Đồng ý hủy")


async def story_of_a_claim(talk: Talk) -> None:
    admin = await talk.admin()
    for name, decision in (("Hà Văn Thử", "Duyệt"), ("Vi Thị Khác", "Từ chối")):
        tho = talk.phone(name)
        await tho.says("chào")
        await tho.presses("Đồng ý")
        await tho.says(await where(talk, 3))
        await tho.says("KNV" if decision == "Duyệt" else "HND")
        if "mã cá nhân" in tho.text:
            await tho.presses("Tôi không có mã")
        await tho.says(name)
        await tho.says("0912 345 678")
        await tho.presses("Đăng ký lớp")
        await tho.says("1")
        await tho.presses("Đăng ký")
        await admin.says("duyệt")
        await admin.presses(decision)
        if decision == "Từ chối":
            await admin.says("1")
            await admin.presses("Từ chối")
        await tho.says("/hoso")


async def story_of_feedback(talk: Talk) -> None:
    rows = await talk.rows(
        "SELECT e.id, u.name, d.name AS district, s.post FROM enrolment e JOIN session t ON t.id = e.session_id"
        " JOIN seat s ON s.id = e.seat_id JOIN unit u ON u.id = s.unit_id JOIN unit d ON d.id = u.parent_id"
        " WHERE t.state = 'held' AND e.state = 'enrolled' ORDER BY e.id LIMIT 2"
    )
    for row, naming in zip(rows, ("có ghi tên", "không ghi tên"), strict=True):
        mai = await talk.official(f"{row['name']}, {row['district']}", row["post"])
        await mai.says("góp ý")
        for said in (naming, "5", "rất tốt", "2", "Hội trường chật", "4", "Cảm ơn", "1", "xong", "gửi"):
            await mai.says(said)


async def story_of_leaving(talk: Talk) -> None:
    mai = await talk.official(await where(talk), "PCT")
    await mai.says("/dangky")
    await mai.says("1")
    await mai.presses("Đăng ký")
    await mai.says("/hoso")
    await mai.presses("Xóa dữ liệu")
    await mai.says("2")
    await mai.says("đồng ý")
    await mai.says("chào")


async def left_by(story: Story, channel: str, sample: Path, folder: Path, house: House) -> dict[str, list[Any]]:
    path = folder / f"{story.__name__}-{channel}.db"
    shutil.copy(sample, path)
    db = await open_database(f"sqlite:///{path}")
    talk = Talk(db, house, BOOK, channel)
    await story(talk)
    assert await talk.value("SELECT count(*) FROM inbox WHERE state <> 'done'") == 0
    found = {
        table: [tuple(row.values()) for row in await talk.rows(f"SELECT {columns} FROM {table} ORDER BY {columns}")]
        for table, columns in KEPT.items()
    }
    await db.close()
    return found


@pytest.mark.parametrize("story", [story_of_an_official, story_of_a_claim, story_of_feedback, story_of_leaving])
async def test_a_story_leaves_the_same_on_both(story: Story, sqlite_sample: Path, tmp_path: Path, house: House) -> None:
    telegram, zalo = [await left_by(story, channel, sqlite_sample, tmp_path, house) for channel in LANES]
    for table in KEPT:
        assert telegram[table] == zalo[table], table
    assert telegram["audit"], "the story did nothing"


async def announce(talk: Talk, phone: Phone, count: int) -> None:
    """Notices arrive, each with choices of its own; they take nobody's question."""

    async def put(tx: Tx) -> None:
        newest = await tx.value("SELECT max(id) FROM outbox")
        choices = '[["Đã nhận", "home.help_", {}, ""], ["Tôi bận", "home.help_", {}, ""]]'
        rows = [{"id": newest + n, "chat": phone.chat, "choices": choices} for n in range(1, count + 1)]
        await tx.many(
            "INSERT INTO outbox (id, chat, priority, text, keys, choices, created_at)"
            " VALUES (:id, :chat, 2, 'Thông báo', '', :choices, '2026-11-20T05:00:00Z')",
            rows,
        )

    await talk.db.transact(put)


async def test_a_menu_answered_after_three_broadcasts(talk: Talk) -> None:
    mai = await talk.official(await where(talk), "PCT")
    await mai.says("/dangky")
    await announce(talk, mai, 3)
    await mai.says("1")
    mai.sees("hạn đăng ký")
    await mai.says("/dangky")
    await announce(talk, mai, 1)
    await mai.says("đã nhận")  # a notice is answered by its words
    mai.sees("Trợ giúp")
    await mai.says("1")  # and the menu still stands
    mai.sees("hạn đăng ký")


async def test_a_number_typed_a_week_later_is_asked_again(talk: Talk) -> None:
    mai = await talk.official(await where(talk), "PCT")
    await mai.says("/dangky")
    talk.pass_time(days=7)
    before = await talk.value("SELECT count(*) FROM enrolment")
    await mai.says("1")
    mai.sees("đã lâu", "chọn lớp nào")
    assert await talk.value("SELECT count(*) FROM enrolment") == before


async def test_a_bare_number_without_a_question_does_nothing(talk: Talk) -> None:
    mai = await talk.official(await where(talk), "PCT")
    await mai.says("/dangky")
    await mai.says("1")
    await mai.presses("Đăng ký")
    await mai.says("0")
    await mai.says("/trogiup")
    await talk.db.transact(lambda tx: tx.run("UPDATE chat SET question = NULL, step = NULL WHERE id = :c", c=mai.chat))
    await mai.says("1")
    mai.sees("chưa hiểu")
    mai.sees("Anh/chị cần làm gì?")


async def test_lists_come_nine_lines_at_a_time_where_there_are_no_buttons(
    sqlite_sample: Path, tmp_path: Path, house: House
) -> None:
    path = shutil.copy(sqlite_sample, tmp_path / "zalo.db")
    db = await open_database(f"sqlite:///{path}")
    mai = Talk(db, house, BOOK, "zalo").phone()
    for said in ("chào", "đồng ý", "theo huyện"):
        await mai.says(said)
    first = mai.screen.buttons
    await mai.says("9")
    second = mai.screen.buttons
    assert (len(first), first[-1]) == (9, "Xem tiếp")
    assert second
    assert not set(first[:-1]) & set(second)
    await mai.says("1")
    mai.sees(f"Huyện {second[0]}")
    await db.close()
