"""The only BEGIN and COMMIT. One hand-written SQL for SQLite (aiosqlite) and PostgreSQL (asyncpg).

Statements use named parameters (`:name`) and the subset both engines speak. Where they differ (parameter
style, identity columns, how a transaction begins and is tried again) the difference lives here.
"""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote, urlparse

import aiosqlite
import asyncpg

T = TypeVar("T")
Row = Mapping[str, Any]

_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")
_RETRIES = 12  # a serialisation failure is an invitation to try again, not an error


class DatabaseError(Exception):
    """The database cannot be used as it is; the message says why and what to do."""


class Tx(Protocol):
    """One open transaction. Passed as an argument, never hidden."""

    async def all(self, sql: str, /, **params: Any) -> Sequence[Row]:
        """Every row of a statement."""

    async def one(self, sql: str, /, **params: Any) -> Row | None:
        """The first row, or None."""

    async def value(self, sql: str, /, **params: Any) -> Any:
        """The first column of the first row, or None."""

    async def run(self, sql: str, /, **params: Any) -> None:
        """A statement whose rows nobody needs."""

    async def many(self, sql: str, rows: Iterable[Mapping[str, Any]], /) -> None:
        """One statement for each mapping of parameters, in one go."""

    async def mark(self) -> None:
        """From here on `undo` can take back what is written. Opens nothing until something is written."""

    async def undo(self) -> None:
        """Take back everything since `mark`."""

    async def size(self) -> int:
        """Bytes the database takes."""


_ENVIRONMENT = {  # the machine is at fault, not the statement: try again later
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
}  # fmt: skip


def is_environment(error: BaseException) -> bool:
    """Whether the whole transaction failed for reasons outside the statement (disk full, lock, connection)."""
    if isinstance(error, sqlite3.Error):
        return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF in _ENVIRONMENT
    postgres = (
        asyncpg.SerializationError,
        asyncpg.DeadlockDetectedError,
        asyncpg.PostgresConnectionError,
        asyncpg.InterfaceError,
        asyncpg.OperatorInterventionError,
        asyncpg.InsufficientResourcesError,
    )
    return isinstance(error, (OSError, *postgres))


def _is_read(sql: str) -> bool:
    return sql.lstrip()[:6].upper() == "SELECT"


class _Transaction:
    """What both engines share. Savepoints are opened only when there is something to take back."""

    wants_for_reads = False  # PostgreSQL: even a failing SELECT spoils the transaction
    size_query = ""

    def __init__(self) -> None:
        self._marked = self._open = False

    async def _fetch(self, sql: str, params: Mapping[str, Any]) -> Sequence[Row]:
        raise NotImplementedError

    async def _fetch_many(self, sql: str, batch: list[Mapping[str, Any]]) -> None:
        raise NotImplementedError

    async def all(self, sql: str, /, **params: Any) -> Sequence[Row]:
        """See `Tx.all`."""
        await self._before(sql)
        return await self._fetch(sql, params)

    async def one(self, sql: str, /, **params: Any) -> Row | None:
        """See `Tx.one`."""
        rows = await self.all(sql, **params)
        return rows[0] if rows else None

    async def value(self, sql: str, /, **params: Any) -> Any:
        """See `Tx.value`."""
        rows = await self.all(sql, **params)
        return rows[0][0] if rows else None  # type: ignore[index]

    async def run(self, sql: str, /, **params: Any) -> None:
        """See `Tx.run`."""
        await self.all(sql, **params)

    async def many(self, sql: str, rows: Iterable[Mapping[str, Any]], /) -> None:
        """See `Tx.many`."""
        batch = list(rows)
        if batch:
            await self._before(sql)
            await self._fetch_many(sql, batch)

    async def size(self) -> int:
        """See `Tx.size`."""
        return int(await self.value(self.size_query))

    async def mark(self) -> None:
        """See `Tx.mark`."""
        if self._open:
            await self._fetch("RELEASE SAVEPOINT turn", {})
        self._marked, self._open = True, False

    async def undo(self) -> None:
        """See `Tx.undo`."""
        if self._open:
            await self._fetch("ROLLBACK TO SAVEPOINT turn", {})

    async def _before(self, sql: str) -> None:
        if self._marked and not self._open and (self.wants_for_reads or not _is_read(sql)):
            self._open = True
            await self._fetch("SAVEPOINT turn", {})


class _SqliteTx(_Transaction):
    size_query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"

    def __init__(self, connection: aiosqlite.Connection) -> None:
        super().__init__()
        self._connection = connection

    async def _fetch(self, sql: str, params: Mapping[str, Any]) -> Sequence[Row]:
        return await self._connection.execute_fetchall(sql, params)  # type: ignore[return-value]

    async def _fetch_many(self, sql: str, batch: list[Mapping[str, Any]]) -> None:
        await self._connection.executemany(sql, batch)


@lru_cache(maxsize=1000)
def positional(sql: str) -> tuple[str, tuple[str, ...]]:
    """`:name` to `$1` for PostgreSQL, with the names in order. A name used twice is one parameter."""
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return _PARAMETER.sub(number, sql), tuple(names)


class _PostgresTx(_Transaction):
    wants_for_reads = True
    size_query = "SELECT pg_database_size(current_database())"

    def __init__(self, connection: "asyncpg.Connection[Any]") -> None:
        super().__init__()
        self._connection = connection

    async def _fetch(self, sql: str, params: Mapping[str, Any]) -> Sequence[Row]:
        text, names = positional(sql)
        rows: Sequence[Row] = await self._connection.fetch(text, *[params[name] for name in names])
        return rows

    async def _fetch_many(self, sql: str, batch: list[Mapping[str, Any]]) -> None:
        text, names = positional(sql)
        await self._connection.executemany(text, [[row[name] for name in names] for row in batch])


class Database(Protocol):
    """An open database."""

    identity: str
    name: str

    async def transact(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `work` in one transaction and commit; on any exception roll back and raise it.

        `work` may be run again from the start when the database asks for it, so it must do nothing but
        read and write through its `Tx`.
        """

    def reading(self) -> "asyncio._AsyncGeneratorContextManager[Tx]":  # type: ignore[name-defined]
        """A read-only transaction on a connection of its own, for reports."""

    async def close(self) -> None:
        """Close every connection."""


class SqliteDatabase:
    """One file, one writing connection, one reading connection."""

    identity = "INTEGER PRIMARY KEY AUTOINCREMENT"
    name = "sqlite"

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._writer, self._reader = writer, reader
        self._write_lock, self._read_lock = asyncio.Lock(), asyncio.Lock()

    @classmethod
    async def open(cls, path: Path) -> "SqliteDatabase":
        """Open or create the file.

        Raises:
            DatabaseError: the file is damaged or is no database.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        writer = reader = None
        try:
            writer = await _connect(f"{path.absolute().as_uri()}?mode=rwc")
            # FULL: a committed turn survives a power cut. NORMAL would be 1.3 times as quick and may lose it.
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-8000"):
                await writer.execute_fetchall(f"PRAGMA {pragma}")
            reader = await _connect(f"{path.absolute().as_uri()}?mode=ro")
        except sqlite3.DatabaseError as error:
            for connection in (writer, reader):
                if connection is not None:
                    await connection.close()
            raise DatabaseError(
                f"{path.name} cannot be opened ({error}). Restore the last backup: ./run restore FILE"
            ) from error
        return cls(writer, reader)

    async def transact(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """See `Database.transact`. One writer at a time, so nothing is ever tried again."""
        async with self._write_lock:
            try:
                # Inside: a caller cancelled here leaves before the thread has begun, and it begins all the same.
                await self._writer.execute_fetchall("BEGIN IMMEDIATE")
                result = await work(_SqliteTx(self._writer))
                await self._writer.execute_fetchall("COMMIT")
            except BaseException:
                await asyncio.shield(_end(self._writer))
                raise
        return result

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """See `Database.reading`."""
        async with self._read_lock:
            try:
                await self._reader.execute_fetchall("BEGIN")
                yield _SqliteTx(self._reader)
            finally:
                await asyncio.shield(_end(self._reader))

    async def close(self) -> None:
        """Close both connections; the log is folded into the file."""
        await self._reader.close()
        await self._writer.close()


async def _end(connection: aiosqlite.Connection) -> None:
    """Roll back what is open."""
    try:
        await connection.execute_fetchall("ROLLBACK")
    except sqlite3.OperationalError:
        return  # nothing is: BEGIN failed, or a COMMIT went through while its caller was cancelled


async def _connect(uri: str) -> aiosqlite.Connection:
    # cached_statements: the turn's SQL is a few hundred texts; parsing them again costs more than the hop.
    connection = await aiosqlite.connect(uri, uri=True, isolation_level=None, cached_statements=512)
    connection.row_factory = sqlite3.Row
    await connection.execute_fetchall("PRAGMA busy_timeout=5000")
    return connection


class PostgresDatabase:
    """A pool of connections; every transaction is SERIALIZABLE and is run again when the server asks."""

    identity = "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
    name = "postgres"

    def __init__(self, pool: "asyncpg.Pool[Any]") -> None:
        self._pool = pool

    @classmethod
    async def open(cls, url: str) -> "PostgresDatabase":
        """Connect.

        Raises:
            DatabaseError: the server does not answer or refuses.
        """
        try:
            return cls(await asyncpg.create_pool(url, min_size=1, max_size=4))
        except (OSError, asyncpg.PostgresError) as error:
            raise DatabaseError(f"PostgreSQL does not answer or refuses: {type(error).__name__}") from error

    async def transact(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """See `Database.transact`."""
        for attempt in range(_RETRIES):
            try:
                async with (
                    self._pool.acquire() as connection,
                    connection.transaction(isolation="serializable"),
                ):
                    return await work(_PostgresTx(connection))
            except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError):
                if attempt == _RETRIES - 1:
                    raise
                await asyncio.sleep(0.005 * attempt)
        raise AssertionError("unreachable")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """See `Database.reading`."""
        async with (
            self._pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield _PostgresTx(connection)

    async def close(self) -> None:
        """Close the pool."""
        await self._pool.close()


async def open_database(url: str) -> SqliteDatabase | PostgresDatabase:
    """Open `sqlite:///path` or `postgresql://…`.

    Raises:
        DatabaseError: it cannot be opened, or the URL is of another kind.
    """
    parts = urlparse(url)
    if parts.scheme in ("postgresql", "postgres"):
        return await PostgresDatabase.open(url)
    if parts.scheme == "sqlite":
        return await SqliteDatabase.open(Path(unquote(parts.path.removeprefix("/"))))
    raise DatabaseError(f"DATABASE_URL must begin with sqlite:/// or postgresql://, not {parts.scheme}:")
