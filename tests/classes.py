"""Sessions for the tests: a few that stand still, in place of the sample's."""

from datetime import date
from json import dumps
from typing import Any

from storage.database import Tx
from tests.talk import Talk

TABLES = ("feedback", "enrolment", "session_half", "session_post", "session_area", "session")


async def clear(talk: Talk) -> None:
    """No session at all."""
    for table in TABLES:
        await run(talk, f"DELETE FROM {table}")


async def run(talk: Talk, sql: str, **params: Any) -> None:
    """One statement."""
    await talk.db.transact(lambda tx: tx.run(sql, **params))


async def add(talk: Talk, title: str, *halves: str, **given: Any) -> int:
    """A session by its title and half days (`2026-12-01am`); returns its number."""
    return await talk.db.transact(lambda tx: _add(tx, title, halves, given))


async def _add(tx: Tx, title: str, halves: tuple[str, ...], given: dict[str, Any]) -> int:
    row = {
        "code": title.upper().replace(" ", "-"),
        "title": title,
        "place": "Hội trường huyện Quan Sơn",
        "teacher": "Nguyễn Văn Giảng",
        "topics": dumps(["giam-sat"]),
        "bring": "Giấy mời, sổ ghi chép",
        "capacity": 30,
        "deadline": "2026-11-28",
        "state": "open",
    }
    row |= {k: v for k, v in given.items() if k in row}
    number: int = await tx.value(
        "INSERT INTO session (code, title, place, teacher, topics, bring, capacity, deadline, state)"
        " VALUES (:code, :title, :place, :teacher, :topics, :bring, :capacity, :deadline, :state) RETURNING id",
        **row,
    )
    await set_halves(tx, number, halves)
    for post in given.get("posts", ()):
        await tx.run("INSERT INTO session_post (session_id, post) VALUES (:s, :post)", s=number, post=post)
    for area in given.get("areas", ()):
        await tx.run("INSERT INTO session_area (session_id, unit_id) VALUES (:s, :area)", s=number, area=area)
    return number


async def set_halves(tx: Tx, number: int, halves: tuple[str, ...]) -> None:
    """The half days of a session, in place of those it had."""
    await tx.run("DELETE FROM session_half WHERE session_id = :s", s=number)
    for half in halves:
        day, part = date.fromisoformat(half[:10]).isoformat(), half[10:]
        await tx.run(
            "INSERT INTO session_half (session_id, day, part) VALUES (:s, :day, :part)", s=number, day=day, part=part
        )


async def unit(talk: Talk, level: str, name: str) -> int:
    """Number of a unit in force."""
    found: int = await talk.value("SELECT min(id) FROM unit WHERE level = :l AND name = :n", l=level, n=name)
    return found


async def enrolments(talk: Talk, session: int) -> list[tuple[str, str]]:
    """Names and states in the order of the list, without the cancelled."""
    rows = await talk.rows(
        "SELECT p.name, e.state FROM enrolment e JOIN person p ON p.id = e.person_id"
        " WHERE e.session_id = :s AND e.state <> 'cancelled' ORDER BY e.enrolled_at, e.id",
        s=session,
    )
    return [(row["name"], row["state"]) for row in rows]


async def taken(talk: Talk, session: int) -> int:
    """How many places the session says are taken."""
    found: int = await talk.value("SELECT taken FROM session WHERE id = :s", s=session)
    return found
