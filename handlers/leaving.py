"""A place is given back, or passes on; whoever waits for it moves up and is told."""

from bot.turn import Offer, Turn, choice, step
from handlers import enrol, home, schedule
from handlers.session_words import begun, when
from storage import training
from storage.fold import tidy
from storage.training import Enrolment, Moved

REASONS = ("enrol-reason-work", "enrol-reason-health", "enrol-reason-road", "enrol-reason-mistake")
_LONGEST = 300


async def _mine(turn: Turn, number: int) -> Enrolment | None:
    """The enrolment, if this phone may give it back; otherwise it is said why not."""
    found = await training.one_of_chat(turn.tx, turn.chat.id, number)
    why = "enrol-not-yours" if found is None else _hindrance(turn, found)
    if not why:
        return found
    title = found.session.title if found else ""
    turn.ask(why, choice("enrol-schedule", schedule.show), choice("go-home", home.show), title=title)
    return None


def _hindrance(turn: Turn, found: Enrolment) -> str:
    if found.state not in training.ACTIVE:
        return "enrol-left-already"
    held = found.session.state in ("running", "held")
    begins = found.session.state != "postponed" and found.session.has_begun(begun(turn))
    return "enrol-begun" if held or begins else ""


@step
async def why(turn: Turn, enrolment: int) -> None:
    """Why does she give the place back? Who only waits is not asked."""
    found = await _mine(turn, enrolment)
    if found is None:
        return
    if found.state == "waiting":
        await sure(turn, enrolment, "")
        return
    reasons = [choice(key, sure, enrolment=enrolment, reason=str(turn.words(key))) for key in REASONS]
    turn.ask(
        "enrol-why", *reasons, _keep(), hear=hear_why, carry={"enrolment": enrolment},
        name=found.name, title=found.session.title,
    )  # fmt: skip


@step
async def hear_why(turn: Turn, enrolment: int) -> None:
    """A reason in her own words."""
    await sure(turn, enrolment, tidy(turn.text)[:_LONGEST])


@step
async def sure(turn: Turn, enrolment: int, reason: str) -> None:
    """The one confirmation."""
    found = await _mine(turn, enrolment)
    if found is None:
        return
    key = "enrol-leave-list-sure" if found.state == "waiting" else "enrol-leave-sure"
    turn.ask(
        key, choice("enrol-leave-yes", leave, enrolment=enrolment, reason=reason), _keep(),
        name=found.name, title=found.session.title, when=when(turn, found.session), reason=reason,
    )  # fmt: skip


def _keep() -> Offer:
    return choice("enrol-keep", schedule.show)


@step
async def leave(turn: Turn, enrolment: int, reason: str) -> None:
    """The place is free, and the first of the waiting list has it."""
    found = await _mine(turn, enrolment)
    if found is None:
        return
    moved = await training.leave(turn.tx, found, reason, turn.at, begun(turn))
    turn.audit("enrol.left", f"enrolment:{enrolment}", session=found.session.id, was=found.state)
    turn.say("enrol-left", name=found.name, title=found.session.title)
    turn.ask("enrol-next", choice("enrol-others", enrol.choose, seat=found.seat), choice("go-home", home.show))
    await _tell(turn, moved)


# Told to those who waited ------------------------------------------------------------------------


async def _tell(turn: Turn, moved: list[Moved]) -> None:
    for one in moved:
        values = {"name": one.name, "title": one.title, "date": _date(one.first)}
        decline = choice("enrol-decline", why, enrolment=one.enrolment)
        if one.clash:
            await turn.tell(one.person, "enrol-passed-over", decline, other=one.clash, **values)
            continue
        told = await turn.tell(one.person, "enrol-moved-up", choice("enrol-schedule", schedule.show), decline, **values)
        turn.audit("enrol.moved_up", f"enrolment:{one.enrolment}", session=one.session, told=told)


def _date(day: str) -> str:
    return "/".join(reversed(day.split("-")))


async def fill(turn: Turn, session: int) -> bool:
    """Free places go to those who wait. Whether anybody moved up."""
    moved = [m for m in await training.move_up(turn.tx, session, turn.at, begun(turn)) if not m.clash]
    await _tell(turn, moved)
    return bool(moved)


@step
async def move_up(turn: Turn) -> None:
    """The clock found room in a session while somebody waits: its capacity was raised."""
    await fill(turn, int(turn.incoming.key.split(":")[1]))


# For others: a rejected claim, a hand-over, an erasure -------------------------------------------


async def leave_all(turn: Turn, person: int, seat: int, reason: str) -> None:
    """All that a person has ahead is cancelled, in one seat or (0) in all. `reason`: a short word of ours."""
    gone, moved = await training.cancel_all_of(turn.tx, person, seat, reason, turn.at, begun(turn))
    for number in gone:
        turn.audit("enrol.left", f"enrolment:{number}", reason=reason)
    await _tell(turn, moved)


async def pass_on(turn: Turn, seat: int, person: int) -> None:
    """What a seat has ahead is its new holder's; she is not told here. What clashes with her own is cancelled."""
    kept, gone, moved = await training.pass_on(turn.tx, seat, person, "seat-passed", turn.at, begun(turn))
    for number in kept:
        turn.audit("enrol.passed_on", f"enrolment:{number}", seat=seat, person=person)
    for number in gone:
        turn.audit("enrol.left", f"enrolment:{number}", reason="seat-passed")
    await _tell(turn, moved)
