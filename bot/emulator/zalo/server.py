"""The Bot Platform over HTTP: `/bot<TOKEN>/<method>`, by GET or POST, and the people's pictures."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from collections import Counter, deque
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote

from aiohttp import web
from aiohttp.web_request import FileField

from bot.emulator.faults import Fault
from bot.emulator.params import Upload
from bot.emulator.zalo import errors
from bot.emulator.zalo.errors import Json, RefusalError, bad_request
from bot.emulator.zalo.methods import METHODS, NOTHING, Call
from bot.emulator.zalo.records import Request
from bot.emulator.zalo.world import Bot, World

log = logging.getLogger(__name__)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_HTML_ERROR = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr>nginx</body></html>"


class BotPlatform:
    """Answers requests; keeps count of them."""

    def __init__(self, world: World, record: int) -> None:
        self.world = world
        self.latency = 0.0
        self.faults: Callable[[str, Json, str], Fault | None] | None = None
        self.on_request: Callable[[str, Json, str], None] | None = None
        self.requests: deque[Request] = deque(maxlen=record)
        self.counts: Counter[str] = Counter()
        self.refusals: Counter[int] = Counter()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Any request."""
        path, _, query = request.raw_path.partition("?")
        path = unquote(path)
        if path.startswith("/media/"):
            return self._media(path)
        token, _, name = path.removeprefix("/bot").partition("/")
        bot = self.world.by_token.get(token)
        if bot is None or not path.startswith("/bot"):
            return self._refuse(errors.unauthorized() if path.startswith("/bot") else errors.not_found())
        if name not in METHODS or request.method not in ("GET", "POST"):
            return self._refuse(errors.not_found())
        try:
            given = await _read(request, query)
        except RefusalError as error:
            return self._refuse(error)
        fault = self._note(name, given, bot)
        if self.latency:
            await asyncio.sleep(self.latency)
        if fault is not None and (early := await self._fail_early(request, fault)):
            return early
        call = Call(self.world, bot, given, lambda: request.transport is None or request.transport.is_closing())
        call.lose_answer = fault is not None and fault.kind == "lose_answer"
        response = await self._call(name, call)
        if call.lose_answer:
            _hang_up(request)
        return response

    def _media(self, path: str) -> web.Response:
        file = self.world.files.get(path.split("/")[2])
        if file is None:
            return web.Response(status=404, text="Not Found")
        return web.Response(body=file.content, content_type=file.mime, headers={"X-Content-Type-Options": "nosniff"})

    def _note(self, name: str, given: Json, bot: Bot) -> Fault | None:
        self.counts[name] += 1
        if self.requests.maxlen:
            self.requests.append(Request(name, given, bot.id))
        if self.on_request is not None:
            self.on_request(name, given, bot.id)
        return self.faults(name, given, bot.id) if self.faults is not None else None

    async def _fail_early(self, request: web.BaseRequest, fault: Fault) -> web.Response | None:
        """The answer of a fault that keeps the request from being handled."""
        if fault.kind == "delay":
            await asyncio.sleep(fault.number)
        elif fault.kind == "error":
            page = _HTML_ERROR.format(int(fault.number))
            return web.Response(status=int(fault.number), text=page, content_type="text/html")
        elif fault.kind == "flood":
            return self._refuse(errors.quota_exceeded())
        elif fault.kind == "drop":
            _hang_up(request)
            return web.Response()
        return None

    async def _call(self, name: str, call: Call) -> web.Response:
        try:
            result = METHODS[name](call)
            if inspect.isawaitable(result):
                result = await result
        except RefusalError as error:
            return self._refuse(error)
        except Exception:
            # A hole in the pretend Zalo; a client sees what a broken server would send.
            log.exception("the emulator failed at %s", name)
            return self._refuse(RefusalError(500, "Internal Server Error"))
        body: Json = {"ok": True}
        if result is not NOTHING:
            body["result"] = result
        if self.world.settings.include_error_code_zero:
            body[self.world.settings.error_spelling] = 0
        return _json(200, body)

    def _refuse(self, error: RefusalError) -> web.Response:
        settings = self.world.settings
        self.refusals[error.code] += 1
        code: int | str = str(error.code) if settings.error_as_text else error.code
        body = {"ok": False, "description": error.description, settings.error_spelling: code}
        return _json(error.code if settings.status_mode == "mirror" else 200, body)


async def _read(request: web.BaseRequest, query: str) -> Json:
    """All parameters of one request, wherever they stand."""
    params: Json = dict(parse_qsl(query, keep_blank_values=True))
    if not request.can_read_body:
        return params
    if request.content_type == "application/json":
        try:
            value = json.loads(await request.read() or b"{}")
        except ValueError:
            raise bad_request("The body is not JSON") from None
        if not isinstance(value, dict):
            raise bad_request("The body is not a JSON object")
        params.update(value)
    elif request.content_type == "multipart/form-data":
        for name, field in (await request.post()).items():
            is_file = isinstance(field, FileField)
            params[name] = _upload(field) if is_file else str(field)  # type: ignore[arg-type]
    else:
        body = (await request.read()).decode("utf-8", "replace")
        params.update(parse_qsl(body, keep_blank_values=True))
    return params


def _upload(field: FileField) -> Upload:
    return Upload(field.filename, field.content_type, field.file.read())


def _json(status: int, body: Any) -> web.Response:
    return web.Response(status=status, body=_encode(body).encode(), content_type="application/json")


def _hang_up(request: web.BaseRequest) -> None:
    """End the connection so that the client sees no answer."""
    if request.transport is not None:
        request.transport.abort()
