"""Keyboards under a message: checked and tidied as Telegram does, or refused in its words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bot.emulator.errors import ApiError, Json, bad_request

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
MAX_BUTTONS = 100
MAX_DATA_BYTES = 64
_PRIVATE_ONLY = {
    "request_contact": "phone number",
    "request_location": "location",
    "request_poll": "polls",
}


def check(markup: Any, *, private: bool) -> Json | None:
    """The keyboard as Telegram keeps it, or None for none."""
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return check_inline(markup)
    if "keyboard" in markup:
        return _reply_keyboard(markup, private=private)
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return markup
    return None


def check_inline(markup: Any) -> Json | None:
    """An inline keyboard alone: the only kind that an edit may bring."""
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    rows = [[_inline_button(button) for button in row] for row in _rows(markup["inline_keyboard"]) if row]
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse reply keyboard markup JSON object: rows must be arrays")
    return rows


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unreadable("expected an Object")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise _unreadable('Field "text" must be a non-empty String')
    actions = [action for action in ACTIONS if action in button]
    if not actions:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unreadable("exactly one action is allowed for a button")
    _check_action(button, actions[0])
    return button


def _check_action(button: Json, action: str) -> None:
    value = button[action]
    if action == "callback_data":
        size = len(value.encode()) if isinstance(value, str) else 0
        if not 1 <= size <= MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url" and not _is_link(str(value)):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")


def _is_link(url: str) -> bool:
    """Telegram takes no link to a bare host such as localhost: nobody else could open it."""
    if url.startswith("tg://"):
        return True
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in url


def _reply_keyboard(markup: Json, *, private: bool) -> Json:
    rows = [[_reply_button(button, private=private) for button in row] for row in _rows(markup["keyboard"]) if row]
    if not rows:
        raise bad_request("reply keyboard must contain at least one button")
    if len(str(markup.get("input_field_placeholder") or "")) > 64:
        raise bad_request("input field placeholder must be non-empty and no longer than 64 characters")
    return {**markup, "keyboard": rows}


def _reply_button(button: Any, *, private: bool) -> Json:
    shown: Json = {"text": button} if isinstance(button, str) else button
    if not isinstance(shown, dict) or not str(shown.get("text") or "").strip():
        raise bad_request("can't parse keyboard button: Text must be non-empty")
    for field, what in _PRIVATE_ONLY.items():
        if shown.get(field) and not private:
            raise bad_request(f"{what} can be requested in private chats only")
    return shown


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")
