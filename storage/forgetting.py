"""Old messages are cleared of somebody who was erased, or of a name that was corrected."""

import re
from collections.abc import Sequence
from json import dumps
from typing import Any

from storage import mail
from storage.database import Tx

GONE = "…"

_PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("inbox", ("body",)),
    ("outbox", ("text", "choices", "hints")),
    ("chat", ("carry", "draft")),
    ("claim", ("reason",)),
    ("feedback", ("why", "comment")),
    ("enrolment", ("reason",)),
    ("holding", ("note",)),
)
"""Where people's words are kept, and what was said to them."""


async def later(
    tx: Tx, number: int, at: str, *, words: Sequence[str], chats: Sequence[str] = (), before_reply: int = 0
) -> None:
    """Have it done by a turn of its own, when what this turn says is stored too. `number`: this turn's incoming."""
    body = dumps({"words": list(words), "chats": list(chats), "before_reply": before_reply}, ensure_ascii=False)
    row = {"channel": "clock", "key": f"forget:{number}", "chat": "", "kind": "due", "body": body, "at": at}
    await mail.store(tx, [row])


async def blank_chats(tx: Tx, chats: Sequence[str], before: int, before_reply: int) -> None:
    """All that was said in these chats before is blanked.

    Where somebody else still speaks, the open question stays, and what waits to be sent. before: the number in the
    inbox up to which all has been answered; before_reply: likewise in the outbox.
    """
    inbox = [{"chat": chat, "before": before} for chat in chats]
    outbox = [{"chat": chat, "before": before_reply} for chat in chats]
    await tx.many("UPDATE inbox SET body = '{}' WHERE chat = :chat AND id < :before", inbox)
    await tx.many(_UNSENT, outbox)
    await tx.many(_BLANK, outbox)


_UNSENT = (
    "UPDATE outbox SET state = 'refused', error = 'erased' WHERE chat = :chat AND id < :before AND state = 'waiting'"
    " AND NOT EXISTS (SELECT 1 FROM chat_person l WHERE l.chat = :chat AND l.until IS NULL)"
)
_BLANK = (
    "UPDATE outbox SET text = '', choices = '[]', hints = '{}' WHERE chat = :chat AND id < :before"
    " AND state <> 'waiting' AND NOT EXISTS (SELECT 1 FROM chat c WHERE c.id = :chat AND c.question = outbox.id)"
)


async def strike(tx: Tx, words: Sequence[str]) -> None:
    """These words are struck out wherever something was written, but not where a namesake is spoken to.

    One look through each table: rare, and kept small by the retention time.
    """
    wanted = [word for word in dict.fromkeys(words) if word.strip()]
    if not wanted:
        return
    pattern = re.compile("|".join(map(_whole, sorted(wanted, key=len, reverse=True))))
    namesakes = await _chats_of_namesakes(tx, wanted)
    for table, columns in _PLACES:
        await _strike(tx, table, columns, wanted, pattern, namesakes)


def _whole(word: str) -> str:
    """A whole word: `Lan` is not struck out of `Lang`, nor `Anh` out of `Anh/chị`.

    In JSON a line end is written `\\n`, whose n is no letter of a word. Of several words the case does not count.
    """
    exact = re.escape(word)
    return rf"(?:(?<!\w)|(?<=\\[nrt])){f'(?i:{exact})' if ' ' in word else exact}(?![\w/])"


async def _chats_of_namesakes(tx: Tx, words: Sequence[str]) -> set[str]:
    params = {f"w{i}": word for i, word in enumerate(words)}
    names = ", ".join(f":{name}" for name in params)
    rows = await tx.all(
        "SELECT l.chat FROM chat_person l JOIN person p ON p.id = l.person_id"  # noqa: S608 - numbered parameters
        f" WHERE l.until IS NULL AND p.name IN ({names})",
        **params,
    )
    return {row["chat"] for row in rows}


async def _strike(
    tx: Tx, table: str, columns: tuple[str, ...], words: Sequence[str], pattern: re.Pattern[str], spared: set[str]
) -> None:
    params: dict[str, Any] = {f"w{i}": f"%{_literal(word)}%" for i, word in enumerate(words)}
    likes = " OR ".join(rf"{column} LIKE :{name} ESCAPE '\'" for column in columns for name in params)
    chat = "chat" if table in ("inbox", "outbox") else "id" if table == "chat" else "''"
    found = await tx.all(f"SELECT id, {chat} AS chat, {', '.join(columns)} FROM {table} WHERE {likes}", **params)  # noqa: S608
    rows = [
        {"id": row["id"], **{column: pattern.sub(GONE, row[column]) for column in columns}}
        for row in found
        if row["chat"] not in spared
    ]
    changes = ", ".join(f"{column} = :{column}" for column in columns)
    await tx.many(f"UPDATE {table} SET {changes} WHERE id = :id", rows)  # noqa: S608


def _literal(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)
