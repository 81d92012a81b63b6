"""The calendar file of a chat: every day of every session ahead, with a reminder the day before the first."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from storage import training
from storage.database import Database

NAME = "lich-tap-huan.ics"
GAP = "%"
"""Stands in the given words where a value belongs: texts are read from files, too slowly for the time of sending."""
WORDS = ("enrol-teacher", "enrol-bring", "ics-reminder")


async def make(db: Database, given: Mapping[str, Any]) -> tuple[str, bytes]:
    """The file as things stand now.

    `given`: `chat`; `zone`; `hours`, begin and end for `am` and `pm`; `words`, those of `WORDS` in the chat's language.
    """
    from reports.ics_events import calendar  # noqa: PLC0415 - see there

    async with db.reading() as tx:
        mine = await training.of_chat(tx, given["chat"])
    attended = [e for e in mine if e.state == "enrolled" and e.session.state in ("open", "closed", "running")]
    return NAME, calendar(attended, given, datetime.now(UTC)).to_ical()
