"""The roster of a file against the seats as they are held."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from storage import phones
from storage.database import Tx
from storage.fold import fold
from storage.importing import seat_rows
from storage.importing.model import Note, Outcome, Parsed, Setting

if TYPE_CHECKING:
    from storage.importing.roster import Entry

Seat = dict[str, Any]
_SHOWN = 10


@dataclass(slots=True)
class _Plan:
    """What is to be written."""

    opened: list["tuple[Entry, int]"] = field(default_factory=list)  # with the seat's id
    closed: list[Seat] = field(default_factory=list)
    corrected: dict[int, tuple[int, str, str | None]] = field(default_factory=dict)


async def settle(tx: Tx, parsed: Parsed, setting: Setting, write: bool) -> Outcome:
    """Compare every line with its seat; with `write`, close, open and correct."""
    outcome, plan = Outcome(), _Plan()
    if write:
        outcome.seats = await seat_rows.make(tx, setting.programme)
    seats = await seat_rows.stored(tx)
    for entry in parsed.entries:
        _compare(entry, seats.get((entry.place.id, entry.post.code), {}), setting, outcome, plan)
    _count_missing(parsed, seats, setting, outcome)
    await _warn_of_enrolled(tx, plan, outcome)
    if write:
        await _write(tx, plan, seats, setting.now)
    return outcome


def _compare(entry: "Entry", seat: Seat, setting: Setting, outcome: Outcome, plan: _Plan) -> None:
    held = bool(seat.get("holding"))
    if not held:
        if not entry.name:
            outcome.unchanged += 1
            return
        outcome.add("added", f"{entry.label}: {entry.name}")
        plan.opened.append((entry, seat.get("id", 0)))
    elif entry.name and _is_same_person(entry, seat):
        _compare_person(entry, seat, setting, outcome, plan)
    elif seat["confirmed_at"] and not setting.force:
        outcome.add("kept", f"{entry.label}: {seat['name']} ↛ {entry.name or '–'}")
    else:
        outcome.add("changed", f"{entry.label}: {seat['name']} → {entry.name or '–'}")
        plan.closed.append(seat)
        if entry.name:
            plan.opened.append((entry, seat["id"]))


def _is_same_person(entry: "Entry", seat: Seat) -> bool:
    return bool(fold(entry.name) == seat["folded"])


def _compare_person(entry: "Entry", seat: Seat, setting: Setting, outcome: Outcome, plan: _Plan) -> None:
    """The same holder; an empty phone in the file says nothing about the phone that is stored."""
    phone = entry.phone or seat["phone"]
    before, after = (seat["name"], seat["phone"]), (entry.name, phone)
    if before == after:
        outcome.unchanged += 1
        return
    shown = f"{entry.label}: {_person(*before)} → {_person(*after)}"
    if seat["confirmed_at"] and not setting.force:
        outcome.add("kept", shown.replace("→", "↛"))
        return
    outcome.add("changed", shown)
    plan.corrected[seat["person"]] = (seat["person"], entry.name, phone)


def _person(name: str, phone: str | None) -> str:
    return f"{name} {phones.mask(phone)}" if phone else name


def _count_missing(parsed: Parsed, seats: dict[tuple[int, str], Seat], setting: Setting, outcome: Outcome) -> None:
    named = {(entry.place.id, entry.post.code) for entry in parsed.entries}
    for (unit, post), seat in seats.items():
        if seat["holding"] and (unit, post) not in named:
            place = setting.places.get(unit)
            short = next((p.short for p in setting.programme.posts if p.code == post), post)
            outcome.add("missing", f"{place.label() if place else unit} – {short}: {seat['name']}")


async def _warn_of_enrolled(tx: Tx, plan: _Plan, outcome: Outcome) -> None:
    """A place in a session belongs to the seat; its organiser should know that another person may come."""
    changed = {seat["id"] for seat in plan.closed}
    count = len(changed & await seat_rows.enrolled(tx)) if changed else 0
    if count:
        outcome.warnings.append(Note("import-warn-enrolled-seats", {"count": count}))


async def _write(tx: Tx, plan: _Plan, seats: dict[tuple[int, str], Seat], now: str) -> None:
    await seat_rows.close(tx, plan.closed, now)
    await seat_rows.correct_persons(tx, list(plan.corrected.values()))
    persons = {_identity(seat["name"], seat["phone"], unit): seat["person"] for (unit, _), seat in seats.items()
               if seat["person"]}  # fmt: skip
    wanted = {_identity(e.name, e.phone, e.place.id): (e.name, e.phone) for e, _ in plan.opened}
    new = [identity for identity in wanted if identity not in persons]
    ids = await seat_rows.add_persons(tx, [wanted[identity] for identity in new], now)
    persons |= dict(zip(new, ids, strict=True))
    pairs = [(seat, persons[_identity(e.name, e.phone, e.place.id)]) for e, seat in plan.opened]
    await seat_rows.open_holdings(tx, pairs, now)


def _identity(name: str, phone: str | None, commune: int) -> tuple[str, str | int]:
    """Who is one person in a roster: the same name with the same phone, or without one in the same commune."""
    return fold(name), phone or commune
