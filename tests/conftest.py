"""Fixtures: every test that touches the database runs on SQLite and on PostgreSQL."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from bot.app import texts_of
from bot.turn import House
from handlers.book import BOOK
from storage.database import PostgresDatabase, SqliteDatabase, open_database
from storage.importing.sample import load_sample
from storage.migrate import migrate
from storage.programme import Programme, load
from tests.postgres import postgres_url
from tests.talk import NOON, Talk

ROOT = Path(__file__).parent.parent
PROGRAMME = ROOT / "programmes" / "thanh-hoa-135-2020"
ENGINES = ("sqlite", "postgres")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each transcript runs on both messengers, unless it is about what one of them lacks, and on both databases.

    On PostgreSQL transcripts are `long`: making a database for each takes longer than the transcript. What SQL the two
    engines may read differently is tested on both every time, in the tests of storage, heart and outbox.
    """
    if "talk" in metafunc.fixturenames:
        pairs = [("sqlite", "telegram"), ("postgres", "telegram")]
        if metafunc.definition.get_closest_marker("buttons") is None:
            pairs.append(("sqlite", "zalo"))
        slow = {"postgres": [pytest.mark.long]}
        found = [pytest.param(*pair, id="-".join(pair), marks=slow.get(pair[0], [])) for pair in pairs]
        metafunc.parametrize(("engine", "channel"), found, indirect=True)
    elif "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", ENGINES, indirect=True)


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load(PROGRAMME)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server of our own, or the one TEST_POSTGRES names; skipped aloud where there is none."""
    yield from postgres_url()


@pytest.fixture(scope="session")
def sqlite_sample(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Path:
    """A database with the sample programme in it, made once and copied for each test."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    _run(_make_sample(f"sqlite:///{path}", programme))
    return path


@pytest.fixture(scope="session")
def postgres_sample(postgres: str, programme: Programme) -> str:
    """The name of a database with the sample programme in it, to be used as a template."""
    name = f"sample_{os.getpid()}"
    _run(_create(postgres, name))
    _run(_make_sample(_at(postgres, name), programme))
    return name


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end, even when a loop is running already (fixtures are asked for from within tests)."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _make_sample(url: str, programme: Programme) -> None:
    db = await open_database(url)
    await migrate(db)
    await load_sample(db, programme, PROGRAMME, NOON)
    await db.close()


def _at(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"


async def _create(url: str, name: str, template: str | None = None) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    finally:
        await connection.close()


async def _drop(url: str, name: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        await connection.close()


@pytest.fixture
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def empty_db(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[SqliteDatabase | PostgresDatabase]:
    """A migrated database with nothing in it."""
    async for db in _database(engine, tmp_path, request, None):
        await migrate(db)
        yield db


@pytest.fixture
async def db(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[SqliteDatabase | PostgresDatabase]:
    """A database with the sample programme in it."""
    sample = request.getfixturevalue(f"{engine}_sample")
    async for opened in _database(engine, tmp_path, request, sample):
        yield opened


async def _database(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest, sample: Path | str | None
) -> AsyncIterator[SqliteDatabase | PostgresDatabase]:
    if engine == "sqlite":
        path = tmp_path / "test.db"
        if isinstance(sample, Path):
            shutil.copy(sample, path)
        db = await open_database(f"sqlite:///{path}")
        yield db
        await db.close()
        return
    server = request.getfixturevalue("postgres")
    name = f"test_{os.getpid()}"
    await _create(server, name, sample if isinstance(sample, str) else None)
    db = await open_database(_at(server, name))
    yield db
    await db.close()
    await _drop(server, name)


@pytest.fixture
def house(programme: Programme) -> House:
    return House(texts_of(programme, strict=True), programme, ZoneInfo("Asia/Ho_Chi_Minh"), "https://t.me/ghidanh_bot")


@pytest.fixture
def talk(db: SqliteDatabase | PostgresDatabase, house: House, channel: str) -> Talk:
    """Phones before the bot, on the sample programme."""
    return Talk(db, house, BOOK, channel)


@pytest.fixture
def today() -> date:
    return NOON.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
