"""Numbered SQL files, each applied in one transaction with the record that it was."""

import re
from pathlib import Path

from storage.database import DatabaseError, PostgresDatabase, SqliteDatabase, Tx

FOLDER = Path(__file__).parent / "migrations"
_NAME = re.compile(r"(\d{4})_\w+\.sql")


def known(folder: Path = FOLDER) -> list[tuple[int, Path]]:
    """Every migration the code has, in order."""
    found = [(int(m.group(1)), p) for p in folder.iterdir() if (m := _NAME.fullmatch(p.name))]
    return sorted(found)


def statements(text: str, identity: str) -> list[str]:
    """The statements of a migration file, with `IDENTITY` in the engine's words."""
    bare = re.sub(r"--[^\n]*", "", text)
    return [s.strip() for s in re.sub(r"\bIDENTITY\b", identity, bare).split(";") if s.strip()]


async def migrate(db: SqliteDatabase | PostgresDatabase, folder: Path = FOLDER) -> list[int]:
    """Bring the database up to the code; returns the numbers applied.

    Raises:
        DatabaseError: the database is newer than the code.
    """
    create = "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"
    await db.transact(lambda tx: tx.run(create))
    applied: list[int] = []
    for number, path in known(folder):
        if await db.transact(lambda tx, n=number, p=path: _apply(tx, n, p, db.identity)):  # type: ignore[misc]
            applied.append(number)
    newest = await db.transact(lambda tx: tx.value("SELECT max(number) FROM migration"))
    if newest and newest > max((n for n, _ in known(folder)), default=0):
        raise DatabaseError(f"the database is at version {newest}, newer than this program: upgrade it")
    return applied


async def _apply(tx: Tx, number: int, path: Path, identity: str) -> bool:
    if await tx.value("SELECT 1 FROM migration WHERE number = :n", n=number):
        return False
    for statement in statements(path.read_text(encoding="utf-8"), identity):
        await tx.run(statement)
    await tx.run("INSERT INTO migration (number, name) VALUES (:n, :name)", n=number, name=path.name)
    return True
