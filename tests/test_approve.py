"""/duyet: open claims, the evidence, a decision, and what becomes of the places held meanwhile."""

import pytest

from tests.talk import Phone, Talk
from tests.test_start import agreed, choose_seat

Held = dict[str, object]


@pytest.fixture
async def held(talk: Talk) -> Held:
    """A seat whose holder has a phone and has not confirmed."""
    rows = await talk.rows(
        "SELECT s.id AS seat, u.name AS commune, d.name AS district, s.post, p.id AS person, p.name, p.phone"
        " FROM holding h JOIN person p ON p.id = h.person_id JOIN seat s ON s.id = h.seat_id"
        " JOIN unit u ON u.id = s.unit_id JOIN unit d ON d.id = u.parent_id"
        " WHERE h.until IS NULL AND p.phone IS NOT NULL ORDER BY h.id LIMIT 1"
    )
    return rows[0]


async def claimant(talk: Talk, held: Held, name: str = "Hà Văn Thử", phone: str = "0912 000 111") -> Phone:
    """Somebody who claims the seat."""
    tho = await agreed(talk, name)
    await choose_seat(talk, tho, (str(held["commune"]), str(held["district"])), str(held["post"]))
    await tho.presses("Tôi không có mã")
    await tho.says(name)
    await tho.says(phone)
    return tho


async def test_strangers_and_officials_may_not_decide(talk: Talk, held: Held) -> None:
    tho = await claimant(talk, held)
    await tho.says("/duyet")
    tho.sees("cán bộ được phân quyền")
    tho.sees_nothing_of(str(held["name"]))


async def test_the_admin_is_told_and_sees_the_evidence_side_by_side(talk: Talk, held: Held) -> None:
    admin = await talk.admin()
    await claimant(talk, held)
    await admin.looks()
    admin.sees("1 đề nghị")
    await admin.presses("Duyệt đề nghị")
    admin.sees(str(held["name"]), "Hà Văn Thử", "tên khác", "số điện thoại khác", "số gõ tay")
    admin.sees_nothing_of(str(held["phone"])[3:], "912000111")  # masked
    admin.sees(str(held["commune"]))


async def test_the_admin_is_not_told_of_each_of_hundreds(talk: Talk, held: Held) -> None:
    admin = await talk.admin()
    for n in range(3):
        await claimant(talk, held, f"Người Thứ {'I' * (n + 1)}")
    assert len(await admin.looks()) == 1


async def test_approved(talk: Talk, held: Held) -> None:
    admin = await talk.admin()
    tho = await claimant(talk, held)
    await admin.says("/duyet")
    await admin.presses("Duyệt")
    admin.sees("Đã duyệt: Hà Văn Thử", "Không còn đề nghị")
    await tho.looks()
    tho.sees("đã được duyệt", str(held["commune"]))
    await tho.says("/start")
    tho.sees("đã xác nhận")
    rows = await talk.rows(
        "SELECT p.name, h.until, h.confirmed_how FROM holding h JOIN person p ON p.id = h.person_id"
        " WHERE h.seat_id = :s ORDER BY h.id",
        s=held["seat"],
    )
    assert [(r["name"], r["until"] is None) for r in rows] == [(held["name"], False), ("Hà Văn Thử", True)]


async def test_a_claim_under_the_roster_s_own_name_is_the_same_person(talk: Talk, held: Held) -> None:
    admin = await talk.admin()
    await claimant(talk, held, str(held["name"]).upper())
    await admin.says("/duyet")
    admin.sees("tên trùng")
    await admin.presses("Duyệt")
    [row] = await talk.rows("SELECT person_id, confirmed_how FROM holding WHERE seat_id = :s", s=held["seat"])
    assert row == {"person_id": held["person"], "confirmed_how": "claim"}
    assert await talk.value("SELECT phone FROM person WHERE id = :p", p=held["person"]) == "+84912000111"


@pytest.mark.parametrize("answer", ["Không phải người giữ chức danh này", "đã nghỉ việc từ tháng 3"])
async def test_rejected_with_a_reason(talk: Talk, held: Held, answer: str) -> None:
    admin = await talk.admin()
    tho = await claimant(talk, held)
    await admin.says("/duyet")
    await admin.presses("Từ chối")
    admin.sees("Lý do từ chối")
    await admin.says(answer)
    admin.sees("DONG Y", answer)
    await admin.says("1")
    admin.sees("không nhận số")
    await admin.says("đồng ý")
    await tho.looks()
    tho.sees("không được duyệt", answer, "0237")
    await tho.says("/dangky")
    tho.sees("chưa đăng ký chức danh")
    assert await talk.value("SELECT state FROM claim") == "rejected"


async def test_deciding_twice_is_harmless(talk: Talk, held: Held) -> None:
    admin, second = await talk.admin(), await talk.admin("Phó Quản")
    tho = await claimant(talk, held)
    await admin.says("/duyet")
    await second.says("/duyet")
    await admin.presses("Duyệt")
    await second.presses("Từ chối")
    second.sees("đã được xử lý")
    await tho.looks()
    tho.sees("đã được duyệt")
    tho.sees_nothing_of("không được duyệt")


async def test_rivals_are_told_when_one_is_approved(talk: Talk, held: Held) -> None:
    admin = await talk.admin()
    first, second = await claimant(talk, held, "Một"), await claimant(talk, held, "Hai")
    await admin.says("/duyet")
    admin.sees("1 đề nghị khác")
    await admin.presses("Duyệt")
    await first.looks()
    await second.looks()
    first.sees("đã được duyệt")
    second.sees("không được duyệt", "Đã duyệt cho người khác")


async def test_putting_off_goes_round(talk: Talk, held: Held) -> None:
    admin = await talk.admin()
    await claimant(talk, held, "Một")
    await claimant(talk, held, "Hai")
    await admin.says("/duyet")
    admin.sees("Một")
    await admin.presses("Để sau")
    admin.sees("Hai")
    await admin.presses("Để sau")
    admin.sees("Một")


async def test_a_place_held_meanwhile_is_provisional_and_freed_by_a_rejection(talk: Talk, held: Held) -> None:
    admin = await talk.admin()
    tho = await claimant(talk, held)
    await tho.presses("Đăng ký lớp")
    await tho.says("1")
    await tho.presses("Đăng ký")
    tho.sees("tạm")
    assert await talk.value("SELECT sum(taken) FROM session") >= 1
    before = await talk.value("SELECT sum(taken) FROM session")
    await admin.says("/duyet")
    await admin.presses("Từ chối")
    await admin.says("1")
    await admin.presses("Từ chối")
    assert await talk.value("SELECT sum(taken) FROM session") == before - 1
    assert await talk.value("SELECT state FROM enrolment ORDER BY id DESC LIMIT 1") == "cancelled"


async def test_a_seat_that_passes_on_takes_its_place_along(talk: Talk, held: Held) -> None:
    where = f"{held['commune']}, {held['district']}"
    mai = await talk.official(where, str(held["post"]), str(held["name"]))
    await mai.says("/dangky")
    await mai.says("1")
    await mai.presses("Đăng ký")
    admin = await talk.admin()
    tho = await claimant(talk, held)
    await admin.says("/duyet")
    admin.sees("đã xác nhận")
    await admin.presses("Duyệt")
    await mai.looks()
    mai.sees("đã chuyển sang người khác")
    await tho.says("/lich")
    [row] = await talk.rows(
        "SELECT person_id, state FROM enrolment WHERE seat_id = :s ORDER BY id DESC LIMIT 1", s=held["seat"]
    )
    assert (row["person_id"] != held["person"], row["state"]) == (True, "enrolled")


async def test_a_coordinator_sees_only_her_area(talk: Talk, held: Held) -> None:
    district = await talk.value("SELECT id FROM unit WHERE level = 'district' AND name = :n", n=held["district"])
    other = await talk.value(
        "SELECT id FROM unit WHERE level = 'district' AND name <> :n ORDER BY id", n=held["district"]
    )
    near = await talk.admin("Phụ Trách", role="coordinator", area=district)
    far = await talk.admin("Huyện Khác", role="coordinator", area=other)
    await claimant(talk, held)
    await far.says("/duyet")
    far.sees("Không còn đề nghị")
    await near.says("/duyet")
    near.sees("Hà Văn Thử")
