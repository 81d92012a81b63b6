"""The events of a calendar file. A module of its own, since `icalendar` takes a tenth of the start to import."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

from reports.ics import GAP
from storage.sessions import Session
from storage.training import Enrolment


def calendar(attended: list[Enrolment], given: Mapping[str, Any], now: datetime) -> Calendar:
    """One event for each day, with the same name at every making, so that a second file corrects the first."""
    book = Calendar()
    book.add("prodid", "-//Ghi Danh//VI")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    if attended:
        book.add_component(Timezone.from_tzid(given["zone"], first_date=date(2000, 1, 1)))
    sessions = {e.session.id: e.session for e in attended}
    shared = len({e.person for e in attended}) > 1
    for session in sessions.values():
        for_it = [e for e in attended if e.session.id == session.id]
        names = ", ".join(e.name for e in for_it) if shared else ""
        for number, day in enumerate(session.days, start=1):
            event = _event(session, day, given, names)
            event.add("uid", f"session-{session.id}-{number}@ghi-danh")
            event.add("dtstamp", now)
            event.add("status", "TENTATIVE" if all(e.provisional for e in for_it) else "CONFIRMED")
            if number == 1:
                event.add_component(_alarm(session, given))
            book.add_component(event)
    return book


def _event(session: Session, day: date, given: Mapping[str, Any], names: str) -> Event:
    zone = ZoneInfo(given["zone"])
    parts = [half.part for half in session.halves if half.day == day]
    event = Event()
    event.add("summary", f"{session.title} ({names})" if names else session.title)
    event.add("dtstart", datetime.combine(day, time.fromisoformat(given["hours"][parts[0]][0]), zone))
    event.add("dtend", datetime.combine(day, time.fromisoformat(given["hours"][parts[-1]][1]), zone))
    event.add("location", session.place)
    said = {"enrol-teacher": session.teacher, "enrol-bring": session.bring}
    lines = [given["words"][key].replace(GAP, value) for key, value in said.items() if value]
    event.add("description", "\n".join(lines))
    return event


def _alarm(session: Session, given: Mapping[str, Any]) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-1))
    alarm.add("description", given["words"]["ics-reminder"].replace(GAP, session.title))
    return alarm
