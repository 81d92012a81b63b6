"""`main.py demo` as anybody would start it, and a browser before it. REQUIRE_BROWSER=1: a missing one is a failure."""

import asyncio
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.smaller import smaller

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
IMAGES = ROOT / "docs" / "images"
Open = Callable[[int, int], Awaitable[Any]]
Shoot = Callable[[Any, str], Awaitable[None]]


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[str]:
    """The address that a fresh demo prints."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "LC_ALL")}
    log = tmp_path / "stderr.log"
    with log.open("wb") as errors:
        running = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / "main.py"), "demo", stdout=asyncio.subprocess.PIPE, stderr=errors,
            env=kept | {"DATA_DIR": str(tmp_path / "data"), "DEMO_PORT": "0", "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    assert running.stdout is not None
    try:
        said = b""
        async with asyncio.timeout(60):
            while not (found := re.search(rb"http://\S+", said)):
                line = await running.stdout.readline()
                assert line, f"the demo ended: {log.read_text()[-2000:]}"
                said += line
        yield found.group().decode()
    finally:
        if running.returncode is None:
            running.send_signal(signal.SIGINT)
        await asyncio.wait_for(running.communicate(), 10)
    assert running.returncode == 0
    assert "ERROR" not in log.read_text(), log.read_text()


@pytest.fixture
async def open_page(demo: str) -> AsyncIterator[Open]:
    """A browser at a width and a height, on the demo's page."""
    playwright = pytest.importorskip("playwright.async_api")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = "no browser: apt-get install chromium (or set CHROMIUM)"
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip)(reason)
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=found)
        wrongs: list[str] = []

        async def opened(width: int, height: int) -> Any:
            context = await browser.new_context(
                viewport={"width": width, "height": height}, device_scale_factor=2, locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh", accept_downloads=True,
            )  # fmt: skip
            page = await context.new_page()
            page.set_default_timeout(15_000)
            page.on("pageerror", lambda error: wrongs.append(str(error)))
            page.on("console", lambda said: wrongs.append(said.text) if said.type == "error" else None)
            await page.goto(demo)
            return page

        yield opened
        await browser.close()
        assert wrongs == []


def pictures_of_the_documents() -> set[str]:
    """The names of the pictures that the guide and the other documents show."""
    texts = [path.read_text() for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))]
    return {name for text in texts for name in re.findall(r"images/([a-z-]+)\.png", text)}


@pytest.fixture
def shoot(tmp_path: Path) -> Shoot:
    """Take a picture: for the users' guide when UPDATE_SCREENSHOTS=1, otherwise to be looked at after a failure."""
    shown = pictures_of_the_documents() if os.environ.get("UPDATE_SCREENSHOTS") == "1" else set()

    async def take(what: Any, name: str) -> None:
        folder = IMAGES if name in shown else tmp_path / "images"
        folder.mkdir(parents=True, exist_ok=True)
        taken: bytes = await what.screenshot(animations="disabled", scale="css")
        (folder / f"{name}.png").write_bytes(smaller(taken) if folder is IMAGES else taken)

    return take
