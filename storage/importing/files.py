"""A CSV or XLSX file as rows of text, within limits that are checked before anything is parsed."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from storage.fold import tidy
from storage.importing.model import RefusedError

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000
_MAX_UNPACKED = 100 * 1024 * 1024
_MAX_COLUMNS = 100
_ABOVE = 50  # rows allowed for titles above the headings
_SAMPLE = 50
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Z]+)(\d+)")
_UNZIP_ERRORS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)

Rows = list[list[str]]


def read_rows(path: Path) -> list[Rows]:
    """The sheets of a file that hold something; a CSV is one sheet.

    Raises:
        RefusedError: missing, too large, broken, or of another kind.
    """
    data = _read(path)
    if data.startswith(b"PK"):
        return _spreadsheet(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedError("import-refused-old-excel")
    return [_comma_separated(data)]


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise RefusedError("import-refused-size", limit=MAX_BYTES // 1024 // 1024)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise RefusedError("import-refused-no-file", file=path.name) from error
    except OSError as error:
        raise RefusedError("import-refused-unreadable", file=path.name) from error
    if not data.strip():
        raise RefusedError("import-refused-empty")
    return data


def _spreadsheet(data: bytes) -> list[Rows]:
    measured = _measured(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(measured)) as book:
            sheets = [
                book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                for sheet in book.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            ]
    except (CalamineError, OSError, ValueError) as error:
        raise RefusedError("import-refused-broken") from error
    texts = [[[text(cell) for cell in row] for row in sheet] for sheet in sheets]
    filled = [sheet for sheet in texts if any(any(row) for row in sheet)]
    if not filled:
        raise RefusedError("import-refused-empty")
    return filled


def _measured(data: bytes) -> bytes:
    """The same archive unpacked under our eyes, so that nothing later unpacks to more than was measured."""
    left, plain = _MAX_UNPACKED, io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(plain, "w") as out:
            if "xl/workbook.xml" not in packed.namelist():
                raise RefusedError("import-refused-kind")
            for entry in packed.infolist():
                with packed.open(entry) as stream:
                    body = stream.read(left + 1)
                left -= len(body)
                if left < 0:
                    raise RefusedError("import-refused-bomb")
                if entry.filename.startswith("xl/worksheets/"):
                    _check_extent(body)
                out.writestr(entry.filename, body)
    except _UNZIP_ERRORS as error:
        raise RefusedError("import-refused-broken") from error
    return plain.getvalue()


def _check_extent(sheet: bytes) -> None:
    """A sheet is spread out in memory up to its last cell: one lone cell far away would cost gigabytes."""
    if b"\0" in sheet:  # UTF-16, which no spreadsheet program writes
        raise RefusedError("import-refused-broken")
    for letters, digits in _CELL.findall(sheet):
        if len(letters) > 2 or _column(letters) > _MAX_COLUMNS:
            raise RefusedError("import-refused-columns", limit=_MAX_COLUMNS)
        if len(digits) > 7 or int(digits) > MAX_ROWS + _ABOVE:
            raise RefusedError("import-refused-rows", limit=MAX_ROWS)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _comma_separated(data: bytes) -> Rows:
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("import-refused-encoding") from error
    if "\0" in content or content.startswith("%PDF"):
        raise RefusedError("import-refused-kind")
    if content.count("\n") > (MAX_ROWS + _ABOVE) * 5:  # five lines a row, where cells hold line breaks
        raise RefusedError("import-refused-rows", limit=MAX_ROWS)
    try:
        reader = csv.reader(io.StringIO(content), delimiter=_delimiter(content), strict=False)
        return [[text(cell) for cell in row[:_MAX_COLUMNS]] for row in reader]
    except csv.Error as error:
        raise RefusedError("import-refused-broken") from error


def _delimiter(content: str) -> str:
    """The one that cuts the first lines into the most cells."""
    head = content.splitlines()[:_SAMPLE]

    def cells(delimiter: str) -> int:
        rows = csv.reader(head, delimiter=delimiter)
        return sum(len(row) for row in rows if len(row) > 1)

    return max(";,\t", key=cells)


def text(cell: str | float | bool | date | time | timedelta | None) -> str:
    """A cell as a person would have typed it, line by line. What looks like a formula is text like any other."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return "\n".join(filter(None, map(tidy, str(cell).splitlines())))


def is_empty(row: Sequence[str]) -> bool:
    """Whether nothing stands in the row."""
    return not any(row)
