"""The official list and the programme's scope."""

import csv
from types import SimpleNamespace

import pytest

from storage.importing.scope import _region
from storage.importing.unit_rows import split_type
from storage.places import Places, version
from tests.importing.desk import SAMPLE, Desk, counts, reasons

HEAD = ["Mã", "Tên xã", "Loại", "Mã huyện", "Huyện"]
SCOPE = ["Xã", "Huyện", "Khu vực", "Thôn, bản", "Quyết định"]


async def test_the_official_list_and_again(bare: Desk) -> None:
    assert counts(await bare.run("units", SAMPLE / "units.csv")) == (586, 0, 0, 0)
    before = await bare.rows("SELECT * FROM unit ORDER BY id")
    again = await bare.run("units", SAMPLE / "units.csv")
    assert counts(again) == (0, 0, 586, 0)
    assert await bare.rows("SELECT * FROM unit ORDER BY id") == before
    assert await bare.value("SELECT count(*) FROM audit") == 1
    unit = (await bare.rows("SELECT * FROM unit WHERE code = '14857'"))[0]
    assert (unit["name"], unit["type"], unit["folded"], unit["valid_from"]) == (
        "Trung Lý",
        "Xã",
        "trung ly",
        "2020-06-01",
    )
    assert await bare.value("SELECT name FROM unit WHERE level = 'district' AND code = '384'") == "Mường Lát"


async def test_the_list_without_districts_of_2025(bare: Desk) -> None:
    report = await bare.run("units", [["commune_code", "commune", "type"], ["14758", "Hàm Rồng", "Phường"]])
    assert counts(report) == (1, 0, 0, 0)
    assert await bare.value("SELECT parent_id FROM unit") is None


async def test_a_corrected_name_is_a_change_and_what_is_not_named_is_kept(bare: Desk) -> None:
    await bare.run("units", SAMPLE / "units.csv")
    report = await bare.run("units", [HEAD, ["14857", "Trung Lí", "Xã", "384", "Huyện Mường Lát"]])
    assert counts(report) == (0, 1, 1, 584)
    assert report.outcome.examples["changed"] == ["14857: Xã Trung Lý → Xã Trung Lí"]
    assert await bare.value("SELECT count(*) FROM unit") == 586


async def test_bad_rows_of_units(bare: Desk) -> None:
    report = await bare.run(
        "units",
        [
            HEAD,
            ["1", "Xã A", "", "384", "Huyện Mường Lát"],
            ["1", "B", "Xã", "384", "H. Mường Lát"],
            ["", "C", "Xã", "384", "Huyện Mường Lát"],
            ["4", "D", "", "384", "Huyện Mường Lát"],
            ["5", "E", "X", "384", "Huyện Quan Hóa"],
        ],
    )
    assert reasons(report) == [
        (3, "code", "twice"),
        (4, "code", "empty"),
        (5, "type", "unit-type"),
        (6, "district", "district-code"),
    ]
    assert await bare.value("SELECT count(*) FROM unit") == 0


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Huyện Mường Lát", ("Huyện", "Mường Lát")),
        ("huyen Muong Lat", ("Huyện", "Muong Lat")),
        ("TX. Nghi Sơn", ("Thị xã", "Nghi Sơn")),
        ("Thành phố Thanh Hóa", ("Thành phố", "Thanh Hóa")),
        ("Mường Lát", ("", "Mường Lát")),
        ("", ("", "")),
    ],
)
def test_type_words(text: str, parts: tuple[str, str]) -> None:
    assert split_type(text, ("Thành phố", "Thị xã", "Huyện")) == parts


async def test_scope_makes_villages_seats_and_a_new_index(desk: Desk) -> None:
    async with desk.db.reading() as tx:
        places = await Places.load(tx)
        assert places.number == await version(tx) == 2
    assert len(places.communes(None)) == 124
    assert await desk.value("SELECT count(*) FROM seat") == 496
    assert await desk.value("SELECT count(*) FROM unit WHERE level = 'village'") == 800
    again = await desk.run("scope", SAMPLE / "mau_pham_vi.csv")
    assert counts(again) == (0, 0, 924, 0)
    assert again.warnings == ()
    assert await desk.value("SELECT count(*) FROM audit") == 2


async def test_figures_that_do_not_agree_are_told(bare: Desk) -> None:
    await bare.run("units", SAMPLE / "units.csv")
    rows = [
        SCOPE,
        ["Trung Lý", "Mường Lát", "III", "Bản A", ""],
        ["Trung Lý", "Mường Lát", "khu vực 3", "Thôn B", "QĐ 1"],
    ]
    report = await bare.run("scope", rows)
    assert report.applied
    assert counts(report) == (3, 0, 0, 0)
    assert [(n.key, n.values["region"], n.values["found"], n.values["expected"]) for n in report.warnings] == [
        ("import-check-commune", "III", 1, 95),
        ("import-check-commune", "II", 0, 29),
        ("import-check-village", "III", 2, 741),
        ("import-check-village", "II", 0, 59),
    ]
    village = (await bare.rows("SELECT * FROM unit WHERE level = 'village' ORDER BY id"))[1]
    assert (village["name"], village["type"], village["code"]) == ("B", "Thôn", "14857-b")
    assert await bare.value("SELECT count(*) FROM seat") == 4


async def test_a_rehearsal_of_scope_writes_nothing(bare: Desk) -> None:
    await bare.run("units", SAMPLE / "units.csv")
    report = await bare.run("scope", SAMPLE / "mau_pham_vi.csv", apply=False)
    assert (counts(report), report.applied, report.warnings) == ((924, 0, 0, 0), False, ())
    assert await bare.value("SELECT count(*) FROM scope") == 0


async def test_another_class_or_decision_is_a_change(desk: Desk) -> None:
    second_class = await desk.rows(
        "SELECT u.name, d.name AS d FROM scope s JOIN unit u ON u.id = s.unit_id"
        " JOIN unit d ON d.id = u.parent_id WHERE u.level = 'commune' AND s.class = 'II'"
    )
    place = second_class[0]
    report = await desk.run("scope", [SCOPE, [place["name"], place["d"], "III", "", "QĐ 582"]])
    assert counts(report) == (0, 1, 0, 923)
    assert {note.key for note in report.warnings} == {"import-check-commune"}
    unsaid = await desk.run("scope", [SCOPE, [place["name"], place["d"], "III", "", ""]])
    assert counts(unsaid) == (0, 0, 1, 923)
    assert await desk.value("SELECT count(*) FROM scope WHERE decision = 'QĐ 582'") == 1


async def test_bad_rows_of_scope(bare: Desk) -> None:
    await bare.run("units", SAMPLE / "units.csv")
    report = await bare.run(
        "scope",
        [
            ["Mã xã", *SCOPE],
            ["", "Thành Sơn", "", "III", "", ""],
            ["", "Trug Lý", "Mường Lát", "III", "", ""],
            ["", "Atlantis", "", "III", "", ""],
            ["", "Trung Lý", "", "", "", ""],
            ["99999", "", "", "II", "", ""],
            ["14857", "Mường Chanh", "", "II", "", ""],
            ["14857", "", "", "II", "", ""],
            ["", "Trung Lý", "Mường Lát", "III", "Bản A", ""],
            ["", "xã trung ly", "", "II", "", ""],
            ["", "", "Mường Lát", "I", "", ""],
        ],
    )
    assert reasons(report) == [
        (2, "commune", "commune-several"),
        (3, "commune", "commune-near"),
        (4, "commune", "commune"),
        (5, "class", "class"),
        (6, "code", "code"),
        (7, "code", "code-name"),
        (9, "class", "class-differs"),
        (10, "commune", "twice-row"),
        (11, "commune", "empty"),
        (11, "class", "class"),
    ]
    several = report.bad[0].why.values["places"]
    assert several == "xã Thành Sơn (huyện Bá Thước); xã Thành Sơn (huyện Quan Hóa)"
    assert await bare.value("SELECT count(*) FROM scope") == 0


async def test_villages_twice_and_villages_that_differ_by_a_mark(bare: Desk) -> None:
    await bare.run("units", SAMPLE / "units.csv")
    rows = [["Trung Lý", "", "III", name, ""] for name in ("Bản Na", "Bản Ná", "bản na")]
    report = await bare.run("scope", [SCOPE, *rows])
    assert reasons(report) == [(4, "village", "twice-row")]
    assert counts(await bare.run("scope", [SCOPE, *rows[:2]])) == (3, 0, 0, 0)


@pytest.mark.parametrize(
    ("text", "region"),
    [("III", "III"), ("3", "III"), ("KV III", "III"), ("kv3", "III"), ("Khu vực II", "II"), ("xã khu vực 2", "II"),
     ("KVII", "II"), ("I", None), ("IIII", None), ("", None), ("vùng cao", None)],
)  # fmt: skip
def test_classes_as_people_write_them(text: str, region: str | None, programme: object) -> None:
    assert _region(text, SimpleNamespace(programme=programme)) == region  # type: ignore[arg-type]


def test_the_list_kept_is_whole() -> None:
    rows = list(csv.DictReader((SAMPLE / "units.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 559
    assert len({row["district_code"] for row in rows}) == 27
