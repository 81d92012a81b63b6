"""One person on several phones: a second messenger, a new phone, the old one cut off."""

import pytest

from tests.talk import Phone, Talk


@pytest.fixture
async def where(talk: Talk) -> str:
    """A commune of the sample with its district, as typed."""
    rows = await talk.rows(
        "SELECT u.name, d.name AS district FROM scope s JOIN unit u ON u.id = s.unit_id"
        " JOIN unit d ON d.id = u.parent_id WHERE u.level = 'commune' ORDER BY u.id LIMIT 1"
    )
    return f"{rows[0]['name']}, {rows[0]['district']}"


async def code_of(phone: Phone) -> str:
    """The code the newest message shows; its text is gone from the database once it is sent."""
    [kept] = await phone.talk.rows("SELECT private FROM outbox WHERE id = :id", id=phone.screen.id)
    assert kept["private"] == 1
    word = next(w for w in phone.text.split() if len(w) == 4 and w.isupper() and w.isalnum())
    return f"{word} {phone.text.split()[phone.text.split().index(word) + 1]}"


async def other_phone(talk: Talk, name: str = "Máy hai") -> Phone:
    zalo = talk.phone(name, channel="telegram" if talk.lane.startswith("zalo") else "zalo")
    await zalo.says("chào")
    await zalo.says("đồng ý")
    return zalo


async def test_a_second_messenger_shows_the_same(talk: Talk, where: str) -> None:
    mai = await talk.official(where, "PCT")
    await mai.says("/dangky")
    await mai.says("1")
    await mai.presses("Đăng ký")
    await mai.says("/themmay")
    mai.sees("mã nối máy", "30 phút")
    code = await code_of(mai)
    second = await other_phone(talk)
    await second.says(code)
    second.sees("Đã nối máy này", "đã xác nhận")
    await second.says("lịch")
    second.sees("đã đăng ký")
    await mai.says("/lich")
    assert mai.text.split("\n")[:6] == second.text.split("\n")[:6]
    await second.says("/dangky")
    second.sees("đã đăng ký")  # her place is shown, not offered a second time
    assert await talk.value("SELECT count(*) FROM holding WHERE confirmed_how = 'code' AND until IS NULL") == 1
    await other_phone(talk, "Người khác")
    stranger = await other_phone(talk, "Kẻ lạ")
    await stranger.says(code)
    stranger.sees_nothing_of("Đã nối")


async def test_a_notice_goes_to_the_chat_used_last(talk: Talk, where: str) -> None:
    mai = await talk.official(where, "PCT")
    await mai.says("/themmay")
    code = await code_of(mai)
    second = await other_phone(talk)
    talk.pass_time(minutes=1)
    await second.says(code)
    person = await talk.value("SELECT person_id FROM chat_person WHERE chat = :c", c=mai.chat)
    from bot.turn import Turn, step  # noqa: PLC0415 - a step of this test alone
    from handlers.book import BOOK  # noqa: PLC0415

    @step
    async def note(turn: Turn) -> None:
        await turn.tell(person, "stale")

    BOOK.events["due:note"] = note  # type: ignore[index]
    try:
        await talk.due("note:1")
        assert (len(await mai.looks()), len(await second.looks())) == (0, 1)
        talk.pass_time(minutes=1)
        await mai.says("/lich")
        await talk.due("note:2")
        assert (len(await mai.looks()), len(await second.looks())) == (1, 0)
    finally:
        del BOOK.events["due:note"]  # type: ignore[attr-defined]


async def test_the_code_of_thirty_minutes_expires(talk: Talk, where: str) -> None:
    mai = await talk.official(where, "PCT")
    await mai.says("thêm máy")
    code = await code_of(mai)
    second = await other_phone(talk)
    talk.pass_time(minutes=31)
    await second.says(f"/start {code}")
    second.sees("không đúng, đã dùng rồi hoặc đã hết hạn")


async def test_a_new_phone_by_a_code_of_the_admin(talk: Talk, where: str) -> None:
    mai = await talk.official(where, "PCT", "Lò Thị Mai")
    admin = await talk.admin()
    await admin.says("/doimay")
    await admin.says("cái gì đó")
    admin.sees("Chưa rõ")
    await admin.says(f"PCT {where}")
    [who] = [b for b in admin.screen.buttons if "xã" in b or "Xã" in b]
    await admin.presses(who)
    admin.sees("bị ngắt ngay", "DONG Y")
    await admin.says("1")
    admin.sees("không nhận số")
    await admin.says("đồng ý")
    admin.sees("Mã máy mới")
    code = await code_of(admin)
    await mai.looks()
    mai.sees("không còn đăng ký")
    await mai.says("/lich")
    mai.sees("chưa đăng ký chức danh")
    new = await other_phone(talk)
    await new.says(code)
    new.sees("Đã nối máy này", "đã xác nhận")


async def test_an_official_is_told_whom_to_call(talk: Talk, where: str) -> None:
    mai = await talk.official(where, "PCT")
    await mai.says("đổi máy")
    mai.sees("0237", "không còn máy cũ")


async def test_a_coordinator_gives_codes_in_her_area_only(talk: Talk, where: str) -> None:
    await talk.official(where, "PCT")
    other = await talk.value(
        "SELECT id FROM unit WHERE level = 'district' AND name <> :n ORDER BY id", n=where.partition(", ")[2]
    )
    far = await talk.admin("Huyện Khác", role="coordinator", area=other)
    await far.says("/doimay")
    await far.says(f"PCT {where}")
    far.sees("Không có người đã xác nhận")
