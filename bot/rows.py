"""Rows of the database as what a turn works with, and back."""

from collections.abc import Mapping
from json import JSONEncoder, loads
from typing import Any

from bot.message import Choice, Reply
from bot.turn import Chat, Question
from locales.calendar import from_utc

dumps = JSONEncoder(ensure_ascii=False).encode  # `json.dumps` would make an encoder for each of the five of a turn


def choices_of(stored: str) -> list[Choice]:
    """The choices kept with a message."""
    return [Choice(*row) for row in loads(stored)]


def chat_of(row: Mapping[str, Any]) -> Chat:
    """A row of `mail.waiting` as the chat it comes from; a chat never seen is told of by the message itself."""
    if row["known"] is None:
        body = loads(row["body"])
        return Chat(row["chat"], bool(body.get("group")), body.get("locale", "vi"), body.get("title", ""))
    chat = Chat(
        row["chat"],
        row["chat_kind"] == "group",
        row["locale"],
        row["title"],
        bool(row["reachable"]),
        row["consent"],
        None,
        row["step"],
        loads(row["carry"]),
        loads(row["draft"]),
        row["last_message"],
        row["wrong_codes"],
        row["locked_until"],
    )
    if row["asked"] is not None:
        hints = loads(row["hints"])
        text = row["asked"][hints.get("question_at", 0) :]
        choices, asked_at = choices_of(row["choices"]), from_utc(row["asked_at"])
        chat.question = Question(
            row["question"], text, choices, bool(hints.get("contact")), asked_at, bool(hints.get("keep"))
        )
    return chat


def chat_row(chat: Chat, at: str) -> dict[str, Any]:
    """Where a conversation stands, as `mail.save_chats` keeps it."""
    return {
        "id": chat.id,
        "locale": chat.locale,
        "title": chat.title,
        "reachable": int(chat.reachable),
        "consent": chat.consent,
        "question": chat.question.id if chat.question else None,
        "step": chat.step,
        "carry": dumps(chat.carry),
        "draft": dumps(chat.draft),
        "wrong_codes": chat.wrong_codes,
        "locked_until": chat.locked_until,
        "at": at,
    }


def reply_row(reply: Reply, at: str) -> dict[str, Any]:
    """A reply, as `mail.put` keeps it."""
    hints = reply.hints.row()
    if reply.question_at:
        hints["question_at"] = reply.question_at
    return {
        "id": reply.id,
        "chat": reply.chat,
        "priority": reply.priority,
        "text": reply.text,
        "keys": " ".join(reply.keys),
        "choices": dumps([c.row() for c in reply.choices]),
        "hints": dumps(hints) if hints else "{}",
        "edits": reply.edits,
        "answers": reply.answers,
        "private": int(reply.private),
        "at": at,
    }
