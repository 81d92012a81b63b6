"""Seats, their holders and the persons, as the roster import reads and writes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from storage.database import Tx
from storage.fold import fold
from storage.programme import Programme


async def make(tx: Tx, programme: Programme) -> int:
    """A seat for every post in every commune of the scope; how many were made."""
    before = await tx.value("SELECT count(*) FROM seat")
    for post in programme.posts:
        await tx.run(
            "INSERT INTO seat (unit_id, post) SELECT s.unit_id, CAST(:post AS TEXT) FROM scope s"
            " JOIN unit u ON u.id = s.unit_id WHERE u.level = 'commune' ON CONFLICT (unit_id, post) DO NOTHING",
            post=post.code,
        )
    return int(await tx.value("SELECT count(*) FROM seat") - before)


async def stored(tx: Tx) -> dict[tuple[int, str], dict[str, Any]]:
    """Every seat by commune and post, with who holds it now."""
    rows = await tx.all(
        "SELECT s.id, s.unit_id, s.post, h.id AS holding, h.confirmed_at, p.id AS person, p.name, p.folded, p.phone"
        " FROM seat s LEFT JOIN holding h ON h.seat_id = s.id AND h.until IS NULL"
        " LEFT JOIN person p ON p.id = h.person_id"
    )
    return {(row["unit_id"], row["post"]): dict(row) for row in rows}


async def enrolled(tx: Tx) -> set[int]:
    """Seats that have a place, or wait for one, in a session that has not been held."""
    rows = await tx.all(
        "SELECT DISTINCT e.seat_id FROM enrolment e JOIN session s ON s.id = e.session_id"
        " WHERE e.state IN ('enrolled', 'waiting', 'offered') AND s.state NOT IN ('held', 'cancelled')"
    )
    return {row["seat_id"] for row in rows}


async def add_persons(tx: Tx, persons: Sequence[tuple[str, str | None]], now: str) -> list[int]:
    """New persons by name and phone; their ids in the same order."""
    last = await tx.value("SELECT coalesce(max(id), 0) FROM person")
    await tx.many(
        "INSERT INTO person (name, folded, phone, origin, created_at) VALUES (:name, :folded, :phone, 'roster', :now)",
        [{"name": name, "folded": fold(name), "phone": phone, "now": now} for name, phone in persons],
    )
    # The identity grows within a transaction, and nobody else's new rows are seen in it.
    rows = await tx.all("SELECT id FROM person WHERE id > :last ORDER BY id", last=last)
    return [row["id"] for row in rows]


async def correct_persons(tx: Tx, persons: Sequence[tuple[int, str, str | None]]) -> None:
    """Another spelling or another phone of persons who stay who they are."""
    await tx.many(
        "UPDATE person SET name = :name, folded = :folded, phone = :phone WHERE id = :id",
        [{"id": i, "name": name, "folded": fold(name), "phone": phone} for i, name, phone in persons],
    )


async def close(tx: Tx, seats: Sequence[Mapping[str, Any]], now: str) -> None:
    """The holders of these seats leave them; so do the chats that spoke for them there."""
    held = [{"holding": s["holding"], "person": s["person"], "seat": s["id"], "now": now} for s in seats]
    await tx.many("UPDATE holding SET until = :now WHERE id = :holding", held)
    await tx.many(
        "UPDATE chat_person SET until = :now WHERE seat_id = :seat AND person_id = :person AND until IS NULL", held
    )


async def open_holdings(tx: Tx, pairs: Sequence[tuple[int, int]], now: str) -> None:
    """Persons take seats: pairs of seat and person."""
    await tx.many(
        "INSERT INTO holding (seat_id, person_id, since) VALUES (:seat, :person, :now)",
        [{"seat": seat, "person": person, "now": now} for seat, person in pairs],
    )
