"""The sample data of a programme into an empty database, through the same imports, with dates around today."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from storage.database import Database, Row, Tx
from storage.importing.files import read_rows
from storage.importing.headings import recognise
from storage.importing.model import Kind, Line, Sheet
from storage.importing.report import Report, Speaker
from storage.importing.run import KINDS, VIETNAM, import_sheet
from storage.programme import Programme

SCOPE, ROSTER, SESSIONS = "mau_pham_vi.csv", "mau_danh_sach.csv", "mau_lop.csv"
_OFFSET = re.compile(r"T([+-]\d+)")


async def load_sample(
    db: Database, programme: Programme, folder: Path, now: datetime, *, zone: tzinfo = VIETNAM
) -> bool:
    """Fill an empty database; returns whether anything was loaded.

    What is there already is left alone, since people may have changed it by chat. When none is open any more,
    a new round of sessions is added, so that a demonstration always has something to enrol in.
    """
    today = now.astimezone(zone).date()
    async with db.reading() as tx:
        has_seats = bool(await tx.value("SELECT 1 FROM seat LIMIT 1"))
        ahead = await tx.value("SELECT max(deadline) FROM session WHERE state = 'open'")
        codes = {row["code"] for row in await tx.all("SELECT code FROM session")}
    if not has_seats:
        files: tuple[tuple[Kind, str], ...] = (("units", programme.units.file), ("scope", SCOPE), ("roster", ROSTER))
        for kind, name in files:
            await _load(db, programme, kind, _sheet(kind, folder / name), now, zone)
    if ahead is not None and ahead >= today.isoformat():
        return not has_seats
    sheet = _dated(_sheet("sessions", folder / SESSIONS), today, codes)
    await _load(db, programme, "sessions", sheet, now, zone)
    await db.transact(lambda tx: _finish(tx, programme, [line.get("code") for line in sheet.lines], now))
    return True


def _sheet(kind: Kind, path: Path) -> Sheet:
    return recognise(read_rows(path), KINDS[kind].COLUMNS)


async def _load(db: Database, programme: Programme, kind: Kind, sheet: Sheet, now: datetime, zone: tzinfo) -> None:
    report = Report(kind, "", Speaker(_Keys()))
    report = await import_sheet(db, programme, sheet, report, True, now, zone=zone, actor="sample")
    if report.bad:
        raise RuntimeError(report.text())


class _Keys:
    """Texts for a report that only a developer sees."""

    def say(self, language: str, key: str, /, **values: Any) -> str:
        """The key with its values."""
        return f"{key} {values}" if values else key


def _dated(sheet: Sheet, today: date, taken: set[str]) -> Sheet:
    """The sessions with dates for offsets; a later round has the day in its codes."""
    lines = [_dated_line(line, today) for line in sheet.lines]
    if taken & {line.get("code") for line in lines}:
        lines = [_with(line, code=f"{line.get('code')}-{today:%d%m%y}") for line in lines]
    return replace(sheet, lines=tuple(lines))


def _dated_line(line: Line, today: date) -> Line:
    def day(match: re.Match[str]) -> str:
        return f"{working_day(today, int(match.group(1))):%d/%m/%Y}"

    return _with(line, **{name: _OFFSET.sub(day, line.get(name)) for name in ("halves", "deadline")})


def _with(line: Line, **cells: str) -> Line:
    return replace(line, cells=line.cells | cells)


def working_day(today: date, offset: int) -> date:
    """The day that many working days from today (which counts as a working day)."""
    day, step = today, 1 if offset > 0 else -1
    for _ in range(abs(offset)):
        day += timedelta(days=step)
        while day.weekday() >= 5:
            day += timedelta(days=step)
    return day


async def _finish(tx: Tx, programme: Programme, codes: Sequence[str], now: datetime) -> None:
    """The held sessions had learners, so that there is something to give feedback on and to report."""
    await tx.run(
        "INSERT INTO meta (key, value) VALUES ('sample', :code) ON CONFLICT (key) DO NOTHING", code=programme.code
    )
    seats = await tx.all(
        "SELECT s.id, s.post, s.unit_id, u.parent_id, h.person_id FROM seat s JOIN unit u ON u.id = s.unit_id"
        " JOIN holding h ON h.seat_id = s.id AND h.until IS NULL ORDER BY s.id"
    )
    for session in await tx.all("SELECT id, code, capacity FROM session WHERE state = 'held' ORDER BY id"):
        if session["code"] in codes:
            await _fill(tx, session, seats, f"{now - timedelta(days=20):%Y-%m-%dT%H:%M:%SZ}")


async def _fill(tx: Tx, session: Row, seats: Sequence[Row], at: str) -> None:
    posts = {r["post"] for r in await tx.all("SELECT post FROM session_post WHERE session_id = :id", id=session["id"])}
    areas = {
        r["unit_id"] for r in await tx.all("SELECT unit_id FROM session_area WHERE session_id = :id", id=session["id"])
    }
    chosen = [
        seat
        for seat in seats
        if (not posts or seat["post"] in posts) and (not areas or {seat["unit_id"], seat["parent_id"]} & areas)
    ][: session["capacity"]]
    await tx.many(
        "INSERT INTO enrolment (session_id, seat_id, person_id, state, enrolled_at, changed_at)"
        " VALUES (:session, :seat, :person, 'enrolled', :at, :at)",
        [{"session": session["id"], "seat": s["id"], "person": s["person_id"], "at": at} for s in chosen],
    )
    await tx.run("UPDATE session SET taken = :taken WHERE id = :id", taken=len(chosen), id=session["id"])
