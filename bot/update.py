"""A Telegram update as an incoming message.

Updates are read as plain mappings and not as PTB's objects: one that PTB cannot read must not hold back the others,
and building the objects costs a third of a turn.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final

from bot.message import Incoming, Kind

CHANNEL: Final = "telegram"
UPDATES: Final = ["message", "edited_message", "callback_query", "my_chat_member"]

_KINDS: Final[dict[str, Kind]] = {
    "contact": "contact",
    "document": "file",
    "photo": "photo",
    "voice": "voice",
    "audio": "voice",
    "video_note": "video",
    "video": "video",
    "animation": "video",
    "sticker": "sticker",
    "dice": "sticker",
    "location": "location",
    "venue": "location",
    "poll": "poll",
}
_SERVICE: Final = (  # what Telegram tells about a group; nobody expects an answer
    "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo", "pinned_message",
    "group_chat_created", "supergroup_chat_created", "message_auto_delete_timer_changed", "migrate_from_chat_id",
    "video_chat_started", "video_chat_ended", "video_chat_participants_invited", "forum_topic_created",
)  # fmt: skip
_OUT: Final = ("left", "kicked")
_log = logging.getLogger(__name__)


def read(update: Mapping[str, Any]) -> Incoming | None:
    """An update as an incoming, or None for what is deliberately not heard. Never raises."""
    try:
        return _read(str(update["update_id"]), update)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        _log.warning("an update cannot be read: %s", type(error).__name__)
        return None


def _read(key: str, update: Mapping[str, Any]) -> Incoming | None:
    if (query := update.get("callback_query")) is not None:
        return _press(key, query)
    if (message := update.get("message")) is not None:
        return _message(key, message)
    if (message := update.get("edited_message")) is not None:
        return _made(key, message["chat"], message.get("from"), "edited", {})
    if (member := update.get("my_chat_member")) is not None:
        return _member(key, member)
    return None


def _made(
    key: str, chat: Mapping[str, Any], sender: Mapping[str, Any] | None, kind: Kind, body: dict[str, Any]
) -> Incoming | None:
    if chat["type"] == "channel":
        return None
    group = chat["type"] != "private"
    if group:
        body["group"] = True
    sender = sender or {}
    name = chat.get("title") or " ".join(filter(None, (chat.get("first_name"), chat.get("last_name"))))
    body["title"] = name[:100]
    body["locale"] = "en" if not group and str(sender.get("language_code", "")).startswith("en") else "vi"
    return Incoming(CHANNEL, key, f"{CHANNEL}:{int(chat['id'])}", kind, body)


def _press(key: str, query: Mapping[str, Any]) -> Incoming | None:
    message = query.get("message")
    if message is None:  # a press on a message of inline mode, which we have none of
        return None
    number, _, place = str(query.get("data", "")).partition(":")
    known = number.isdecimal() and place.isdecimal() and len(number) < 19 and len(place) < 4
    body: dict[str, Any] = {"callback": str(query["id"]), "wire": str(message["message_id"])}
    if known:
        body |= {"message": int(number), "choice": int(place)}
    return _made(key, message["chat"], query.get("from"), "press", body)


def _message(key: str, message: Mapping[str, Any]) -> Incoming | None:
    chat, sender = message["chat"], message.get("from")
    if (text := message.get("text")) is not None:
        return _made(key, chat, sender, "text", {"text": text.replace("\x00", "")})
    if "migrate_to_chat_id" in message:
        to = f"{CHANNEL}:{int(message['migrate_to_chat_id'])}"
        return _made(key, chat, sender, "migrated", {"to": to})
    if any(name in message for name in _SERVICE):
        return None
    for name, kind in _KINDS.items():
        if name in message:
            return _made(key, chat, sender, kind, _content(name, message, sender or {}))
    return _made(key, chat, sender, "other", {})


def _content(name: str, message: Mapping[str, Any], sender: Mapping[str, Any]) -> dict[str, Any]:
    if name == "contact":
        contact = message["contact"]
        own = contact.get("user_id") is not None and contact["user_id"] == sender.get("id")
        return {"phone": str(contact["phone_number"]), "own": own}
    if name == "document":
        document = message["document"]
        return {k: document[k] for k in ("file_id", "file_name", "file_size") if k in document}
    return {}


def _member(key: str, member: Mapping[str, Any]) -> Incoming | None:
    private = member["chat"]["type"] == "private"
    out = member["new_chat_member"]["status"] in _OUT
    was_out = member["old_chat_member"]["status"] in _OUT
    if out == was_out:
        return None
    kind: Kind = ("blocked" if out else "unblocked") if private else ("left" if out else "joined")
    return _made(key, member["chat"], member.get("from"), kind, {})
