"""The whole journey of an official over the wire, on both engines."""

from datetime import date
from typing import Any

from icalendar import Calendar

from bot.emulator.screen import Document
from tests.wire.live import Live


async def test_an_official_s_whole_journey(live: Live) -> None:
    [seat] = await live.seats(1)
    mai = live.hand(seat.name, phone_number=seat.phone)
    mai.phone.start()
    await mai.sees("Ban Dân tộc", "dữ liệu cá nhân", "Dữ liệu mẫu", buttons=["Đồng ý", "Không đồng ý"])
    asked = mai.phone.last.id
    await mai.presses("Đồng ý", "xã nào?")
    assert mai.phone.last.id > asked, "what she agreed to stays on the screen"

    await mai.says(f"{seat.commune}, {seat.district}".upper(), "chức danh nào?")
    await mai.says(seat.post, "mã cá nhân")
    assert "Chia sẻ số điện thoại của tôi" in mai.labels
    mai.phone.press("Chia sẻ số điện thoại của tôi")
    await mai.sees("Anh/chị là", seat.name, buttons=["Đúng", "Không phải"])
    await mai.presses("Đúng", "Đã xác nhận", "cảm ơn")

    await mai.presses("Đăng ký lớp", "Các lớp đang nhận đăng ký")
    [*titles, _] = mai.labels
    asked = mai.phone.last.id
    await mai.presses(titles[0], "Anh/chị có đăng ký lớp này không?")
    assert mai.phone.last.id == asked and mai.phone.last.edited, "a press edits its message in place"
    await mai.presses("Đăng ký", "Đã đăng ký lớp", "Số thứ tự")
    await mai.says("/lich", "Lịch học", "đã đăng ký")
    await mai.presses("Lịch vào máy", "Tệp lịch học")
    await mai.phone.wait(lambda: mai.phone.last.document is not None)
    [session] = await live.rows(
        "SELECT s.title, min(h.day) AS first, max(h.day) AS last, count(*) AS halves FROM enrolment e"
        " JOIN session s ON s.id = e.session_id JOIN session_half h ON h.session_id = s.id WHERE e.seat_id = :seat"
        " AND e.state = 'enrolled' AND s.state = 'open' GROUP BY s.id, s.title",
        seat=seat.id,
    )
    _check_calendar(mai.phone.last.document, session)
    assert await live.value("SELECT taken FROM session WHERE title = :t", t=session["title"]) == 1

    await mai.says("/hoso", "Hồ sơ của anh/chị", seat.name)
    await mai.says("0", "Anh/chị cần làm gì?")

    last = date.fromisoformat(session["last"])
    live.pass_time(days=(last - live.now().date()).days, hours=8)  # that evening, within the hours of writing
    await mai.sees("đã kết thúc", "góp ý", buttons=["Góp ý ngay"])
    await mai.presses("Góp ý ngay", "ghi tên")
    await mai.presses("Có ghi tên", "1/6")
    await mai.presses("5", "2/6")
    await mai.presses("4", "3/6")
    await mai.presses("2", "Vì sao")
    await mai.says("hội trường chật <3 & nóng", "4/6")
    await mai.presses("5", "5/6")
    await mai.presses("Bỏ qua", "6/6")
    await mai.presses("Xong", "Anh/chị gửi góp ý này không?", "hội trường chật <3 & nóng")
    await mai.presses("Gửi", "Đã gửi góp ý")
    [given] = await live.rows("SELECT content, teacher, organisation, locality, why FROM feedback")
    assert [given[k] for k in ("content", "teacher", "organisation", "locality")] == [5, 4, 2, 5]


def _check_calendar(document: Document | None, session: dict[str, Any]) -> None:
    assert document is not None
    assert document.name.endswith(".ics")
    events: list[Any] = list(Calendar.from_ical(document.content).walk("VEVENT"))
    assert events, "the calendar is empty"
    days = sorted({str(event["DTSTART"].dt.date()) for event in events})
    assert (days[0], days[-1]) == (session["first"], session["last"])
    assert all(session["title"] in str(event["SUMMARY"]) for event in events)


async def test_a_claim_is_decided_by_the_admin(live: Live) -> None:
    boss = await live.admin()
    [seat] = await live.seats(1)
    mai = await live.agreed("Vàng A Pó", phone_number="+84912000111")
    await mai.says(f"{seat.commune}, {seat.district}", "chức danh nào?")
    await mai.says(seat.post, "mã cá nhân")
    await mai.shares("khác với số trong danh sách", "họ và tên")
    await mai.says("Vàng A Pó", "Đã ghi", "tạm giữ")
    await boss.sees("1 đề nghị", buttons=["Duyệt đề nghị"])
    await mai.presses("Đăng ký lớp", "Các lớp đang nhận đăng ký")
    await mai.presses(mai.labels[0], "có đăng ký lớp này không?")
    await mai.presses("Đăng ký", "Đã đăng ký lớp", "tạm giữ")

    await boss.presses("Duyệt đề nghị", "Vàng A Pó", seat.name, "khác", "số đã xác minh")
    assert "912000111" not in boss.phone.last.text.replace(" ", ""), "phones are masked"
    mai.phone.send("0")
    await mai.sees("đang chờ duyệt")
    await boss.presses("Duyệt", "Đã duyệt: Vàng A Pó", "Không còn đề nghị")
    await mai.phone.wait(lambda: "được duyệt" in mai.phone.last.text)
    await mai.says("/lich", "đã đăng ký")
    assert "tạm giữ" not in mai.phone.last.text
    [kept] = await live.rows(
        "SELECT p.name, h.confirmed_how FROM holding h JOIN person p ON p.id = h.person_id"
        " WHERE h.seat_id = :s AND h.until IS NULL",
        s=seat.id,
    )
    assert kept == {"name": "Vàng A Pó", "confirmed_how": "claim"}


async def test_a_rejected_claimant_is_told_why(live: Live) -> None:
    boss = await live.admin()
    [seat] = await live.seats(1)
    mai = await live.agreed("Vàng A Pó")
    await mai.says(f"{seat.commune}, {seat.district}", "chức danh nào?")
    await mai.says(seat.post, "mã cá nhân")
    await mai.presses("Tôi không có mã", "họ và tên")
    await mai.says("Vàng A Pó", "số điện thoại")
    await mai.says("0912 000 111", "Đã ghi")
    await boss.presses("Duyệt đề nghị", "Vàng A Pó", "số gõ tay")
    await boss.presses("Từ chối", "Lý do từ chối")
    await boss.says("Đã nghỉ <từ> tháng 3", "không làm lại được")
    await boss.presses("Từ chối", "Đã từ chối")
    await mai.sees("không được duyệt", "Đã nghỉ <từ> tháng 3")


async def test_the_board_s_group(live: Live) -> None:
    boss = await live.admin()
    await boss.says("/tonghop", "Tổng hợp toàn tỉnh", "496")
    await boss.presses("Nhóm của Ban", "Chưa có nhóm nào")
    shown = await boss.presses("Thêm nhóm", "Đường liên kết cho một nhóm")
    link = next(word for word in shown.text.split() if "startgroup=" in word)
    assert f"/{live.emulator.world.bot.username}?" in link
    await live.quiet()
    assert await live.value("SELECT count(*) FROM outbox WHERE text LIKE '%startgroup%'") == 0, "links are not kept"

    group = live.group("Ban Dân tộc tỉnh", boss)
    group.add_bot(by=boss.phone, code=link.partition("startgroup=")[2])
    await group.wait(lambda: any("nhận bản tổng hợp của" in s.text for s in group.messages if s.from_bot))
    group.send(boss.phone, "/tonghop mường lát")
    await group.wait(lambda: any("Tổng hợp huyện Mường Lát" in shown.text for shown in group.messages))
    group.send(boss.phone, f"/tonghop@{live.emulator.world.bot.username}")
    await group.wait(lambda: any("Theo huyện" in shown.labels for shown in group.messages))
    group.press(boss.phone, "Theo huyện")
    await group.wait(lambda: any("Theo huyện – toàn tỉnh" in shown.text for shown in group.messages))

    await group.wait(lambda: any("Bản tổng hợp hằng ngày" in s.text for s in group.messages))  # bound after the hour
    live.pass_time(minutes=5)
    await boss.says("/tonghop", "toàn tỉnh")
    await boss.presses("Gửi Ban", "đến 1 nhóm")
    await boss.presses("Đồng ý gửi", "Đã gửi bản tổng hợp đến 1 nhóm")
    await group.wait(lambda: any("gửi bản tổng hợp" in shown.text for shown in group.messages))
    before = group.last.id
    live.pass_time(hours=20)  # the next morning, 08:00
    await group.wait(lambda: group.last.id > before and "Bản tổng hợp hằng ngày" in group.last.text)
    names = await live.rows("SELECT name FROM person WHERE name LIKE '% % %'")
    said = "\n".join(shown.text for shown in group.messages if shown.from_bot)
    assert not [row["name"] for row in names if row["name"] in said], "no personal names in the group"
