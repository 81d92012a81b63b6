"""The place search over the whole official list of 2020: every unit, and the traps of its names."""

import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.database import Database, Tx
from storage.fold import fold
from storage.places import Place, Places, PlacesCache, bump, version
from tests.placedata import places

ALL = places()
FORMS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "folded": fold,
    "upper": str.upper,
    "upper folded": lambda text: fold(text).upper(),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "dots": lambda text: text.replace(" (", " - ").replace(")", "."),
}


def labels(text: str) -> list[str]:
    return [place.label() for place in ALL.find(text).places]


def how(text: str) -> str:
    return ALL.find(text).how


@given(st.sampled_from(ALL.all), st.sampled_from(sorted(FORMS)), st.booleans())
def test_every_unit_is_found_by_name_and_district(place: Place, form: str, with_types: bool) -> None:
    district = ALL.district(place.district_id or 0)
    assert district is not None
    text = place.label() if with_types else f"{place.name}, {district.name}"
    found = ALL.find(FORMS[form](text))
    assert place in found.places
    assert found.how in ("exact", "folded")


def _key(place: Place) -> tuple[str, str]:
    return fold(place.name), place.district


def test_every_unit_in_every_form() -> None:
    twins_of = {key: {p for p in ALL.all if _key(p) == key} for key in map(_key, ALL.all)}
    for place in ALL.all:
        for form, change in FORMS.items():
            found = ALL.find(change(place.label()))
            assert place in found.places, (place, form)
            assert set(found.places) <= twins_of[_key(place)], (place, form)
            assert found.how == ("folded" if "folded" in form else "exact"), (place, form)


@pytest.mark.parametrize(
    "text",
    [
        "Trung Lý",
        "trung ly",
        "TRUNG LÝ",
        "Trung Lí",
        "trungly",
        "xa trung ly muong lat",
        "Trung Lý, Mường Lát",
        "xã Trung Ly (Mường Lát)",
        "X. Trung Lý - H. Mường Lát",
        "X.Trung Lý, H.Mường Lát",
        "huyện Mường Lát, xã Trung Lý",
        "Mường Lát Trung Lý",
        "trung ly ml",
        "Trung Lý, M.Lát",
        "UBND xã Trung Lý",
        "xã Trung Lý, tỉnh Thanh Hóa",
        "tôi ở xã Trung Lý huyện Mường Lát tỉnh Thanh Hóa ạ",
        "bản Táo, xã Trung Lý, Mường Lát",
        "Trung Lys",
        "  trung   lý  ",
    ],
)
def test_one_commune_in_many_words(text: str) -> None:
    assert labels(text) == ["xã Trung Lý (huyện Mường Lát)"]
    assert ALL.find(text).sure is not None


@pytest.mark.parametrize(
    "text",
    [
        "trung lyy",
        "trug ly",
        "Trung Lỳ",
        "trung ly muog lat",
        "Trung Lý, Bá Thước",
        "xã Trug Lý, Huyện Mường Lát",
        "Trug Ly, Huyện Mường Lát",
    ],
)
def test_a_slip_is_only_proposed(text: str) -> None:
    assert how(text) == "near"
    assert labels(text)[0] == "xã Trung Lý (huyện Mường Lát)"
    assert ALL.find(text).sure is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TT. Mường Lát", "thị trấn Mường Lát (huyện Mường Lát)"),
        ("thi tran muong lat", "thị trấn Mường Lát (huyện Mường Lát)"),
        ("xã Mường Lát", "thị trấn Mường Lát (huyện Mường Lát)"),  # the type is wrong, the name is not
        ("Muowng Lats", "thị trấn Mường Lát (huyện Mường Lát)"),  # Telex
        ("Mu7o7ng La1t", "thị trấn Mường Lát (huyện Mường Lát)"),  # VNI
        ("Sơn Thuỷ", "xã Sơn Thủy (huyện Quan Sơn)"),  # old place of the tone
        ("phuong nghi", "xã Phượng Nghi (huyện Như Thanh)"),  # not a phường
        ("thành sơn quan hóa", "xã Thành Sơn (huyện Quan Hóa)"),
        ("thanh son bt", "xã Thành Sơn (huyện Bá Thước)"),
        ("Nga Thành", "xã Nga Thành (huyện Nga Sơn)"),
        ("Nga Thanh, huyện Nga Sơn", "xã Nga Thanh (huyện Nga Sơn)"),
        ("Hàm Rồng, TP Thanh Hóa", "phường Hàm Rồng (thành phố Thanh Hóa)"),
        ("tx nghi son hai binh", "phường Hải Bình (thị xã Nghi Sơn)"),
        ("Nưa", "thị trấn Nưa (huyện Triệu Sơn)"),
        ("tt nua", "thị trấn Nưa (huyện Triệu Sơn)"),
        ("khuyến nông", "xã Khuyến Nông (huyện Triệu Sơn)"),  # also half the name of a post
        ("Trường Thi", "phường Trường Thi (thành phố Thanh Hóa)"),
    ],
)
def test_names_with_a_trap(text: str, expected: str) -> None:
    assert labels(text) == [expected]
    assert ALL.find(text).sure is not None


def test_marks_decide_and_without_them_all_are_offered() -> None:
    assert labels("Thành Sơn") == ["xã Thành Sơn (huyện Bá Thước)", "xã Thành Sơn (huyện Quan Hóa)"]
    assert labels("Thanh Sơn") == ["xã Thanh Sơn (huyện Như Xuân)", "xã Thanh Sơn (thị xã Nghi Sơn)"]
    assert (how("Thành Sơn"), how("thanh son")) == ("exact", "folded")
    assert set(labels("thanh son")) == {*labels("Thành Sơn"), *labels("Thanh Sơn")}
    assert set(labels("nga thanh")) == {"xã Nga Thanh (huyện Nga Sơn)", "xã Nga Thành (huyện Nga Sơn)"}


@pytest.mark.parametrize("name", [n for n, c in Counter(fold(p.name) for p in ALL.all).items() if c > 1])
def test_units_of_one_folded_name_are_all_offered(name: str) -> None:
    found = ALL.find(name)
    assert set(found.places) == {place for place in ALL.all if fold(place.name) == name}
    assert found.sure is None


def test_those_of_the_programme_come_first_and_others_are_found() -> None:
    found = ALL.find("phu son")
    served = [place.in_scope for place in found.places]
    assert served == sorted(served, reverse=True)
    assert set(served) == {True, False}


def test_a_mark_that_contradicts_is_asked_about() -> None:
    assert how("Thanh Hóa") == "near"  # the province, not xã Thanh Hòa
    assert labels("Cẩm Bình") == ["xã Cẩm Bình (huyện Cẩm Thủy)"]
    assert how("Cẩm Bính") == "near"


WORDS = """có|dạ|ok|vâng|không|ko|xa|xã|huyen|huyện|phường|tt|thanh|son|sơn|hoa|nữa|nua|xin chào|danh sách|dang ky|
đăng ký|tiếp tục|quay lại|huỷ|hủy|báo cáo|tong hop|dong y|đồng ý|lich hoc|góp ý|điểm danh|trợ giúp|xac nhan|lop hoc|
Nguyễn Văn A|Lò Văn Dia|0912345678|+84 912 345 678|1|12|asdf|qwerty|hello|/start|...|( )|😀|PCT|VP-TK|
phó chủ tịch|chủ tịch hội nông dân|05/06/2026|tôi không biết|cho tôi hỏi|gọi điện|cảm ơn"""


@pytest.mark.parametrize("text", [word.strip() for word in WORDS.split("|")])
def test_what_people_say_otherwise_is_no_place(text: str) -> None:
    assert ALL.find(text).how == "none"


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    found = ALL.find(text)
    assert (found.how == "none") == (not found.places)
    assert len(found.places) <= 12
    ALL.find_district(text)


@pytest.mark.parametrize(
    "text", ["Mường Lát", "huyện mường lát", "muong lat", "H. Mường Lát", "ML", "H mlat", "Muowng Lats", "muog lat"]
)
def test_a_district_in_many_words(text: str) -> None:
    assert [district.full for district in ALL.find_district(text)] == ["huyện Mường Lát"]


def test_an_abbreviation_may_mean_several_districts() -> None:
    assert [d.full for d in ALL.find_district("TX")] == ["huyện Thọ Xuân", "huyện Thường Xuân"]
    assert [d.full for d in ALL.find_district("tp thanh hoa")] == ["thành phố Thanh Hóa"]
    assert ALL.find_district("nothing") == ()


def test_lists_are_in_vietnamese_order_and_hold_the_scope_only() -> None:
    names = [district.name for district in ALL.districts()]
    assert names[:4] == ["Bá Thước", "Cẩm Thủy", "Lang Chánh", "Mường Lát"]
    assert len(names) == 11
    communes = ALL.communes(ALL.find_district("Mường Lát")[0].id)
    assert [place.name for place in communes][:2] == ["Mường Chanh", "Mường Lý"]
    assert all(place.in_scope and place.type == "Xã" for place in communes)
    assert len(ALL.communes(None)) == 163
    assert len(ALL.communes(None, everywhere=True)) == 559


def test_by_id_and_code() -> None:
    place = ALL.all[0]
    assert ALL.get(place.id) is place
    assert ALL.by_code(place.code) is place
    assert ALL.get(-1) is None
    assert ALL.by_code("0") is None
    assert place.district_id is not None
    assert ALL.district(place.district_id) is not None


def test_without_districts_names_stand_alone() -> None:
    alone = Places([replace(p, district_id=None, district="") for p in ALL.communes(None)[:40]], [])
    place = alone.all[0]
    assert place.label() == place.full
    assert place in alone.find(place.full).places
    assert alone.districts() == ()


async def _unit(tx: Tx, level: str, code: str, name: str, kind: str, parent: int | None) -> int:
    sql = (
        "INSERT INTO unit (level, code, name, type, folded, parent_id, valid_from)"
        " VALUES (:level, :code, :name, :type, :folded, :parent, '2020-06-01') RETURNING id"
    )
    values = {"level": level, "code": code, "name": name, "type": kind, "folded": fold(name), "parent": parent}
    return int(await tx.value(sql, **values))


async def test_it_is_loaded_from_the_database_and_again_when_that_changes(empty_db: Database) -> None:
    async def build(tx: Tx) -> int:
        district = await _unit(tx, "district", "384", "Mường Lát", "Huyện", None)
        return await _unit(tx, "commune", "14857", "Trung Lý", "Xã", district)

    async def serve(tx: Tx) -> None:
        await tx.run("INSERT INTO scope (unit_id, class) VALUES (:unit, 'III')", unit=commune)
        await bump(tx)

    commune, cache = await empty_db.transact(build), PlacesCache()
    async with empty_db.reading() as tx:
        first = await cache.get(tx)
        assert await cache.get(tx) is first
        assert [(p.label(), p.in_scope) for p in first.all] == [("xã Trung Lý (huyện Mường Lát)", False)]
        assert (first.number, first.districts()) == (0, ())
    await empty_db.transact(serve)
    async with empty_db.reading() as tx:
        second = await cache.get(tx)
        assert await version(tx) == second.number == 1
        assert [(p.in_scope, p.region) for p in second.all] == [(True, "III")]
        assert [district.full for district in second.districts()] == ["huyện Mường Lát"]
