"""The documents name what there is: every command, subcommand and setting, and no file that does not exist."""

import argparse
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.settings import Settings
from handlers.book import COMMANDS
from main import _parser

ROOT = Path(__file__).parent.parent
DOCS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
_PICTURE = 120_000
_LINK = re.compile(r"\]\(([^)\s]+)\)|<img [^>]*src=\"([^\"]+)\"")
_CODE = re.compile(r"^```.*?^```$|^ {4}[^\n]*$|`[^`\n]*`", re.M | re.S)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def subcommands() -> list[str]:
    actions = _parser()._actions
    return [name for a in actions if isinstance(a, argparse._SubParsersAction) for name in a.choices]


def options() -> list[str]:
    """Every long option of every subcommand, but --help."""
    choices = [a.choices for a in _parser()._actions if isinstance(a, argparse._SubParsersAction)]
    parsers = [parser for some in choices for parser in some.values()]
    named = {name for parser in parsers for action in parser._actions for name in action.option_strings}
    return sorted(name for name in named if name.startswith("--") and name != "--help")


def links(path: Path) -> list[str]:
    """What a document links to and shows, outside of code."""
    bare = _CODE.sub("", path.read_text(encoding="utf-8"))
    return [one or two for one, two in _LINK.findall(bare)]


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_guide_names_every_command(command: str) -> None:
    assert re.search(rf"`/{command}[ `]", text("docs/huong-dan.md")), f"/{command} is not in docs/huong-dan.md"


@pytest.mark.parametrize("command", subcommands())
def test_operations_names_every_subcommand(command: str) -> None:
    assert re.search(rf"`\./run {command}[ `]", text("docs/operations.md")), f"./run {command} is not in operations.md"


@pytest.mark.parametrize("option", options())
def test_operations_names_every_option(option: str) -> None:
    assert re.search(rf"`[^`]*{option}[ `]|^ {{4}}\./run .*{option} ", text("docs/operations.md"), re.M), option


def test_operations_explains_what_the_doctor_tries_on_zalo() -> None:
    tried = re.findall(r'_expect\("([a-z-]+)"', text("bot/zalo_doctor.py"))
    first = "".join(line.split("|")[1] for line in text("docs/operations.md").splitlines() if line.startswith("| `"))
    assert len(tried) > 3
    assert [what for what in tried if f"`{what}`" not in first] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_no_document_tells_of_what_is_gone(path: Path) -> None:
    if path.name != "CHANGELOG.md":
        assert not re.search(r"--fresh|being built|Zalo comes next", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("setting", [name.upper() for name in Settings.model_fields])
def test_operations_names_every_setting_in_a_table(setting: str) -> None:
    rows = [line for line in text("docs/operations.md").splitlines() if line.startswith("| `")]
    assert any(f"`{setting}`" in row for row in rows), f"{setting} is not in a table of operations.md"


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_commands_of_the_readme_exist(name: str) -> None:
    run = text("run")
    own = set(re.findall(r"^ {4}([a-z]+)\) shift;", run, re.M))
    named = set(re.findall(r"\./run ([a-z-]+)", text(name)))
    assert {"demo", "test"} <= named
    assert named <= own | set(subcommands())


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_link_and_picture_leads_somewhere(path: Path) -> None:
    for link in links(path):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = unquote(link).partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), f"{path.name}: {link}"
        assert target.is_relative_to(ROOT), f"{path.name}: {link} leads out of the project"
        assert not anchor or anchor in anchors(target), f"{path.name}: {link}"


def test_every_picture_is_shown_and_small() -> None:
    shown = {(path.parent / link).resolve() for path in DOCS for link in links(path)}
    for picture in (ROOT / "docs" / "images").iterdir():
        assert picture in shown, f"{picture.name} is shown nowhere"
        assert picture.stat().st_size <= _PICTURE, f"{picture.name} is large"
