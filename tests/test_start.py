"""The first half of the official's journey: the notice, the commune, the post, is it you."""

import unicodedata

import pytest

from tests.talk import Phone, Talk

COMMUNE = "xã Trung Lý"


@pytest.fixture
async def place(talk: Talk) -> tuple[str, str]:
    """A commune of the sample whose name is like no other's, and its district."""
    rows = await talk.rows(
        "SELECT u.name, d.name AS district FROM scope s JOIN unit u ON u.id = s.unit_id"
        " JOIN unit d ON d.id = u.parent_id WHERE u.level = 'commune' ORDER BY u.id"
    )
    places = await talk.db.transact(talk.house.places)
    for row in rows:
        found = places.find(row["name"])
        if len(found.places) == 1 and " " in row["name"]:
            return row["name"], row["district"]
    raise AssertionError("no such commune")


async def agreed(talk: Talk, name: str = "Lò Thị Mai") -> Phone:
    mai = talk.phone(name)
    await mai.says("/start")
    await mai.presses("Đồng ý")
    return mai


async def test_the_notice_comes_first(talk: Talk) -> None:
    mai = talk.phone()
    await mai.says("/start")
    mai.sees("Ban Dân tộc", "hệ thống tự động", "dữ liệu cá nhân", "0237", buttons=["Đồng ý", "Không đồng ý"])
    mai.sees("Dữ liệu mẫu")
    for text in ("/dangky", "lịch", "xã Trung Lý", "5", "/tonghop", "alo"):
        await mai.says(text)
        mai.sees("dữ liệu cá nhân")


@pytest.mark.parametrize("answer", ["1", "Đồng ý", "dong y", "ok", "dạ", "có", "vâng"])
async def test_consent_is_kept_with_version_and_time(talk: Talk, answer: str) -> None:
    mai = talk.phone()
    await mai.says("/start")
    await mai.says(answer)
    mai.sees("xã", "nào?")
    [kept] = await talk.rows("SELECT chat, version, answer, at FROM consent")
    assert kept == {"chat": mai.chat, "version": "2020-1", "answer": "agreed", "at": "2026-11-20T05:00:00Z"}


async def test_refusing_keeps_nothing_and_leaves_a_way_back(talk: Talk) -> None:
    mai = talk.phone()
    await mai.says("/start")
    await mai.presses("Không đồng ý")
    mai.sees("không lưu", "0237", buttons=["Xem lại thông báo"])
    assert await talk.value("SELECT consent FROM chat WHERE id = :c", c=mai.chat) is None
    await mai.presses("Xem lại thông báo")
    await mai.presses("Đồng ý")
    mai.sees("xã")


@pytest.mark.parametrize(
    "form", [str, str.upper, lambda s: unicodedata.normalize("NFD", s), lambda s: "xã " + s, lambda s: "X. " + s]
)
async def test_a_commune_typed_in_any_way(talk: Talk, place: tuple[str, str], form: object) -> None:
    mai = await agreed(talk)
    await mai.says(form(place[0]))  # type: ignore[operator]
    mai.sees(place[0], "chức danh nào?")
    assert len(mai.screen.buttons) == 4


async def test_a_slip_is_asked_back(talk: Talk, place: tuple[str, str]) -> None:
    mai = await agreed(talk)
    name = place[0]
    await mai.says(name[:-1] + name[-1] * 2)
    if "chức danh" not in mai.text:
        mai.sees("Có phải")
        await mai.presses(next(b for b in mai.screen.buttons if name in b))
    mai.sees(name, "chức danh nào?")


async def test_an_ambiguous_commune_is_asked_back_with_its_districts(talk: Talk) -> None:
    places = await talk.db.transact(talk.house.places)
    names = [p.name for p in places.all if p.in_scope]
    twice = next(n for n in names if names.count(n) > 1)
    mai = await agreed(talk)
    await mai.says(twice)
    mai.sees("nhiều xã trùng tên")
    assert len([b for b in mai.screen.buttons if twice in b and "huyện" in b]) == names.count(twice)


async def test_outside_the_scope_is_said(talk: Talk) -> None:
    places = await talk.db.transact(talk.house.places)
    outside = next(p for p in places.all if not p.in_scope and len(places.find(p.name).places) == 1)
    mai = await agreed(talk)
    await mai.says(outside.name)
    mai.sees("không thuộc phạm vi", outside.name)


async def test_what_is_no_commune_is_asked_again(talk: Talk) -> None:
    mai = await agreed(talk)
    await mai.says("xin chào các bạn")
    mai.sees("chưa tìm thấy")
    await mai.says("<b>hack</b> & co")
    mai.sees("chưa tìm thấy", "<b>hack</b> & co")


async def test_picked_by_district_and_page(talk: Talk, place: tuple[str, str]) -> None:
    mai = await agreed(talk)
    await mai.presses("Chọn theo huyện")
    while place[1] not in mai.screen.buttons:
        await mai.presses("Xem tiếp")
    assert len(mai.screen.buttons) <= 9
    await mai.presses(place[1])
    while place[0] not in mai.screen.buttons:
        await mai.presses("Xem tiếp")
    await mai.presses(place[0])
    mai.sees(place[0], "chức danh nào?")


async def choose_seat(talk: Talk, mai: Phone, place: tuple[str, str], post: str = "PCT") -> dict[str, object]:
    """Up to the proof; returns what the roster says of the seat."""
    await mai.says(f"{place[0]}, {place[1]}")
    await mai.says(post)
    seat = await talk.seat(f"{place[0]}, {place[1]}", post)
    [row] = await talk.rows(
        "SELECT s.id AS seat, h.id AS holding, p.name, p.phone FROM seat s LEFT JOIN holding h ON h.seat_id = s.id"
        " AND h.until IS NULL LEFT JOIN person p ON p.id = h.person_id WHERE s.id = :s",
        s=seat,
    )
    return row


@pytest.fixture
async def held(talk: Talk) -> tuple[str, str, str, str]:
    """Commune, district, post and phone of a seat whose holder has a phone of her own and has not confirmed."""
    rows = await talk.rows(
        "SELECT u.name, d.name AS district, s.post, p.phone FROM holding h JOIN person p ON p.id = h.person_id"
        " JOIN seat s ON s.id = h.seat_id JOIN unit u ON u.id = s.unit_id JOIN unit d ON d.id = u.parent_id"
        " WHERE h.until IS NULL AND h.confirmed_at IS NULL AND p.phone IS NOT NULL ORDER BY h.id LIMIT 1"
    )
    return rows[0]["name"], rows[0]["district"], rows[0]["post"], rows[0]["phone"]


@pytest.mark.buttons
async def test_her_own_contact_with_the_roster_s_number_confirms(talk: Talk, held: tuple[str, str, str, str]) -> None:
    mai = await agreed(talk)
    row = await choose_seat(talk, mai, held[:2], held[2])
    mai.sees("mã cá nhân")
    assert mai.screen.contact
    mai.sees_nothing_of(str(row["name"]))  # strangers are shown no names
    await mai.shares(held[3].removeprefix("+"))
    mai.sees(str(row["name"]), buttons=["Đúng", "Không phải"])
    await mai.says("dạ đúng")
    mai.sees("Đã xác nhận")
    [kept] = await talk.rows("SELECT confirmed_how, confirmed_at FROM holding WHERE id = :h", h=row["holding"])
    assert kept == {"confirmed_how": "contact", "confirmed_at": "2026-11-20T05:00:00Z"}
    assert await talk.value("SELECT count(*) FROM audit WHERE action = 'seat.confirmed'") == 1


@pytest.mark.buttons
async def test_somebody_else_s_contact_is_not_hers(talk: Talk, held: tuple[str, str, str, str]) -> None:
    mai = await agreed(talk)
    await choose_seat(talk, mai, held[:2], held[2])
    await mai.shares(held[3], own=False)
    mai.sees("của chính mình")
    assert mai.screen.contact
    await mai.shares(held[3])
    mai.sees("Anh/chị là")


@pytest.mark.buttons
async def test_another_number_becomes_a_claim(talk: Talk, held: tuple[str, str, str, str]) -> None:
    mai = await agreed(talk)
    await choose_seat(talk, mai, held[:2], held[2])
    await mai.shares("+84912000111")
    mai.sees("khác với số trong danh sách", "họ và tên")
    await mai.says("Hà Văn Thử 3")
    mai.sees("không kèm số")
    await mai.says("hà văn thử")
    mai.sees("Đã ghi", "hà văn thử", "tạm giữ")
    [claim] = await talk.rows("SELECT name, phone, phone_shared, state FROM claim")
    assert claim == {"name": "hà văn thử", "phone": "+84912000111", "phone_shared": 1, "state": "open"}


async def test_a_typed_number_proves_nothing(talk: Talk, held: tuple[str, str, str, str]) -> None:
    mai = await agreed(talk)
    await choose_seat(talk, mai, held[:2], held[2])
    await mai.says(f"0{held[3][3:]}")
    mai.sees("chưa xác minh được", "họ và tên")


async def test_no_code_and_no_phone_is_a_claim_too(talk: Talk, held: tuple[str, str, str, str]) -> None:
    mai = await agreed(talk)
    await choose_seat(talk, mai, held[:2], held[2])
    await mai.presses("Tôi không có mã")
    await mai.says("Thao")  # one word is a name
    await mai.says("không nhớ")
    mai.sees("Số điện thoại chưa đúng")
    await mai.presses("Tôi không có số")
    mai.sees("Đã ghi", "Thao")
    await mai.says("/start")
    mai.sees("đang chờ duyệt")


async def test_a_vacant_seat_is_claimed(talk: Talk) -> None:
    [vacant] = await talk.rows(
        "SELECT u.name, d.name AS district, s.post FROM seat s JOIN unit u ON u.id = s.unit_id"
        " JOIN unit d ON d.id = u.parent_id LEFT JOIN holding h ON h.seat_id = s.id AND h.until IS NULL"
        " WHERE h.id IS NULL ORDER BY s.id LIMIT 1"
    )
    mai = await agreed(talk)
    await choose_seat(talk, mai, (vacant["name"], vacant["district"]), vacant["post"])
    mai.sees("chưa có tên người giữ", "họ và tên")
    await mai.says("Vàng A Pó")
    await mai.says("0912 345 678")
    mai.sees("Đã ghi", "Vàng A Pó")
    assert await talk.value("SELECT phone FROM claim") == "+84912345678"


async def test_a_personal_code_confirms_at_once(talk: Talk, place: tuple[str, str]) -> None:
    code = await talk.code(f"{place[0]}, {place[1]}", "KNV")
    mai = talk.phone()
    await mai.says(f"/start {code}")
    await mai.presses("Đồng ý")  # the code is not forgotten behind the notice
    mai.sees("Anh/chị là", "Khuyến nông viên", place[0])
    await mai.presses("Đúng")
    mai.sees("Đã xác nhận")
    other = await agreed(talk, "Người khác")
    await other.says(f"/start {code}")
    other.sees("không đúng, đã dùng rồi")


async def test_a_code_typed_small_and_spaced_where_the_commune_is_asked(talk: Talk, place: tuple[str, str]) -> None:
    code = await talk.code(f"{place[0]}, {place[1]}", "KNV")
    mai = await agreed(talk)
    await mai.says(f"{code[:4].lower()} {code[4:].lower()}")
    mai.sees("Anh/chị là", "Khuyến nông viên")


@pytest.mark.buttons
async def test_pressing_yes_twice_is_harmless(talk: Talk, place: tuple[str, str]) -> None:
    code = await talk.code(f"{place[0]}, {place[1]}", "KNV")
    mai = await agreed(talk)
    await mai.says(f"/start {code}")
    shown = mai.screen.id
    await mai.presses_old(shown, 0)
    await mai.presses_old(shown, 0)
    mai.sees("đã được xác nhận trên máy")
    assert await talk.value("SELECT count(*) FROM chat_person WHERE chat = :c AND until IS NULL", c=mai.chat) == 1
    assert await talk.value("SELECT count(*) FROM audit WHERE action = 'seat.confirmed'") == 1


async def test_not_me_leads_to_a_claim_or_another_seat(talk: Talk, place: tuple[str, str]) -> None:
    code = await talk.code(f"{place[0]}, {place[1]}", "KNV")
    mai = await agreed(talk)
    await mai.says(f"/start {code}")
    await mai.presses("Không phải")
    mai.sees("ghi tên người khác")
    await mai.presses("Tôi đang giữ chức danh này")
    mai.sees("họ và tên")
    assert (
        await talk.value("SELECT count(*) FROM holding WHERE confirmed_at IS NOT NULL AND confirmed_how = 'code'") == 0
    )


async def test_guessing_codes_is_stopped_for_an_hour(talk: Talk, place: tuple[str, str]) -> None:
    code = await talk.code(f"{place[0]}, {place[1]}", "KNV")
    mai = await agreed(talk)
    for n in range(5):
        await mai.says(f"/start ABCD234{n + 2}")
        mai.sees("không đúng")
    await mai.says(f"/start {code}")
    mai.sees("sau một giờ")
    talk.pass_time(minutes=61)
    await mai.says(f"/start {code}")
    mai.sees("Anh/chị là")


async def test_a_shared_phone_holds_several_people(talk: Talk, place: tuple[str, str]) -> None:
    where = f"{place[0]}, {place[1]}"
    mai = await talk.official(where, "PCT", "Mai")
    code = await talk.code(where, "KNV", "Thọ")
    await mai.says("/start")
    await mai.presses("Đăng ký cho người khác")
    await mai.says(code)
    await mai.presses("Đúng")
    await mai.says("/dangky")
    mai.sees("cho ai?")
    assert len(mai.screen.buttons) == 2


async def test_start_again_is_harmless(talk: Talk, place: tuple[str, str]) -> None:
    mai = await talk.official(f"{place[0]}, {place[1]}", "PCT")
    before = await talk.value("SELECT count(*) FROM consent")
    await mai.says("/start")
    mai.sees("đã xác nhận", place[0])
    assert await talk.value("SELECT count(*) FROM consent") == before


async def test_zero_and_huy_lead_home(talk: Talk, place: tuple[str, str]) -> None:
    mai = await agreed(talk)
    await mai.says(place[0])
    for word in ("0", "/huy", "hủy", "số 0"):
        await mai.says(word)
        mai.sees("xã", "nào?")


async def test_english_by_the_phone_and_by_command(talk: Talk) -> None:
    ann = talk.phone("Ann", locale="en")
    await ann.says("/start")
    ann.sees("personal data")
    await ann.says("/language")
    await ann.presses("Tiếng Việt")
    ann.sees("dữ liệu cá nhân")
    await ann.says("english")
    await ann.says("2")
    ann.sees("personal data")
