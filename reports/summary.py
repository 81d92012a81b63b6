"""The figures in words, for a phone: short lines, no names of persons."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from locales import Html, Texts
from locales.calendar import day as day_words
from locales.calendar import utc_text
from reports.classes import Scores, Session
from reports.coverage import Coverage, Part, Seats
from storage.sight import Area

SESSIONS, LEAST = 4, 3  # shown in the summary; the buttons below it lead to all of them


@dataclass(frozen=True, slots=True)
class Writer:
    """Puts figures into one language."""

    texts: Texts
    language: str
    zone: ZoneInfo
    note: str  # that the data are samples; empty when they are real

    def say(self, key: str, /, **values: Any) -> Html:
        """A text of the locale."""
        return self.texts.say(self.language, key, **values)

    # Whole pages ------------------------------------------------------------------------------

    def whole(self, found: Coverage, before: Mapping[str, Any] | None = None) -> Html:
        """The summary of an area; `before`: figures of the last one, to say what changed."""
        change = _change(figures(found), before or {})
        parts = [self.head("summary-title", found.area, found.at), self._seats(found.seats, change)]
        parts.append(self._sessions(found.sessions, found.area, change))
        parts.append(self._scores(found.scores))
        if found.area.level != "commune" and found.least:
            parts.append(self._least(found.least))
        return _joined(parts)

    def page(self, key: str, area: Area, at: datetime, lines: Iterable[str]) -> Html:
        """A heading and its lines."""
        return _joined([self.head(key, area, at), Html("\n".join(lines)) or self.say("summary-nothing")])

    def head(self, key: str, area: Area, at: datetime) -> Html:
        """What it is, of where, as of when; and that it is a sample."""
        where = area.name or self.say("summary-province")
        local = at.astimezone(self.zone)
        lines = [self.say(key, area=where), self.say("summary-at", time=f"{local:%H:%M}", day=self.day(local.date()))]
        if self.note:
            lines.append(self.say("summary-sample", note=self.note))
        return Html("\n".join(lines))

    def day(self, when: date) -> str:
        """A day in words."""
        return day_words(self.texts, self.language, when)

    # Lines ------------------------------------------------------------------------------------

    def part(self, part: Part) -> Html:
        """A district, a commune or a post on one line; what is zero is not said."""
        rest = [
            self.say(f"summary-part-{state}", n=n)
            for state, n in (("claimed", part.seats.claimed), ("vacant", part.seats.vacant))
            if n
        ]
        more = f" ({', '.join(rest)})" if rest else ""
        return self.say(
            "summary-part", name=part.name, confirmed=part.seats.confirmed, total=part.seats.total, more=Html(more)
        )

    def session(self, found: Session, area: Area, scores: Scores | None = None) -> Html:
        """A session on one line, with its feedback on a second."""
        key = "summary-session-area" if area.id else "summary-session"
        when, capacity = self._when(found), found.capacity
        line = self.say(key, title=found.title, when=when, enrolled=found.enrolled, capacity=capacity)
        for state, n in (("waiting", found.waiting), ("provisional", found.provisional)):
            if n:
                line = Html(line + self.say(f"summary-session-{state}", n=n))
        return Html(f"{line}\n   {self.scores(scores)}") if scores and scores.answers else line

    def scores(self, scores: Scores) -> Html:
        """Averages and the number of answers, or the number alone."""
        if not scores.averages:
            return self.say("summary-scores-few", n=scores.answers)
        return self.say("summary-scores", n=scores.answers, **{q: round(v, 1) for q, v in scores.averages.items()})

    def _when(self, found: Session) -> Html:
        if found.first is None or found.last is None or found.state == "postponed":
            return self.say("summary-no-day")
        if found.first == found.last:
            return Html(_short(found.first, year=True))
        same_year = found.first.year == found.last.year
        return Html(f"{_short(found.first, year=not same_year)}–{_short(found.last, year=True)}")

    def _seats(self, seats: Seats, change: Callable[[str], str]) -> Html:
        lines = [self.say("summary-seats", total=seats.total)]
        for state in ("confirmed", "claimed", "named", "vacant"):
            values = {"n": getattr(seats, state), "total": seats.total, "percent": seats.percent}
            lines.append(self.say(f"summary-{state}", change=change(state), **values))
        return Html("\n".join(lines))

    def _sessions(self, found: Sequence[Session], area: Area, change: Callable[[str], str]) -> Html:
        if not found:
            return self.say("summary-no-sessions")
        n, waiting = sum(s.enrolled for s in found), sum(s.waiting for s in found)
        lines = [self.say("summary-sessions", sessions=len(found), n=n, change=change("enrolled"))]
        if waiting or change("waiting"):
            lines.append(self.say("summary-waiting", n=waiting, change=change("waiting")))
        lines += [self.session(session, area) for session in found[:SESSIONS]]
        if len(found) > SESSIONS:
            lines.append(self.say("summary-more-sessions", n=len(found) - SESSIONS))
        return Html("\n".join(lines))

    def _scores(self, scores: Scores) -> Html:
        if not scores.answers:
            return Html("")
        return Html(f"{self.say('summary-feedback')}\n{self.scores(scores)}")

    def _least(self, least: Sequence[Part]) -> Html:
        return Html("\n".join([self.say("summary-least"), *(self.part(part) for part in least[:LEAST])]))


def figures(found: Coverage) -> dict[str, Any]:
    """What is kept of a summary that was sent, so that the next can say what changed."""
    seats = {state: getattr(found.seats, state) for state in ("confirmed", "claimed", "named", "vacant")}
    places = {"enrolled": sum(s.enrolled for s in found.sessions), "waiting": sum(s.waiting for s in found.sessions)}
    return {"at": utc_text(found.at), **seats, **places, "answers": found.scores.answers}


def _change(now: Mapping[str, Any], before: Mapping[str, Any]) -> Callable[[str], str]:
    def change(name: str) -> str:
        grown = now[name] - before.get(name, now[name])
        return f" ({grown:+d})".replace("-", "−") if grown else ""

    return change


def _short(day: date, *, year: bool) -> str:
    return f"{day:%d/%m/%Y}" if year else f"{day:%d/%m}"


def _joined(parts: Iterable[str]) -> Html:
    return Html("\n\n".join(part for part in parts if part))
