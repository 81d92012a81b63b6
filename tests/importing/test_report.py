"""What the person at the shell reads and sends back."""

import re
from pathlib import Path

import openpyxl
import pytest

from storage.importing import model, units
from storage.importing.run import KINDS
from tests.importing.desk import SAMPLE, TEXTS, Desk, write_csv

HEAD = ["STT", "Xã", "Huyện", "Chức danh", "Họ và tên", "SĐT", "Tuổi"]
ROOT = Path(__file__).parents[2]


async def bad_file(desk: Desk) -> Path:
    rows = [
        HEAD,
        ["1", "Trug Lý", "Mường Lát", "KNV", "=1+1", "12", "40"],
        ["2", "Trung Lý & Co", "", "KNV", "A", "", ""],
    ]
    return write_csv(desk.folder / "can_bo.csv", rows)


async def test_bad_rows_are_told_and_sent_back(desk: Desk) -> None:
    report = await desk.run("roster", await bad_file(desk))
    text = report.text()
    assert "Nhập danh sách cán bộ từ tệp can_bo.csv" in text
    assert 'Dòng 2, cột Xã, giá trị "Trug Lý": không khớp. Có phải là: xã Trung Lý (huyện Mường Lát)?' in text
    assert 'Dòng 2, cột Số điện thoại, giá trị "12"' in text
    assert "Trung Lý & Co" in text
    assert "Cột không nhận biết, được bỏ qua: Tuổi." in text
    assert text.endswith("Chưa ghi gì vào hệ thống.")
    assert report.returned == desk.folder / "out" / "loi_can_bo.xlsx"


async def test_the_returned_file_holds_no_formula_and_can_be_imported(desk: Desk) -> None:
    report = await desk.run("roster", await bad_file(desk))
    assert report.returned is not None
    page = openpyxl.load_workbook(report.returned).active
    cells = [[cell.value for cell in line] for line in page.iter_rows()]
    assert cells[0] == ["Lý do", "Dòng", *HEAD]
    assert cells[1][1:] == [2, "1", "Trug Lý", "Mường Lát", "KNV", "=1+1", "12", "40"]
    assert "Xã: không khớp" in cells[1][0]
    assert {cell.data_type for line in page.iter_rows() for cell in line if cell.value is not None} == {"s", "n"}
    again = await desk.run("roster", report.returned)
    assert [p.column for p in again.bad] == [p.column for p in report.bad]
    assert again.unknown == ("Tuổi",)


async def test_in_english(desk: Desk) -> None:
    text = (await desk.run("roster", await bad_file(desk), language="en")).text()
    assert "Import of the roster from can_bo.csv" in text
    assert text.endswith("Nothing was stored.")


async def test_many_bad_rows_are_cut_on_the_screen_only(desk: Desk) -> None:
    rows = [HEAD[:6], *([str(n), "Atlantis", "", "KNV", "A", ""] for n in range(100))]
    report = await desk.run("roster", rows)
    assert len(report.bad) == 100
    assert len(report.text().splitlines()) < 40
    assert "… và 70 mục khác." in report.text()
    assert report.returned is not None
    assert openpyxl.load_workbook(report.returned).active.max_row == 101


async def test_the_scope_may_not_change_between_reading_and_writing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def later(tx: object) -> int:
        return 99

    monkeypatch.setattr("storage.importing.run.version", later)
    report = await desk.run("units", SAMPLE / "units.csv")
    assert report.refused == model.Note("import-refused-changed")


def test_every_column_has_a_name_and_no_alias_means_two() -> None:
    for importer in KINDS.values():
        for column in importer.COLUMNS:
            assert TEXTS.has(f"import-col-{column.name.replace('_', '-')}")
        forms = [form for c in importer.COLUMNS for form in {c.name.replace("_", " "), *c.aliases}]
        assert len(forms) == len(set(forms)), importer
    assert units.COLUMNS


def test_every_key_that_is_said_exists_and_every_key_is_said() -> None:
    said = set()
    for path in (ROOT / "storage" / "importing").glob("*.py"):
        said |= set(re.findall(r'"(import-(?!col|\{)[a-z-]+)"', path.read_text(encoding="utf-8")))
    said |= {f"import-{fate}" for fate in ("added", "changed", "missing", "kept")}
    said |= {"import-check-commune", "import-check-village", "import-col-reason", "import-col-row"}
    said |= {f"import-col-{c.name.replace('_', '-')}" for i in KINDS.values() for c in i.COLUMNS}
    for language in ("vi", "en"):
        text = (ROOT / "locales" / language / "import.ftl").read_text(encoding="utf-8")
        assert set(re.findall(r"^(import-[a-z-]+) =", text, re.MULTILINE)) == said
