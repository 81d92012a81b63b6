"""/hoso: a person sees what is kept of her, corrects it, takes it away, withdraws, and is erased without a trace."""

import re
from collections.abc import Iterable
from typing import Any

import pytest

from handlers.book import MAKERS
from storage.audit import first_break
from storage.database import Database, PostgresDatabase
from tests.talk import Phone, Talk
from tests.test_summary import forge

MAI, PHONE = "Quàng Thị Mai Khôi", "+84912345678"
FORMS = (MAI, MAI.casefold(), "quang thi mai khoi", PHONE, "0912345678", "0912 345 678", "84912345678")


async def mai_of(talk: Talk, commune: str = "trung lý", post: str = "pct") -> Phone:
    """A confirmed official of this name and number."""
    mai = await talk.official(commune, post, "Ai Đó")
    seat = await talk.seat(commune, post)
    person = await talk.value("SELECT person_id FROM holding WHERE seat_id = :s AND until IS NULL", s=seat)
    await talk.db.transact(
        lambda tx: tx.run(
            "UPDATE person SET name = :n, folded = 'quang thi mai khoi', phone = :p WHERE id = :id",
            n=MAI, p=PHONE, id=person,
        )
    )  # fmt: skip
    return mai


async def claimed(talk: Talk, name: str = MAI, phone: str = "0912 345 678") -> Phone:
    """Somebody who claims a seat, by typing her name and number."""
    mai = talk.phone(name)
    await mai.says("/start")
    await mai.presses("Đồng ý")
    await mai.says("trung lý")
    await mai.says("khuyến nông viên")
    if "Tôi không có mã" in mai.screen.buttons:
        await mai.presses("Tôi không có mã")
    await mai.says(name)
    await mai.says(phone)
    mai.sees("Đã ghi")
    return mai


# Seeing -------------------------------------------------------------------------------------------


async def test_what_is_kept_of_me(talk: Talk) -> None:
    mai = await mai_of(talk)
    await mai.says("/hoso")
    mai.sees(
        "Hồ sơ của anh/chị", MAI, "09*****678", "Phó Chủ tịch UBND xã, xã Trung Lý: đã xác nhận bằng mã cá nhân, 12:00"
    )
    mai.sees("Đã đồng ý thông báo về dữ liệu cá nhân bản 2020-1", "xóa sau 90 ngày")
    mai.sees_nothing_of("0912 345 678")
    assert mai.screen.buttons == ["Sửa", "Lấy dữ liệu", "Hiện số điện thoại", "Rút đồng ý", "Xóa dữ liệu", "Về đầu"]
    await mai.presses("Hiện số điện thoại")
    mai.sees("0912 345 678")


async def test_a_claim_and_a_session_are_shown(talk: Talk) -> None:
    mai = await claimed(talk)
    await enrol(mai)
    await mai.says("hồ sơ")
    mai.sees("đang chờ duyệt từ 12:00 20/11/2026", "đã đăng ký")


async def test_an_admin_without_a_seat_sees_her_role(talk: Talk) -> None:
    admin = await talk.admin()
    await admin.says("/hoso")
    admin.sees("Phạm Văn Quản", "Quyền: Quản trị (toàn tỉnh)", "Chưa gắn với chức danh nào")


async def test_somebody_of_whom_nothing_is_kept(talk: Talk) -> None:
    mai = talk.phone()
    await mai.says("/start")
    await mai.presses("Đồng ý")
    await mai.says("/hoso")
    mai.sees("chưa lưu hồ sơ nào", "90 ngày")
    assert "Rút đồng ý" in mai.screen.buttons


@pytest.mark.buttons
async def test_nobody_elses_data_by_any_button(talk: Talk) -> None:
    await mai_of(talk)
    person = await talk.value("SELECT id FROM person WHERE name = :n", n=MAI)
    other = await talk.official("trung lý", "knv", "Vi Văn Khác")
    for step in ("profile.show", "profile.show_phone", "profile.take", "profile.edit", "profile.change",
                 "profile.edit_name", "profile.edit_phone", "erasing.ask_erase", "erasing.erase"):  # fmt: skip
        await forge(talk, other, step, {"person": person})
        other.sees("không còn trên máy của anh/chị")
        other.sees_nothing_of(MAI, "678")
    assert await talk.value("SELECT name FROM person WHERE id = :p", p=person) == MAI


# Correcting ---------------------------------------------------------------------------------------


@pytest.mark.buttons
async def test_a_name_is_corrected_and_the_admin_told(talk: Talk) -> None:
    admin = await talk.admin()
    mai = await mai_of(talk)
    await mai.says("/hoso")
    await mai.presses("Sửa")
    await mai.presses("Họ và tên")
    await mai.says("Quàng 3")
    mai.sees("không kèm số")
    await mai.says("  Quàng  Thị   Mai Khuê ")
    mai.sees("Sửa họ và tên thành Quàng Thị Mai Khuê?")
    question = mai.screen.id
    await mai.says("đúng")
    mai.sees("Đã sửa họ và tên: Quàng Thị Mai Khuê", "Hồ sơ của anh/chị")
    await admin.looks()
    admin.sees("Phó Chủ tịch UBND xã, xã Trung Lý", "họ và tên thành Quàng Thị Mai Khuê")
    assert await talk.value("SELECT folded FROM person WHERE name = 'Quàng Thị Mai Khuê'") == "quang thi mai khue"
    await mai.presses_old(question, 0)  # twice is harmless
    mai.sees("Quàng Thị Mai Khuê")
    mai.sees_nothing_of("Đã sửa")
    assert not await admin.looks()
    assert await found_anywhere(talk.db, [MAI]) == []  # the wrong name is gone from old messages too


@pytest.mark.buttons
@pytest.mark.parametrize("how", ["typed", "shared"])
async def test_a_phone_is_corrected(talk: Talk, how: str) -> None:
    admin = await talk.admin()
    mai = await mai_of(talk)
    await mai.says("/hoso")
    await mai.presses("Sửa")
    await mai.presses("Số điện thoại")
    await mai.says("12345")
    mai.sees("10 số")
    await (mai.shares("84987654321") if how == "shared" else mai.says("0987.654.321"))
    mai.sees("0987 654 321?")
    await mai.presses("Đúng, sửa")
    mai.sees("Đã sửa số điện thoại: 0987 654 321")
    await admin.looks()
    admin.sees("số điện thoại thành 09*****321")
    assert await found_anywhere(talk.db, [PHONE, "0912 345 678", "0912345678"]) == []


async def test_a_correction_reaches_the_open_claim(talk: Talk) -> None:
    mai = await claimed(talk)
    await mai.says("/hoso")
    await mai.presses("Sửa")
    await mai.presses("Họ và tên")
    await mai.says("Quàng Thị Khuê")
    await mai.presses("Đúng, sửa")
    assert await talk.value("SELECT name FROM claim") == "Quàng Thị Khuê"


async def test_not_after_all(talk: Talk) -> None:
    mai = await mai_of(talk)
    await mai.says("/hoso")
    await mai.presses("Sửa")
    await mai.presses("Họ và tên")
    await mai.says("Tên Khác")
    await mai.presses("Không sửa")
    mai.sees(MAI)


# Taking away --------------------------------------------------------------------------------------


async def test_all_of_it_as_a_file(talk: Talk) -> None:
    mai = await mai_of(talk)
    await enrol(mai)
    await mai.says("một lời đã gửi & giữ")
    await mai.says("/hoso")
    await mai.presses("Lấy dữ liệu")
    mai.sees("toàn bộ dữ liệu")
    given = mai.screen.attachment
    assert given is not None
    name, content = await make(talk, given)
    text = content.decode()
    assert name == "du-lieu-cua-toi.txt"
    assert text.startswith("\ufeffDỮ LIỆU CÁ NHÂN\r\n")
    for part in (MAI, "0912 345 678", "xã Trung Lý: đã xác nhận", "đã đăng ký", "một lời đã gửi & giữ", "2020-1"):
        assert part in text
    assert not re.search(r"<\w|\$|&amp;", text)


async def test_erased_before_it_was_sent_the_file_is_not_made(talk: Talk) -> None:
    mai = await mai_of(talk)
    await mai.says("/hoso")
    await mai.presses("Lấy dữ liệu")
    given = mai.screen.attachment
    assert given is not None
    await mai.presses("Hồ sơ")
    await erase(mai)
    with pytest.raises(LookupError):
        await make(talk, given)


async def test_on_a_shared_phone_nobody_takes_away_the_others_messages(talk: Talk) -> None:
    mai = await shared(talk)
    await mai.says("/hoso")
    mai.sees("Hồ sơ trên máy này", MAI, "Vi Văn Chung", "Anh/chị xem hồ sơ của ai?")
    await mai.presses("Vi Văn Chung")
    mai.sees("Vi Văn Chung")
    mai.sees_nothing_of(MAI)
    await mai.presses("Lấy dữ liệu")
    given = mai.screen.attachment
    assert given is not None
    text = (await make(talk, given))[1].decode()
    assert "Vi Văn Chung" in text
    assert MAI not in text
    assert "TIN NHẮN" not in text


# Erasing ------------------------------------------------------------------------------------------


async def test_after_an_erasure_no_table_knows_her(talk: Talk) -> None:
    admin = await talk.admin()
    mai = await claimed(talk)
    await enrol(mai)
    await mai.says("/hoso")
    await mai.presses("Sửa")
    await mai.presses("Họ và tên")
    await mai.says(f"{MAI} Anh")
    await mai.presses("Đúng, sửa")
    await admin.says("/duyet")
    admin.sees(MAI)
    await admin.presses("Từ chối")
    admin.sees(MAI)
    await mai.says("lời riêng không ai được đọc")
    assert await found_anywhere(talk.db, FORMS)
    await erase(mai)
    mai.sees("Đã xóa dữ liệu và trả lại các chỗ đã đăng ký")
    assert await found_anywhere(talk.db, (*FORMS, "lời riêng", "Mai Khôi Anh")) == []
    async with talk.db.reading() as tx:
        assert await first_break(tx) is None


async def test_after_the_erasure_of_a_confirmed_official(talk: Talk) -> None:
    admin = await talk.admin()
    mai = await mai_of(talk)
    seat = await talk.seat("trung lý", "pct")
    unused = await talk.code("trung lý", "pct")
    await enrol(mai)
    taken = await talk.value("SELECT sum(taken) FROM session")
    await mai.says("/hoso")
    await erase(mai)
    assert await found_anywhere(talk.db, FORMS) == []
    assert await talk.value("SELECT sum(taken) FROM session") == taken - 1  # the place is free
    assert (
        await talk.value(
            "SELECT count(*) FROM enrolment WHERE seat_id = :s AND state = 'enrolled' AND reason <> ''", s=seat
        )
        == 0
    )
    assert await talk.value("SELECT count(*) FROM holding WHERE seat_id = :s AND until IS NULL", s=seat) == 0
    assert await talk.value("SELECT count(*) FROM chat_person WHERE chat = :c AND until IS NULL", c=mai.chat) == 0
    [chat] = await talk.rows("SELECT * FROM chat WHERE id = :c", c=mai.chat)
    assert (chat["title"], chat["consent"], chat["draft"], chat["carry"]) == ("", None, "{}", "{}")
    assert await answers(talk, mai) == [
        "agreed", "withdrawn",
    ]  # fmt: skip
    await admin.looks()
    admin.sees("Phó Chủ tịch UBND xã, xã Trung Lý: người giữ chức danh đã xóa dữ liệu của mình", "khuyết")
    other = talk.phone("Người Khác")
    await other.says(f"/start {unused}")
    await other.presses("Đồng ý")
    other.sees("không đúng, đã dùng rồi hoặc đã hết hạn")
    await mai.says("/hoso")
    mai.sees("Thông báo về dữ liệu cá nhân")  # a stranger again


async def test_what_she_attended_stays_without_her_name(talk: Talk) -> None:
    mai = await mai_of(talk)
    seat = await talk.seat("trung lý", "pct")
    await enrol(mai)
    past = await talk.value(
        "SELECT session_id FROM enrolment WHERE seat_id = :s AND state = 'enrolled' ORDER BY id DESC", s=seat
    )
    await talk.db.transact(
        lambda tx: tx.run(
            "UPDATE session_half SET day = '2026-11-01' WHERE session_id = :s AND part = 'am'"
            " AND day = (SELECT min(day) FROM session_half WHERE session_id = :s)",
            s=past,
        )
    )
    await mai.says("/hoso")
    await erase(mai)
    rows = await talk.rows(
        "SELECT e.state, p.name FROM enrolment e JOIN person p ON p.id = e.person_id"
        " WHERE e.session_id = :s AND e.seat_id = :t",
        s=past,
        t=seat,
    )
    assert [(row["state"], row["name"]) for row in rows] == [("enrolled", "")]


async def test_it_is_not_done_by_a_digit_and_not_by_chance(talk: Talk) -> None:
    mai = await mai_of(talk)
    await mai.says("/hoso")
    await mai.presses("Xóa dữ liệu")
    mai.sees("Còn giữ, không kèm tên", "không hoàn lại được", buttons=["Không xóa", "Đồng ý xóa"])
    await mai.says("2")
    mai.sees("không nhận số")
    await mai.says("ừ thì thôi cũng được")
    mai.sees("Nếu chắc chắn")
    await mai.says("không")
    mai.sees("Hồ sơ của anh/chị", MAI)
    await mai.presses("Xóa dữ liệu")
    await mai.says("DONG Y")
    mai.sees("Đã xóa dữ liệu")


@pytest.mark.buttons
async def test_twice_is_harmless(talk: Talk) -> None:
    mai = await mai_of(talk)
    await mai.says("/hoso")
    await mai.presses("Xóa dữ liệu")
    question = mai.screen.id
    await mai.presses("Đồng ý xóa")
    await mai.presses_old(question, 1)
    mai.sees("Thông báo về dữ liệu cá nhân")
    assert await talk.value("SELECT count(*) FROM audit WHERE action = 'person.erased'") == 1


async def test_on_a_shared_phone_only_the_chosen_one_goes(talk: Talk) -> None:
    mai = await shared(talk)
    await mai.says("/hoso")
    await mai.presses(MAI)
    await mai.presses("Xóa dữ liệu")
    mai.sees("Máy này còn dùng cho Vi Văn Chung")
    await mai.presses("Đồng ý xóa")
    mai.sees("Đã xóa dữ liệu của người này", "Vi Văn Chung")
    assert await found_anywhere(talk.db, FORMS) == []
    [chat] = await talk.rows("SELECT * FROM chat WHERE id = :c", c=mai.chat)
    assert chat["consent"] == "2020-1"
    await mai.says("/hoso")
    mai.sees("Hồ sơ của anh/chị", "Vi Văn Chung")


async def test_on_both_her_phones(talk: Talk) -> None:
    mai = await mai_of(talk)
    second = talk.phone(MAI)
    await second.says(f"/start {await talk.code('trung lý', 'pct')}")
    await second.presses("Đồng ý")
    await second.presses("Đúng")
    await second.says("/hoso")
    second.sees("đang dùng trên 2 máy")
    await erase(second)
    assert await found_anywhere(talk.db, FORMS) == []
    await mai.says("/hoso")
    mai.sees("Thông báo về dữ liệu cá nhân")


async def test_a_namesake_and_other_words_are_left_alone(talk: Talk) -> None:
    namesake = await talk.official("trung lý", "knv", "Ai Kia")
    await talk.db.transact(
        lambda tx: tx.run("UPDATE person SET name = :n WHERE id = (SELECT max(person_id) FROM chat_person)", n=MAI)
    )
    await namesake.says("/hoso")
    namesake.sees(MAI)
    admin = await talk.admin()
    await admin.says(f"{MAI}h ở Lang Chánh")
    mai = await mai_of(talk)
    await mai.says("/hoso")
    await erase(mai)
    kept = await talk.value("SELECT text FROM outbox WHERE chat = :c ORDER BY id DESC LIMIT 1", c=namesake.chat)
    assert MAI in kept
    assert await talk.value("SELECT count(*) FROM inbox WHERE body LIKE '%Khôih ở Lang%'") == 1


async def test_an_admin_erases_herself_and_is_none_any_more(talk: Talk) -> None:
    admin = await talk.admin()
    await admin.says("/hoso")
    await erase(admin)
    assert await talk.value("SELECT count(*) FROM grants WHERE revoked_at IS NULL") == 0
    assert await found_anywhere(talk.db, ["Phạm Văn Quản"]) == []


async def test_feedback_with_her_name_loses_it(talk: Talk) -> None:
    mai = await mai_of(talk)
    await enrol(mai)
    enrolment = await talk.rows("SELECT id, session_id FROM enrolment ORDER BY id DESC LIMIT 1")
    await talk.db.transact(
        lambda tx: tx.run(
            "INSERT INTO feedback"
            " (id, session_id, enrolment_id, content, teacher, organisation, locality, comment, given_on)"
            " VALUES ('f', :s, :e, 1, 2, 3, 4, 'lời góp ý của riêng tôi', '2026-11-20')",
            s=enrolment[0]["session_id"], e=enrolment[0]["id"],
        )
    )  # fmt: skip
    await mai.says("/hoso")
    await erase(mai)
    [row] = await talk.rows("SELECT * FROM feedback WHERE id = 'f'")
    assert (row["content"], row["enrolment_id"], row["comment"]) == (1, None, "")


# Withdrawing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("button", "left"), [("Rút, giữ chỗ lớp học", 1), ("Rút, hủy các lớp", 0)])
async def test_withdrawn_nothing_is_sent_unasked(talk: Talk, button: str, left: int) -> None:
    admin = await talk.admin()
    mai = await claimed(talk)
    await enrol(mai)
    await mai.says("/hoso")
    await mai.presses("Rút đồng ý")
    mai.sees("không chủ động nhắn tin", "vẫn có giá trị")
    await mai.presses(button)
    mai.sees("Đã ghi nhận việc rút đồng ý")
    hers = "SELECT count(*) FROM enrolment WHERE state = 'enrolled' AND person_id ="
    assert await talk.value(f"{hers} (SELECT max(id) FROM person WHERE name = :n)", n=MAI) == left
    await admin.says("/duyet")
    await admin.presses("Duyệt")
    assert not await mai.looks()
    await mai.says("/lich")
    mai.sees("Thông báo về dữ liệu cá nhân")
    await mai.presses("Đồng ý")
    mai.sees(MAI)
    assert await answers(talk, mai) == ["agreed", "withdrawn", "agreed"]


# Kit ----------------------------------------------------------------------------------------------


async def enrol(mai: Phone) -> None:
    """In the first session that is open to her."""
    await mai.says("/dangky")
    first = next(b for b in mai.screen.buttons if b not in ("Về đầu", "Xem tiếp", "Quay lại"))
    await mai.presses(first)
    await mai.presses("Đăng ký")
    mai.sees("Đã đăng ký")


async def erase(mai: Phone) -> None:
    """All the way, by the word."""
    await mai.presses("Xóa dữ liệu")
    await mai.says("đồng ý xóa")
    mai.sees("Đã xóa dữ liệu")


async def answers(talk: Talk, mai: Phone) -> list[str]:
    """What this phone has answered to the notice."""
    rows = await talk.rows("SELECT answer FROM consent WHERE chat = :c ORDER BY id", c=mai.chat)
    return [row["answer"] for row in rows]


async def shared(talk: Talk) -> Phone:
    """One phone for two."""
    mai = await mai_of(talk)
    code = await talk.code("trung lý", "knv", "Vi Văn Chung")
    seat = await talk.seat("trung lý", "knv")
    await talk.db.transact(
        lambda tx: tx.run(
            "UPDATE person SET name = 'Vi Văn Chung' WHERE id ="
            " (SELECT person_id FROM holding WHERE seat_id = :s AND until IS NULL)",
            s=seat,
        )
    )
    await mai.says(f"/start {code}")
    await mai.presses("Đúng")
    return mai


async def make(talk: Talk, given: dict[str, Any]) -> tuple[str, bytes]:
    """The file, as the outbox has it made."""
    maker: Any = MAKERS[given["maker"]]
    made: tuple[str, bytes] = await maker(talk.db, given)
    return made


async def found_anywhere(db: Database, words: Iterable[str]) -> list[str]:
    """Every column of every table that holds one of the words."""
    wanted = list(words)
    if isinstance(db, PostgresDatabase):
        sql = "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
    else:
        sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
    async with db.reading() as tx:
        tables = [row["name"] for row in await tx.all(sql)]
        assert len(tables) > 15
        return [
            f"{table}.{column}: {value[:200]}"
            for table in tables
            for row in await tx.all(f'SELECT * FROM "{table}"')
            for column, value in dict(row).items()
            if isinstance(value, str) and any(word in value for word in wanted)
        ]
