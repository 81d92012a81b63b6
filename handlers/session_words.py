"""Sessions in words: labels, days and hours, details. Shared by the steps that show them."""

from collections.abc import Sequence
from datetime import date, time
from typing import TypeVar

from bot.turn import Turn, Who
from handlers import home
from locales import Html
from locales.calendar import day, span
from storage import sessions
from storage.sessions import Session

PAGE = 6  # with what leads on and back it fits nine numbered lines
_LABEL = 42

T = TypeVar("T")


def page(rows: Sequence[T], number: int) -> tuple[Sequence[T], bool]:
    """The rows of a page, and whether more follow. A page that is gone is the first."""
    shown = rows[number * PAGE : (number + 1) * PAGE] or rows[:PAGE]
    return shown, bool(rows) and shown[-1] is not rows[-1]


def begun(turn: Turn) -> str:
    """The newest half day that has begun."""
    return sessions.begun(turn.now.astimezone(turn.house.timezone), turn.programme.hours)


def ended(turn: Turn) -> str:
    """The newest half day that is over."""
    return sessions.ended(turn.now.astimezone(turn.house.timezone), turn.programme.hours)


def shorten(title: str, most: int = _LABEL) -> str:
    """For a button. The middle goes: titles of one series differ at their ends."""
    if len(title) <= most:
        return title
    half = most // 2
    head, tail = title[:half].rpartition(" ")[0], title[-half:].partition(" ")[2]
    return f"{head or title[:half]} … {tail or title[-half:]}"


def label(session: Session) -> str:
    """A button's words for a session: its first day and its title."""
    days = session.days
    return f"{days[0]:%d/%m} · {shorten(session.title)}" if days else shorten(session.title)


def when(turn: Turn, session: Session) -> Html:
    """Its first and last day, in words."""
    return Html(span(turn.house.texts, turn.chat.locale, session.days))


def for_whom(turn: Turn, who: Who) -> None:
    """On a phone of several people, say for whom this is."""
    if turn.chat.whos and len([w for w in turn.chat.whos if w.seat]) > 1:
        turn.say("enrol-for", person=home.person_line(turn, who))


def details(turn: Turn, session: Session) -> Html:
    """All that is known of a session, line by line; what is not known is left out."""
    lines = [turn.words("enrol-title", title=session.title), *_days(turn, session)]
    lines.append(turn.words("enrol-place", place=session.place))
    topics = [topic.title for code in session.topics if (topic := turn.programme.topic(code))]
    if topics:
        lines.append(turn.words("enrol-topics", topics="; ".join(topics)))
    if session.teacher:
        lines.append(turn.words("enrol-teacher", teacher=session.teacher))
    if session.bring:
        lines.append(turn.words("enrol-bring", bring=session.bring))
    return Html("\n".join(lines))


def _days(turn: Turn, session: Session) -> list[Html]:
    if not session.halves:
        return [turn.words("enrol-no-days")]
    return [turn.words("enrol-day", day=_day(turn, d), hours=_hours(turn, session, d)) for d in session.days]


def _day(turn: Turn, at: date) -> Html:
    return Html(day(turn.house.texts, turn.chat.locale, at))


def _hours(turn: Turn, session: Session, at: date) -> Html:
    parts = [half.part for half in session.halves if half.day == at]
    return Html(", ".join(_part(turn, part, turn.programme.hours.of(part)) for part in parts))


def _part(turn: Turn, part: str, hours: tuple[time, time]) -> str:
    return turn.words(f"enrol-hours-{part}", begin=f"{hours[0]:%H:%M}", end=f"{hours[1]:%H:%M}")
