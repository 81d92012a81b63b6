"""One import from file to report: rehearse, or apply all or nothing in one transaction."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path

from storage import audit
from storage.database import Database, Tx
from storage.importing import returned, roster, scope, sessions, units
from storage.importing.files import read_rows
from storage.importing.headings import recognise
from storage.importing.model import Importer, Kind, Note, Outcome, Parsed, RefusedError, Setting, Sheet
from storage.importing.report import Report, Speaker, Texts
from storage.places import Places, version
from storage.programme import Programme

KINDS: Mapping[Kind, Importer] = {"units": units, "scope": scope, "roster": roster, "sessions": sessions}
VIETNAM: tzinfo = timezone(timedelta(hours=7))


async def run_import(
    db: Database,
    programme: Programme,
    kind: Kind,
    path: Path,
    apply: bool,
    texts: Texts,
    out_folder: Path,
    now: datetime,
    *,
    language: str = "vi",
    force: bool = False,
    zone: tzinfo = VIETNAM,
    actor: str = "shell",
) -> Report:
    """Import a file; without `apply` only say what it would do. With any bad row nothing is done.

    `force` lets the file replace holders who confirmed their seat; otherwise they stay, and are reported.
    """
    report = Report(kind, path.name, Speaker(texts, language))
    try:
        sheet = await asyncio.to_thread(lambda: recognise(read_rows(path), KINDS[kind].COLUMNS))
        report = await import_sheet(db, programme, sheet, report, apply, now, force=force, zone=zone, actor=actor)
    except RefusedError as error:
        return replace(report, refused=Note(error.key, error.values))
    if report.bad:
        target = out_folder / f"loi_{path.stem}.xlsx"
        await asyncio.to_thread(returned.write, target, sheet, report.bad, report.speaker)
        report = replace(report, returned=target)
    return report


async def import_sheet(
    db: Database,
    programme: Programme,
    sheet: Sheet,
    report: Report,
    apply: bool,
    now: datetime,
    *,
    force: bool = False,
    zone: tzinfo = VIETNAM,
    actor: str = "shell",
) -> Report:
    """The part after the file is read; fills the report in."""
    importer = KINDS[report.kind]
    async with db.reading() as tx:
        setting = Setting(
            programme,
            await Places.load(tx),
            f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            f"{now.astimezone(zone):%Y-%m-%d}",
            force,
        )
    # Long for a large file, so outside the transaction: nobody waits for it.
    parsed = await asyncio.to_thread(importer.parse, sheet, setting)
    report = replace(
        report,
        rows=len(sheet.lines),
        unknown=sheet.unknown,
        bad=tuple(parsed.problems),
        warnings=tuple(parsed.warnings),
    )
    if report.bad:
        return report
    if apply:
        outcome = await _apply(db, report.kind, parsed, setting, actor)
    else:
        async with db.reading() as tx:
            outcome = await importer.settle(tx, parsed, setting, False)
    applied = apply and not outcome.problems
    warnings = (*parsed.warnings, *outcome.warnings)
    return replace(report, applied=applied, outcome=outcome, bad=tuple(outcome.problems), warnings=warnings)


async def _apply(db: Database, kind: Kind, parsed: Parsed, setting: Setting, actor: str) -> Outcome:
    async def work(tx: Tx) -> Outcome:
        if await version(tx) != setting.places.number:
            raise RefusedError("import-refused-changed")
        outcome = await KINDS[kind].settle(tx, parsed, setting, True)
        if outcome.writes and not outcome.problems:
            counts = dict(outcome.counts.items()) | {"unchanged": outcome.unchanged, "seats": outcome.seats}
            entry = audit.Entry(actor, f"import.{kind}", setting.programme.code, counts)
            await audit.append(tx, [entry], setting.now)
        return outcome

    return await db.transact(work)
