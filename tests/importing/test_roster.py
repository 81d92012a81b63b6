"""Who holds which seat, from a file."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.importing import roster
from storage.importing.model import Line, Parsed
from tests.importing.desk import SAMPLE, Desk, counts, reasons, write_xlsx

HEAD = ["Đơn vị", "Huyện", "Chức danh", "Họ và tên", "SĐT"]
Place = tuple[str, str]


@pytest.fixture
async def communes(desk: Desk) -> list[Place]:
    """Three communes in scope, with their districts."""
    found = await desk.rows(
        "SELECT u.name, d.name AS district FROM scope s JOIN unit u ON u.id = s.unit_id"
        " JOIN unit d ON d.id = u.parent_id WHERE u.level = 'commune' ORDER BY u.code LIMIT 3"
    )
    return [(row["name"], row["district"]) for row in found]


async def held(desk: Desk) -> list[tuple[str, str, str | None]]:
    rows = await desk.rows(
        "SELECT s.post, p.name, p.phone FROM holding h JOIN seat s ON s.id = h.seat_id"
        " JOIN person p ON p.id = h.person_id WHERE h.until IS NULL ORDER BY s.id"
    )
    return [(row["post"], row["name"], row["phone"]) for row in rows]


async def test_the_sample_twice(desk: Desk) -> None:
    first = await desk.run("roster", SAMPLE / "mau_danh_sach.csv")
    assert first.applied
    assert (first.counts["added"], first.outcome.unchanged) == (466, 30)
    second = await desk.run("roster", SAMPLE / "mau_danh_sach.csv")
    assert counts(second) == (0, 0, 496, 0)
    assert await desk.value("SELECT count(*) FROM holding") == 466
    audit = await desk.rows("SELECT actor, action, data FROM audit ORDER BY id")
    assert [(row["actor"], row["action"]) for row in audit] == [
        ("shell", "import.units"),
        ("shell", "import.scope"),
        ("shell", "import.roster"),
    ]
    assert audit[-1]["data"] == '{"added": 466, "changed": 0, "kept": 0, "missing": 0, "seats": 0, "unchanged": 30}'


async def test_a_rehearsal_says_the_same_and_writes_nothing(desk: Desk) -> None:
    report = await desk.run("roster", SAMPLE / "mau_danh_sach.csv", apply=False)
    assert (report.counts["added"], report.outcome.unchanged, report.applied) == (466, 30, False)
    assert await desk.value("SELECT count(*) FROM person") == 0
    assert "--apply" in report.text()


async def test_a_spreadsheet_with_titles_and_lost_zeros(desk: Desk, communes: list[Place]) -> None:
    rows: list[list[object]] = [["DANH SÁCH"], [], ["Số điện thoại", "Chức vụ", "HỌ TÊN", "Xã", "Huyện", "Ghi chú"]]
    rows += [[912345678, "CB KN", "Ông Lò Văn Dia", communes[0][0].upper(), communes[0][1], "x"]]
    report = await desk.run("roster", write_xlsx(desk.folder / "a.xlsx", rows))
    assert report.applied, report.text()
    assert await held(desk) == [("knv", "Lò Văn Dia", "+84912345678")]
    assert report.unknown == ()


async def test_a_changed_holder_closes_one_holding_and_opens_another(desk: Desk, communes: list[Place]) -> None:
    row = [*communes[0], "KNV"]
    await desk.run("roster", [HEAD, [*row, "Lò Văn A", "0912345678"]])
    report = await desk.run("roster", [HEAD, [*row, "Hà Thị B", "0912345678"]])
    assert counts(report) == (0, 1, 0, 0)
    assert "Lò Văn A → Hà Thị B" in report.outcome.examples["changed"][0]
    assert await held(desk) == [("knv", "Hà Thị B", "+84912345678")]
    assert await desk.value("SELECT count(*) FROM holding WHERE until = '2026-06-05T03:00:00Z'") == 1
    vacated = await desk.run("roster", [HEAD, [*row, "Khuyết", ""]])
    assert counts(vacated) == (0, 1, 0, 0)
    assert await held(desk) == []


async def test_a_better_spelling_and_a_new_phone_correct_the_person(desk: Desk, communes: list[Place]) -> None:
    row = [*communes[0], "KNV"]
    await desk.run("roster", [HEAD, [*row, "LO VAN A", "0912345678"]])
    assert counts(await desk.run("roster", [HEAD, [*row, "Lò Văn A", ""]])) == (0, 1, 0, 0)
    assert counts(await desk.run("roster", [HEAD, [*row, "Lò Văn A", "0987654321"]])) == (0, 1, 0, 0)
    assert await held(desk) == [("knv", "Lò Văn A", "+84987654321")]
    assert await desk.value("SELECT count(*) FROM person") == 1


async def test_a_confirmed_holder_is_not_replaced_silently(desk: Desk, communes: list[Place]) -> None:
    file = [HEAD, [*communes[0], "KNV", "Lò Văn A", "0912345678"], [*communes[1], "KNV", "Vi Thị C", "0912345679"]]
    await desk.run("roster", file)
    await desk.change("UPDATE holding SET confirmed_at = '2026-06-01T00:00:00Z', confirmed_how = 'code'")
    await desk.change("INSERT INTO chat (id, locale, created_at, seen_at) VALUES ('telegram:1', 'vi', '', '')")
    await desk.change(
        "INSERT INTO chat_person (chat, person_id, seat_id, since)"
        " SELECT 'telegram:1', person_id, seat_id, '' FROM holding"
    )
    other = [HEAD, [*communes[0], "KNV", "Hà Thị B", ""], [*communes[1], "KNV", "Vi Thị C", "0912345000"],
             [*communes[2], "KNV", "Cao Văn D", ""]]  # fmt: skip
    report = await desk.run("roster", other)
    assert report.applied
    assert (report.counts["added"], report.counts["changed"], report.counts["kept"]) == (1, 0, 2)
    assert [name for _, name, _ in await held(desk)] == ["Lò Văn A", "Vi Thị C", "Cao Văn D"]
    assert "--force" in report.text()
    forced = await desk.run("roster", other, force=True)
    assert (forced.counts["changed"], forced.counts["kept"]) == (2, 0)
    assert [name for _, name, _ in await held(desk)] == ["Hà Thị B", "Vi Thị C", "Cao Văn D"]
    assert await desk.value("SELECT count(*) FROM chat_person WHERE until IS NULL") == 1


async def test_one_person_may_hold_two_posts_and_two_may_share_a_phone(desk: Desk, communes: list[Place]) -> None:
    file = [
        HEAD,
        [*communes[0], "KNV", "Lò Văn A", "0912345678"],
        [*communes[0], "HND", "Lò Văn A", "0912 345 678"],
        [*communes[0], "VP-TK", "Hà Thị B", "0912345678"],
        [*communes[0], "PCT", "Vi Văn C", ""],
        [*communes[1], "PCT", "Vi Văn C", ""],  # a namesake elsewhere
    ]
    report = await desk.run("roster", file)
    assert await desk.value("SELECT count(*) FROM person") == 4
    assert await desk.value("SELECT count(*) FROM holding") == 5
    assert [(n.key, n.values) for n in report.warnings] == [
        ("import-warn-shared-phone", {"phone": "09*****678", "rows": "2, 3, 4"})
    ]


async def test_an_old_number_is_taken_in_its_new_form_and_told(desk: Desk, communes: list[Place]) -> None:
    report = await desk.run("roster", [HEAD, [*communes[0], "KNV", "Lò Văn A", "01652345678"]])
    assert await held(desk) == [("knv", "Lò Văn A", "+84352345678")]
    assert "01652345678" in report.text() and "0352 345 678" in report.text()


async def test_with_one_bad_row_nothing_is_applied_and_all_are_named(desk: Desk, communes: list[Place]) -> None:
    first = communes[0]
    report = await desk.run(
        "roster",
        [
            HEAD,
            [*first, "KNV", "Lò Văn A", "0912345678"],
            [*first, "khuyến nông", "Hà Thị B", ""],
            [*first, "Bí thư", "Hà Thị B", "12"],
            [*first, "Phó Chủ tịch Hội Nông dân", "Hà Thị B", ""],
            ["Hàm Rồng", "Thanh Hóa", "PCT", "Hà Thị B", ""],
            ["Thành Sơn", "", "PCT", "Hà Thị B", ""],
            [*first, "VP-TK", "0912345678", ""],
            [*first, "HND", '=HYPERLINK("http://x")', "+84"],
        ],
    )
    assert reasons(report) == [
        (3, "post", "twice-row"),
        (4, "post", "post"),
        (4, "phone", "phone"),
        (5, "post", "post-several"),
        (6, "commune", "scope"),
        (7, "commune", "commune-several"),
        (8, "name", "name"),
        (9, "name", "name"),
        (9, "phone", "phone"),
    ]
    assert not report.ok and not report.applied
    assert await desk.value("SELECT count(*) FROM person") == 0
    assert await desk.value("SELECT count(*) FROM audit") == 2


async def test_seats_that_the_file_does_not_name_are_kept(desk: Desk, communes: list[Place]) -> None:
    await desk.run("roster", [HEAD, [*communes[0], "KNV", "Lò Văn A", ""], [*communes[1], "KNV", "Hà Thị B", ""]])
    report = await desk.run("roster", [HEAD, [*communes[0], "KNV", "Lò Văn A", ""]])
    assert counts(report) == (0, 0, 1, 1)
    assert len(await held(desk)) == 2


async def test_a_change_of_holder_with_an_enrolment_is_told(desk: Desk, communes: list[Place]) -> None:
    await desk.run("roster", [HEAD, [*communes[0], "KNV", "Lò Văn A", ""]])
    await desk.change(
        "INSERT INTO session (code, title, place, capacity, deadline, state)"
        " VALUES ('A', 'a', 'a', 9, '2026-07-01', 'open')"
    )
    await desk.change(
        "INSERT INTO enrolment (session_id, seat_id, person_id, state, enrolled_at, changed_at)"
        " SELECT s.id, h.seat_id, h.person_id, 'enrolled', '', '' FROM session s, holding h"
    )
    report = await desk.run("roster", [HEAD, [*communes[0], "KNV", "Hà Thị B", ""]])
    assert [(note.key, note.values) for note in report.warnings] == [("import-warn-enrolled-seats", {"count": 1})]


async def test_a_file_that_is_refused(desk: Desk) -> None:
    report = await desk.run("roster", Path("none.csv"))
    assert not report.ok
    assert report.text().splitlines()[1:] == ["Không tìm thấy tệp none.csv.", "Chưa ghi gì vào hệ thống."]
    headings = await desk.run("roster", [["Xã", "Tuổi"], ["a", "1"]])
    assert "Thiếu cột bắt buộc: Chức danh, Họ và tên. Tiêu đề đọc được: Xã, Tuổi." in headings.text()


@pytest.mark.parametrize(
    ("text", "name"),
    [("Ông Lò Văn A", "Lò Văn A"), ("đồng chí Hà Thị B", "Hà Thị B"), ("Đ/c: Vàng A Dia", "Vàng A Dia"),
     ("Ba Văn A", "Ba Văn A"), ("Anh Thư", "Anh Thư"), ("Thao", "Thao"), ("-", ""), ("KHUYẾT", ""), ("", "")],
)  # fmt: skip
def test_names_as_people_write_them(text: str, name: str) -> None:
    parsed = Parsed()
    assert roster._name(Line(1, {"name": text}, ()), parsed) == name
    assert not parsed.problems


@given(st.text(max_size=40))
def test_any_name_is_taken_or_refused(text: str) -> None:
    parsed = Parsed()
    name = roster._name(Line(1, {"name": text}, ()), parsed)
    assert parsed.problems or name == "" or any(c.isalpha() for c in name)


async def test_twenty_thousand_rows_in_seconds(bare: Desk, engine: str) -> None:
    units = [["code", "commune", "type"], *([str(n), f"Xa{n:05}", "Xã"] for n in range(5000))]
    scope = [["code", "commune", "class"], *([str(n), "", "III"] for n in range(5000))]
    people = [
        ["Mã xã", "Xã", "Chức danh", "Họ và tên", "Điện thoại"],
        *([str(n), "", post, f"Lò Văn {'ABCD'[n % 4]}", f"09{n * 4 + at:08}"]
          for n in range(5000) for at, post in enumerate(("PCT", "VPTK", "HND", "KNV"))),
    ]  # fmt: skip
    assert (await bare.run("units", units)).applied
    assert (await bare.run("scope", scope)).applied
    path = write_xlsx(bare.folder / "large.xlsx", people)
    start = time.perf_counter()
    report = await bare.run("roster", path)
    spent = time.perf_counter() - start
    print(f"{engine}: 20,000 rows in {spent:.2f} s")
    assert report.applied, report.text()
    assert report.counts["added"] == 20_000
    assert counts(await bare.run("roster", path)) == (0, 0, 20_000, 0)
    assert spent < 10
