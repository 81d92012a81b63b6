"""/dangky as people use it: what is offered, a place, the waiting list, leaving, and what changes meanwhile."""

import asyncio

import pytest

from storage import training
from storage.database import Tx
from tests import classes
from tests.talk import Phone, Talk

PHONG, HA, SENH = ("Tam Chung", "PCT"), ("Tam Chung", "VPTK"), ("Tam Chung", "HND")
LOP_1 = "01/12 · Lớp 1"


@pytest.fixture(autouse=True)
async def nothing_open(talk: Talk) -> None:
    await classes.clear(talk)


async def enrols(phone: Phone, label: str = LOP_1) -> None:
    await phone.says("/dangky")
    await phone.presses(label)
    await phone.presses("Đăng ký")


async def leaves(phone: Phone, label: str = LOP_1, reason: str = "Bận công tác") -> None:
    await phone.says("/lich")
    await phone.presses(label)
    await phone.presses("Hủy đăng ký")
    await phone.presses(reason)
    await phone.presses("Đồng ý hủy")


# What is offered --------------------------------------------------------------------------------


async def test_she_enrols_in_a_session(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am", "2026-12-01pm", "2026-12-02am")
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    phong.sees("1. Lớp 1", "từ thứ Ba, 01/12/2026 đến thứ Tư, 02/12/2026", "Hội trường huyện Quan Sơn", "còn 30 chỗ")
    phong.sees(buttons=[LOP_1, "Về đầu"])
    await phong.presses(LOP_1)
    phong.sees("thứ Ba, 01/12/2026: sáng 07:30–11:30, chiều 13:30–17:00", "thứ Tư, 02/12/2026: sáng 07:30–11:30")
    phong.sees("Giám sát đầu tư của cộng đồng", "Nguyễn Văn Giảng", "Mang theo: Giấy mời", "còn 30 chỗ")
    phong.sees("hạn đăng ký hết ngày 28/11/2026", buttons=["Đăng ký", "Quay lại"])
    await phong.presses("Đăng ký")
    phong.sees("Đã đăng ký lớp Lớp 1", "Số thứ tự trong danh sách: 1", "Mang theo: Giấy mời, sổ ghi chép")
    phong.sees_nothing_of("tạm giữ")
    phong.sees(buttons=["Lịch của tôi", "Xem các lớp khác", "Về đầu"])
    assert await classes.enrolments(talk, session) == [("Phạm Đức Phong", "enrolled")]
    assert await classes.taken(talk, session) == 1
    [line] = await talk.rows("SELECT subject FROM audit WHERE action = 'enrol.made'")
    assert line["subject"].startswith("enrolment:")


@pytest.mark.parametrize("typed", ["2", "số 2", "02/12 · Lớp 2", "02 12 lop 2", "lop 2", "LỚP 2", "Quan Hoa"])
async def test_a_session_is_picked_by_typing(talk: Talk, typed: str) -> None:
    await classes.add(talk, "Lớp 1", "2026-12-01am")
    await classes.add(talk, "Lớp 2", "2026-12-02am", place="Nhà văn hóa Quan Hóa")
    phong = await talk.official(*PHONG)
    await phong.says("đăng ký lớp")
    await phong.says(typed)
    phong.sees("Nhà văn hóa Quan Hóa", buttons=["Đăng ký", "Quay lại"])


@pytest.mark.parametrize("typed", ["1", "Đăng ký", "dang ky", "có", "dạ", "ok", "đồng ý"])
async def test_it_is_confirmed_by_typing(talk: Talk, typed: str) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    await phong.says("1")
    await phong.says(typed)
    phong.sees("Đã đăng ký")
    assert await classes.taken(talk, session) == 1


async def test_part_of_several_titles_asks_back(talk: Talk) -> None:
    for number in (1, 2, 3):
        await classes.add(talk, f"Khuyến nông {number}" if number < 3 else "Kế toán", f"2026-12-0{number}am")
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    await phong.says("khuyen nong")
    phong.sees("khớp", buttons=["01/12 · Khuyến nông 1", "02/12 · Khuyến nông 2", "Về đầu"])
    await phong.says("chăn nuôi")
    phong.sees("Chưa tìm thấy", "Kế toán")


async def test_only_what_is_open_to_her_post_and_area_is_offered(talk: Talk) -> None:
    district, other = (
        await classes.unit(talk, "district", "Mường Lát"),
        await classes.unit(talk, "district", "Bá Thước"),
    )
    commune = await classes.unit(talk, "commune", "Tam Chung")
    await classes.add(talk, "Cho huyện", "2026-12-01am", areas=[other, district])
    await classes.add(talk, "Cho xã", "2026-12-02am", areas=[commune], posts=["pct", "knv"])
    away = await classes.add(talk, "Huyện khác", "2026-12-03am", areas=[other])
    await classes.add(talk, "Chức danh khác", "2026-12-04am", posts=["knv"])
    await classes.add(talk, "Hết hạn", "2026-12-05am", deadline="2026-11-19")
    await classes.add(talk, "Đã học", "2026-11-20am", "2026-11-25am")
    await classes.add(talk, "Nháp", "2026-12-06am", state="draft")
    await classes.add(talk, "Hoãn", "2026-12-07am", state="postponed")
    await classes.add(talk, "Chiều nay", "2026-11-20pm")
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    phong.sees(buttons=["20/11 · Chiều nay", "01/12 · Cho huyện", "02/12 · Cho xã", "Về đầu"])
    await phong.says("/start lop_HUYỆN-KHÁC")
    phong.sees("chức danh hoặc địa bàn khác", buttons=["Xem các lớp khác", "Lịch của tôi", "Về đầu"])
    assert await classes.taken(talk, away) == 0


async def test_nothing_is_open(talk: Talk) -> None:
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    phong.sees("chưa có lớp nào", "0237", buttons=["Lịch của tôi", "Về đầu"])


async def test_many_sessions_come_by_the_page(talk: Talk) -> None:
    for number in range(1, 9):
        await classes.add(talk, f"Lớp {number}", f"2026-12-0{number}am")
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    assert len(phong.screen.buttons) == 8
    await phong.says("xem tiếp")
    phong.sees("1. Lớp 7", buttons=["07/12 · Lớp 7", "08/12 · Lớp 8", "Xem lại từ đầu", "Về đầu"])
    await phong.says("2")
    phong.sees("Lớp 8", buttons=["Đăng ký", "Quay lại"])


async def test_long_titles_of_a_series_differ_on_their_buttons(talk: Talk) -> None:
    for name in ("Mường Lát", "Quan Sơn"):
        await classes.add(talk, f"Nâng cao năng lực cán bộ cơ sở xã, thôn năm 2026, cụm {name}", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    first, second, _ = phong.screen.buttons
    assert first != second and first.endswith("Mường Lát") and len(first) <= 50


async def test_a_link_leads_to_the_session(talk: Talk) -> None:
    await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await phong.says("/start lop_LỚP-1")
    phong.sees("Lớp 1", buttons=["Đăng ký", "Quay lại"])
    await phong.says("/start lop_KHONG-CO")
    phong.sees("không còn trong danh sách")


async def test_a_stranger_is_led_to_register_first(talk: Talk) -> None:
    await classes.add(talk, "Lớp 1", "2026-12-01am")
    mai = talk.phone()
    await mai.says("/start")
    await mai.presses("Đồng ý")
    for typed in ("/dangky", "/start lop_LỚP-1"):
        await mai.says(typed)
        mai.sees("chưa đăng ký chức danh")


async def test_a_claimant_holds_a_provisional_place(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await classes.run(talk, "UPDATE holding SET confirmed_at = NULL")
    await enrols(phong)
    phong.sees("Đã đăng ký", "tạm giữ")
    await phong.says("/lich")
    phong.sees("tạm giữ")
    assert await classes.taken(talk, session) == 1


# One place for each, no two at once --------------------------------------------------------------


@pytest.mark.buttons
async def test_pressing_twice_is_harmless(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    await phong.presses(LOP_1)
    asked = phong.screen.id
    for _ in range(3):
        await phong.presses_old(asked, 0)
    phong.sees("đã có tên", "số thứ tự 1", buttons=["Hủy đăng ký", "Lịch của tôi", "Về đầu"])
    assert await classes.enrolments(talk, session) == [("Phạm Đức Phong", "enrolled")]
    await phong.says("/dangky")
    phong.sees("✔ đã đăng ký")


async def test_two_sessions_on_one_half_day_are_refused(talk: Talk) -> None:
    await classes.add(talk, "Lớp 1", "2026-12-01am", "2026-12-01pm")
    clashing = await classes.add(talk, "Lớp 2", "2026-12-01pm", "2026-12-02am")
    beside = await classes.add(talk, "Lớp 3", "2026-12-02am")
    phong = await talk.official(*PHONG)
    await enrols(phong)
    await phong.says("/dangky")
    await phong.presses("01/12 · Lớp 2")
    phong.sees("đã đăng ký lớp Lớp 1 trùng buổi với lớp Lớp 2")
    assert await classes.taken(talk, clashing) == 0
    await enrols(phong, "02/12 · Lớp 3")
    phong.sees("Đã đăng ký lớp Lớp 3")
    assert await classes.taken(talk, beside) == 1


@pytest.mark.buttons
async def test_a_clash_that_came_after_the_question_is_refused_too(talk: Talk) -> None:
    await classes.add(talk, "Lớp 1", "2026-12-01am")
    second = await classes.add(talk, "Lớp 2", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    await phong.presses("01/12 · Lớp 2")
    asked = phong.screen.id
    await enrols(phong)
    await phong.presses_old(asked, 0)
    phong.sees("trùng buổi")
    assert await classes.taken(talk, second) == 0


async def test_a_seat_has_one_place_whoever_asks(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await enrols(phong)
    other = await talk.value("SELECT id FROM person WHERE name = 'Sùng Thị Sênh'")
    await classes.run(talk, "UPDATE enrolment SET person_id = :p", p=other)
    await phong.says("/dangky")
    await phong.presses(LOP_1)
    phong.sees("đã có người đăng ký", "0237")
    phong.sees_nothing_of("Sùng Thị Sênh")
    assert await classes.taken(talk, session) == 1


async def test_two_people_on_one_phone(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    code = await talk.code(*HA)
    await phong.says(f"/start {code}")
    await phong.presses("Đúng")
    await phong.says("/dangky")
    phong.sees("cho ai")
    await phong.says("2")
    phong.sees("Cho: Quách Thị Hà", "Lớp 1")
    await phong.presses(LOP_1)
    await phong.presses("Đăng ký")
    phong.sees("Cho: Quách Thị Hà", "Đã đăng ký")
    assert await classes.enrolments(talk, session) == [("Quách Thị Hà", "enrolled")]


async def test_one_person_in_two_posts_takes_one_place(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await enrols(phong)
    second = await talk.seat(*HA)
    person = await talk.value("SELECT person_id FROM enrolment")
    at = "2026-01-01T00:00:00Z"
    await classes.run(
        talk, "INSERT INTO chat_person (chat, person_id, seat_id, since) VALUES (:c, :p, :s, :at)",
        c=phong.chat, p=person, s=second, at=at,
    )  # fmt: skip
    await phong.says("/dangky")
    await phong.says("2")
    await phong.presses(LOP_1)
    phong.sees("trùng buổi")
    assert await classes.taken(talk, session) == 1


# Full -------------------------------------------------------------------------------------------


async def test_a_full_session_has_a_waiting_list(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am", capacity=1)
    phong, ha, senh = [await talk.official(*who) for who in (PHONG, HA, SENH)]
    await enrols(phong)
    for place, phone in enumerate((ha, senh), start=1):
        await phone.says("/dangky")
        phone.sees("hết chỗ")
        await phone.presses(LOP_1)
        phone.sees("đủ người", f"Số thứ tự chờ sẽ là {place}", buttons=["Vào danh sách chờ", "Quay lại"])
        await phone.says("có")
        phone.sees("danh sách chờ lớp Lớp 1", f"Số thứ tự chờ: {place}")
    await senh.says("/dangky")
    await senh.presses(LOP_1)
    senh.sees("danh sách chờ", "số thứ tự 2")
    await leaves(phong)
    phong.sees("Đã hủy: Phạm Đức Phong, lớp Lớp 1")
    await ha.looks()
    ha.sees("Tin vui", "Quách Thị Hà", "Lớp 1", "01/12/2026", buttons=["Lịch của tôi", "Tôi không dự được"])
    assert not await senh.looks()
    assert await classes.enrolments(talk, session) == [("Quách Thị Hà", "enrolled"), ("Lâu Thị Sênh", "waiting")]
    await ha.presses("Tôi không dự được")
    await ha.says("đường xa")
    await ha.says("đồng ý")
    await senh.looks()
    senh.sees("Tin vui", "Lâu Thị Sênh")
    assert await classes.enrolments(talk, session) == [("Lâu Thị Sênh", "enrolled")]
    assert await classes.taken(talk, session) == 1
    reasons = await talk.rows("SELECT reason FROM enrolment WHERE state = 'cancelled' ORDER BY id")
    assert [row["reason"] for row in reasons] == ["Bận công tác", "Đường xa, đi lại khó khăn"]


@pytest.mark.buttons
async def test_the_last_place_goes_while_she_reads(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am", capacity=1)
    phong, ha = await talk.official(*PHONG), await talk.official(*HA)
    await ha.says("/dangky")
    await ha.presses(LOP_1)
    ha.sees("còn 1 chỗ")
    await enrols(phong)
    await ha.presses("Đăng ký")
    ha.sees("vừa có người đăng ký", "Lớp 1", buttons=["Vào danh sách chờ", "Quay lại"])
    assert await classes.enrolments(talk, session) == [("Phạm Đức Phong", "enrolled")]
    full = ha.screen.id
    await leaves(phong)
    await ha.presses_old(full, 0)
    ha.sees("vừa có chỗ trống", buttons=["Đăng ký", "Quay lại"])
    await ha.presses("Đăng ký")
    assert await classes.enrolments(talk, session) == [("Quách Thị Hà", "enrolled")]


async def test_she_leaves_the_waiting_list(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am", capacity=1)
    phong, ha = await talk.official(*PHONG), await talk.official(*HA)
    await enrols(phong)
    await ha.says("/dangky")
    await ha.presses(LOP_1)
    await ha.presses("Vào danh sách chờ")
    await ha.says("/lich")
    ha.sees("danh sách chờ, số thứ tự 1")
    await ha.presses(LOP_1)
    await ha.presses("Hủy đăng ký")
    ha.sees("Rút tên Quách Thị Hà", buttons=["Đồng ý hủy", "Giữ chỗ, không hủy"])
    await ha.says("đồng ý")
    ha.sees("Đã hủy")
    assert await classes.enrolments(talk, session) == [("Phạm Đức Phong", "enrolled")]
    assert await classes.taken(talk, session) == 1


async def test_who_has_something_else_by_then_is_passed_over(talk: Talk) -> None:
    """Told so; she keeps her place on the list, and gets in when what is in the way is gone."""
    session = await classes.add(talk, "Lớp 1", "2026-12-01am", capacity=1)
    other = await classes.add(talk, "Lớp 2", "2026-12-01am")
    phong, ha, senh = [await talk.official(*who) for who in (PHONG, HA, SENH)]
    await enrols(phong)
    for phone in (ha, senh):
        await phone.says("/dangky")
        await phone.presses(LOP_1)
        await phone.presses("Vào danh sách chờ")
    await enrols(ha, "01/12 · Lớp 2")
    ha.sees("Đã đăng ký lớp Lớp 2")
    await leaves(phong)
    await ha.looks()
    ha.sees("vừa có chỗ trống", "đã đăng ký lớp Lớp 2 cùng buổi", buttons=["Tôi không dự được"])
    assert await classes.enrolments(talk, session) == [("Quách Thị Hà", "waiting"), ("Lâu Thị Sênh", "enrolled")]
    await leaves(senh)
    await ha.looks()
    ha.sees("vừa có chỗ trống")
    assert await classes.taken(talk, session) == 0
    await leaves(ha, "01/12 · Lớp 2")
    ha.sees("Đã hủy", "Tin vui")
    assert await classes.enrolments(talk, session) == [("Quách Thị Hà", "enrolled")]
    assert await classes.taken(talk, other) == 0


async def test_a_place_that_only_the_passed_over_wait_for_is_free(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am", capacity=1)
    await classes.add(talk, "Lớp 2", "2026-12-01am")
    phong, ha, senh = [await talk.official(*who) for who in (PHONG, HA, SENH)]
    await enrols(phong)
    for phone in (ha, senh):
        await phone.says("/dangky")
        await phone.presses(LOP_1)
    await ha.presses("Vào danh sách chờ")
    await enrols(ha, "01/12 · Lớp 2")
    await leaves(phong)
    await senh.presses("Vào danh sách chờ")
    senh.sees("vừa có chỗ trống", buttons=["Đăng ký", "Quay lại"])
    await senh.presses("Đăng ký")
    senh.sees("Đã đăng ký")
    assert await classes.enrolments(talk, session) == [("Quách Thị Hà", "waiting"), ("Lâu Thị Sênh", "enrolled")]


async def test_more_places_are_for_those_who_wait(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am", capacity=1)
    phong, ha, senh = [await talk.official(*who) for who in (PHONG, HA, SENH)]
    await enrols(phong)
    await ha.says("/dangky")
    await ha.presses(LOP_1)
    await ha.presses("Vào danh sách chờ")
    await classes.run(talk, "UPDATE session SET capacity = 2")
    await enrols(senh)
    senh.sees("vừa có người đăng ký", buttons=["Vào danh sách chờ", "Quay lại"])
    await ha.looks()
    ha.sees("Tin vui")
    assert await classes.enrolments(talk, session) == [("Phạm Đức Phong", "enrolled"), ("Quách Thị Hà", "enrolled")]


async def test_the_clock_sees_that_there_are_more_places(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am", capacity=1)
    phong, ha = await talk.official(*PHONG), await talk.official(*HA)
    await enrols(phong)
    await ha.says("/dangky")
    await ha.presses(LOP_1)
    await ha.presses("Vào danh sách chờ")
    local = talk.now.astimezone(talk.house.timezone)
    assert await talk.db.transact(lambda tx: training.due_moves(tx, local)) == []
    await classes.run(talk, "UPDATE session SET capacity = 3")
    assert await talk.db.transact(lambda tx: training.due_moves(tx, local.replace(hour=22))) == []
    [key] = await talk.db.transact(lambda tx: training.due_moves(tx, local))
    await talk.due(key)
    await ha.looks()
    ha.sees("Tin vui")
    assert await talk.db.transact(lambda tx: training.due_moves(tx, local)) == []
    assert await classes.taken(talk, session) == 2


# What changes meanwhile --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "said"),
    [("closed", "khóa danh sách"), ("cancelled", "đã hủy"), ("postponed", "tạm hoãn"), ("running", "đã khai giảng"),
     ("held", "đã kết thúc"), ("draft", "không còn trong danh sách")],
)  # fmt: skip
async def test_an_old_button_explains_what_became_of_the_session(talk: Talk, state: str, said: str) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    await phong.presses(LOP_1)
    await classes.run(talk, "UPDATE session SET state = :state", state=state)
    await phong.presses("Đăng ký")
    phong.sees(said, buttons=["Xem các lớp khác", "Lịch của tôi", "Về đầu"])
    assert await classes.taken(talk, session) == 0


@pytest.mark.buttons
async def test_the_deadline_passes_and_the_session_begins(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    await phong.presses(LOP_1)
    asked = phong.screen.id
    talk.pass_time(days=9)
    await phong.presses_old(asked, 0)
    phong.sees("hết hạn đăng ký (ngày 28/11/2026)")
    await classes.run(talk, "UPDATE session SET deadline = '2026-12-01'")
    talk.pass_time(days=2, hours=-4)
    await phong.presses_old(asked, 0)
    phong.sees("đã khai giảng")
    assert await classes.taken(talk, session) == 0


async def test_what_was_moved_is_shown_again_before_she_agrees(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await phong.says("/dangky")
    await phong.presses(LOP_1)
    await talk.db.transact(lambda tx: classes.set_halves(tx, session, ("2026-12-08pm",)))
    await phong.presses("Đăng ký")
    phong.sees("vừa thay đổi", "thứ Ba, 08/12/2026: chiều 13:30–17:00", buttons=["Đăng ký", "Quay lại"])
    assert await classes.taken(talk, session) == 0
    await phong.says("đồng ý")
    phong.sees("Đã đăng ký")
    assert await classes.taken(talk, session) == 1


# Leaving ----------------------------------------------------------------------------------------


@pytest.mark.buttons
async def test_leaving_is_confirmed_once_and_is_done_once(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await enrols(phong)
    await phong.presses("Lịch của tôi")
    await phong.presses(LOP_1)
    await phong.presses("Hủy đăng ký")
    phong.sees("Phạm Đức Phong hủy đăng ký lớp Lớp 1", "lý do")
    await phong.says("Phải đi <b>họp</b> tỉnh")
    phong.sees("Hủy chỗ của Phạm Đức Phong", "Phải đi <b>họp</b> tỉnh", buttons=["Đồng ý hủy", "Giữ chỗ, không hủy"])
    asked = phong.screen.id
    await phong.presses_old(asked, 1)
    phong.sees("Lịch học", "đã đăng ký")
    assert await classes.taken(talk, session) == 1
    for _ in range(2):
        await phong.presses_old(asked, 0)
    phong.sees("đã được hủy từ trước")
    assert await classes.taken(talk, session) == 0
    assert await talk.value("SELECT reason FROM enrolment") == "Phải đi <b>họp</b> tỉnh"
    await enrols(phong)
    phong.sees("Đã đăng ký")
    assert await talk.value("SELECT count(*) FROM enrolment") == 2


async def test_what_has_begun_cannot_be_left_by_chat(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am", "2026-12-02am")
    phong = await talk.official(*PHONG)
    await enrols(phong)
    talk.pass_time(days=11)
    await phong.says("/lich")
    await phong.presses(LOP_1)
    await phong.presses("Hủy đăng ký")
    phong.sees("đã khai giảng", "0237")
    assert await classes.taken(talk, session) == 1


async def test_nobody_gives_back_the_place_of_another_phone(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await enrols(phong)
    await phong.says("/lich")
    await phong.presses(LOP_1)
    await phong.presses("Hủy đăng ký")
    await classes.run(talk, "UPDATE chat_person SET until = :at", at="2026-11-20T00:00:00Z")
    await phong.says("1")
    phong.sees("không thuộc người dùng máy này")
    assert await classes.taken(talk, session) == 1


async def test_all_of_a_person_is_cancelled_for_others(talk: Talk) -> None:
    """A rejected claim, an erasure: what waits for the very person who goes is not given to her first."""
    first = await classes.add(talk, "Lớp 1", "2026-12-01am", capacity=1)
    second = await classes.add(talk, "Lớp 2", "2026-12-01am", capacity=1)
    begun = await classes.add(talk, "Lớp 3", "2026-11-19am", "2026-11-21am")
    ids = {
        name: (await talk.seat(*who), await talk.value("SELECT person_id FROM holding WHERE seat_id = :s", s=seat))
        for name, who in (("phong", PHONG), ("ha", HA), ("senh", SENH))
        if (seat := await talk.seat(*who))
    }

    async def act(tx: Tx) -> tuple[list[int], list[training.Moved]]:
        at = "2026-11-20T00:00:00Z"
        for session, who in ((first, "phong"), (second, "senh"), (begun, "phong")):
            assert await training.take(tx, session, *ids[who], at)
        await training.wait(tx, second, *ids["phong"], at)
        await training.wait(tx, first, *ids["ha"], at)
        return await training.cancel_all_of(tx, ids["phong"][1], 0, "erased", at, "2026-11-20am")

    gone, moved = await talk.db.transact(act)
    assert len(gone) == 2
    assert [(m.name, m.title) for m in moved] == [("Quách Thị Hà", "Lớp 1")]
    assert await classes.enrolments(talk, first) == [("Quách Thị Hà", "enrolled")]
    assert await classes.enrolments(talk, second) == [("Lâu Thị Sênh", "enrolled")]
    assert await classes.enrolments(talk, begun) == [("Phạm Đức Phong", "enrolled")]


async def test_what_a_seat_has_ahead_passes_on(talk: Talk) -> None:
    first = await classes.add(talk, "Lớp 1", "2026-12-01am")
    second = await classes.add(talk, "Lớp 2", "2026-12-02am")
    seat, other = await talk.seat(*PHONG), await talk.seat(*HA)
    old = await talk.value("SELECT person_id FROM holding WHERE seat_id = :s", s=seat)
    new = await talk.value("SELECT person_id FROM holding WHERE seat_id = :s", s=other)

    async def act(tx: Tx) -> tuple[list[int], list[int], list[training.Moved]]:
        at = "2026-11-20T00:00:00Z"
        for session, who, person in ((first, seat, old), (second, seat, old), (second, other, new)):
            assert await training.take(tx, session, who, person, at)
        return await training.pass_on(tx, seat, new, "seat-passed", at, "2026-11-20am")

    kept, gone, moved = await talk.db.transact(act)
    assert (len(kept), len(gone), moved) == (1, 1, [])
    assert await classes.enrolments(talk, first) == [("Quách Thị Hà", "enrolled")]
    assert await classes.enrolments(talk, second) == [("Quách Thị Hà", "enrolled")]
    assert await classes.taken(talk, second) == 1


# A crowd ----------------------------------------------------------------------------------------


async def test_a_hundred_people_for_thirty_places_at_the_same_moment(talk: Talk) -> None:
    session = await classes.add(talk, "Lớp 1", "2026-12-01am", capacity=30)
    rows = await talk.rows("SELECT seat_id, person_id FROM holding WHERE until IS NULL ORDER BY id LIMIT 100")
    at = "2026-11-20T00:00:00Z"

    async def take(seat: int, person: int) -> tuple[int, int] | None:
        return await talk.db.transact(lambda tx: training.take(tx, session, seat, person, at))

    got = await asyncio.gather(*(take(row["seat_id"], row["person_id"]) for row in rows))
    numbers = sorted(place[1] for place in got if place is not None)
    assert numbers == list(range(1, 31))
    assert await classes.taken(talk, session) == 30
    assert len(await classes.enrolments(talk, session)) == 30


async def test_english(talk: Talk) -> None:
    await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await phong.says("/language")
    await phong.presses("English")
    await phong.says("/dangky")
    phong.sees("30 places left")
    await phong.says("1")
    await phong.says("yes")
    phong.sees("Enrolled in Lớp 1")
