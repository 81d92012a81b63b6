"""The form of feedback: a question at a time, its answers in the chat's draft. Sending is `feedback_sending`.

What must not be known of an unnamed one is nowhere kept. Every message of the form is forgotten as soon as it is
answered; what repeats answers or shows the code is sealed; choices carry only the one value they stand for; the
answers wait in the chat's draft and leave it when they are sent, and then the form's questions go from the outbox. The
audit has a line for feedback with a name and none for that without: a line would tell the minute it was given.
What remains is that she has given some (`enrolment.feedback_given`), and that her chat was used that day.
"""

from copy import deepcopy
from typing import Any

from bot.turn import Turn, choice, item, step
from handlers import feedback, feedback_sending, home
from handlers.session_words import shorten
from storage.feedback import SCORES, Feedback
from storage.fold import tidy

LOW = 2  # a score that is asked after
_LONGEST = 1000
_MOST_TOPICS = 8

Form = dict[str, Any]


def open_empty(turn: Turn, enrolment: int, session: int, title: str, named: bool) -> None:
    """A form without any answer yet."""
    turn.chat.draft["feedback"] = {
        "enrolment": enrolment,
        "session": session,
        "title": title,
        "named": named,
        "changes": "",
        "why": {},
        "topics": [],
    }


def open_given(turn: Turn, given: Feedback, enrolment: int) -> None:
    """A form with the answers that were given; `enrolment` 0: without the name."""
    open_empty(turn, enrolment, given.session, given.title, bool(enrolment))
    turn.chat.draft["feedback"] |= {
        "changes": given.id,
        "why": {field: given.why.get(field, "") for field, n in given.scores.items() if n <= LOW},
        "comment": given.comment,
        "topics": given.topics,
        "done": True,
        **given.scores,
    }


def form_of(turn: Turn) -> Form | None:
    """The form that is being filled in; said when there is none. A copy: a turn that fails leaves no trace in it."""
    form: Form | None = turn.chat.draft.get("feedback")
    if form is None:
        turn.ask("feedback-no-form", choice("feedback-again", feedback.begin), choice("go-home", home.show))
        return None
    if not form["named"]:
        turn.forget()
    turn.chat.draft["feedback"] = form = deepcopy(form)
    return form


def seal(turn: Turn) -> None:
    """What repeats an unnamed answer goes as soon as it is sent."""
    if not turn.chat.draft["feedback"]["named"]:
        turn.seal()


@step
async def go_on(turn: Turn) -> None:
    """The next question that has no answer yet; then all of it to look over."""
    form = form_of(turn)
    if form is None:
        return
    for field in SCORES:
        if field not in form:
            _ask_score(turn, field)
            return
        if form[field] <= LOW and field not in form["why"]:
            _ask_why(turn, field)
            return
    if "comment" not in form:
        turn.ask("feedback-comment", choice("feedback-skip", skip_comment), hear=hear_comment)
    elif not form.get("done"):
        _ask_topics(turn, form)
    else:
        feedback_sending.ask(turn, form)


def _ask_score(turn: Turn, field: str) -> None:
    offers = [choice(f"feedback-score-{n}", score, field=field, value=n) for n in range(1, 6)]
    turn.ask(f"feedback-ask-{field}", *offers, hear=hear_score, carry={"field": field})


@step
async def score(turn: Turn, field: str, value: int) -> None:
    """1 to 5."""
    form = form_of(turn)
    if form is None:
        return
    form[field] = value
    if value > LOW:
        form["why"].pop(field, None)
    await go_on(turn)


@step
async def hear_score(turn: Turn, field: str) -> None:
    """Something that is no score."""
    if form_of(turn) is not None:
        turn.say("feedback-again-score")
        _ask_score(turn, field)


def _ask_why(turn: Turn, field: str) -> None:
    skip = choice("feedback-skip", skip_why, field=field)
    turn.ask(f"feedback-why-{field}", skip, hear=hear_why, carry={"field": field})


@step
async def hear_why(turn: Turn, field: str) -> None:
    """Why the low score."""
    await _keep_why(turn, field, tidy(turn.text)[:_LONGEST])


@step
async def skip_why(turn: Turn, field: str) -> None:
    """She does not say why."""
    await _keep_why(turn, field, "")


async def _keep_why(turn: Turn, field: str, why: str) -> None:
    form = form_of(turn)
    if form is None:
        return
    if form.get(field, LOW) <= LOW:  # the button of a score that she has raised since says nothing any more
        form["why"][field] = why
    await go_on(turn)


@step
async def hear_comment(turn: Turn) -> None:
    """Whatever she wants to say."""
    await _keep_comment(turn, tidy(turn.text)[:_LONGEST])


@step
async def skip_comment(turn: Turn) -> None:
    """Nothing more to say."""
    await _keep_comment(turn, "")


async def _keep_comment(turn: Turn, comment: str) -> None:
    form = form_of(turn)
    if form is None:
        return
    form["comment"] = comment
    await go_on(turn)


def _ask_topics(turn: Turn, form: Form) -> None:
    """The labels stay the same whatever was picked: they are kept with the message."""
    if form["topics"]:
        seal(turn)
        turn.say("feedback-picked", topics=topic_words(turn, form))
    offers = [item(shorten(t.title), topic, code=t.code) for t in turn.programme.topics[:_MOST_TOPICS]]
    turn.ask("feedback-topics", *offers, choice("feedback-topics-done", topics_done), hear=hear_topic)


def topic_words(turn: Turn, form: Form) -> str:
    """The picked topics by their titles."""
    titles = {t.code: t.title for t in turn.programme.topics}
    return "; ".join(titles.get(code, code) for code in form["topics"])


@step
async def topic(turn: Turn, code: str) -> None:
    """Picked; or, picked before, not any more."""
    form = form_of(turn)
    if form is None:
        return
    if code in form["topics"]:
        form["topics"].remove(code)
    elif len(form["topics"]) < _MOST_TOPICS:
        form["topics"].append(code)
    form["done"] = False
    await go_on(turn)


@step
async def hear_topic(turn: Turn) -> None:
    """A topic of the programme by its name, or one of her own."""
    typed = tidy(turn.text)[:200]
    known = turn.programme.find_topic(typed)
    await topic(turn, known.code if known else typed)


@step
async def topics_done(turn: Turn) -> None:
    """Enough topics, or none."""
    form = form_of(turn)
    if form is None:
        return
    form["done"] = True
    await go_on(turn)
