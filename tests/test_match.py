"""What a typed text means among the choices shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.match import command, number, pick

YES_NO = [("Đúng", ("dung", "vang", "da", "ok")), ("Không phải", ("khong", "ko"))]
SCORES = [(str(n), ()) for n in range(1, 6)]


@pytest.mark.parametrize("text", ["2", "2.", "2)", "２", "số 2", "so 2", "Số 2.", "chọn 2", " 2 ", "ý 2"])
def test_numbers_as_people_type_them(text: str) -> None:
    assert number(text) == 2


@pytest.mark.parametrize("text", ["2a", "xã 2", "2 người", "", "hai", "2/6", "0912345678", "-2", "2.5"])
def test_what_only_contains_a_number_is_none(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize("text", ["1", "Đúng", "đúng", "dung", "DUNG", "Đúng.", "vâng", "Dạ", "ok", "OK!"])
def test_yes_in_many_ways(text: str) -> None:
    assert pick(text, YES_NO) == 0


@pytest.mark.parametrize("text", ["2", "Không phải", "khong phai", "không", "KO"])
def test_no_in_many_ways(text: str) -> None:
    assert pick(text, YES_NO) == 1


@pytest.mark.parametrize("text", ["3", "0", "99", "có lẽ", "", "👍", "..."])
def test_nothing_else_is_taken_for_an_answer(text: str) -> None:
    assert pick(text, YES_NO) is None


def test_decomposed_letters_are_the_same() -> None:
    assert pick(unicodedata.normalize("NFD", "Không phải"), YES_NO) == 1


def test_a_label_that_is_a_number_is_meant_before_a_place() -> None:
    assert pick("5", [("5", ()), ("4", ()), ("3", ())]) == 0
    assert [pick(str(n), SCORES) for n in range(1, 6)] == [0, 1, 2, 3, 4]


def test_two_labels_equal_without_marks_need_their_marks() -> None:
    labels = [("Thành Sơn", ()), ("Thanh Sơn", ())]
    assert pick("Thanh Sơn", labels) == 1
    assert pick("thanh son", labels) is None


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=12), min_size=1, max_size=9, unique=True))
def test_every_place_can_be_typed(labels: list[str]) -> None:
    shown = [(label, ()) for label in labels]
    for place in range(len(labels)):
        assert pick(str(place + 1), shown) == place


@given(st.text(max_size=50))
def test_any_text_is_borne(text: str) -> None:
    assert pick(text, YES_NO) in (None, 0, 1)
    command(text)


def test_commands() -> None:
    assert command("/start ABC") == ("start", "ABC")
    assert command("/tonghop@ghidanh_bot mường lát") == ("tonghop", "mường lát")
    assert command("/Tong_Hop") == ("tonghop", "")
    assert command("lịch") is None
