"""What the page is told of a Zalo phone, in the shape that it knows from Telegram's."""

from __future__ import annotations

import time

from bot.emulator.detect import detect
from bot.emulator.records import File
from bot.emulator.zalo.errors import Json
from bot.emulator.zalo.phone import MESSENGER, ZaloPhone
from bot.emulator.zalo.records import Message

SHOWN_ENTITIES = ("url", "email")


def screen_json(phone: ZaloPhone) -> Json:
    """A phone with everything on it."""
    messages = [message_json(phone, message) for message in phone.chat.messages.values()]
    return {**frame_json(phone), "messages": messages}


def frame_json(phone: ZaloPhone) -> Json:
    """A phone without its messages: what changes seldom."""
    return {
        "id": phone.id,
        "messenger": MESSENGER,
        "kind": "private",
        "title": phone.title,
        "status": "member",  # there is no START on Zalo, one writes
        "people": [{"id": phone.id, "name": phone.name, "phone_number": ""}],
        "keyboard": None,
        "commands": [],
        "description": None,
        "typing": max(0.0, phone.chat.typing_until - time.time()),
        "bot": {"id": phone.bot.id, "name": phone.bot.name, "username": phone.bot.account_name},
    }


def message_json(phone: ZaloPhone, message: Message) -> Json:
    """One message, ready to be drawn: plain text, in which only addresses can be tapped."""
    text = message.text or message.caption
    sender = (phone.bot.id, phone.bot.name) if message.from_bot else (phone.id, phone.name)
    shown: Json = {
        "id": message.id,
        "from_bot": message.from_bot,
        "sender": {"id": sender[0], "name": sender[1]},
        "date": message.date / 1000,
        "edited": False,
        "text": text,
        "entities": [entity for entity in detect(text, []) if entity["type"] in SHOWN_ENTITIES],
        "buttons": [],
    }
    return {**shown, **_attachment(message)}


def _attachment(message: Message) -> Json:
    if message.kind == "photo":
        return {"photo": _file_json(message.file)} if message.file else {"picture": message.url}
    if message.kind == "sticker":
        return {"sticker": "👍"}
    if message.kind == "voice":
        return {"voice": 4}
    if message.kind == "unsupported" and message.file:
        return {"document": _file_json(message.file)}
    return {}


def _file_json(file: File) -> Json:
    return {"id": file.id, "name": file.name, "size": len(file.content)}
