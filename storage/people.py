"""Persons, the seats they hold or claim, and the chats they speak through."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Row, Tx
from storage.fold import fold


@dataclass(frozen=True, slots=True)
class Seat:
    """A post in a commune, with who holds it now (0: vacant) and how far that is settled."""

    id: int
    unit_id: int
    post: str
    holding: int
    person: int
    name: str
    phone: str | None
    confirmed: bool


async def seat(tx: Tx, unit_id: int, post: str) -> Seat | None:
    """The seat of a post in a commune, or None when the programme has none there."""
    return _seat(await tx.one(_SEAT + "WHERE s.unit_id = :unit AND s.post = :post", unit=unit_id, post=post))


async def seat_by_id(tx: Tx, number: int) -> Seat | None:
    """A seat by its number."""
    return _seat(await tx.one(_SEAT + "WHERE s.id = :id", id=number))


_SEAT = (
    "SELECT s.id, s.unit_id, s.post, h.id AS holding, h.confirmed_at, p.id AS person, p.name, p.phone"
    " FROM seat s LEFT JOIN holding h ON h.seat_id = s.id AND h.until IS NULL LEFT JOIN person p ON p.id = h.person_id "
)


def _seat(row: Row | None) -> Seat | None:
    if row is None:
        return None
    return Seat(
        row["id"],
        row["unit_id"],
        row["post"],
        row["holding"] or 0,
        row["person"] or 0,
        row["name"] or "",
        row["phone"],
        row["confirmed_at"] is not None,
    )


async def seats_of_holder(tx: Tx, holding: int) -> Seat | None:
    """The seat of a holding that still runs."""
    return _seat(await tx.one(_SEAT + "WHERE h.id = :holding", holding=holding))


async def add(tx: Tx, name: str, phone: str | None, origin: str, at: str) -> int:
    """A new person; returns the number."""
    number: int = await tx.value(
        "INSERT INTO person (name, folded, phone, origin, created_at)"
        " VALUES (:name, :folded, :phone, :origin, :at) RETURNING id",
        name=name,
        folded=fold(name),
        phone=phone,
        origin=origin,
        at=at,
    )
    return number


async def confirm(tx: Tx, holding: int, how: str, at: str) -> bool:
    """The holder has confirmed the post. False when it was confirmed before, or the holding has ended."""
    return (
        await tx.value(
            "UPDATE holding SET confirmed_at = :at, confirmed_how = :how"
            " WHERE id = :id AND confirmed_at IS NULL AND until IS NULL RETURNING id",
            id=holding,
            how=how,
            at=at,
        )
        is not None
    )


async def take_seat(tx: Tx, seat_id: int, person: int, how: str, at: str) -> int:
    """The seat passes to a person, confirmed; whoever held it holds it no more. Returns the new holding."""
    await tx.run("UPDATE holding SET until = :at WHERE seat_id = :seat AND until IS NULL", seat=seat_id, at=at)
    number: int = await tx.value(
        "INSERT INTO holding (seat_id, person_id, since, confirmed_at, confirmed_how)"
        " VALUES (:seat, :person, :at, :at, :how) RETURNING id",
        seat=seat_id,
        person=person,
        at=at,
        how=how,
    )
    return number


async def merge(tx: Tx, double: int, kept: int, phone: str | None, at: str) -> None:
    """Two records turn out to be one person: what hangs on the double passes to the one kept, with its newer phone."""
    for table in ("enrolment", "chat_person", "claim", "grants"):
        await tx.run(f"UPDATE {table} SET person_id = :kept WHERE person_id = :double", kept=kept, double=double)  # noqa: S608
    if phone is not None:
        await tx.run("UPDATE person SET phone = :phone WHERE id = :kept", phone=phone, kept=kept)
    await tx.run(
        "UPDATE person SET name = '', folded = '', phone = NULL, erased_at = :at WHERE id = :double",
        double=double,
        at=at,
    )


# Chats and persons ------------------------------------------------------------------------------


async def link(tx: Tx, chat: str, person: int, seat_id: int | None, at: str) -> None:
    """The person speaks through this chat (in this seat)."""
    await tx.run(
        "INSERT INTO chat_person (chat, person_id, seat_id, since)"
        " SELECT CAST(:chat AS TEXT), CAST(:person AS BIGINT), CAST(:seat AS BIGINT), CAST(:at AS TEXT)"
        " WHERE NOT EXISTS (SELECT 1 FROM chat_person WHERE chat = :chat AND person_id = :person"
        " AND coalesce(seat_id, 0) = coalesce(CAST(:seat AS BIGINT), 0) AND until IS NULL)",
        chat=chat,
        person=person,
        seat=seat_id,
        at=at,
    )


async def link_all(tx: Tx, chat: str, person: int, at: str) -> None:
    """The person speaks through this chat too: in every seat held or claimed now, or in none."""
    seats = await tx.all(
        "SELECT seat_id FROM holding WHERE person_id = :person AND until IS NULL AND confirmed_at IS NOT NULL"
        " UNION SELECT seat_id FROM claim WHERE person_id = :person AND state = 'open' ORDER BY 1",
        person=person,
    )
    for row in seats:
        await link(tx, chat, person, row["seat_id"], at)
    rights = await tx.value("SELECT 1 FROM grants WHERE person_id = :person AND revoked_at IS NULL", person=person)
    if rights or not seats:
        await link(tx, chat, person, None, at)


async def chats(tx: Tx, person: int) -> Sequence[Row]:
    """Every chat a person speaks through now."""
    return await tx.all(
        "SELECT DISTINCT chat FROM chat_person WHERE person_id = :person AND until IS NULL ORDER BY chat", person=person
    )


async def unlink(tx: Tx, person: int, seat_id: int | None, at: str, chat: str | None = None) -> None:
    """The person speaks no more for this seat (None: for none), in this chat (None: in all)."""
    await tx.run(
        "UPDATE chat_person SET until = :at WHERE person_id = :person AND until IS NULL"
        " AND (CAST(:seat AS BIGINT) IS NULL OR seat_id = :seat) AND (CAST(:chat AS TEXT) IS NULL OR chat = :chat)",
        person=person,
        seat=seat_id,
        chat=chat,
        at=at,
    )


# Claims -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says a seat is theirs, and what the roster says beside it."""

    id: int
    seat: int
    person: int
    chat: str
    name: str
    phone: str | None
    phone_shared: bool
    state: str
    opened_at: str
    post: str
    commune_id: int
    holder: str
    holder_phone: str | None
    holder_confirmed: bool
    rivals: int


async def open_claim(
    tx: Tx, seat_id: int, person: int, chat: str, name: str, phone: str | None, shared: bool, at: str
) -> int:
    """Open a claim; returns its number."""
    number: int = await tx.value(
        "INSERT INTO claim (seat_id, person_id, chat, name, phone, phone_shared, opened_at)"
        " VALUES (:seat, :person, :chat, :name, :phone, :shared, :at) RETURNING id",
        seat=seat_id,
        person=person,
        chat=chat,
        name=name,
        phone=phone,
        shared=int(shared),
        at=at,
    )
    return number


_CLAIM = (
    "SELECT c.*, s.post, s.unit_id, p.name AS holder, p.phone AS holder_phone, h.confirmed_at,"
    " (SELECT count(*) FROM claim r WHERE r.seat_id = c.seat_id AND r.state = 'open' AND r.id <> c.id) AS rivals"
    " FROM claim c JOIN seat s ON s.id = c.seat_id LEFT JOIN unit u ON u.id = s.unit_id"
    " LEFT JOIN holding h ON h.seat_id = s.id AND h.until IS NULL LEFT JOIN person p ON p.id = h.person_id "
)


async def claim(tx: Tx, number: int, area: int | None) -> Claim | None:
    """A claim, if it lies in the area (None: the whole province)."""
    row = await tx.one(
        _CLAIM + "WHERE c.id = :id AND (CAST(:area AS BIGINT) IS NULL OR u.parent_id = :area OR u.id = :area)",
        id=number,
        area=area,
    )
    return _claim(row) if row else None


async def open_claims(tx: Tx, area: int | None, limit: int) -> list[Claim]:
    """The oldest open claims of an area (None: the whole province)."""
    rows = await tx.all(
        _CLAIM + "WHERE c.state = 'open' AND (CAST(:area AS BIGINT) IS NULL OR u.parent_id = :area OR u.id = :area)"
        " ORDER BY c.id LIMIT :limit",
        area=area,
        limit=limit,
    )
    return [_claim(row) for row in rows]


async def count_claims(tx: Tx, area: int | None) -> int:
    """How many claims are open in an area."""
    found: int = await tx.value(
        "SELECT count(*) FROM claim c JOIN seat s ON s.id = c.seat_id JOIN unit u ON u.id = s.unit_id"
        " WHERE c.state = 'open' AND (CAST(:area AS BIGINT) IS NULL OR u.parent_id = :area OR u.id = :area)",
        area=area,
    )
    return found


async def decide(tx: Tx, number: int, state: str, by: int | None, reason: str, at: str) -> bool:
    """Close an open claim. False when it was closed already."""
    return (
        await tx.value(
            "UPDATE claim SET state = :state, decided_by = :by, reason = :reason, decided_at = :at"
            " WHERE id = :id AND state = 'open' RETURNING id",
            id=number,
            state=state,
            by=by,
            reason=reason,
            at=at,
        )
        is not None
    )


async def rival_claims(tx: Tx, seat_id: int, besides: int) -> Sequence[Row]:
    """The other open claims on a seat."""
    return await tx.all(
        "SELECT id, person_id, chat FROM claim WHERE seat_id = :seat AND state = 'open' AND id <> :besides ORDER BY id",
        seat=seat_id,
        besides=besides,
    )


def _claim(row: Row) -> Claim:
    return Claim(
        row["id"],
        row["seat_id"],
        row["person_id"],
        row["chat"],
        row["name"],
        row["phone"],
        bool(row["phone_shared"]),
        row["state"],
        row["opened_at"],
        row["post"],
        row["unit_id"],
        row["holder"] or "",
        row["holder_phone"],
        row["confirmed_at"] is not None,
        row["rivals"],
    )


# Consent ----------------------------------------------------------------------------------------


async def record_consent(tx: Tx, chat: str, version: str, answer: str, at: str) -> None:
    """What was answered to the notice, with its version and the time."""
    await tx.run(
        "INSERT INTO consent (chat, version, answer, at) VALUES (:chat, :version, :answer, :at)",
        chat=chat,
        version=version,
        answer=answer,
        at=at,
    )
