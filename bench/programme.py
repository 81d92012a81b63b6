"""A programme large enough to be measured: all 559 communes with 4 posts each, through the project's own imports."""

import asyncio
import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.app import texts_of
from storage.database import Row, Tx, open_database
from storage.fold import fold
from storage.importing import run_import
from storage.importing.model import Kind
from storage.migrate import migrate
from storage.places import Places
from storage.programme import load
from storage.rights import make_code

SOURCE = Path(__file__).parents[1] / "programmes" / "thanh-hoa-135-2020"
SESSIONS = 6


@dataclass(frozen=True)
class Seat:
    """Whom a virtual person is: what she types, presses and shares to register."""

    commune: str  # as she types it
    place: str  # as the bot shows it
    post: str
    phone: str
    code: str


def prepare(folder: Path) -> tuple[Path, list[Seat]]:
    """A database file with the programme in it, and its seats."""
    return asyncio.run(_prepare(folder))


async def _prepare(folder: Path) -> tuple[Path, list[Seat]]:
    programme, now = load(SOURCE), datetime.now(UTC)
    texts, path = texts_of(programme), folder / "programme.db"
    with (SOURCE / "units.csv").open(encoding="utf-8", newline="") as file:
        units = [(row["commune_code"], row["commune"], row["district"]) for row in csv.DictReader(file)]
    posts = [post.short for post in programme.posts]
    files: list[tuple[Kind, Path]] = [
        ("units", SOURCE / "units.csv"),
        ("scope", _write(folder / "scope.csv", _scope(units))),
        ("roster", _write(folder / "roster.csv", _roster(units, posts))),
        ("sessions", _write(folder / "sessions.csv", _sessions(now.date()))),
    ]
    db = await open_database(f"sqlite:///{path}")
    try:
        await migrate(db)
        for kind, source in files:
            report = await run_import(db, programme, kind, source, True, texts, folder, now)
            if not report.ok:
                raise RuntimeError(report.text())
        seats = await db.transact(lambda tx: _seats(tx, {p.code: p.name for p in programme.posts}, now))
    finally:
        await db.close()
    return path, seats


def _write(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def _scope(units: Sequence[tuple[str, str, str]]) -> Iterable[Sequence[object]]:
    yield "Mã xã", "Xã", "Huyện", "Khu vực"
    for unit in units:
        yield *unit, "III"


def _roster(units: Sequence[tuple[str, str, str]], posts: Sequence[str]) -> Iterable[Sequence[object]]:
    yield "Mã xã", "Xã", "Huyện", "Chức danh", "Họ và tên", "Số điện thoại"
    for place, unit in enumerate(units):
        for number, post in enumerate(posts, start=place * len(posts)):
            yield *unit, post, f"Lò Thị {_word(number)}", f"0990 {number // 1000:03} {number % 1000:03}"


def _word(number: int) -> str:
    """A name of three letters, another for each number."""
    return "".join("abcdeghiklmnopqrstuvxy"[number // 22**place % 22] for place in range(3)).capitalize()


def _sessions(today: date) -> Iterable[Sequence[object]]:
    yield "Mã lớp", "Tên lớp", "Địa điểm", "Giảng viên", "Số chỗ", "Thời gian", "Hạn đăng ký", "Mang theo", "Chuyên đề"
    until = today + timedelta(days=5)
    for number in range(1, SESSIONS + 1):
        title, place = f"Nâng cao năng lực cán bộ cơ sở, đợt {number}", f"Hội trường UBND huyện số {number}"
        days = "; ".join(f"{today + timedelta(days=10 + 3 * number + day):%d/%m/%Y}" for day in range(2))
        topics = "cong-dong; giam-sat"
        yield f"DO-{number}", title, place, "Giảng viên mẫu", 2000, days, f"{until:%d/%m/%Y}", "Giấy mời", topics


async def _seats(tx: Tx, posts: dict[str, str], now: datetime) -> list[Seat]:
    rows = await tx.all(
        "SELECT h.id, p.phone, s.post, s.unit_id FROM holding h JOIN person p ON p.id = h.person_id"
        " JOIN seat s ON s.id = h.seat_id ORDER BY s.post, s.id"
    )
    places = await Places.load(tx)
    return [await _seat(tx, places, row, posts[row["post"]], now) for row in rows]


async def _seat(tx: Tx, places: Places, row: Row, post: str, now: datetime) -> Seat:
    code = await make_code(tx, "seat", now, timedelta(days=30), holding=row["id"])
    place = places.get(row["unit_id"])
    district = places.district(place.district_id) if place and place.district_id else None
    if place is None or district is None:
        raise LookupError(row["unit_id"])
    typed = f"{place.name} {district.name}"  # every third without marks
    return Seat(fold(typed) if row["id"] % 3 == 0 else typed, place.label(), post, row["phone"], code)
