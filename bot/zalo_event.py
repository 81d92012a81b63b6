"""What Zalo tells, as an incoming message. Polling and the webhook hand it over in the same shapes.

Ids are opaque text. A chat's id is percent-quoted inside the address, since `:` parts an address (`zalo:<bot>:<chat>`).
"""

import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from json import dumps
from typing import Any, Final
from urllib.parse import quote, unquote

from bot.message import Incoming, Kind

CHANNEL: Final = "zalo"

_KINDS: Final[dict[str, Kind]] = {
    "message.text.received": "text",
    "message.image.received": "photo",
    "message.sticker.received": "sticker",
    "message.voice.received": "voice",
    "message.unsupported.received": "other",
}
_LONGEST_ID = 200
_log = logging.getLogger(__name__)


def lane(bot_id: str) -> str:
    """The address of a bot."""
    return f"{CHANNEL}:{bot_id}"


def chat_id(address: str) -> str:
    """Zalo's own id of a chat, from its address."""
    return unquote(address.rpartition(":")[2])


def read(bot_id: str, event: Any, names: Iterable[str] = ()) -> Incoming | None:
    """An event as an incoming, or None for what is deliberately not heard. Never raises.

    Args:
        bot_id: the bot it was told to.
        event: as it came, wrapped in `result` or not.
        names: what the bot is called by in groups, to be taken out of what was typed.
    """
    try:
        return _read(bot_id, event, names)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        _log.warning("an event cannot be read: %s", type(error).__name__)
        return None


def _read(bot_id: str, event: Any, names: Iterable[str]) -> Incoming | None:
    if isinstance(event.get("result"), Mapping):
        event = event["result"]
    message = event.get("message")
    if not isinstance(message, Mapping):  # `unsupported` may come without: nobody knows from whom
        return None
    sender = message.get("from") or {}
    if sender.get("is_bot") is True:
        return None
    chat = message.get("chat") or {}
    address = _id(chat.get("id") or sender.get("id"))
    if not address:
        return None
    group = str(chat.get("chat_type", "")).upper() == "GROUP"
    name = (chat.get("title") or chat.get("name") or "") if group else sender.get("display_name", "")
    body: dict[str, Any] = {"title": _text(name).strip()[:100], "locale": "vi"}
    if group:
        body["group"] = True
    kind = _kind(event.get("event_name"), message)
    if kind == "text":
        text = _text(message["text"])
        body["text"] = _without_name(text, names) if group else text
    key, to = f"{bot_id}:{_key(event, message)}", f"{lane(bot_id)}:{quote(address, safe='')}"
    return Incoming(CHANNEL, key, to, kind, body)


def _kind(name: Any, message: Mapping[str, Any]) -> Kind:
    kind = _KINDS.get(name) if isinstance(name, str) else None
    if kind is None or kind == "text":  # a link, or something new: what was typed is heard, whatever it is called
        return "text" if isinstance(message.get("text"), str) else "other"
    return kind


def _key(event: Mapping[str, Any], message: Mapping[str, Any]) -> str:
    """What makes the message one. Without a number of its own, what it says does."""
    if number := _id(message.get("message_id")):
        return number
    told = dumps(event, sort_keys=True, default=str)
    return f"sha-{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _id(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return _text(str(value)).strip()[:_LONGEST_ID]


def _text(value: Any) -> str:
    """Text that every database takes: no NUL, no half of a surrogate pair."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\x00", "")


def _without_name(text: str, names: Iterable[str]) -> str:
    for name in sorted(filter(None, names), key=len, reverse=True):
        found = re.compile(rf"@{re.escape(name)}(?!\w)", re.IGNORECASE).sub("", text, count=1)
        if found != text:
            return " ".join(found.split())
    return re.sub(r"^\s*@\S+\s*", "", text)
