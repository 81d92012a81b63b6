"""Files as they come: CSV and XLSX, odd, broken or hostile."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from storage.fold import fold
from storage.importing import files
from storage.importing.files import read_rows
from storage.importing.headings import recognise
from storage.importing.model import Column, RefusedError
from storage.importing.roster import COLUMNS
from tests.importing.desk import write_csv, write_xlsx

ROWS = [["Xã", "Chức danh", "Họ và tên"], ["Trung Lý", "PCT", "Lò Văn A"], ["Sơn Thủy; Quan Sơn", "KNV", "Hà, Thị B"]]


def refusal(path: Path) -> str:
    with pytest.raises(RefusedError) as error:
        recognise(read_rows(path), COLUMNS)
    return error.value.key.removeprefix("import-refused-")


def raw(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_csv_of_any_cut(tmp_path: Path, delimiter: str, encoding: str) -> None:
    assert read_rows(write_csv(tmp_path / "a.csv", ROWS, delimiter, encoding)) == [ROWS]


def test_a_spreadsheet_of_the_same_rows(tmp_path: Path) -> None:
    assert read_rows(write_xlsx(tmp_path / "a.xlsx", ROWS)) == [ROWS]


def test_cells_are_what_a_person_would_have_typed(tmp_path: Path) -> None:
    cells = [912345678, 1.5, date(2026, 6, 5), True, " Lò  Văn\u200b A ", "Lo\u0300 Va\u0306n"]
    path = write_xlsx(tmp_path / "a.xlsx", [["a"] * 6, cells])
    assert read_rows(path)[0][1] == ["912345678", "1.5", "05/06/2026", "True", "Lò Văn A", "Lò Văn"]


def test_a_formula_is_never_run_and_text_that_looks_like_one_is_text(tmp_path: Path) -> None:
    dangerous = ["=1+1", "+84912345678", "-5", "@SUM(A1)", '=HYPERLINK("http://x")']
    assert read_rows(write_csv(tmp_path / "a.csv", [["x"] * 5, dangerous]))[0][1] == dangerous


def test_hidden_and_empty_sheets_are_passed_over(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("empty")
        secret = book.add_worksheet("secret")
        secret.write_row(0, 0, ["Xã", "Chức danh", "Họ và tên"])
        secret.hide()
        note = book.add_worksheet("note")
        note.write(0, 0, "Hướng dẫn")
        for at, row in enumerate(ROWS):
            if at == 0:
                page = book.add_worksheet("list")
            page.write_row(at, 0, row)
    assert recognise(read_rows(tmp_path / "a.xlsx"), COLUMNS).lines[0].get("name") == "Lò Văn A"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        ("Xã,Chức danh,Họ và tên\n".encode(), "empty"),
        ("Xã,Chức danh\nTrung Lý,PCT\n".encode(), "headings"),
        ("Xã\n".encode("utf-16"), "encoding"),
        ("Xã".encode("cp1258", errors="replace") + b"\xff\xfe\x81", "encoding"),
        (b"%PDF-1.7 \n1 0 obj", "kind"),
        (b"a,b\0c", "kind"),
        (b"PK\x03\x04 this is no archive", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old-excel"),
        (b'"' + b"x" * 200_000, "broken"),
        (b"a,b\n" * (files.MAX_ROWS + 60) * 5, "rows"),
        (b"x" * (files.MAX_BYTES + 1), "size"),
    ],
)
def test_what_is_refused(tmp_path: Path, data: bytes, key: str) -> None:
    assert refusal(raw(tmp_path / "a.csv", data)) == key


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv") == "no-file"
    assert refusal(tmp_path) in ("unreadable", "size")


def test_too_many_rows_of_data(tmp_path: Path) -> None:
    many = [ROWS[0], *([["Trung Lý", "PCT", "A"]] * (files.MAX_ROWS + 1))]
    assert refusal(write_csv(tmp_path / "a.csv", many)) == "rows"
    assert refusal(write_xlsx(tmp_path / "a.xlsx", many)) == "rows"


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            packed.writestr(name, body)
    return out.getvalue()


def test_an_archive_that_is_no_spreadsheet(tmp_path: Path) -> None:
    assert refusal(raw(tmp_path / "a.xlsx", archive({"word/document.xml": b"<x/>"}))) == "kind"
    assert refusal(raw(tmp_path / "a.xlsx", archive({"xl/workbook.xml": b"<x"}))) == "broken"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    body = b"0" * (files._MAX_UNPACKED + 1)
    assert refusal(raw(tmp_path / "a.xlsx", archive({"xl/workbook.xml": b"", "xl/worksheets/a.xml": body}))) == "bomb"


@pytest.mark.parametrize("cell", ["XFD1", "A1048576", "ZZZZ99999999999"])
def test_a_lone_cell_far_away_costs_no_memory(tmp_path: Path, cell: str) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    parts = {}
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            parts[name] = packed.read(name)
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", f'<row><c r="{cell}"/></row></sheetData>'.encode())
    assert refusal(raw(path, archive(parts))) in ("rows", "columns")


def test_a_truncated_spreadsheet(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    assert refusal(raw(path, path.read_bytes()[:-400])) == "broken"


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"PK"]))
def test_any_bytes_end_in_rows_or_in_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes
) -> None:
    path = raw(tmp_path_factory.getbasetemp() / "any.csv", head + data)
    try:
        recognise(read_rows(path), COLUMNS)
    except RefusedError as error:
        assert error.key.startswith("import-refused-")


TITLES = {"commune": "Đơn vị", "post": "Chức vụ", "name": "Họ và tên", "phone": "Điện thoại", "district": "Tên huyện"}
DRESSES = [str, str.upper, fold, lambda t: f" {t} (*)", lambda t: f"{t}:", lambda t: t.replace(" ", "_")]


@given(st.permutations(sorted(TITLES)), st.sampled_from(DRESSES), st.integers(0, 5), st.sets(st.sampled_from("0123")))
def test_headings_in_any_order_and_dress_below_any_title(order: list[str], dress, above: int, extra: set[str]) -> None:  # type: ignore[no-untyped-def]
    head = [dress(TITLES[name]) for name in order] + [f"Cột {n}" for n in sorted(extra)]
    titles = [["DANH SÁCH CÁN BỘ XÃ", "", ""], [""], ["Kèm theo công văn", "", "", "", "xã"]] * 2
    sheet = recognise([[*titles[:above], head, ["", ""], order, ["", "x"]]], COLUMNS)
    assert [line.number for line in sheet.lines] == [above + 3, above + 4]
    assert sheet.lines[0].cells == {name: name for name in order}
    assert sheet.unknown == tuple(f"Cột {n}" for n in sorted(extra))


def test_missing_headings_are_named_with_what_was_seen() -> None:
    with pytest.raises(RefusedError) as error:
        recognise([[["Danh sách"], ["STT", "Xã", "Tuổi"], ["1", "a", "b"]]], COLUMNS)
    assert error.value.values == {"columns": ("post", "name"), "seen": "STT, Xã, Tuổi"}


def test_of_two_like_headings_the_first_counts_and_the_second_is_told() -> None:
    sheet = recognise([[["SĐT", "Điện thoại", "STT"], ["1", "2", "3"]]], (Column("phone", ("sdt", "dien thoai")),))
    assert sheet.lines[0].get("phone") == "1"
    assert sheet.unknown == ("Điện thoại",)
