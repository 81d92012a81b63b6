"""The parameters of a request, wherever they stand: query, form, multipart or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.web_request import FileField

from bot.emulator.errors import Json, bad_request

# What a form can only carry as text, by the Bot API's names; these are decoded so that a request
# looks the same however it came.
TYPED = frozenset(
    {
        "allow_paid_broadcast",
        "allowed_updates",
        "cache_time",
        "caption_entities",
        "chat_id",
        "commands",
        "disable_content_type_detection",
        "disable_notification",
        "drop_pending_updates",
        "entities",
        "limit",
        "link_preview_options",
        "max_connections",
        "message_id",
        "message_thread_id",
        "offset",
        "protect_content",
        "reply_markup",
        "reply_parameters",
        "scope",
        "show_alert",
        "show_caption_above_media",
        "timeout",
        "user_id",
    }
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    name: str
    mime: str
    content: bytes

    def __repr__(self) -> str:
        return f"Upload({self.name!r}, {len(self.content)} bytes)"


async def read(request: web.BaseRequest, query: str) -> Json:
    """All parameters of one request."""
    params: Json = _typed(parse_qsl(query, keep_blank_values=True)) if query else {}
    if not request.can_read_body:
        return params
    kind = request.content_type
    if kind == "application/json":
        params.update(_json_object(await request.read()))
    elif kind == "multipart/form-data":
        params.update(_multipart(dict(await request.post())))
    else:
        body = (await request.read()).decode("utf-8", "replace")
        params.update(_typed(parse_qsl(body, keep_blank_values=True)))
    return params


def _json_object(body: bytes) -> Json:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse request body as JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("can't parse request body as JSON object")
    return value


def _multipart(fields: dict[str, Any]) -> Json:
    params: Json = {}
    for name, value in fields.items():
        if isinstance(value, FileField):
            content = value.file.read()
            params[name] = Upload(value.filename, value.content_type, content)
        else:
            params[name] = _value(name, str(value))
    return params


def _typed(pairs: list[tuple[str, str]]) -> Json:
    return {name: _value(name, value) for name, value in pairs}


def _value(name: str, text: str) -> Any:
    """A value of a form: decoded if its name says so, left as text when it cannot be."""
    if name not in TYPED:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
