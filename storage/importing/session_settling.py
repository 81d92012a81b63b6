"""The sessions of a file against those that are stored."""

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from storage.database import Tx
from storage.importing.model import Note, Outcome, Parsed, Problem, Setting

if TYPE_CHECKING:
    from storage.importing.sessions import Entry

_FIELDS = ("title", "place", "teacher", "capacity", "deadline", "bring", "topics", "posts", "areas", "halves")


async def settle(tx: Tx, parsed: Parsed, setting: Setting, write: bool) -> Outcome:
    """Compare by code. The state of a stored session, and who is enrolled, are never touched."""
    outcome = Outcome()
    stored = await _stored(tx)
    fresh: list[Entry] = []
    changed: list[Entry] = []
    for entry in parsed.entries:
        known = stored.get(entry.code)
        if known is None:
            outcome.add("added", f"{entry.code}: {entry.title}")
            fresh.append(entry)
        elif differing := [name for name in _FIELDS if _value(entry, name) != known[name]]:
            outcome.add("changed", f"{entry.code}: {entry.title}")
            changed.append(entry)
            _check_enrolled(entry, known, differing, outcome)
        else:
            outcome.unchanged += 1
    for code in sorted(stored.keys() - {entry.code for entry in parsed.entries}):
        outcome.add("missing", f"{code}: {stored[code]['title']}")
    if write and not outcome.problems:
        await _write(tx, fresh, changed, setting)
    return outcome


def _check_enrolled(entry: "Entry", known: dict[str, Any], differing: list[str], outcome: Outcome) -> None:
    if entry.capacity < known["taken"]:
        why = Note("import-bad-capacity-taken", {"taken": known["taken"]})
        outcome.problems.append(Problem(entry.line, "capacity", entry.line.get("capacity"), why))
    if known["taken"] and {"halves", "place"} & set(differing):
        # An import tells nobody: postponing by chat does.
        outcome.warnings.append(Note("import-warn-moved", {"code": entry.code, "count": known["taken"]}))


def _value(entry: "Entry", name: str) -> Any:
    return list(entry.topics) if name == "topics" else getattr(entry, name)


async def _stored(tx: Tx) -> dict[str, dict[str, Any]]:
    sessions = {row["id"]: dict(row) for row in await tx.all("SELECT * FROM session")}
    parts: dict[str, dict[int, list[Any]]] = {name: defaultdict(list) for name in ("posts", "areas", "halves")}
    for row in await tx.all("SELECT session_id, post FROM session_post ORDER BY post"):
        parts["posts"][row["session_id"]].append(row["post"])
    for row in await tx.all("SELECT session_id, unit_id FROM session_area ORDER BY unit_id"):
        parts["areas"][row["session_id"]].append(row["unit_id"])
    for row in await tx.all("SELECT session_id, day, part FROM session_half ORDER BY day, part"):
        parts["halves"][row["session_id"]].append((row["day"], row["part"]))
    for number, session in sessions.items():
        session["topics"] = json.loads(session["topics"])
        session.update({name: tuple(sorted(of[number])) for name, of in parts.items()})
    return {session["code"]: session for session in sessions.values()}


async def _write(tx: Tx, fresh: list["Entry"], changed: list["Entry"], setting: Setting) -> None:
    await tx.many(
        "INSERT INTO session (code, title, place, teacher, topics, bring, capacity, deadline, state)"
        " VALUES (:code, :title, :place, :teacher, :topics, :bring, :capacity, :deadline, :state)",
        [_row(entry) | {"state": _state(entry, setting.today)} for entry in fresh],
    )
    await tx.many(
        "UPDATE session SET title = :title, place = :place, teacher = :teacher, topics = :topics,"
        " bring = :bring, capacity = :capacity, deadline = :deadline WHERE code = :code",
        [_row(entry) for entry in changed],
    )
    ids = {row["code"]: row["id"] for row in await tx.all("SELECT id, code FROM session")}
    again = [{"session": ids[entry.code]} for entry in changed]
    await tx.many("DELETE FROM session_half WHERE session_id = :session", again)
    await tx.many("DELETE FROM session_post WHERE session_id = :session", again)
    await tx.many("DELETE FROM session_area WHERE session_id = :session", again)
    await _write_parts(tx, {ids[entry.code]: entry for entry in (*fresh, *changed)})


async def _write_parts(tx: Tx, entries: dict[int, "Entry"]) -> None:
    await tx.many(
        "INSERT INTO session_half (session_id, day, part) VALUES (:session, :day, :part)",
        [{"session": i, "day": day, "part": part} for i, e in entries.items() for day, part in e.halves],
    )
    await tx.many(
        "INSERT INTO session_post (session_id, post) VALUES (:session, :post)",
        [{"session": i, "post": post} for i, e in entries.items() for post in e.posts],
    )
    await tx.many(
        "INSERT INTO session_area (session_id, unit_id) VALUES (:session, :unit)",
        [{"session": i, "unit": unit} for i, e in entries.items() for unit in e.areas],
    )


def _row(entry: "Entry") -> dict[str, Any]:
    plain = {n: getattr(entry, n) for n in ("code", "title", "place", "teacher", "bring", "capacity", "deadline")}
    return plain | {"topics": json.dumps(entry.topics)}


def _state(entry: "Entry", today: str) -> str:
    """A session that is over when it becomes known was held; one that is going on is running."""
    if entry.halves[-1][0] < today:
        return "held"
    return "running" if entry.halves[0][0] <= today else "open"
