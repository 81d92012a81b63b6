from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.emulator.detect import detect
from bot.emulator.entities import parse_html, trim, utf16_length
from bot.emulator.errors import ApiError
from bot.emulator.screen import to_html

MISTAKES = {
    "<b>chào": 'Can\'t find end tag corresponding to start tag "b"',
    "chào</b>": "Unexpected end tag at byte offset 5",
    "<b><i>x</b></i>": 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    "<p>x</p>": 'Unsupported start tag "p" at byte offset 0',
    "đ <br/>": 'Unsupported start tag "br/" at byte offset 3',
    "1 < 2": 'Unsupported start tag "" at byte offset 2',
    "x <b": "Unclosed start tag at byte offset 2",
    '<a href="x': "Unclosed start tag at byte offset 0",
    "<b>x</b": "Unclosed end tag at byte offset 4",
    "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "<a =x>y</a>": 'Empty attribute name in the tag "a" at byte offset 0',
    "<a href=x/y>z</a>": "Unexpected end of name token at byte offset 8",
}


@pytest.mark.parametrize("source", MISTAKES)
def test_bad_html_is_refused_in_telegrams_words(source: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.code == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {MISTAKES[source]}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>Đồng ý</b>", "Đồng ý", [("bold", 0, 6)]),
        ("😀<STRONG>x</STRONG>", "😀x", [("bold", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ("<span class='tg-spoiler'>x</span>", "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("&lt;b&gt; &amp; &quot; &#272; &#x1F600;", '<b> & " Đ 😀', []),
        ("&nbsp; & &unknown; &ltx", "&nbsp; & &unknown; &ltx", []),
        ("<a>x</a>", "x", []),
    ],
)
def test_html(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    shown, found = parse_html(source)
    assert shown == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_links_and_languages() -> None:
    assert parse_html('<a href="https://x.vn/?a=1&amp;b=2">x</a>')[1][0]["url"] == "https://x.vn/?a=1&b=2"
    assert parse_html("<a>thanhhoa.gov.vn</a>")[1][0]["url"] == "http://thanhhoa.gov.vn/"
    code = '<pre><code class="language-python">x</code></pre>'
    assert parse_html(code)[1] == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]
    assert to_html(*parse_html(code)) == code
    emoji = parse_html('<tg-emoji emoji-id="53">👍</tg-emoji>')[1]
    assert emoji == [{"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "53"}]


def test_outer_white_space_is_trimmed_with_its_entities() -> None:
    text, entities = trim(*parse_html("\n <b> x</b> y <i> </i>\n"))
    assert text == "x y"
    assert entities == [{"type": "bold", "offset": 0, "length": 1}]


def test_telegram_finds_commands_links_and_mentions() -> None:
    text = "😀 /start@ghidanh_bot, xem https://x.vn/a?b=1. @ban_dan_toc a@b.vn #tap_huan và/hoặc"
    found = {e["type"]: slice_utf16(text, e["offset"], e["length"]) for e in detect(text, [])}
    assert found == {
        "bot_command": "/start@ghidanh_bot",
        "url": "https://x.vn/a?b=1",
        "mention": "@ban_dan_toc",
        "email": "a@b.vn",
        "hashtag": "#tap_huan",
    }


def test_nothing_is_found_inside_code_and_links() -> None:
    text, entities = parse_html("<code>/start</code> <a href='https://x.vn'>https://y.vn</a>")
    assert detect(text, entities) == entities


def slice_utf16(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
pieces = st.lists(st.tuples(st.sampled_from(["", "b", "i", "code", "blockquote"]), words), max_size=8)


@given(pieces)
def test_offsets_count_utf16_units(parts: list[tuple[str, str]]) -> None:
    source = "".join(f"<{tag}>{escape(word)}</{tag}>" if tag else escape(word, quote=False) for tag, word in parts)
    text, entities = parse_html(source.replace("&#x27;", "&#39;"))
    assert text == "".join(word for _, word in parts)
    marked = [word for tag, word in parts if tag]
    assert [slice_utf16(text, e["offset"], e["length"]) for e in entities] == marked
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


@given(pieces)
def test_text_and_entities_make_the_same_html_again(parts: list[tuple[str, str]]) -> None:
    source = "".join(
        f"<{tag}>{escape(word, quote=False)}</{tag}>" if tag else escape(word, quote=False) for tag, word in parts
    )
    assert to_html(*parse_html(source)) == source


@given(st.text(alphabet="<>/&;ab =\"'đ😀", max_size=30))
def test_anything_is_parsed_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except ApiError as refused:
        assert refused.code == 400
        return
    assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= utf16_length(text) for e in entities)
