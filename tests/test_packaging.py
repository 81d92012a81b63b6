"""The lock files fit pyproject.toml and each other; `run` makes and keeps an environment (here by a fake uv)."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pinned(lock: str) -> dict[str, str]:
    """Name → version of every package in a lock file."""
    lines = (ROOT / lock).read_text().splitlines()
    pins = [Requirement(line.rstrip(" \\")) for line in lines if not line.startswith(" ")]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_the_project_asks_for(lock: str) -> None:
    wanted = list(PROJECT["project"]["dependencies"])
    if lock == "requirements-dev.txt":
        wanted += PROJECT["dependency-groups"]["dev"]
    pins = pinned(lock)
    for text in wanted:
        asked = Requirement(text)
        assert asked.specifier.contains(pins[canonicalize_name(asked.name)]), f"{text}: run ./run lock"


def test_what_is_tested_is_what_serves() -> None:
    assert pinned("requirements.txt").items() <= pinned("requirements-dev.txt").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    package = r"[a-z0-9-]+==[0-9][\w.]*( ; [^/:@]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+\n"
    assert re.fullmatch(f"({package})+", text)


def test_the_hashes_are_for_other_platforms_too() -> None:
    _, _, rest = (ROOT / "requirements.txt").read_text().partition("\nuvloop==")
    hashes = re.match(r"\S+ \\\n((?: .*\n)+)", rest)
    assert hashes
    assert hashes[1].count("sha256") > 20  # uvloop is compiled: a wheel for each platform and Python


FAKE_UV = """#!/bin/sh
[ "$1" = --version ] && exit
echo "uv $1 $2" >>"$LOG"
case $1 in
    venv) for venv; do :; done; mkdir -p "$venv/bin"; cp "$(dirname "$0")/fake-python" "$venv/bin/python" ;;
    pip) echo "$@" >>"$LOG.pip"; exit "${PIP_EXIT:-0}" ;;
esac
"""
FAKE_PYTHON = """#!/bin/sh
for word; do printf '<%s>' "$word" >>"$LOG"; done; echo >>"$LOG"
case "$*" in *"${FAIL:-nothing}"*) exit 7 ;; esac
"""


class House:
    """A copy of `run` and the locks, where uv and Python only write down that they were called."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "ghi danh"
        self.log = folder / "log"
        tools = folder / "tools"
        tools.mkdir()
        self.root.mkdir()
        for name in ("run", *LOCKS):
            shutil.copy(ROOT / name, self.root)
        for name, text in (("uv", FAKE_UV), ("fake-python", FAKE_PYTHON)):
            (tools / name).write_text(text)
            (tools / name).chmod(0o755)
        self.environ = {"PATH": f"{tools}:{os.environ['PATH']}", "LOG": str(self.log)}

    def run(self, *words: str, **environ: str) -> tuple[int, list[str]]:
        """The exit code, and what was called."""
        self.log.unlink(missing_ok=True)
        command = [str(self.root / "run"), *words]
        done = subprocess.run(command, cwd="/", env={**self.environ, **environ}, capture_output=True, check=False)
        return done.returncode, self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_run_makes_the_environment_once_and_passes_everything_on(house: House) -> None:
    started = f"<{house.root}/main.py><import><my file.xlsx><>"
    assert house.run("import", "my file.xlsx", "") == (0, ["uv venv --quiet", "uv pip install", started])
    assert house.run("import", "my file.xlsx", "") == (0, [started])
    assert "--require-hashes" in Path(f"{house.log}.pip").read_text()


def test_run_ends_as_the_command_ends(house: House) -> None:
    assert house.run("doctor", FAIL="doctor")[0] == 7


def test_run_alone_explains_itself_and_installs_nothing(house: House) -> None:
    assert house.run() == house.run("help") == (0, [])


def test_a_changed_lock_is_installed_into_the_same_environment(house: House) -> None:
    house.run("doctor")
    with (house.root / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")
    _, calls = house.run("doctor")
    assert calls[:-1] == ["uv pip install"]


def test_an_environment_that_was_never_finished_is_begun_again(house: House) -> None:
    assert house.run("doctor", PIP_EXIT="2") == (1, ["uv venv --quiet", "uv pip install"])
    code, calls = house.run("doctor")
    assert (code, calls[:-1]) == (0, ["uv venv --quiet", "uv pip install"])


def test_an_update_that_fails_leaves_the_environment_for_the_version_before(house: House) -> None:
    house.run("doctor")
    before = (house.root / "requirements.txt").read_text()
    (house.root / "requirements.txt").write_text(before + "# changed\n")
    assert house.run("doctor", PIP_EXIT="2") == (1, ["uv pip install"])
    (house.root / "requirements.txt").write_text(before)
    code, calls = house.run("doctor")
    assert (code, len(calls)) == (0, 1)


def test_a_dev_environment_serves_too(house: House) -> None:
    house.run("bench")
    _, calls = house.run("serve")
    assert calls == [f"<{house.root}/main.py><serve>"]


def test_wheels_are_installed_without_the_network(house: House) -> None:
    (house.root / "wheels").mkdir()
    house.run("doctor")
    assert f"--no-index --find-links {house.root}/wheels" in Path(f"{house.log}.pip").read_text()


def test_a_folder_of_somebody_else_is_not_emptied(house: House, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").touch()
    assert house.run("doctor", GHIDANH_VENV=str(tmp_path / "mine")) == (1, [])


def test_the_checks_run_in_order_and_the_long_tests_only_when_asked(house: House) -> None:
    house.run("bench")
    code, calls = house.run("test", "-k", "a b")
    assert code == 0
    checks = ["<-m><ruff><check>", "<-m><ruff><format>", "<-m><mypy>", f"<{house.root}", "<-m><pytest>"]
    assert [call.startswith(check) for call, check in zip(calls, checks, strict=True)] == [True] * 5
    assert calls[-1].endswith("<-m><not long><-k><a b>")
    assert house.run("test", "--long")[1][-1].endswith("<-m><>")


@pytest.mark.parametrize("check", ["ruff", "mypy", "lint-imports", "pytest"])
def test_the_first_check_that_fails_is_the_last_that_runs(house: House, check: str) -> None:
    house.run("bench")
    code, calls = house.run("test", FAIL=check)
    assert (code, check in calls[-1]) == (7, True)
