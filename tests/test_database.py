"""The only BEGIN and COMMIT, on both engines; migrations; what a damaged file says."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from storage.database import (
    DatabaseError,
    PostgresDatabase,
    SqliteDatabase,
    Tx,
    is_environment,
    open_database,
    positional,
)
from storage.migrate import known, migrate, statements

Db = SqliteDatabase | PostgresDatabase


async def put(tx: Tx, key: str, value: str = "x") -> None:
    await tx.run("INSERT INTO meta (key, value) VALUES (:k, :v)", k=key, v=value)


async def keys(db: Db) -> list[str]:
    async with db.reading() as tx:
        return [row["key"] for row in await tx.all("SELECT key FROM meta ORDER BY key")]


async def test_what_raises_leaves_nothing(empty_db: Db) -> None:
    async def work(tx: Tx) -> None:
        await put(tx, "a")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await empty_db.transact(work)
    assert await keys(empty_db) == []


async def test_a_savepoint_takes_back_one_turn_and_not_the_others(empty_db: Db) -> None:
    async def work(tx: Tx) -> None:
        await tx.mark()
        await put(tx, "first")
        await tx.mark()
        await put(tx, "second")
        await tx.undo()
        await tx.mark()
        await tx.all("SELECT 1 AS one")
        await tx.undo()  # nothing was written: nothing is taken back
        await tx.mark()
        await put(tx, "third")

    await empty_db.transact(work)
    assert await keys(empty_db) == ["first", "third"]


async def test_a_statement_that_fails_spoils_only_its_turn(empty_db: Db) -> None:
    async def work(tx: Tx) -> None:
        await tx.mark()
        await put(tx, "kept")
        await tx.mark()
        with pytest.raises(Exception, match=r"(?i)unique"):
            await put(tx, "kept")
        await tx.undo()
        await tx.mark()
        await put(tx, "after")

    await empty_db.transact(work)
    assert await keys(empty_db) == ["after", "kept"]


async def test_a_cancelled_transaction_leaves_the_database_usable(empty_db: Db) -> None:
    begun = asyncio.Event()

    async def work(tx: Tx) -> None:
        await put(tx, "half")
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(empty_db.transact(work))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await empty_db.transact(lambda tx: put(tx, "whole"))
    assert await keys(empty_db) == ["whole"]


async def test_cancelled_at_any_moment_it_is_usable_afterwards(empty_db: Db) -> None:
    """A caller may be cancelled before its BEGIN has happened, in the middle, or at its COMMIT."""
    for steps in range(14):
        task = asyncio.create_task(empty_db.transact(lambda tx, n=steps: put(tx, f"maybe{n:02}")))  # type: ignore[misc]
        reading = asyncio.create_task(keys(empty_db))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        reading.cancel()
        await asyncio.gather(task, reading, return_exceptions=True)
        await empty_db.transact(lambda tx, n=steps: put(tx, f"sure{n:02}"))  # type: ignore[misc]
        assert f"sure{steps:02}" in await keys(empty_db)


async def test_two_writers_never_lose_an_update(empty_db: Db) -> None:
    await empty_db.transact(lambda tx: put(tx, "n", "0"))

    async def add(tx: Tx) -> None:
        value = int(await tx.value("SELECT value FROM meta WHERE key = 'n'"))
        await tx.run("UPDATE meta SET value = :v WHERE key = 'n'", v=str(value + 1))

    await asyncio.gather(*[empty_db.transact(add) for _ in range(12)])
    async with empty_db.reading() as tx:
        assert await tx.value("SELECT value FROM meta WHERE key = 'n'") == "12"


async def test_reports_cannot_write(empty_db: Db) -> None:
    with pytest.raises(Exception, match=r"(?i)read.?only"):
        async with empty_db.reading() as tx:
            await put(tx, "x")


def test_named_parameters_become_positions() -> None:
    assert positional("SELECT :a, :b, CAST(:a AS TEXT), x::int") == (
        "SELECT $1, $2, CAST($1 AS TEXT), x::int",
        ("a", "b"),
    )


async def test_migrations_are_applied_once_and_recorded(empty_db: Db) -> None:
    assert await migrate(empty_db) == []
    async with empty_db.reading() as tx:
        assert [r["number"] for r in await tx.all("SELECT number FROM migration")] == [n for n, _ in known()]


async def test_a_migration_that_fails_half_way_leaves_nothing(empty_db: Db, tmp_path: Path) -> None:
    for number, path in known():
        (tmp_path / path.name).write_text(path.read_text())
        last = number
    broken = tmp_path / f"{last + 1:04}_broken.sql"
    broken.write_text("CREATE TABLE half (id IDENTITY);\nINSERT INTO nowhere VALUES (1)")
    with pytest.raises(Exception, match="nowhere"):
        await migrate(empty_db, tmp_path)
    broken.write_text("CREATE TABLE half (id IDENTITY)")
    assert await migrate(empty_db, tmp_path) == [last + 1]


async def test_a_database_newer_than_the_program_stops_the_start(empty_db: Db) -> None:
    await empty_db.transact(lambda tx: tx.run("INSERT INTO migration (number, name) VALUES (9999, 'later')"))
    with pytest.raises(DatabaseError, match="newer"):
        await migrate(empty_db)


def test_a_migration_s_text() -> None:
    assert statements("CREATE TABLE a (id IDENTITY); -- x; y\n\nDROP TABLE b", "BIG") == [
        "CREATE TABLE a (id BIG)",
        "DROP TABLE b",
    ]


async def test_a_damaged_file_says_how_to_restore(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(DatabaseError, match="restore"):
        await open_database(f"sqlite:///{path}")


async def test_no_server_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="PostgreSQL"):
        await open_database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(DatabaseError, match="sqlite:///"):
        await open_database("mysql://x")


async def test_sqlite_is_durable_and_checks_its_references(tmp_path: Path) -> None:
    db = await open_database(f"sqlite:///{tmp_path / 'x.db'}")
    values = {
        name: await db.transact(lambda tx, name=name: tx.value(f"PRAGMA {name}"))  # type: ignore[misc]
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    await db.close()
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_the_machine_s_errors_are_told_from_ours() -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert is_environment(full)
    assert is_environment(ConnectionResetError())
    wrong = sqlite3.OperationalError("no such column")
    wrong.sqlite_errorcode = sqlite3.SQLITE_ERROR
    assert not is_environment(wrong)
    assert not is_environment(ValueError())
