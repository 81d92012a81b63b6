"""The audit: a chain that shows any change."""

import pytest

from storage.audit import Entry, append, first_break
from storage.database import PostgresDatabase, SqliteDatabase

Db = SqliteDatabase | PostgresDatabase
AT = "2026-11-20T05:00:00Z"


async def fill(db: Db, count: int) -> None:
    for n in range(count):
        entries = [Entry("person:1", "seat.confirmed", f"seat:{n}", {"how": "code"}), Entry("clock", "x", "y")]
        await db.transact(lambda tx, e=entries: append(tx, e, AT))  # type: ignore[misc]


async def broken(db: Db) -> int | None:
    async with db.reading() as tx:
        return await first_break(tx)


async def test_an_untouched_chain_is_whole(empty_db: Db) -> None:
    assert await broken(empty_db) is None
    await fill(empty_db, 5)
    assert await broken(empty_db) is None


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("UPDATE audit SET data = '{}' WHERE id = 3", 3),
        ("UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE id = 7", 7),
        ("UPDATE audit SET actor = 'person:2' WHERE id = 1", 1),
        ("DELETE FROM audit WHERE id = 4", 4),
        ("UPDATE audit SET hash = 'x' WHERE id = 10", 10),
    ],
)
async def test_any_change_is_found(empty_db: Db, change: str, row: int) -> None:
    await fill(empty_db, 5)
    await empty_db.transact(lambda tx: tx.run(change))
    assert await broken(empty_db) == row
