"""Choices as numbered lines: what is drawn before a choice, typed back, means that choice; nothing is lost in parts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import match
from bot.markup import plain
from bot.numbered import LIMIT, bare, render, split, units

HOME = "Về đầu"


def test_choices_are_numbered_below_the_text() -> None:
    assert render("<b>Xã</b> nào?", ("Trung Lý", "Mường Lý")) == ["Xã nào?\n\n1. Trung Lý\n2. Mường Lý"]


def test_the_way_home_is_always_0() -> None:
    assert render("?", ("A", HOME), home=HOME) == ["?\n\n1. A\n0. Về đầu"]
    assert render("?", ("A", "B"), home=HOME) == ["?\n\n1. A\n2. B\n0. Về đầu"]
    assert render("?", (HOME, "B"), home=HOME) == ["?\n\n1. Về đầu\n2. B\n0. Về đầu"]


def test_scores_are_their_own_numbers() -> None:
    scores = ("5", "4", "3", "2", "1", "Bỏ qua", HOME)
    assert render("Mấy điểm?", scores, home=HOME) == ["Mấy điểm?\n\n5\n4\n3\n2\n1\n6. Bỏ qua\n0. Về đầu"]
    assert render("?", ("0", "1", "Khác"), home=HOME) == ["?\n\n0\n1\n3. Khác"]
    assert render("?", ("Không", "1"), home="") == ["?\n\n– Không\n1"], "1 is taken"


def test_what_cannot_be_undone_has_no_number() -> None:
    asked = render("Chắc chắn?", ("Không xóa", "Đồng ý xóa"), firm={1}, word="gõ DONG Y")
    assert asked == ["Chắc chắn?\n\n1. Không xóa\n– Đồng ý xóa (gõ DONG Y)"]
    assert render("?", ("A", "B"), firm={0, 1}, word="gõ DONG Y") == ["?\n\n– A\n– B"], "which of the two?"


def test_the_hint_stands_only_below_numbers() -> None:
    assert render("?", ("A",), hint="(gõ số)") == ["?\n\n1. A\n(gõ số)"]
    assert render("Tin báo", ("A",), firm={0}, hint="(gõ số)") == ["Tin báo\n\n– A"]
    assert render("Tin báo", hint="(gõ số)", home=HOME) == ["Tin báo"]


def test_nothing_is_nothing() -> None:
    assert render("") == []
    assert render("<b> </b>\n\n") == []


def test_a_link_is_written_out() -> None:
    assert bare('Xem <a href="https://x.vn/?a=1&amp;b=2">trang này</a>.') == "Xem trang này: https://x.vn/?a=1&b=2."
    assert bare('<a href="https://x.vn">https://x.vn</a>') == "https://x.vn"
    assert bare("3 &lt; 5") == "3 < 5"


def test_choices_stand_together_on_the_last_part() -> None:
    text = "\n".join(f"Dòng {n}: " + "chữ " * 20 for n in range(60))
    *_, last = parts = render(text, tuple(f"Lựa chọn {n}" for n in range(1, 9)), home=HOME)
    assert len(parts) > 1
    assert all(f"{n}. Lựa chọn {n}" in last for n in range(1, 9))
    assert last.endswith("0. Về đầu")
    full = "a" * (LIMIT - 5)
    assert render(full, ("Có", "Không")) == [full, "1. Có\n2. Không"]


def test_units_are_utf_16() -> None:
    assert units("ế😀") == 3
    assert [units(part) for part in split("😀" * 1500)] == [2000, 1000]


TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=300) | st.text("ab ế😀\n", max_size=300)
WORDS = st.sampled_from(["Có", "Không", "5", "1", "2", "0", "Trung Lý", HOME, "xã & bản", "10"])


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(TEXT, st.integers(4, 60))
def test_parts_fit_and_nothing_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert squeezed("".join(parts)) == squeezed(text)


@given(TEXT, st.lists(WORDS | TEXT, max_size=9), st.integers(20, 200))
def test_rendered_parts_fit_and_nothing_is_lost(text: str, labels: list[str], limit: int) -> None:
    parts = render(text, labels, home=HOME, hint="(gõ số)", limit=limit)
    assert all(0 < units(part) <= limit for part in parts)
    whole = squeezed("".join(parts))
    assert whole.startswith(squeezed(plain(text).strip()))
    assert all(squeezed(bare(label)) in whole for label in labels)


@given(st.lists(WORDS, min_size=1, max_size=9, unique=True), st.frozensets(st.integers(0, 8)), st.booleans())
def test_what_is_drawn_is_what_is_meant(labels: list[str], firm: frozenset[int], homely: bool) -> None:
    firm = frozenset(place for place in firm if place < len(labels))
    [shown] = render("?", labels, firm=firm, home=HOME if homely else "")
    spoken: list[tuple[str, tuple[str, ...]]] = [(label, ()) for label in labels]
    for line in shown.split("\n")[2:]:
        if found := re.fullmatch(r"(\d+)\. (.*)", line):
            figure, label = found.groups()
            if figure == "0":
                assert label == HOME
                assert "0" not in labels, "0 is a choice of its own"
            else:
                place = match.pick(figure, spoken)
                assert place is not None
                assert labels[place] == label
        elif line.isdecimal():
            assert labels[match.pick(line, spoken) or 0] == line


@pytest.mark.parametrize("typed", ["1", "1.", "1)", "１", "số 1"])
def test_every_way_of_typing_the_number_drawn(typed: str) -> None:
    [shown] = render("?", ("Trung Lý",))
    assert "1. Trung Lý" in shown
    assert match.pick(typed, [("Trung Lý", ())]) == 0
