"""What goes over the wire, judged by others.

Requests are held against the Bot API's own table (types, required and unknown fields, lengths); answers and updates
are read by two independent libraries, PTB and aiogram, and neither may find a field that it does not know.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import telegram
from aiogram import types as aio
from aiohttp import web

from bot.emulator import Emulator
from bot.emulator.params import Upload
from bot.markup import length

SPECIFICATION = Path(__file__).parents[2] / "shared" / "data" / "telegram_bot_api_10_0.json"
MISSING = f"{SPECIFICATION} is absent: no request can be checked against the Bot API's table"
Json = dict[str, Any]

_PLAIN: dict[str, Callable[[Any], bool]] = {
    "Integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "Float": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "String": lambda v: isinstance(v, str),
    "Boolean": lambda v: isinstance(v, bool),
    "InputFile": lambda v: isinstance(v, Upload),
}
_ARRAY = "Array of "
_MESSAGES = ("sendMessage", "sendDocument", "sendPhoto", "editMessageText", "editMessageCaption")


class Table:
    """The Bot API's methods and types, as far as a request is concerned."""

    def __init__(self, path: Path = SPECIFICATION) -> None:
        said = json.loads(path.read_text())
        self._methods: Json = said["methods"]
        self._types: Json = said["types"]

    def wrongs(self, method: str, params: Mapping[str, Any]) -> list[str]:
        """All that is wrong with a request."""
        about = self._methods.get(method)
        if about is None:
            return [f"{method}: no such method"]
        return list(self._object(about["fields"], params, method, params.get("parse_mode") == "HTML"))

    def _object(self, fields: Json, given: Mapping[str, Any], where: str, html: bool = False) -> Iterator[str]:
        for name in fields.keys() - given.keys():
            if fields[name].get("required"):
                yield f"{where}: {name} is missing"
        for name, value in given.items():
            if name not in fields:
                yield f"{where}: {name} is unknown"
                continue
            yield from self._value(fields[name]["types"], value, f"{where}.{name}")
            if (limits := fields[name].get("length")) is not None:
                yield from _length(limits, value, f"{where}.{name}", html and name in ("text", "caption"))

    def _value(self, types: Sequence[str], value: Any, where: str) -> Iterator[str]:
        found = [list(self._one(name, value, where)) for name in types]
        if all(found):
            yield from min(found, key=len)

    def _one(self, name: str, value: Any, where: str) -> Iterator[str]:
        if name in _PLAIN:
            if not _PLAIN[name](value):
                yield f"{where}: {type(value).__name__} is no {name}"
        elif name.startswith(_ARRAY):
            if not isinstance(value, list):
                yield f"{where}: {type(value).__name__} is no array"
                return
            for place, part in enumerate(value):
                yield from self._value([name.removeprefix(_ARRAY)], part, f"{where}[{place}]")
        elif not isinstance(value, dict):
            yield f"{where}: {type(value).__name__} is no {name}"
        elif subtypes := self._types[name].get("subtypes"):
            yield from self._value(subtypes, value, where)
        else:
            yield from self._object(self._types[name]["fields"], value, where)


def _length(limits: Sequence[Any], value: Any, where: str, html: bool) -> Iterator[str]:
    least, most, unit = limits
    if isinstance(value, str):
        size = len(value.encode()) if unit == "bytes" else length(value) if html else len(value)
    elif isinstance(value, list):
        size = len(value)
    else:
        return
    if not least <= size <= most:
        yield f"{where}: {size} {unit}, not {least} to {most}"


def keys(value: Any) -> Any:
    """The field names of nested objects, without their values."""
    if isinstance(value, dict):
        return {name: keys(inner) for name, inner in value.items()}
    return [keys(inner) for inner in value] if isinstance(value, list) else None


def answer_wrongs(method: str, body: Json) -> list[str]:
    """All that either library finds wrong with an answer."""
    if not body["ok"]:
        fits = isinstance(body["error_code"], int) and isinstance(body["description"], str)
        return [] if fits else [f"{method}: {body}"]
    result = body["result"]
    if method == "getUpdates":
        return [wrong for update in result for wrong in _read(telegram.Update, aio.Update, update, method)]
    if method in _MESSAGES:
        return _read(telegram.Message, aio.Message, result, method)
    if method == "getMe":
        return _read(telegram.User, aio.User, result, method)
    return [] if result is True else [f"{method}: {result}"]


def _read(ptb: Any, aiogram: Any, value: Json, method: str) -> list[str]:
    parsed = ptb.de_json(value, None)
    message = parsed.effective_message if ptb is telegram.Update else parsed
    unknown = dict(parsed.api_kwargs) | dict(message.api_kwargs if message is not None else {})
    kept = aiogram.model_validate(value).model_dump(exclude_unset=True, by_alias=True)
    wrongs = [f"{method}: PTB does not know {sorted(unknown)}"] if unknown else []
    if keys(kept) != keys(value):
        wrongs.append(f"{method}: aiogram keeps other fields of {value}")
    return wrongs


class Recorder:
    """Listens to an emulator: every request is checked, and every n-th answer."""

    def __init__(self, emulator: Emulator, *, answers: int = 1) -> None:
        self.wrongs: list[str] = []
        self.checked: Counter[str] = Counter()
        self.calls: list[tuple[str, Json]] = []
        self.keep = True  # False: a storm's calls would fill the memory
        self.judge_updates = True  # False: a test injects broken ones
        self._table = Table() if SPECIFICATION.exists() else None
        self._every, self._seen = answers, 0
        emulator.on_request = self._request
        self._answer = emulator.server.answer
        emulator.server.answer = self._listen  # type: ignore[method-assign]

    def of(self, method: str) -> list[Json]:
        """The parameters of every call of a method."""
        return [params for name, params in self.calls if name == method]

    def _request(self, method: str, params: Json) -> None:
        if self.keep:
            self.calls.append((method, params))
        if self._table is not None:
            self.checked[method] += 1
            self.wrongs += self._table.wrongs(method, params)

    async def _listen(self, request: web.BaseRequest) -> web.StreamResponse:
        response: Any = await self._answer(request)
        self._seen += 1
        if self._seen % self._every == 0 and response.content_type == "application/json":
            method = request.raw_path.partition("?")[0].rpartition("/")[2]
            if self.judge_updates or method != "getUpdates":
                self.wrongs += answer_wrongs(method, json.loads(response.body))
        return response  # type: ignore[no-any-return]
