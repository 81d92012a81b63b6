"""Texts: the same keys and placeholders in every language, none missing, none unused, and good Vietnamese typing."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax import ast as ftl

from bot.markup import plain
from locales import LANGUAGES, MissingTextError, Texts, sources

ROOT = Path(__file__).parent.parent
FOLDERS = ("bot", "handlers", "reports", "storage", "locales")
CODE = [ROOT / "main.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
ASKING = {"say", "ask", "words", "again", "toast", "choice", "_odd"}  # their first text is a key
TELLING = {"tell", "tell_chat"}  # their second is
COMMON = {"agency", "short", "phone", "programme", "buttons"}


def entries(language: str) -> dict[str, ftl.Message]:
    found: dict[str, ftl.Message] = {}
    for path in sources(language):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{path.name}: {entry.id.name} stands twice"
                found[entry.id.name] = entry
    return found


def variables(message: ftl.Message) -> set[str]:
    text = FluentSerializer().serialize_entry(message)
    return set(re.findall(r"\$([a-z_]+)", text, re.I)) - COMMON


ALL = {language: entries(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_same_keys_and_values(language: str) -> None:
    source, peer = ALL["vi"], ALL[language]
    assert sorted(source) == sorted(peer)
    assert {k: variables(m) for k, m in source.items()} == {k: variables(m) for k, m in peer.items()}
    for key, message in source.items():
        assert {a.id.name for a in message.attributes} == {a.id.name for a in peer[key].attributes}, key


def calls() -> Iterator[tuple[str, str]]:
    """Every key named outright where one is expected, with where it stands."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = 0 if name in ASKING else 1 if name in TELLING else None
            if place is None:
                continue
            if name == "say" and node.args and isinstance(node.func, ast.Attribute) and len(node.args) > 1:
                place = 1  # Texts.say(language, key)
            found = node.args[place] if len(node.args) > place else None
            if isinstance(found, ast.Constant) and isinstance(found.value, str):
                yield found.value, f"{path.relative_to(ROOT)}:{node.lineno}"


def test_no_key_is_missing() -> None:
    missing = {where: key for key, where in calls() if key not in ALL["vi"]}
    assert not missing


def test_no_key_is_unused() -> None:
    said: set[str] = set()
    prefixes: set[str] = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                prefixes.add(str(node.values[0].value))
    made = tuple(p for p in prefixes if re.fullmatch(r"[a-z]+(-[a-z]+)*-", p))
    unused = [key for key in ALL["vi"] if key not in said and not key.startswith(made)]
    assert not unused


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_typed_well(language: str) -> None:
    for path in sources(language):
        text = path.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), f"{path.name}: not NFC"
        assert not re.search(r"[\u200b-\u200f\u2060-\u206f\ufeff]", text), f"{path.name}: invisible characters"
        for number, line in enumerate(text.splitlines(), start=1):
            assert not re.search(r"\w +[,.;:?!](\s|$)", line.partition("=")[2]), (
                f"{path.name}:{number}: space before a mark"
            )
    if language == "vi":
        for key, message in ALL["vi"].items():
            said = FluentSerializer().serialize_entry(message)
            assert not re.search(r"\bbạn\b", said, re.I), f"{key}: the agency never says bạn"


def test_only_the_small_html_is_used() -> None:
    for language in LANGUAGES:
        for key, message in ALL[language].items():
            for tag in re.findall(r"</?([a-zA-Z]+)", FluentSerializer().serialize_entry(message)):
                assert tag in {"b", "i", "a", "code"}, f"{key}: <{tag}>"


def test_a_missing_text_is_an_error_in_tests_and_the_key_in_a_running_bot() -> None:
    with pytest.raises(MissingTextError):
        Texts(strict=True).say("vi", "no-such-key")
    with pytest.raises(MissingTextError):
        Texts(strict=True).say("vi", "person-line", name="x")
    assert Texts().say("vi", "no-such-key") == "no-such-key"


def test_values_are_escaped_once() -> None:
    said = Texts(strict=True).say("vi", "person-line", name="<b>Lò & Mai</b>", post="x", commune="y")
    assert "&lt;b&gt;Lò &amp; Mai&lt;/b&gt;" in said
    assert plain(said).startswith("<b>Lò & Mai</b>")


def test_a_language_without_a_text_falls_back_to_the_source() -> None:
    assert Texts(strict=True).say("mtq", "go-home") == "Về đầu"


def test_numbers_are_written_the_vietnamese_way() -> None:
    assert "1.234" in Texts(strict=True).say("vi", "claim-rivals", count=1234)
