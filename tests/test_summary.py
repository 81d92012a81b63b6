"""/tonghop: the figures, counted again in plain Python, and who may read them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from json import dumps
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.markup import length, split
from reports import classes, coverage
from reports.coverage import Seats
from storage.database import Database, Tx
from storage.migrate import known
from storage.programme import Programme
from storage.sight import PROVINCE, Area
from tests.talk import Phone, Talk

AT = "2026-11-01T00:00:00Z"
TODAY = date(2026, 11, 20)


# Who may ask --------------------------------------------------------------------------------------


async def test_the_summary_of_the_province_on_one_phone_screen(talk: Talk) -> None:
    admin = await talk.admin()
    await admin.says("/tonghop")
    admin.sees("Tổng hợp toàn tỉnh", "Số liệu lúc 12:00, thứ Sáu, 20/11/2026", "Dữ liệu mẫu", "496")
    admin.sees("Đã xác nhận: 0/496", "Lớp tập huấn", "Tỷ lệ xác nhận thấp nhất")
    assert admin.screen.buttons == [
        "Theo huyện", "Theo chức danh", "Theo lớp", "Xã thấp nhất", "Gửi Ban", "Nhóm của Ban", "Về đầu",
    ]  # fmt: skip
    assert length(admin.text) < 1500


async def test_no_person_is_named_on_any_page(talk: Talk) -> None:
    await talk.official("trung lý", "pct", "Người Được Nêu Tên")
    names = {row["name"] for row in await talk.rows("SELECT name FROM person WHERE name <> ''")}
    names |= {row["teacher"] for row in await talk.rows("SELECT teacher FROM session WHERE teacher <> ''")}
    admin = await talk.admin()
    said = [(await admin.says("/tonghop"))[-1].text]
    for button in ("Theo huyện", "Bản tổng hợp", "Theo chức danh", "Bản tổng hợp", "Theo lớp", "Bản tổng hợp"):
        said.append((await admin.presses(button))[-1].text)
    said.append((await admin.presses("Xã thấp nhất"))[-1].text)
    said += [(await admin.says(f"/tonghop {where}"))[-1].text for where in ("mường lát", "trung lý")]
    for text in said:
        assert not [name for name in names if name in text]
        assert length(text) < 2000
        assert len(split(text, 2000)) == 1


async def test_somebody_confirms_and_the_figures_follow(talk: Talk) -> None:
    admin = await talk.admin()
    before = await _seats(talk)
    await talk.official("trung lý", "pct")
    after = await _seats(talk)
    assert (after.confirmed, after.total) == (before.confirmed + 1, before.total) == (1, 496)
    await admin.says("tổng hợp trung lý")
    admin.sees("Tổng hợp xã Trung Lý (huyện Mường Lát)", "Đã xác nhận: 1/4", "25%")
    await admin.presses("Theo chức danh")
    admin.sees("Phó Chủ tịch UBND xã: 1/1", "Khuyến nông viên xã: 0/1")


async def test_a_claim_is_counted_once_however_many_claim(talk: Talk) -> None:
    seat = await talk.seat("trung lý", "knv")
    await talk.db.transact(lambda tx: _claims(tx, seat))
    found = await _seats(talk)
    assert (found.claimed, found.total) == (1, 496)


@pytest.mark.parametrize(
    "typed", ["/tonghop mường lát", "/tonghop MUONG LAT", "tổng hợp ml", "/tonghop huyện mường lát"]
)
async def test_a_district_in_any_spelling(talk: Talk, typed: str) -> None:
    admin = await talk.admin()
    await admin.says(typed)
    admin.sees("Tổng hợp huyện Mường Lát")
    assert admin.screen.buttons[0] == "Theo xã"
    await admin.presses("Theo xã")
    admin.sees("Theo xã – huyện Mường Lát", "xã Trung Lý: 0/4")


async def test_a_name_typed_after_the_summary_narrows_it(talk: Talk) -> None:
    admin = await talk.admin()
    await admin.says("/tonghop")
    await admin.says("quan son")
    admin.sees("Tổng hợp huyện Quan Sơn")
    await admin.presses("Toàn tỉnh")
    admin.sees("Tổng hợp toàn tỉnh")
    await admin.says("chỗ nào đó không có")
    admin.sees("Chưa tìm thấy huyện, xã “chỗ nào đó không có”", "Anh/chị xem thêm mục nào?")


async def test_a_town_of_the_same_name_is_asked_for_once_it_is_served(talk: Talk) -> None:
    town = "SELECT id FROM unit WHERE level = 'commune' AND name = 'Mường Lát'"
    admin = await talk.admin()
    await admin.says("/tonghop thị trấn mường lát")
    admin.sees("không thuộc phạm vi chương trình")
    await talk.db.transact(lambda tx: _serve(tx, town))
    await admin.says("/tonghop mường lát")
    admin.sees("là địa bàn nào?", buttons=["huyện Mường Lát", "thị trấn Mường Lát (huyện Mường Lát)"])
    await admin.says("2")
    admin.sees("Tổng hợp thị trấn Mường Lát")


async def test_two_communes_of_one_name_are_asked_back(talk: Talk) -> None:
    rows = await talk.rows(
        "SELECT u.name FROM unit u JOIN scope s ON s.unit_id = u.id WHERE u.level = 'commune'"
        " GROUP BY u.name HAVING count(*) > 1 ORDER BY u.name"
    )
    if not rows:
        pytest.skip("the sample has no two communes of one name")
    admin = await talk.admin()
    await admin.says(f"/tonghop {rows[0]['name']}")
    admin.sees("là địa bàn nào?")
    assert len(admin.screen.buttons) == 2


async def test_every_district_and_every_page(talk: Talk) -> None:
    admin = await talk.admin()
    await admin.says("/tonghop")
    await admin.presses("Theo huyện")
    admin.sees("Theo huyện – toàn tỉnh", "huyện Mường Lát: 0/")
    await admin.presses("huyện Mường Lát")
    admin.sees("Tổng hợp huyện Mường Lát")
    await admin.presses("Toàn tỉnh")
    await admin.presses("Xã thấp nhất")
    seen = set()
    for page in range(1, 12):
        admin.sees(f"Trang {page}/11")
        seen |= {line for line in admin.screen.text.split("\n") if line.startswith("•")}
        await admin.presses("Xem tiếp")
    assert len(seen) == 124
    admin.sees("Trang 1/11")


async def test_a_stranger_and_an_official_are_refused_politely(talk: Talk) -> None:
    mai = await talk.official("trung lý", "pct")
    await mai.says("/tonghop")
    mai.sees("dành cho cán bộ được phân quyền")
    mai.sees_nothing_of("496", "Tổng hợp toàn tỉnh")
    await mai.says("/tinhtrang")
    mai.sees("dành cho cán bộ được phân quyền")


@pytest.mark.buttons
async def test_a_coordinator_sees_her_district_and_nothing_else(talk: Talk) -> None:
    area = await talk.value("SELECT id FROM unit WHERE level = 'district' AND name = 'Mường Lát'")
    other = await talk.value("SELECT id FROM unit WHERE level = 'district' AND name = 'Quan Sơn'")
    coordinator = await talk.admin("Hà Thị Phụ", "coordinator", area)
    await coordinator.says("/tonghop")
    coordinator.sees(
        "Tổng hợp huyện Mường Lát", buttons=["Theo xã", "Theo chức danh", "Theo lớp", "Xã thấp nhất", "Về đầu"]
    )
    await coordinator.says("/tonghop trung lý")
    coordinator.sees("Tổng hợp xã Trung Lý")
    for typed in ("/tonghop quan sơn", "/tonghop sơn điện"):
        await coordinator.says(typed)
        coordinator.sees("Anh/chị chưa được phân quyền xem")
        coordinator.sees_nothing_of("Đã xác nhận")
    await forge(talk, coordinator, "summary.show", {"area": other})
    coordinator.sees("chưa được phân quyền")
    await forge(talk, coordinator, "summary.by_district", {"area": 0})
    coordinator.sees("chưa được phân quyền")
    await forge(talk, coordinator, "board.send", {"asked": AT})
    coordinator.sees("dành cho cán bộ được phân quyền")


async def test_a_coordinator_of_two_districts_chooses(talk: Talk) -> None:
    first, second = [
        await talk.value("SELECT id FROM unit WHERE level = 'district' AND name = :n", n=n)
        for n in ("Mường Lát", "Quan Sơn")
    ]
    coordinator = await talk.admin("Hà Thị Phụ", "coordinator", first)
    person = await talk.value("SELECT person_id FROM grants WHERE area_id = :a", a=first)
    await talk.grant(person, "coordinator", second)
    await coordinator.says("/tonghop")
    coordinator.sees("Anh/chị xem địa bàn nào?", buttons=["huyện Mường Lát", "huyện Quan Sơn"])
    await coordinator.presses("huyện Quan Sơn")
    coordinator.sees("Tổng hợp huyện Quan Sơn")


@pytest.mark.parametrize("role", ["board", "organiser"])
async def test_the_board_and_organisers_read_all_but_do_not_send(talk: Talk, role: str) -> None:
    reader = await talk.admin("Lê Văn Đọc", role)
    await reader.says("/tonghop")
    reader.sees("Tổng hợp toàn tỉnh")
    assert "Gửi Ban" not in reader.screen.buttons


async def test_a_revoked_right_ends_at_once(talk: Talk) -> None:
    admin = await talk.admin()
    await admin.says("/tonghop")
    await talk.db.transact(lambda tx: tx.run("UPDATE grants SET revoked_at = :at", at=AT))
    await admin.presses("Theo huyện")
    admin.sees("dành cho cán bộ được phân quyền")


async def test_in_english(talk: Talk) -> None:
    admin = talk.phone("Jane", locale="en")
    person = await talk.value(
        "INSERT INTO person (name, folded, origin, created_at) VALUES ('Jane', 'jane', 'grant', :at) RETURNING id",
        at=AT,
    )
    await admin.says("/start")
    await talk.db.transact(lambda tx: _speaks(tx, admin.chat, person))
    await talk.grant(person, "admin")
    await talk.db.transact(lambda tx: tx.run("UPDATE chat SET consent = '2020-1'"))
    await admin.says("/tonghop")
    admin.sees("Summary: the whole province", "Confirmed: 0/496")


async def test_the_state_of_the_system(talk: Talk) -> None:
    admin = await talk.admin()
    await talk.db.transact(_trouble)
    await admin.says("/tinhtrang")
    admin.sees("Tình trạng hệ thống", "bỏ 1", "Unauthorized", "Lỗi xử lý, 7 ngày qua: 1", "L7 KeyError")
    admin.sees(f"MB, bản {known()[-1][0]}")


# The figures --------------------------------------------------------------------------------------


@dataclass
class Province:
    """A made-up province: seats by commune as (holder, claims), and who is in which session."""

    communes: list[tuple[int, bool]] = field(default_factory=list)  # district, served
    seats: dict[tuple[int, str], tuple[str, int]] = field(default_factory=dict)
    enrolments: list[tuple[int, int, str, str]] = field(default_factory=list)  # session, commune, post, state
    areas: list[int | None] = field(default_factory=list)  # of each session: a district, or all


POSTS = ("pct", "vptk", "hnd", "knv")
HOLDERS = ("none", "named", "confirmed", "left")


@st.composite
def provinces(draw: st.DrawFn) -> Province:
    made = Province()
    made.communes = draw(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=6))
    for commune in range(len(made.communes)):
        for post in draw(st.lists(st.sampled_from(POSTS), unique=True, max_size=4)):
            made.seats[commune, post] = (draw(st.sampled_from(HOLDERS)), draw(st.integers(0, 2)))
    made.areas = draw(st.lists(st.none() | st.integers(0, 2), max_size=3))
    if made.areas and made.seats:
        places = st.tuples(st.integers(0, len(made.areas) - 1), st.sampled_from(sorted(made.seats)))
        states = st.sampled_from(("enrolled", "waiting", "cancelled"))
        for session, seat in draw(st.lists(places, unique=True, max_size=12)):
            made.enrolments.append((session, *seat, draw(states)))
    return made


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=provinces())
async def test_sql_and_python_count_alike(empty_db: Database, programme: Programme, made: Province) -> None:
    districts, communes, sessions = await empty_db.transact(lambda tx: _build(tx, made))

    def states(area: int | None, post: str | None = None) -> Seats:
        found: Counter[str] = Counter()
        for (commune, its_post), (holder, claims) in made.seats.items():
            district, served = made.communes[commune]
            if not served or area not in (None, districts[district], communes[commune]) or post not in (None, its_post):
                continue
            state = "confirmed" if holder == "confirmed" else "claimed" if claims else holder
            found["vacant" if state in ("none", "left") else state] += 1
        return Seats(**found)

    async with empty_db.reading() as tx:
        whole = await coverage.seats(tx, PROVINCE)
        assert whole == states(None)
        parts = await coverage.by_district(tx, PROVINCE)
        assert {p.key: p.seats for p in parts} == {d: s for d in districts if (s := states(d)).total}
        by_post = await coverage.by_post(tx, PROVINCE, programme)
        assert {p.key: p.seats for p in by_post} == {p: s for p in POSTS if (s := states(None, p)).total}
        by_commune = await coverage.by_commune(tx, PROVINCE)
        assert {p.key: p.seats for p in by_commune} == {c: s for c in communes if (s := states(c)).total}
        assert sum(p.seats.total for p in by_commune) == whole.total
        for number in (*districts, *communes):
            level: Any = "district" if number in districts else "commune"
            parent = 0 if number in districts else districts[made.communes[communes.index(number)][0]]
            area = Area(number, level, "", parent)
            assert await coverage.seats(tx, area) == states(number)
            await _same_sessions(tx, made, area, districts, communes, sessions)
        await _same_sessions(tx, made, PROVINCE, districts, communes, sessions)


async def _same_sessions(
    tx: Tx, made: Province, area: Area, districts: list[int], communes: list[int], sessions: list[int]
) -> None:
    found = {s.id: s for s in await classes.sessions(tx, area, TODAY)}
    for place, number in enumerate(sessions):
        of = made.areas[place]
        concerns = area.id == 0 or of is None or districts[of] in (area.id, area.parent)
        assert (number in found) == concerns
        if not concerns:
            continue
        mine = [e for e in made.enrolments if e[0] == place and _lies_in(made, e[1], area, districts, communes)]
        enrolled = [e for e in mine if e[3] == "enrolled"]
        provisional = [e for e in enrolled if made.seats[e[1], e[2]][0] != "confirmed"]
        counted = found[number]
        assert counted.enrolled == len(enrolled)
        assert counted.provisional == len(provisional)
        assert counted.waiting == len([e for e in mine if e[3] == "waiting"])


def _lies_in(made: Province, commune: int, area: Area, districts: list[int], communes: list[int]) -> bool:
    return area.id in (0, communes[commune], districts[made.communes[commune][0]])


def test_all_and_only_all_is_a_hundred_percent() -> None:
    assert Seats(confirmed=495, vacant=1).percent == 99
    assert Seats(confirmed=496).percent == 100
    assert Seats().percent == 0


async def test_the_least_covered_come_first_then_by_name(talk: Talk) -> None:
    for post in ("pct", "vptk"):
        await talk.official("trung lý", post)
    async with talk.db.reading() as tx:
        parts = coverage.least_covered(await coverage.by_commune(tx, PROVINCE))
    assert parts[-1].name == "xã Trung Lý, Mường Lát"
    assert len(parts) == 124


# Feedback -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "told", "overall"),
    [
        ([], [], False),
        ([4], [], False),
        ([5], [0], True),
        ([3, 3], [], True),
        ([9, 4], [], True),  # the four would be what is left of all
        ([5, 9, 4], [1], True),
        ([5, 9], [0, 1], True),
        ([6, 3, 3], [0], True),
    ],
)
async def test_a_few_answers_are_never_told(
    empty_db: Database, answers: list[int], told: list[int], overall: bool
) -> None:
    sessions = await empty_db.transact(lambda tx: _answers(tx, answers))
    async with empty_db.reading() as tx:
        scores = await classes.scores(tx)
        whole = await classes.overall(tx)
    assert [place for place, number in enumerate(sessions) if scores[number].averages] == told
    assert bool(whole.averages) == overall
    assert whole.answers == sum(answers)


async def test_averages(talk: Talk) -> None:
    session = await talk.value("SELECT min(id) FROM session WHERE state = 'open'")
    await talk.db.transact(lambda tx: _feedback(tx, session, [5, 4, 4, 5, 4]))
    admin = await talk.admin()
    await admin.says("/tonghop")
    admin.sees("5 phiếu: nội dung 4,4")
    await admin.presses("Theo lớp")
    admin.sees("5 phiếu: nội dung 4,4")
    await admin.says("/tonghop mường lát")
    admin.sees_nothing_of("4,4")  # the difference of two areas could be one person


# Kit ----------------------------------------------------------------------------------------------


async def _seats(talk: Talk) -> Seats:
    async with talk.db.reading() as tx:
        return await coverage.seats(tx, PROVINCE)


async def forge(talk: Talk, phone: Phone, step: str, carry: dict[str, Any]) -> None:
    """A button of the newest message is made to lead elsewhere, as one of an older program might."""
    last = (await talk.rows("SELECT max(id) AS id FROM outbox WHERE chat = :c", c=phone.chat))[0]["id"]
    choices = dumps([["x", step, carry, ""]])
    await talk.db.transact(lambda tx: tx.run("UPDATE outbox SET choices = :c WHERE id = :id", c=choices, id=last))
    await phone.presses_old(last, 0)


async def _claims(tx: Tx, seat: int) -> None:
    for name in ("Một", "Hai"):
        person = await _person(tx, name)
        await tx.run(
            "INSERT INTO claim (seat_id, person_id, chat, name, opened_at) VALUES (:s, :p, 'telegram:1', :n, :at)",
            s=seat, p=person, n=name, at=AT,
        )  # fmt: skip


async def _person(tx: Tx, name: str) -> int:
    number: int = await tx.value(
        "INSERT INTO person (name, folded, origin, created_at) VALUES (:n, :n, 'chat', :at) RETURNING id", n=name, at=AT
    )
    return number


async def _speaks(tx: Tx, chat: str, person: int) -> None:
    await tx.run("INSERT INTO chat_person (chat, person_id, since) VALUES (:c, :p, :at)", c=chat, p=person, at=AT)


async def _serve(tx: Tx, town: str) -> None:
    number = await tx.value(town)
    await tx.run("INSERT INTO scope (unit_id, class) VALUES (:u, 'II')", u=number)
    await tx.run("INSERT INTO seat (unit_id, post) VALUES (:u, 'pct')", u=number)
    await tx.run(
        "INSERT INTO meta (key, value) VALUES ('places', '999') ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )


async def _trouble(tx: Tx) -> None:
    await tx.run(
        "INSERT INTO outbox (id, chat, priority, text, keys, choices, state, error, created_at)"
        " VALUES (5, 'telegram:5', 0, '', '', '[]', 'given_up', 'Unauthorized', '2026-11-20T04:00:00Z')"
    )
    await tx.run(
        "INSERT INTO inbox (channel, key, chat, kind, body, received_at, state, error)"
        " VALUES ('telegram', 'x', 'telegram:5', 'text', '{}', '2026-11-20T04:00:00Z', 'failed', 'L7 KeyError at:1')"
    )


TABLES = (
    "feedback",
    "enrolment",
    "session_area",
    "session_half",
    "session",
    "claim",
    "holding",
    "seat",
    "scope",
    "person",
)


async def _build(tx: Tx, made: Province) -> tuple[list[int], list[int], list[int]]:
    for table in TABLES:
        await tx.run(f"DELETE FROM {table}")
    await tx.run("DELETE FROM unit WHERE level = 'commune'")
    await tx.run("DELETE FROM unit")
    districts = [await _unit(tx, "district", f"Huyện {n}", None) for n in range(3)]
    communes = []
    for n, (district, served) in enumerate(made.communes):
        communes.append(await _unit(tx, "commune", f"Xã {n}", districts[district]))
        if served:
            await tx.run("INSERT INTO scope (unit_id, class) VALUES (:u, 'III')", u=communes[-1])
    persons = {seat: await _seat(tx, communes[seat[0]], seat[1], *held) for seat, held in made.seats.items()}
    sessions = [await _session(tx, n, None if of is None else districts[of]) for n, of in enumerate(made.areas)]
    for session, commune, post, state in made.enrolments:
        seat, person = persons[commune, post]
        await tx.run(
            "INSERT INTO enrolment (session_id, seat_id, person_id, state, enrolled_at, changed_at)"
            " VALUES (:session, :seat, :person, :state, :at, :at)",
            session=sessions[session], seat=seat, person=person, state=state, at=AT,
        )  # fmt: skip
    return districts, communes, sessions


async def _unit(tx: Tx, level: str, name: str, parent: int | None) -> int:
    kind, _, bare = name.partition(" ")
    number: int = await tx.value(
        "INSERT INTO unit (level, code, name, type, folded, parent_id, valid_from)"
        " VALUES (:level, :code, :name, :type, :name, :parent, '2020-01-01') RETURNING id",
        level=level, code=name, name=bare, type=kind, parent=parent,
    )  # fmt: skip
    return number


async def _seat(tx: Tx, unit: int, post: str, holder: str, claims: int) -> tuple[int, int]:
    seat: int = await tx.value("INSERT INTO seat (unit_id, post) VALUES (:u, :p) RETURNING id", u=unit, p=post)
    person = await _person(tx, "Ai")
    if holder != "none":
        await tx.run(
            "INSERT INTO holding (seat_id, person_id, since, until, confirmed_at)"
            " VALUES (:s, :p, :at, :until, :confirmed)",
            s=seat, p=person, at=AT, until=AT if holder == "left" else None,
            confirmed=AT if holder in ("confirmed", "left") else None,
        )  # fmt: skip
    for state in ("open", "open", "rejected")[2 - claims :]:
        await tx.run(
            "INSERT INTO claim (seat_id, person_id, chat, name, state, opened_at)"
            " VALUES (:s, :p, 'telegram:1', 'Ai', :state, :at)",
            s=seat, p=await _person(tx, "Khác"), state=state, at=AT,
        )  # fmt: skip
    return seat, person


async def _session(tx: Tx, n: int, area: int | None) -> int:
    number: int = await tx.value(
        "INSERT INTO session (code, title, place, capacity, deadline, state)"
        " VALUES (:c, :c, 'Nơi', 50, '2026-12-01', 'open') RETURNING id",
        c=f"L{n}",
    )
    if area is not None:
        await tx.run("INSERT INTO session_area (session_id, unit_id) VALUES (:s, :u)", s=number, u=area)
    return number


async def _answers(tx: Tx, answers: list[int]) -> list[int]:
    sessions = [await _session(tx, n, None) for n in range(len(answers))]
    for number, n in zip(sessions, answers, strict=True):
        await _feedback(tx, number, [4] * n)
    return sessions


async def _feedback(tx: Tx, session: int, scores: list[int]) -> None:
    for n, score in enumerate(scores):
        await tx.run(
            "INSERT INTO feedback (id, session_id, content, teacher, organisation, locality, given_on)"
            " VALUES (:id, :s, :n, 4, 3, 5, '2026-11-01')",
            id=f"{session}-{n}", s=session, n=score,
        )  # fmt: skip
