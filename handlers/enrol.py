"""/dangky: the open sessions, one of them in detail, and a place in it or in its waiting list."""

from bot.turn import Offer, Turn, Who, choice, item, step
from handlers import home, leaving, schedule
from handlers.session_words import begun, details, for_whom, label, page, when
from locales import Html
from storage import sessions, training
from storage.fold import words
from storage.sessions import Look, Session


@step
async def choose(turn: Turn, seat: int | None = None, at: int = 0) -> None:
    """The sessions open to a seat, a page at a time."""
    who = await home.whom(turn, choose, seat)
    if who is None:
        return
    found = await _open(turn, who)
    for_whom(turn, who)
    if not found:
        turn.ask("enrol-none", choice("enrol-schedule", schedule.show), choice("go-home", home.show))
        return
    _list(turn, who, "enrol-which", found, at)


@step
async def choose_by_words(turn: Turn, seat: int) -> None:
    """Part of a title, a place or a code, as typed."""
    who = await home.whom(turn, choose, seat)
    if who is None:
        return
    typed = words(turn.text)
    found = await _open(turn, who)
    meant = [(s, mine) for s, mine in found if typed and typed in words(f"{s.code} {s.title} {s.place}")]
    if len(meant) == 1:
        await show_session(turn, meant[0][0].id, seat)
    elif found:
        _list(turn, who, "enrol-which-of" if meant else "enrol-not-found", meant or found, 0)
    else:
        await choose(turn, seat)


async def _open(turn: Turn, who: Who) -> list[tuple[Session, bool]]:
    return await sessions.open_for(
        turn.tx, who.seat, who.post, who.commune_id, who.district_id, turn.today, begun(turn)
    )


def _list(turn: Turn, who: Who, key: str, found: list[tuple[Session, bool]], at: int) -> None:
    shown, more = page(found, at)
    lines = [_line(turn, number, *one) for number, one in enumerate(shown, start=1)]
    offers = [item(label(s), show_session, session=s.id, seat=who.seat) for s, _ in shown]
    if more:
        offers.append(choice("more", choose, seat=who.seat, at=at + 1))
    elif at:
        offers.append(choice("enrol-from-start", choose, seat=who.seat))
    offers.append(choice("go-home", home.show))
    turn.ask(key, *offers, hear=choose_by_words, carry={"seat": who.seat}, sessions=Html("\n\n".join(lines)))


def _line(turn: Turn, number: int, session: Session, mine: bool) -> Html:
    state = turn.words("enrol-line-yours") if mine else turn.words("enrol-line-left", left=session.left)
    return turn.words(
        "enrol-line", number=number, title=session.title, when=when(turn, session), place=session.place, state=state
    )


# One session ------------------------------------------------------------------------------------


@step
async def show_session(turn: Turn, session: int, seat: int | None = None) -> None:
    """A session in detail with what can be done about it. A link leads here too."""
    who = await home.whom(turn, show_session, seat, session=session)
    if who is None:
        return
    look = await _look(turn, session, who)
    if look is not None and not _explained(turn, look, who):
        _offer(turn, look, who)


async def open_link(turn: Turn, code: str) -> None:
    """A link to a session, by the session's code."""
    number = await sessions.id_of(turn.tx, code)
    await show_session(turn, number or 0)


async def _look(turn: Turn, session: int, who: Who) -> Look | None:
    look = await sessions.look(turn.tx, session, who.person, who.seat, who.post, who.commune_id, who.district_id)
    if look is None or look.session.state == "draft":
        turn.ask("enrol-gone", *_elsewhere(who))
        return None
    return look


def _elsewhere(who: Who) -> list[Offer]:
    return [
        choice("enrol-others", choose, seat=who.seat),
        choice("enrol-schedule", schedule.show),
        choice("go-home", home.show),
    ]


def _explained(turn: Turn, look: Look, who: Who) -> bool:
    """Say what she already has there, or why she cannot have a place. False when she can."""
    if look.enrolment and look.holder == who.person:
        _standing(turn, look, who)
        return True
    why = _hindrance(turn, look)
    if why:
        for_whom(turn, who)
        session = look.session
        title, days = session.title, when(turn, session)
        turn.ask(why, *_elsewhere(who), title=title, when=days, deadline=session.deadline, other=look.clash)
    return bool(why)


def _hindrance(turn: Turn, look: Look) -> str:
    session = look.session
    if session.state != "open":
        return f"enrol-is-{session.state}"
    reasons = {
        "enrol-is-running": session.has_begun(begun(turn)),
        "enrol-late": session.deadline < turn.today,
        "enrol-not-for-you": not look.served,
        "enrol-seat-taken": bool(look.enrolment),
        "enrol-clash": bool(look.clash),
    }
    return next((key for key, holds in reasons.items() if holds), "")


def _standing(turn: Turn, look: Look, who: Who) -> None:
    """Her place, or her number on the waiting list."""
    session = look.session
    for_whom(turn, who)
    turn.say("enrol-details", details=details(turn, session))
    if session.state != "open":
        turn.say(f"enrol-state-{session.state}")
    if not who.confirmed and look.state == "enrolled":
        turn.say("enrol-provisional")
    turn.ask(
        "enrol-yours-waiting" if look.state == "waiting" else "enrol-yours",
        choice("enrol-leave", leaving.why, enrolment=look.enrolment),
        choice("enrol-schedule", schedule.show),
        choice("go-home", home.show),
        number=look.number,
    )


def _offer(turn: Turn, look: Look, who: Who) -> None:
    session = look.session
    for_whom(turn, who)
    turn.say("enrol-details", details=details(turn, session))
    carry = {"session": session.id, "seat": who.seat, "mark": session.mark}
    back = choice("back", choose, seat=who.seat)
    if session.left > 0:
        turn.ask(
            "enrol-sure", choice("enrol-yes", confirm, **carry), back, left=session.left, deadline=session.deadline
        )
    else:
        turn.ask("enrol-full", choice("enrol-wait", wait, **carry), back, number=look.waiting + 1)


# A place ----------------------------------------------------------------------------------------


@step
async def confirm(turn: Turn, session: int, seat: int, mark: str) -> None:
    """Take a place, if there still is one."""
    who = await home.whom(turn, show_session, seat, session=session)
    look = await _still_offered(turn, session, mark, who) if who else None
    if who is None or look is None:
        return
    taken = await training.take(turn.tx, session, seat, who.person, turn.at) if look.session.left > 0 else None
    if taken is None:
        turn.say("enrol-full-now")
        _offer(turn, look, who)
        return
    turn.audit("enrol.made", f"enrolment:{taken[0]}", seat=seat, session=session)
    for_whom(turn, who)
    turn.say("enrol-done", title=look.session.title, when=when(turn, look.session), number=taken[1])
    if not who.confirmed:
        turn.say("enrol-provisional")
    if look.session.bring:
        turn.say("enrol-bring", bring=look.session.bring)
    turn.ask("enrol-next", choice("enrol-schedule", schedule.show), *_elsewhere(who)[::2], keep=True)


@step
async def wait(turn: Turn, session: int, seat: int, mark: str) -> None:
    """Join the waiting list, unless a place has become free."""
    who = await home.whom(turn, show_session, seat, session=session)
    look = await _still_offered(turn, session, mark, who) if who else None
    if who is None or look is None:
        return
    if look.session.left > 0:
        turn.say("enrol-room-now")
        _offer(turn, look, who)
        return
    made = await training.wait(turn.tx, session, seat, who.person, turn.at)
    turn.audit("enrol.waits", f"enrolment:{made}", seat=seat, session=session)
    for_whom(turn, who)
    turn.say("enrol-waits", title=look.session.title, number=look.waiting + 1)
    turn.ask("enrol-next", choice("enrol-schedule", schedule.show), *_elsewhere(who)[::2], keep=True)


async def _still_offered(turn: Turn, session: int, mark: str, who: Who) -> Look | None:
    """The session, if it is still what she was shown; otherwise what has changed is said."""
    look = await _look(turn, session, who)
    if look is None or _explained(turn, look, who):
        return None
    if look.session.mark != mark:
        turn.say("enrol-changed")
        _offer(turn, look, who)
        return None
    if look.waiting and look.session.left and await leaving.fill(turn, session):
        return await _look(turn, session, who)  # those who waited came first
    return look
