"""The file a person takes away: all that is kept of her, readable on any phone."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import unescape
from json import loads
from typing import Any
from zoneinfo import ZoneInfo

from locales import Texts
from reports.record import Record
from storage import privacy
from storage.database import Database, Row

NAME = "du-lieu-cua-toi.txt"
_TAG = re.compile(r"<[^>]*>")


async def make(db: Database, given: Mapping[str, Any]) -> tuple[str, bytes]:
    """The file as things stand now.

    `given`: `person`, `chat`, `locale`, `zone`, `days` (messages are kept so long), `posts` (names by code).

    Raises:
        LookupError: the person speaks through this chat no more (or was erased meanwhile).
    """
    async with db.reading() as tx:
        kept = await privacy.kept(tx, given["person"], given["chat"])
        if kept is None:
            raise LookupError("no such person in this chat")
        said = await privacy.said(tx, kept.person)
        # On a shared phone nobody can tell whose message it was, so nobody is given the others'.
        alone = await privacy.speakers(tx, given["chat"]) == 1
        typed = await privacy.typed(tx, given["chat"]) if alone else []
    record = Record(await asyncio.to_thread(_texts), given["locale"], ZoneInfo(given["zone"]), given["posts"])
    lines = [*_about(record, kept, given["days"]), *_feedback(record, said), *_messages(record, typed)]
    return NAME, ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()  # the mark tells old editors that it is UTF-8


def plain(text: str) -> str:
    """Without markup: a file shows what is written in it."""
    return unescape(_TAG.sub("", text))


@cache
def _texts() -> Texts:
    return Texts()


def _about(record: Record, kept: privacy.Kept, days: int) -> list[str]:
    lines = record.lines(kept, days=days, full_phone=True, most=len(kept.places) or 1)
    created = record.say("mydata-created", at=record.time(kept.created_at))
    return [plain(line) for line in (record.say("mydata-title"), *lines, created)]


def _feedback(record: Record, said: Sequence[Row]) -> list[str]:
    if not said:
        return []
    scores = ("content", "teacher", "organisation", "locality")
    lines = ["", plain(record.say("mydata-feedback"))]
    for row in said:
        lines.append(f"- {row['given_on']} {row['title']}: {'; '.join(str(row[name]) for name in scores)}")
        lines += [f"  {row[name]}" for name in ("why", "comment") if row[name]]
    return lines


def _messages(record: Record, typed: Sequence[Row]) -> list[str]:
    if not typed:
        return []
    lines = ["", plain(record.say("mydata-messages"))]
    for row in typed:
        body = loads(row["body"])
        what = body.get("text") or body.get("phone") or f"({row['kind']})"
        lines.append(f"- {record.time(row['received_at'])} {what}")
    return lines
