"""/lich: what everybody of this phone has ahead, and a file for the phone's calendar."""

from bot.turn import Turn, Who, choice, item, step
from handlers import enrol, home
from handlers.session_words import ended, label, page, when
from locales import Html
from reports import ics
from storage import training
from storage.training import Enrolment

_PAST = 5  # sessions that are over, shown below


@step
async def show(turn: Turn, at: int = 0) -> None:
    """My sessions, the next first; on a phone of several people under the name of each."""
    seated = [w for w in await turn.whos() if w.seat]
    if not seated:
        await home.whom(turn, show, None)
        return
    mine = await training.of_chat(turn.tx, turn.chat.id)
    newest = ended(turn)
    ahead = [e for e in mine if not _is_over(e, newest)]
    past = [e for e in mine if _is_over(e, newest) and e.state == "enrolled"]
    if ahead:
        order = {who.seat: place for place, who in enumerate(seated)}
        ahead.sort(key=lambda e: order[e.seat])
        _ahead(turn, seated, ahead, at)
    if past and not at:
        titles = [turn.words("schedule-past-line", title=e.session.title, when=when(turn, e.session)) for e in past]
        turn.say("schedule-past", sessions=Html("\n".join(titles[-_PAST:])))
    if not ahead:
        turn.ask("schedule-empty", choice("enrol-others", enrol.choose), choice("go-home", home.show))
        return
    _ask(turn, seated, ahead, at)


def _is_over(enrolment: Enrolment, newest: str) -> bool:
    return enrolment.session.state == "held" or enrolment.session.is_over(newest)


def _ahead(turn: Turn, seated: list[Who], ahead: list[Enrolment], at: int) -> None:
    shown, _ = page(ahead, at)
    people = {who.seat: home.person_line(turn, who) for who in seated}
    lines: list[str] = []
    seat = 0
    for number, enrolment in enumerate(shown, start=1):
        if len(people) > 1 and enrolment.seat != seat:
            lines.append(turn.words("schedule-person", person=people[enrolment.seat]))
        seat = enrolment.seat
        lines.append(_line(turn, number, enrolment))
    turn.say("schedule-ahead", sessions=Html("\n\n".join(lines)))


def _line(turn: Turn, number: int, enrolment: Enrolment) -> Html:
    session = enrolment.session
    state = enrolment.state
    if state == "enrolled":
        state = "provisional" if enrolment.provisional else "enrolled"
    if session.state in ("postponed", "cancelled"):
        state = session.state
    return turn.words(
        "schedule-line", number=number, title=session.title, when=when(turn, session), place=session.place,
        state=turn.words(f"schedule-{state}", number=enrolment.number),
    )  # fmt: skip


def _ask(turn: Turn, seated: list[Who], ahead: list[Enrolment], at: int) -> None:
    shown, more = page(ahead, at)
    names = {who.seat: f" – {who.name}" for who in seated} if len(seated) > 1 else {}
    offers = [
        item(label(e.session) + names.get(e.seat, ""), enrol.show_session, session=e.session.id, seat=e.seat)
        for e in shown
    ]
    if more:
        offers.append(choice("more", show, at=at + 1))
    elif _for_calendar(ahead):
        offers.append(choice("schedule-calendar", calendar))
    turn.ask("schedule-which", *offers, choice("enrol-others", enrol.choose), choice("go-home", home.show))


def _for_calendar(mine: list[Enrolment]) -> bool:
    return any(e.state == "enrolled" and e.session.halves and e.session.state in ("open", "closed") for e in mine)


@step
async def calendar(turn: Turn) -> None:
    """The calendar file, made when it is sent, of what stands then."""
    if not _for_calendar(await training.of_chat(turn.tx, turn.chat.id)):
        turn.ask("schedule-empty", choice("enrol-others", enrol.choose), choice("go-home", home.show))
        return
    hours = {part: [f"{t:%H:%M}" for t in turn.programme.hours.of(part)] for part in ("am", "pm")}
    words = {key: str(turn.words(key, title=ics.GAP, teacher=ics.GAP, bring=ics.GAP)) for key in ics.WORDS}
    turn.attach("ics", chat=turn.chat.id, zone=turn.house.timezone.key, hours=hours, words=words)
    turn.ask("schedule-file", choice("enrol-schedule", show), choice("go-home", home.show))
