"""The programme's data: read whole, or refused with the file and the field named."""

from pathlib import Path

import pytest

from storage.programme import Programme, ProgrammeError, load

FOLDER = Path(__file__).parents[1] / "programmes" / "thanh-hoa-135-2020"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("programme.toml", "units.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "programme.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_figures(programme: Programme) -> None:
    assert (programme.check.communes, programme.check.villages, programme.seats) == (124, 800, 496)
    assert dict(programme.check.communes_by_class) == {"III": 95, "II": 29}
    assert dict(programme.check.villages_by_class) == {"III": 741, "II": 59}
    assert programme.sample
    assert programme.address == "anh/chị"
    assert [post.code for post in programme.posts] == ["pct", "vptk", "hnd", "knv"]
    assert all(topic.source for topic in programme.topics)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Phó Chủ tịch UBND xã", "pct"),
        ("pho chu tich", "pct"),
        ("PCT", "pct"),
        ("PCT UBND xã Trung Lý", "pct"),
        ("VP-TK", "vptk"),
        ("VP - TK", "vptk"),
        ("văn phòng thống kê", "vptk"),
        ("Công chức Văn phòng – Thống kê", "vptk"),
        ("HND", "hnd"),
        ("CT Hội ND", "hnd"),
        ("Chủ tịch Hội Nông dân", "hnd"),
        ("cán bộ khuyến nông", "knv"),
        ("CB KN", "knv"),
        ("cán bộ khuyến nông xã Trung Lý", "knv"),
        ("knv", "knv"),
    ],
)
def test_a_post_by_any_of_its_names(programme: Programme, text: str, code: str) -> None:
    assert [post.code for post in programme.find_post(text)] == [code]


def test_a_post_that_is_none_or_several(programme: Programme) -> None:
    assert programme.find_post("Bí thư Đoàn") == []
    assert programme.find_post("") == []
    assert [post.code for post in programme.find_post("Phó Chủ tịch Hội Nông dân")] == ["pct", "hnd"]


def test_no_name_belongs_to_two_posts(programme: Programme) -> None:
    forms = [form for post in programme.posts for form in post.spellings()]
    assert len(forms) == len(set(forms))


def test_by_code(programme: Programme) -> None:
    assert programme.post("knv").short == "KNV"
    with pytest.raises(KeyError):
        programme.post("none")
    topic = programme.find_topic("giam-sat")
    assert topic is not None and topic == programme.topic("giam-sat") == programme.find_topic(topic.title.upper())
    assert programme.topic("none") is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("communes = 124", "communes = 125", "check: communes = 125, but communes_by_class adds up to 124"),
        ('address = "anh/chị"', 'address = "bạn"', "address: "),
        ('phone = "0237 000 0000 (số mẫu)"', "", "agency.phone: Field required"),
        ('code = "vptk"', 'code = "pct"', "posts: code used twice: pct"),
        ('code = "vptk"', 'code = "VP TK"', "posts.1.code: "),
        ("message_days = 90", "message_days = 0", "notice.message_days: "),
        ("sample_note = ", "smaple_note = ", "smaple_note: "),
        ('file = "units.csv"', 'file = "none.csv"', "units.file: none.csv is not in the folder"),
        ('code = "thanh-hoa-135-2020"', "code = ", "not a TOML file"),
    ],
)
def test_what_is_wrong_is_named(folder: Path, old: str, new: str, message: str) -> None:
    change(folder, old, new)
    with pytest.raises(ProgrammeError) as error:
        load(folder)
    assert f"{folder / 'programme.toml'}: {message}" in str(error.value)


def test_a_folder_without_a_programme(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match="there is no such file"):
        load(tmp_path)
