"""The sample programme: made by a script, loaded by the imports, with dates around today."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from programmes import make_sample
from storage.database import Database, Row, Tx
from storage.importing.sample import load_sample, working_day
from storage.programme import Programme

FOLDER = make_sample.FOLDER
NOW = datetime(2026, 6, 5, 3, 0, tzinfo=UTC)  # a Friday


async def rows(db: Database, sql: str) -> list[Row]:
    async with db.reading() as tx:
        return list(await tx.all(sql))


async def value(db: Database, sql: str) -> object:
    async with db.reading() as tx:
        return await tx.value(sql)


def test_the_script_makes_the_very_files_that_are_kept(tmp_path: Path) -> None:
    make_sample.main(tmp_path)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["mau_danh_sach.csv", "mau_lop.csv", "mau_pham_vi.csv"]
    for name in made:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_every_sample_file_says_that_it_is_one() -> None:
    for path in FOLDER.glob("mau_*"):
        assert path.read_text(encoding="utf-8-sig").startswith("DỮ LIỆU MẪU")


async def test_figures_of_the_programme(empty_db: Database, programme: Programme) -> None:
    await load_sample(empty_db, programme, FOLDER, NOW)
    counted = "SELECT u.level, s.class, count(*) AS n FROM scope s JOIN unit u ON u.id = s.unit_id GROUP BY 1, 2"
    found = {(row["level"], row["class"]): row["n"] for row in await rows(empty_db, counted)}
    assert {r: found["commune", r] for r in ("III", "II")} == dict(programme.check.communes_by_class)
    assert {r: found["village", r] for r in ("III", "II")} == dict(programme.check.villages_by_class)
    assert await value(empty_db, "SELECT count(*) FROM seat") == programme.seats == 496
    assert await value(empty_db, "SELECT count(*) FROM unit WHERE level = 'commune'") == 559
    filled = await value(empty_db, "SELECT count(*) FROM holding")
    assert isinstance(filled, int) and 440 < filled < 496


async def test_villages_and_sessions_are_named_as_sample(empty_db: Database, programme: Programme) -> None:
    await load_sample(empty_db, programme, FOLDER, NOW)
    assert await value(empty_db, "SELECT count(*) FROM unit WHERE level = 'village' AND name NOT LIKE 'Mẫu %'") == 0
    assert await value(empty_db, "SELECT count(*) FROM session WHERE title NOT LIKE '%(mẫu)'") == 0
    assert await value(empty_db, "SELECT value FROM meta WHERE key = 'sample'") == programme.code


async def test_one_person_with_two_seats_and_one_phone_of_two(empty_db: Database, programme: Programme) -> None:
    await load_sample(empty_db, programme, FOLDER, NOW)
    twice = "SELECT person_id FROM holding GROUP BY person_id HAVING count(*) = 2"
    shared = "SELECT phone FROM person WHERE phone IS NOT NULL GROUP BY phone HAVING count(*) = 2"
    assert len(await rows(empty_db, twice)) == 1
    assert len(await rows(empty_db, shared)) == 1


async def test_some_sessions_are_ahead_and_one_was_just_held(empty_db: Database, programme: Programme) -> None:
    await load_sample(empty_db, programme, FOLDER, NOW)
    sessions = await rows(empty_db, "SELECT * FROM session ORDER BY code")
    assert [session["state"] for session in sessions] == ["held"] * 2 + ["open"] * 7
    assert all(session["deadline"] >= "2026-06-05" for session in sessions[2:])
    assert min(session["capacity"] for session in sessions) == 2
    assert await value(empty_db, "SELECT max(day) FROM session_half WHERE session_id = 2") == "2026-06-04"
    weekend = [row["day"] for row in await rows(empty_db, "SELECT day FROM session_half")]
    assert all(date.fromisoformat(day).weekday() < 5 for day in weekend)


async def test_held_sessions_have_learners_of_their_posts(empty_db: Database, programme: Programme) -> None:
    await load_sample(empty_db, programme, FOLDER, NOW)
    learners = await rows(
        empty_db,
        "SELECT x.code, x.taken, s.post, count(*) AS n FROM enrolment e JOIN seat s ON s.id = e.seat_id"
        " JOIN session x ON x.id = e.session_id GROUP BY x.code, x.taken, s.post",
    )
    second = [row for row in learners if row["code"] == "MAU-02"]
    assert [(row["post"], row["n"] == row["taken"]) for row in second] == [("pct", True)]
    assert {row["post"] for row in learners if row["code"] == "MAU-01"} == {"pct", "vptk", "hnd", "knv"}


async def test_loading_again_changes_nothing(empty_db: Database, programme: Programme) -> None:
    assert await load_sample(empty_db, programme, FOLDER, NOW)
    before = await value(empty_db, "SELECT max(id) FROM audit")

    async def vacate(tx: Tx) -> None:
        await tx.run("UPDATE holding SET until = '2026-06-05T00:00:00Z' WHERE id = 1")

    await empty_db.transact(vacate)
    assert not await load_sample(empty_db, programme, FOLDER, NOW)
    assert await value(empty_db, "SELECT max(id) FROM audit") == before
    assert await value(empty_db, "SELECT count(*) FROM holding WHERE until IS NOT NULL") == 1


async def test_after_a_month_there_is_a_new_round(empty_db: Database, programme: Programme) -> None:
    await load_sample(empty_db, programme, FOLDER, NOW)
    assert await load_sample(empty_db, programme, FOLDER, NOW + timedelta(days=40))
    codes = [row["code"] for row in await rows(empty_db, "SELECT code FROM session ORDER BY id")]
    assert len(codes) == 18
    assert codes[9] == "MAU-01-150726"


@pytest.mark.parametrize(
    ("offset", "day"), [(0, "2026-06-05"), (1, "2026-06-08"), (-1, "2026-06-04"), (6, "2026-06-15"), (-5, "2026-05-29")]
)
def test_working_days(offset: int, day: str) -> None:
    assert working_day(date(2026, 6, 5), offset).isoformat() == day


async def test_it_is_quick(empty_db: Database, programme: Programme, engine: str) -> None:
    start = time.perf_counter()
    await load_sample(empty_db, programme, FOLDER, NOW)
    assert time.perf_counter() - start < (1.5 if engine == "sqlite" else 5)
