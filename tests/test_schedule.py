"""/lich and the calendar file, read as a phone's calendar reads it."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from reports import ics
from tests import classes
from tests.talk import Phone, Talk
from tests.test_enrol import HA, LOP_1, PHONG, SENH, enrols


@pytest.fixture(autouse=True)
async def nothing_open(talk: Talk) -> None:
    await classes.clear(talk)


async def test_nothing_yet(talk: Talk) -> None:
    phong = await talk.official(*PHONG)
    await phong.says("/lich")
    phong.sees("chưa đăng ký lớp nào", buttons=["Xem các lớp khác", "Về đầu"])


async def test_a_stranger_has_no_schedule(talk: Talk) -> None:
    mai = talk.phone()
    await mai.says("/start")
    await mai.presses("Đồng ý")
    await mai.says("/lich")
    mai.sees("chưa đăng ký chức danh")


async def test_the_next_comes_first_with_its_standing(talk: Talk) -> None:
    await classes.add(talk, "Lớp 2", "2026-12-08pm", place="Bá Thước")
    await classes.add(talk, "Lớp 1", "2026-12-01am", "2026-12-02am")
    await classes.add(talk, "Lớp 3", "2026-12-15am", capacity=1)
    await classes.add(talk, "Lớp cũ", "2026-11-18am", state="held")
    senh = await talk.official(*SENH)
    await enrols(senh, "15/12 · Lớp 3")
    phong = await talk.official(*PHONG)
    await enrols(phong, "08/12 · Lớp 2")
    await enrols(phong)
    await phong.says("/dangky")
    await phong.presses("15/12 · Lớp 3")
    await phong.presses("Vào danh sách chờ")
    await classes.run(
        talk,
        "INSERT INTO enrolment (session_id, seat_id, person_id, state, enrolled_at, changed_at)"
        " SELECT s.id, e.seat_id, e.person_id, 'enrolled', e.enrolled_at, e.changed_at FROM enrolment e, session s"
        " WHERE e.state = 'waiting' AND s.title = 'Lớp cũ'",
    )
    await phong.says("lịch")
    phong.sees(
        "1. Lớp 1\ntừ thứ Ba, 01/12/2026 đến thứ Tư, 02/12/2026\nHội trường huyện Quan Sơn\n✔ đã đăng ký, số thứ tự 1",
        "2. Lớp 2\nthứ Ba, 08/12/2026\nBá Thước",
        "3. Lớp 3\nthứ Ba, 15/12/2026\nHội trường huyện Quan Sơn\n… danh sách chờ, số thứ tự 1",
        "Các lớp đã qua\n• Lớp cũ (thứ Tư, 18/11/2026)",
    )
    phong.sees(buttons=[LOP_1, "08/12 · Lớp 2", "15/12 · Lớp 3", "Lịch vào máy", "Xem các lớp khác", "Về đầu"])
    await phong.says("2")
    phong.sees("Bá Thước", "đã có tên", buttons=["Hủy đăng ký", "Lịch của tôi", "Về đầu"])


@pytest.mark.parametrize(("state", "said"), [("postponed", "tạm hoãn"), ("cancelled", "lớp đã hủy")])
async def test_what_became_of_the_session_is_seen(talk: Talk, state: str, said: str) -> None:
    await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await enrols(phong)
    await classes.run(talk, "UPDATE session SET state = :state", state=state)
    await phong.says("/lich")
    phong.sees(said, buttons=[LOP_1, "Xem các lớp khác", "Về đầu"])
    await phong.says("1")
    phong.sees("đã hủy" if state == "cancelled" else "tạm hoãn", "đã có tên")


async def two_on_one_phone(talk: Talk) -> Phone:
    await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    code = await talk.code(*HA)
    await phong.says(f"/start {code}")
    await phong.presses("Đúng")
    for who in (1, 2):
        await phong.says("/dangky")
        await phong.says(str(who))
        await phong.presses(LOP_1)
        await phong.presses("Đăng ký")
    return phong


async def test_several_people_each_under_the_name(talk: Talk) -> None:
    phong = await two_on_one_phone(talk)
    await phong.says("/lich")
    phong.sees("👤 Phạm Đức Phong – PCT UBND, xã Tam Chung\n\n1. Lớp 1", "👤 Quách Thị Hà")
    phong.sees("số thứ tự 1", "số thứ tự 2")
    assert phong.screen.buttons[:2] == [f"{LOP_1} – Phạm Đức Phong", f"{LOP_1} – Quách Thị Hà"]
    await phong.says("2")
    phong.sees("Cho: Quách Thị Hà", "số thứ tự 2")


async def file(talk: Talk, phone: Phone) -> Calendar:
    await phone.says("/lich")
    await phone.presses("Lịch vào máy")
    given = phone.screen.attachment
    assert given is not None and given["maker"] == "ics"
    name, content = await ics.make(talk.db, given)
    assert name.endswith(".ics")
    read = Calendar.from_ical(content)
    assert isinstance(read, Calendar)
    return read


async def test_the_calendar_file(talk: Talk) -> None:
    session = await classes.add(
        talk, "Lớp 1; nâng cao, <mới>", "2026-12-01am", "2026-12-01pm", "2026-12-02pm", place="Nhà A & B"
    )
    await classes.add(talk, "Lớp chờ", "2026-12-03am", capacity=1)
    senh, phong = await talk.official(*SENH), await talk.official(*PHONG)
    await enrols(senh, "03/12 · Lớp chờ")
    await enrols(phong, "01/12 · Lớp 1; nâng cao, <mới>")
    await phong.says("/dangky")
    await phong.presses("03/12 · Lớp chờ")
    await phong.presses("Vào danh sách chờ")
    book = await file(talk, phong)
    [zone] = book.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Ho_Chi_Minh"
    first, second = book.walk("VEVENT")
    assert str(first["SUMMARY"]) == "Lớp 1; nâng cao, <mới>"
    assert str(first["LOCATION"]) == "Nhà A & B"
    assert str(first["DESCRIPTION"]) == "Giảng viên: Nguyễn Văn Giảng\nMang theo: Giấy mời, sổ ghi chép"
    assert first["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    spans = [(e.decoded("DTSTART").isoformat(), e.decoded("DTEND").isoformat()) for e in (first, second)]
    assert spans == [
        ("2026-12-01T07:30:00+07:00", "2026-12-01T17:00:00+07:00"),
        ("2026-12-02T13:30:00+07:00", "2026-12-02T17:00:00+07:00"),
    ]
    [alarm] = first.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-1)
    assert "Ngày mai" in str(alarm["DESCRIPTION"])
    assert not second.walk("VALARM")
    assert str(first["UID"]) == f"session-{session}-1@ghi-danh"
    await talk.db.transact(lambda tx: classes.set_halves(tx, session, ("2026-12-10am",)))
    [moved] = (await file(talk, phong)).walk("VEVENT")
    assert moved["UID"] == first["UID"], "the phone's calendar moves it instead of showing it twice"


async def test_a_shared_calendar_names_who_goes(talk: Talk) -> None:
    phong = await two_on_one_phone(talk)
    [event] = (await file(talk, phong)).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Lớp 1 (Phạm Đức Phong, Quách Thị Hà)"
    assert str(event["STATUS"]) == "CONFIRMED"


@pytest.mark.buttons
async def test_the_file_holds_what_stands_when_it_is_made(talk: Talk) -> None:
    await classes.add(talk, "Lớp 1", "2026-12-01am")
    phong = await talk.official(*PHONG)
    await enrols(phong)
    await phong.says("/lich")
    asked = phong.screen.id
    place = phong.screen.buttons.index("Lịch vào máy")
    await classes.run(talk, "UPDATE session SET state = 'cancelled'")
    await phong.presses_old(asked, place)
    phong.sees("chưa đăng ký lớp nào")
    assert phong.screen.attachment is None
