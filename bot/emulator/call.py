"""One call of a Bot API method: its parameters, read with Telegram's own patience and refusals."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from bot.emulator.detect import detect
from bot.emulator.entities import parse_html, trim, utf16_length
from bot.emulator.errors import ApiError, Json, bad_request, too_many
from bot.emulator.params import Upload
from bot.emulator.records import Chat
from bot.emulator.webhook import Webhook
from bot.emulator.world import World

Handler = Callable[["Call"], Any | Awaitable[Any]]
METHODS: dict[str, Handler] = {}  # by lower-case name: Telegram does not mind the case


def method(name: str) -> Callable[[Handler], Handler]:
    """Register a function as a Bot API method."""

    def register(handler: Handler) -> Handler:
        METHODS[name.lower()] = handler
        return handler

    return register


class Call:
    """What a method has at hand."""

    __slots__ = ("params", "webhook", "world")

    def __init__(self, world: World, webhook: Webhook, params: Json) -> None:
        self.world = world
        self.webhook = webhook
        self.params = params

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number; without a default it must be there."""
        value = self.params.get(name)
        if value in (None, "") and default is not None:
            return default
        try:
            return int(value)  # type: ignore[arg-type]  # None is refused like any other non-number
        except (TypeError, ValueError):
            raise bad_request(f'parameter "{name}" must be an integer') from None

    def string(self, name: str, longest: int | None = None, error: str = "") -> str:
        """A text, "" when absent."""
        value = self.params.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise bad_request(f'parameter "{name}" must be of type String')
        if longest is not None and utf16_length(value) > longest:
            raise bad_request(error)
        return value

    def flag(self, name: str) -> bool:
        """A Boolean; forms say it as a word."""
        return str(self.params.get(name, "")).lower() in ("true", "1", "yes")

    def nested(self, name: str) -> Any:
        """An object or array; as JSON text it is read too."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def chat(self) -> Chat:
        """The chat named by `chat_id`, in which the bot may act."""
        value = self.params.get("chat_id")
        if value in (None, ""):
            raise bad_request("chat_id is empty")
        try:
            return self.world.reachable(int(value))
        except (TypeError, ValueError):
            raise bad_request("chat not found") from None

    def text(self, name: str, longest: int, too_long: str) -> tuple[str, list[Json]]:
        """A formatted text within its limit, with all entities that Telegram would show."""
        source = self.string(name)
        mode = self.string("parse_mode").lower()
        if mode == "html":
            shown, entities = parse_html(source)
        elif mode:
            raise bad_request("unsupported parse_mode")  # the pretend Telegram speaks HTML only
        else:
            given = "entities" if name == "text" else "caption_entities"
            shown, entities = source, list(self.nested(given) or [])
        shown, entities = trim(shown, entities)
        if utf16_length(shown) > longest:
            raise bad_request(too_long)
        return shown, detect(shown, entities)

    def upload(self, name: str) -> Upload | str:
        """A file of the request, direct or by `attach://`; or the text that names another file."""
        value = self.params.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.params.get(value.removeprefix("attach://"))
            if not isinstance(value, Upload):
                raise bad_request("wrong file identifier/HTTP URL specified")
        if isinstance(value, Upload):
            if not value.content:
                raise bad_request("file must be non-empty")
            return value
        if not isinstance(value, str) or not value:
            raise bad_request(f"there is no {name} in the request")
        return value

    def admit(self, chat: Chat) -> None:
        """Pass the flood limits with one message, or 429."""
        wait = self.world.gate.admit(chat.id)
        if wait is not None:
            raise too_many(wait)

    def language(self) -> str:
        """The `language_code` of a setting: two letters, or "" for everybody else."""
        code = self.string("language_code")
        if code and (len(code) != 2 or not code.isalpha()):
            raise ApiError(400, "Bad Request: LANGUAGE_CODE_INVALID")
        return code
