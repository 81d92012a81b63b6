"""The Bot API over HTTP: `/bot<TOKEN>/<method>` and `/file/bot<TOKEN>/<path>`.

It stands on aiohttp's low-level server: benchmarks send thousands of requests a second through here,
and an application's router and middlewares would be half their price.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from aiohttp import web

import bot.emulator.methods
import bot.emulator.methods_messages  # noqa: F401 - both register what they can do
from bot.emulator import params
from bot.emulator.call import METHODS, Call
from bot.emulator.errors import ApiError, Json, too_many
from bot.emulator.faults import Fault
from bot.emulator.records import Sent
from bot.emulator.webhook import Webhook
from bot.emulator.world import World

log = logging.getLogger(__name__)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_HTML_ERROR = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>"


class BotApi:
    """Answers requests; keeps count of them."""

    def __init__(self, world: World, token: str, *, record: int) -> None:
        self.world = world
        self.webhook = Webhook(world.updates)
        self.latency = 0.0
        self.faults: Callable[[str, Json], Fault | None] | None = None
        self.on_request: Callable[[str, Json], None] | None = None
        self.requests: deque[tuple[str, Json]] = deque(maxlen=record)
        self.sent_log: deque[Sent] = deque(maxlen=record)
        self.counts: Counter[str] = Counter()
        self.refusals = 0
        self._token = token

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """One request under `/bot`."""
        path, _, query = request.raw_path.partition("?")
        token, _, name = (unquote(path) if "%" in path else path)[len("/bot") :].partition("/")
        if token != self._token:
            return _respond(ApiError(401, "Unauthorized"))
        if name.lower() not in METHODS:
            return _respond(ApiError(404, "Not Found"))
        try:
            given = await params.read(request, query)
        except ApiError as error:
            return _respond(error)
        fault = self._note(name, given)
        if self.latency:
            await asyncio.sleep(self.latency)
        if fault is not None and (early := await self._fail_early(request, fault)):
            return early
        response = await self._call(name, given)
        if fault is not None and fault.kind == "lose_answer":
            _hang_up(request)
        return response

    def file(self, request: web.BaseRequest) -> web.Response:
        """One request under `/file/bot`."""
        token, _, path = unquote(request.raw_path.partition("?")[0])[len("/file/bot") :].partition("/")
        if token != self._token:
            return _respond(ApiError(401, "Unauthorized"))
        file = self.world.files.get(path.split("/")[1] if "/" in path else "")
        if file is None or file.path != path:
            return _respond(ApiError(404, "Not Found"))
        return web.Response(body=file.content, content_type=file.mime)

    def _note(self, name: str, given: Json) -> Fault | None:
        self.counts[name] += 1
        if self.requests.maxlen:
            self.requests.append((name, given))
        if self.on_request is not None:
            self.on_request(name, given)
        return self.faults(name, given) if self.faults is not None else None

    async def _fail_early(self, request: web.BaseRequest, fault: Fault) -> web.Response | None:
        """The answer of a fault that keeps the request from being handled."""
        if fault.kind == "delay":
            await asyncio.sleep(fault.number)
        elif fault.kind == "error":
            page = _HTML_ERROR.format(int(fault.number))
            return web.Response(status=int(fault.number), text=page, content_type="text/html")
        elif fault.kind == "flood":
            self.refusals += 1
            return _respond(too_many(int(fault.number)))
        elif fault.kind == "drop":
            _hang_up(request)
            return web.Response()
        return None

    async def _call(self, name: str, given: Json) -> web.Response:
        try:
            result = METHODS[name.lower()](Call(self.world, self.webhook, given))
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            self.refusals += error.code == 429
            return _respond(error)
        except Exception:
            # A hole in the pretend Telegram; a client sees what a broken server would send.
            log.exception("the emulator failed at %s", name)
            return _respond(ApiError(500, "Internal Server Error"))
        if self.sent_log.maxlen and name.startswith(("send", "edit")) and isinstance(result, dict):
            text = result.get("text") or result.get("caption", "")
            self.sent_log.append(Sent(time.monotonic(), result["chat"]["id"], text))
        return _json(200, {"ok": True, "result": result})


def _json(status: int, body: Any) -> web.Response:
    return web.Response(status=status, body=_encode(body).encode(), content_type="application/json")


def _respond(error: ApiError) -> web.Response:
    return _json(error.code, error.body())


def _hang_up(request: web.BaseRequest) -> None:
    """End the connection so that the client sees no answer."""
    if request.transport is not None:
        request.transport.abort()
