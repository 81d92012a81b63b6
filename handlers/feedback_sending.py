"""The filled form of feedback is looked over, changed, sent or dropped."""

from typing import Any

from bot.turn import Offer, Turn, choice, step
from handlers import feedback_form, home
from locales import Html
from storage import feedback as kept
from storage.feedback import CHANGE_WITHIN, SCORES


def ask(turn: Turn, form: dict[str, Any]) -> None:
    """All answers, to be looked over."""
    feedback_form.seal(turn)
    lines = [_answer(turn, form, field) for field in SCORES]
    lines.append(turn.words("feedback-answer-comment", comment=form["comment"] or turn.words("feedback-nothing")))
    topics = feedback_form.topic_words(turn, form) or turn.words("feedback-nothing")
    lines.append(turn.words("feedback-answer-topics", topics=topics))
    turn.ask(
        "feedback-send-named" if form["named"] else "feedback-send-unnamed",
        choice("feedback-send", send),
        choice("feedback-change", change),
        choice("feedback-drop", drop),
        title=form["title"],
        answers=Html("\n".join(lines)),
    )


def _answer(turn: Turn, form: dict[str, Any], field: str) -> Html:
    said = turn.words("feedback-answer", field=turn.words(f"feedback-field-{field}"), score=form[field])
    why = form["why"].get(field)
    return Html(f"{said} – {turn.words('feedback-answer-why', why=why)}") if why else said


@step
async def change(turn: Turn) -> None:
    """Which answer?"""
    if feedback_form.form_of(turn) is not None:
        fields = [choice(f"feedback-field-{field}", redo, field=field) for field in (*SCORES, "comment", "topics")]
        turn.ask("feedback-change-which", *fields, choice("back", feedback_form.go_on))


@step
async def redo(turn: Turn, field: str) -> None:
    """One question again; the others stay answered."""
    form = feedback_form.form_of(turn)
    if form is None:
        return
    if field == "topics":
        form["done"] = False
    else:
        form.pop(field, None)
        form["why"].pop(field, None)
    await feedback_form.go_on(turn)


@step
async def drop(turn: Turn) -> None:
    """The form goes, unsent."""
    form = feedback_form.form_of(turn)
    if form is None:
        return
    await _finish(turn, form)
    turn.ask("feedback-dropped", choice("go-home", home.show))


@step
async def send(turn: Turn) -> None:
    """Given; or changed, if there is still time to."""
    form = feedback_form.form_of(turn)
    if form is None:
        return
    if not form.get("done") or any(field not in form for field in (*SCORES, "comment")):
        await feedback_form.go_on(turn)
        return
    await _finish(turn, form)
    if form["changes"]:
        await _change(turn, form)
    elif form["named"]:
        await _give_named(turn, form)
    else:
        await _give_unnamed(turn, form)


async def _finish(turn: Turn, form: dict[str, Any]) -> None:
    del turn.chat.draft["feedback"]
    if not form["named"]:
        await kept.wipe(turn.tx, turn.chat.id)


def _home() -> Offer:
    return choice("go-home", home.show)


async def _change(turn: Turn, form: dict[str, Any]) -> None:
    given = await kept.by_number(turn.tx, form["changes"])
    if given is None or not kept.in_time(given.given_on, turn.today):
        turn.ask("feedback-too-late", _home(), title=form["title"], days=CHANGE_WITHIN.days)
        return
    await kept.change(turn.tx, form["changes"], form)
    if form["named"]:
        turn.audit("feedback.changed", f"enrolment:{form['enrolment']}", session=form["session"])
    turn.ask("feedback-changed", _home())


async def _give_named(turn: Turn, form: dict[str, Any]) -> None:
    if not await kept.give_named(turn.tx, form["session"], form["enrolment"], form, turn.today):
        turn.ask("feedback-twice", _home())
        return
    turn.audit("feedback.given", f"enrolment:{form['enrolment']}", session=form["session"])
    turn.ask("feedback-thanks", _home(), days=CHANGE_WITHIN.days)


async def _give_unnamed(turn: Turn, form: dict[str, Any]) -> None:
    code = await kept.give_unnamed(turn.tx, form["session"], form["enrolment"], form, turn.today)
    if not code:
        turn.ask("feedback-twice", _home())
        return
    turn.seal()
    turn.ask("feedback-thanks-code", _home(), keep=True, code=f"{code[:5]}-{code[5:]}", days=CHANGE_WITHIN.days)
