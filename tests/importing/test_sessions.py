"""Training sessions from a file, and half days as people write them."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.importing import halves
from tests.importing.desk import Desk, Table, counts, reasons, write_xlsx

HEAD = ["Mã lớp", "Tên lớp", "Địa điểm", "Giảng viên", "Số chỗ", "Chức danh", "Địa bàn", "Thời gian", "Hạn đăng ký",
        "Mang theo", "Chuyên đề"]  # fmt: skip
ROW = ["L1", "Lớp 1", "Hội trường", "Bà H", "50", "PCT; KNV", "Mường Lát; xã Trung Lý", "08/06/2026 sáng; 09/06/2026",
       "07/06/2026", "Sổ", "giam-sat"]  # fmt: skip


def row(**changes: Any) -> list[Any]:
    names = ("code", "title", "place", "teacher", "capacity", "posts", "areas", "halves", "deadline", "bring", "topics")
    return [changes.get(name, cell) for name, cell in zip(names, ROW, strict=True)]


async def test_a_session_with_everything(desk: Desk) -> None:
    report = await desk.run("sessions", [HEAD, ROW])
    assert report.applied, report.text()
    session = dict((await desk.rows("SELECT * FROM session"))[0])
    del session["id"]
    assert session == {
        "code": "L1", "title": "Lớp 1", "place": "Hội trường", "teacher": "Bà H", "topics": '["giam-sat"]',
        "bring": "Sổ", "capacity": 50, "taken": 0, "deadline": "2026-06-07", "state": "open",
    }  # fmt: skip
    days = await desk.rows("SELECT day, part FROM session_half ORDER BY day, part")
    assert [tuple(day) for day in days] == [("2026-06-08", "am"), ("2026-06-09", "am"), ("2026-06-09", "pm")]
    assert [r["post"] for r in await desk.rows("SELECT post FROM session_post ORDER BY post")] == ["knv", "pct"]
    areas = await desk.rows(
        "SELECT u.level, u.name FROM session_area a JOIN unit u ON u.id = a.unit_id ORDER BY u.level"
    )
    assert [tuple(area) for area in areas] == [("commune", "Trung Lý"), ("district", "Mường Lát")]
    assert counts(await desk.run("sessions", [HEAD, ROW])) == (0, 0, 1, 0)


async def test_a_spreadsheet_with_a_real_date(desk: Desk) -> None:
    rows: Table = [[*HEAD[:5], "Ngày"], ["l2", "Lớp 2", "Nhà", "", 20, date(2026, 6, 8)]]
    report = await desk.run("sessions", write_xlsx(desk.folder / "a.xlsx", rows))
    assert report.applied, report.text()
    session = dict((await desk.rows("SELECT code, deadline FROM session"))[0])
    assert session == {"code": "L2", "deadline": "2026-06-07"}
    assert await desk.value("SELECT count(*) FROM session_half") == 2
    assert await desk.value("SELECT count(*) FROM session_post") == 0  # for every post, everywhere
    assert await desk.value("SELECT count(*) FROM session_area") == 0


@pytest.mark.parametrize(
    ("when", "state"),
    [("04/06/2026", "held"), ("05/06/2026", "running"), ("04-06/06/2026", "running"), ("06/06/2026", "open")],
)
async def test_the_state_of_a_new_session_follows_from_its_days(desk: Desk, when: str, state: str) -> None:
    await desk.run("sessions", [HEAD, row(halves=when, deadline="")])
    assert await desk.value("SELECT state FROM session") == state


async def test_a_changed_session_keeps_its_state_and_its_learners(desk: Desk) -> None:
    await desk.run("sessions", [HEAD, ROW])
    await desk.change("UPDATE session SET taken = 20, state = 'closed'")
    moved = await desk.run("sessions", [HEAD, row(halves="10/06/2026", posts="mọi chức danh", areas="toàn tỉnh")])
    assert counts(moved) == (0, 1, 0, 0)
    assert [(note.key, note.values) for note in moved.warnings] == [("import-warn-moved", {"code": "L1", "count": 20})]
    session = dict((await desk.rows("SELECT state, taken FROM session"))[0])
    assert session == {"state": "closed", "taken": 20}
    assert await desk.value("SELECT count(*) FROM session_half") == 2
    assert await desk.value("SELECT count(*) FROM session_post") == 0


async def test_fewer_places_than_learners_is_a_bad_row_and_nothing_is_done(desk: Desk) -> None:
    await desk.run("sessions", [HEAD, ROW])
    await desk.change("UPDATE session SET taken = 20")
    for apply in (False, True):
        report = await desk.run("sessions", [HEAD, row(capacity=19), row(code="L9")], apply=apply)
        assert reasons(report) == [(2, "capacity", "capacity-taken")]
        assert not report.applied
        assert report.returned is not None
    assert await desk.value("SELECT count(*) FROM session") == 1
    assert await desk.value("SELECT capacity FROM session") == 50


async def test_bad_rows_of_sessions(desk: Desk) -> None:
    report = await desk.run(
        "sessions",
        [
            HEAD,
            row(),
            row(code="l1"),
            row(code="", title="", place=""),
            row(code="A", capacity="0"),
            row(code="B", capacity="nhiều", deadline="31/02/2026"),
            row(code="C", halves="mai"),
            row(code="D", deadline="09/06/2026"),
            row(code="E", posts="PCT, Bí thư", areas="Sao Hỏa", topics="thiên văn"),
        ],
    )
    assert reasons(report) == [
        (3, "code", "twice-row"),
        (4, "code", "empty"),
        (4, "title", "empty"),
        (4, "place", "empty"),
        (5, "capacity", "capacity"),
        (6, "capacity", "capacity"),
        (6, "deadline", "date"),
        (7, "halves", "halves"),
        (8, "deadline", "deadline-late"),
        (9, "posts", "post-listed"),
        (9, "areas", "area"),
        (9, "topics", "topic"),
    ]
    assert await desk.value("SELECT count(*) FROM session") == 0


AM, PM = "am", "pm"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05/06/2026 sáng; 05/06/2026 chiều", [("2026-06-05", AM), ("2026-06-05", PM)]),
        ("05/06/2026", [("2026-06-05", AM), ("2026-06-05", PM)]),
        ("5/6/2026 SANG", [("2026-06-05", AM)]),
        ("sáng 05/06/2026", [("2026-06-05", AM)]),
        ("buổi chiều ngày 05.06.2026", [("2026-06-05", PM)]),
        ("chiều ngày 5-6-2026\nsáng 6/6/2026", [("2026-06-05", PM), ("2026-06-06", AM)]),
        ("2026-06-05 am", [("2026-06-05", AM)]),
        ("05/06/2026-06/06/2026 sáng", [("2026-06-05", AM), ("2026-06-06", AM)]),
        ("05-06/06/2026 sáng", [("2026-06-05", AM), ("2026-06-06", AM)]),
        ("05/06/2026 đến 06/06/2026 chiều", [("2026-06-05", PM), ("2026-06-06", PM)]),
        ("06/06/2026 sáng và 05/06/2026 sáng; 05/06/2026 sáng", [("2026-06-05", AM), ("2026-06-06", AM)]),
        ("05/06/2026 cả ngày", [("2026-06-05", AM), ("2026-06-05", PM)]),
    ],
)
def test_half_days(text: str, expected: list[tuple[str, str]]) -> None:
    assert halves.read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", ";", "sáng", "31/02/2026", "05/06", "05/06/26", "07/06/2026-05/06/2026", "01/01/2026-01/01/2027",
     "sáng 05/06/2026 chiều", "05/06/2026 tối", "mùng 5"],
)  # fmt: skip
def test_what_is_no_half_day(text: str) -> None:
    assert halves.read(text) is None


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 5))
def test_a_range_is_its_days(first: date, more: int) -> None:
    days = [first + timedelta(days=n) for n in range(more + 1)]
    read = halves.read(f"{first:%d/%m/%Y}-{days[-1]:%d/%m/%Y}")
    assert read == [(day.isoformat(), part) for day in days for part in ("am", "pm")]
    assert read == halves.read("; ".join(f"{day:%Y-%m-%d}" for day in days))


@given(st.text(max_size=60))
def test_any_time_is_read_or_not(text: str) -> None:
    assert halves.read(text) is None or halves.read(text)
    halves.read_day(text)
