"""/gopy: whose feedback on which session is begun, gone on with or changed. The form itself is `feedback_form`."""

from bot.turn import Turn, choice, item, step
from handlers import feedback_form as form
from handlers import feedback_sending, home
from handlers.session_words import ended, shorten
from storage import feedback as kept
from storage.feedback import CHANGE_WITHIN, Asked, due_feedback, in_time

__all__ = ["begin", "due_feedback", "invite"]

# How it begins ----------------------------------------------------------------------------------


@step
async def invite(turn: Turn) -> None:
    """The clock says a session is over: its learner is asked, with a button to begin."""
    number = int(turn.incoming.key.split(":")[1])
    found = await kept.asked(turn.tx, number, ended(turn))
    if found is None or found.given:
        return
    offer = choice("feedback-start", start, enrolment=number)
    told = await turn.tell(found.person, "feedback-invite", offer, name=found.name, title=found.title)
    turn.audit("feedback.asked", f"enrolment:{number}", told=told)


@step
async def begin(turn: Turn) -> None:
    """/gopy: of which session? A form that was left is gone on with."""
    if "feedback" in turn.chat.draft:
        _ask_resume(turn)
        return
    if not any(who.seat for who in await turn.whos()):
        await home.whom(turn, begin, None)
        return
    mine = await kept.of_chat(turn.tx, turn.chat.id, ended(turn))
    fresh = [a for a in mine if not a.given]
    if len(mine) == len(fresh) == 1:
        await start(turn, fresh[0].enrolment)
        return
    offers = [item(_label(a, mine), start, enrolment=a.enrolment) for a in fresh[:6]]
    offers += [item(f"✎ {_label(a, mine)}", edit, enrolment=a.enrolment) for a in mine if _changeable(turn, a)][:2]
    if any(a.given and not a.feedback for a in mine):
        offers.append(choice("feedback-by-code", ask_code))
    key = "feedback-which" if offers else "feedback-all-given" if mine else "feedback-none"
    turn.ask(key, *offers, choice("go-home", home.show))


def _label(one: Asked, mine: list[Asked]) -> str:
    shared = len({a.person for a in mine}) > 1
    return shorten(one.title) + (f" – {one.name}" if shared else "")


def _changeable(turn: Turn, one: Asked) -> bool:
    return one.given_on is not None and in_time(one.given_on, turn.today)


def _ask_resume(turn: Turn) -> None:
    title = turn.chat.draft["feedback"]["title"]
    go_on, drop = choice("feedback-go-on", form.go_on), choice("feedback-drop", feedback_sending.drop)
    turn.ask("feedback-resume", go_on, drop, title=title)


@step
async def start(turn: Turn, enrolment: int) -> None:
    """With the name, or without it?"""
    left = turn.chat.draft.get("feedback")
    if left is not None and left["enrolment"] != enrolment:
        _ask_resume(turn)
        return
    if left is not None:
        await form.go_on(turn)
        return
    found = await _mine(turn, enrolment)
    if found is None or _has_given(turn, found):
        return
    turn.ask(
        "feedback-name",
        choice("feedback-named", sign, enrolment=enrolment, named=True),
        choice("feedback-unnamed", sign, enrolment=enrolment, named=False),
        name=found.name,
        title=found.title,
        days=CHANGE_WITHIN.days,
    )


async def _mine(turn: Turn, enrolment: int) -> Asked | None:
    mine = await kept.of_chat(turn.tx, turn.chat.id, ended(turn))
    found = next((a for a in mine if a.enrolment == enrolment), None)
    if found is None:
        turn.ask("feedback-not-yours", choice("go-home", home.show))
    return found


def _has_given(turn: Turn, found: Asked) -> bool:
    """Say what can still be done about feedback that was given. False when none was."""
    if not found.given:
        return False
    offers = []
    if _changeable(turn, found):
        offers.append(choice("feedback-edit", edit, enrolment=found.enrolment))
    if not found.feedback:
        offers.append(choice("feedback-by-code", ask_code))
    key = "feedback-given" if offers else "feedback-too-late"
    turn.ask(key, *offers, choice("go-home", home.show), title=found.title, days=CHANGE_WITHIN.days)
    return True


@step
async def sign(turn: Turn, enrolment: int, named: bool) -> None:
    """The form begins."""
    if not named:
        turn.forget()
    found = await _mine(turn, enrolment)
    if found is None or _has_given(turn, found):
        return
    left = turn.chat.draft.get("feedback")
    if left is None or (left["enrolment"], left["named"]) != (enrolment, named):
        # Answers given under the name do not become unnamed ones.
        form.open_empty(turn, enrolment, found.session, found.title, named)
    await form.go_on(turn)


# How what was given is changed ------------------------------------------------------------------


@step
async def edit(turn: Turn, enrolment: int) -> None:
    """Feedback with the name, once more before her."""
    if "feedback" in turn.chat.draft:
        _ask_resume(turn)
        return
    found = await _mine(turn, enrolment)
    if found is None:
        return
    if not _changeable(turn, found):
        _has_given(turn, found)
        return
    given = await kept.by_number(turn.tx, found.feedback)
    if given is not None:
        form.open_given(turn, given, enrolment)
        await form.go_on(turn)


@step
async def ask_code(turn: Turn) -> None:
    """Feedback without the name is found by its code alone."""
    if "feedback" in turn.chat.draft:
        _ask_resume(turn)
        return
    turn.forget()
    turn.ask("feedback-code", choice("go-home", home.show), hear=hear_code)


@step
async def hear_code(turn: Turn) -> None:
    """The code, as typed."""
    turn.forget()
    found = await kept.by_code(turn.tx, turn.text)
    if found is None:
        turn.ask("feedback-code-wrong", choice("go-home", home.show), hear=hear_code)
    elif not in_time(found.given_on, turn.today):
        turn.seal()
        days = CHANGE_WITHIN.days
        turn.ask("feedback-too-late", choice("go-home", home.show), title=found.title, days=days)
    else:
        form.open_given(turn, found, 0)
        await form.go_on(turn)
