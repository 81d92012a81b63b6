"""The small HTML: lengths, cuts, rows of buttons."""

from hypothesis import given
from hypothesis import strategies as st

from bot.markup import length, plain, rows, split


def test_plain_text_has_no_tags_and_no_entities() -> None:
    assert plain("<b>Lò &amp; Mai</b> &lt;3") == "Lò & Mai <3"


def test_length_counts_utf16_units_after_tags() -> None:
    assert length("<b>😀a</b>") == 3


def test_a_short_text_is_one_part() -> None:
    assert split("<b>một</b>\nhai", 4096) == ["<b>một</b>\nhai"]


def test_a_long_text_is_cut_at_line_ends() -> None:
    lines = [f"dòng <b>{n}</b>" for n in range(200)]
    parts = split("\n".join(lines), 100)
    assert all(length(part) <= 100 for part in parts)
    assert "\n".join(parts) == "\n".join(lines)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<>&"), max_size=400), st.integers(5, 60))
def test_no_part_is_too_long_and_no_word_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.lists(st.text(max_size=40), max_size=20))
def test_every_button_has_its_place(labels: list[str]) -> None:
    laid = rows(tuple(labels))
    assert [place for row in laid for place in row] == list(range(len(labels)))
    assert all(1 <= len(row) <= 5 for row in laid)


def test_scores_stand_side_by_side_and_sessions_below_each_other() -> None:
    assert rows(("1", "2", "3", "4", "5")) == [[0, 1, 2, 3, 4]]
    assert rows(("Đồng ý", "Không đồng ý")) == [[0, 1]]
    assert rows(("Lớp 1: giám sát đầu tư", "Lớp 2: vận hành")) == [[0], [1]]
