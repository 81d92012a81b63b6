"""A clerk's desk: lists written as CSV or XLSX and imported."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from locales import Texts
from programmes import make_sample
from storage.database import Database, Row
from storage.importing import Kind, Report, run_import
from storage.programme import Programme

NOW = datetime(2026, 6, 5, 3, 0, tzinfo=UTC)
SAMPLE = make_sample.FOLDER
TEXTS = Texts(strict=True)
Table = Sequence[Sequence[Any]]


@dataclass
class Desk:
    """Writes files and imports them."""

    db: Database
    programme: Programme
    folder: Path

    async def run(self, kind: Kind, file: Table | Path, apply: bool = True, **options: Any) -> Report:
        """Import rows, or a file that exists."""
        path = file if isinstance(file, Path) else write_csv(self.folder / f"{kind}.csv", file)
        return await run_import(
            self.db, self.programme, kind, path, apply, TEXTS, self.folder / "out", options.pop("now", NOW), **options
        )

    async def rows(self, sql: str) -> list[Row]:
        """What is stored."""
        async with self.db.reading() as tx:
            return list(await tx.all(sql))

    async def value(self, sql: str) -> Any:
        """One stored value."""
        async with self.db.reading() as tx:
            return await tx.value(sql)

    async def change(self, sql: str) -> None:
        """Something that happened meanwhile."""
        await self.db.transact(lambda tx: tx.run(sql))


def write_csv(path: Path, rows: Table, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A CSV file."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Table) -> Path:
    """A spreadsheet with typed cells, as Excel makes it."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write(at, column, cell)
    return path


def reasons(report: Report) -> list[tuple[int, str, str]]:
    """What is bad: row, column, the key of the reason."""
    return [(p.line.number, p.column, p.why.key.removeprefix("import-bad-")) for p in report.bad]


def counts(report: Report) -> tuple[int, int, int, int]:
    """Added, changed, unchanged, missing."""
    return (
        report.counts["added"],
        report.counts["changed"],
        report.outcome.unchanged,
        report.counts["missing"],
    )
