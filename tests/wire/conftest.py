"""The bot and the pretend Telegram, for each test anew, on both engines."""

import logging
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.emulator import STRICT
from bot.logs import redact
from storage.database import open_database
from storage.importing.sample import load_sample
from storage.migrate import migrate
from storage.programme import Programme
from tests.conftest import _at, _create, _drop, _run
from tests.wire.live import PROGRAMME, Live, Secrets, loud, prepare

ENGINE_HARDLY_MATTERS = ("test_wire_oddities.py", "test_wire_faults.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """As the transcripts are: on PostgreSQL only in the long run, where it is the wire that is tested."""
    for item in items:
        if item.path.name in ENGINE_HARDLY_MATTERS and "[postgres" in item.name:
            item.add_marker("long")


GoLive = Callable[..., Awaitable[Live]]


@pytest.fixture
async def database_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """Where a database with the sample programme in it is."""
    async for url in _copied(engine, tmp_path, request, "sample"):
        yield url


async def _copied(engine: str, tmp_path: Path, request: pytest.FixtureRequest, which: str) -> AsyncIterator[str]:
    sample = request.getfixturevalue(f"{engine}_{which}")
    if engine == "sqlite":
        shutil.copy(sample, tmp_path / "wire.db")
        yield f"sqlite:///{tmp_path / 'wire.db'}"
        return
    server, name = request.getfixturevalue("postgres"), f"wire_{os.getpid()}"
    await _create(server, name, sample)
    yield _at(server, name)
    await _drop(server, name)


@pytest.fixture(scope="session")
def sqlite_today(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Path:
    """The sample as of the real day, for the bot in a process of its own, which has the real time."""
    path = tmp_path_factory.mktemp("today") / "today.db"
    _run(_make_today(f"sqlite:///{path}", programme))
    return path


@pytest.fixture(scope="session")
def postgres_today(postgres: str, programme: Programme) -> str:
    """The same, as a template."""
    name = f"today_{os.getpid()}"
    _run(_create(postgres, name))
    _run(_make_today(_at(postgres, name), programme))
    return name


async def _make_today(url: str, programme: Programme) -> None:
    db = await open_database(url)
    await migrate(db)
    await load_sample(db, programme, PROGRAMME, datetime.now(UTC))
    await db.close()


@pytest.fixture
async def database_today(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """Where a copy of it is."""
    async for url in _copied(engine, tmp_path, request, "today"):
        yield url


@pytest.fixture
async def go(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[GoLive]:
    """Starts the bot; what must hold of every test is looked at when it is over."""
    caplog.set_level(logging.INFO)
    opened: list[Live] = []

    async def start(**options: Any) -> Live:
        options.setdefault("limits", STRICT)
        live = await prepare(database_url, tmp_path, monkeypatch, **options)
        opened.append(live)
        await live.start()
        return live

    yield start
    for live in opened:
        await live.close()
        live.check()


@pytest.fixture
async def live(go: GoLive, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Live]:
    """The bot serves, with Telegram's limits; nothing goes wrong, and nothing secret is logged."""
    started = await go()
    yield started
    await started.quiet()
    assert started.emulator.refusals == 0, "a message was refused with 429"
    assert loud(caplog.records) == []
    assert await started.value("SELECT count(*) FROM inbox WHERE state = 'failed'") == 0
    people = await started.rows("SELECT name, phone FROM person WHERE phone IS NOT NULL")
    secrets = Secrets(*(row["phone"] for row in people), *(row["name"] for row in people if " " in row["name"]))
    assert secrets.found_in(caplog.text) == []


@pytest.fixture
def redacted(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """The log as it would stand on standard error."""
    yield lambda: redact(caplog.text)
