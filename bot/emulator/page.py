"""The page with the phones: its files, its live stream of changes, and what it asks to be done."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import suppress
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote

from aiohttp import web

from bot.emulator import actions, params, view
from bot.emulator.errors import ApiError, Json
from bot.emulator.records import Change, File
from bot.emulator.zalo import actions as zalo_actions
from bot.emulator.zalo import view as zalo_view
from bot.emulator.zalo.phone import MESSENGER as ZALO
from bot.emulator.zalo.records import Change as ZaloChange

if TYPE_CHECKING:
    from bot.emulator.emulator import Emulator

STATIC = Path(__file__).parent / "static"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
SAFE_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
KEPT_EVENTS = 500
HEARTBEAT_SECONDS = 15


class Page:
    """Serves browsers; those without the run's key get nothing but the static files."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.notes: list[Json] = []
        self._events: deque[tuple[int, str]] = deque(maxlen=KEPT_EVENTS)
        self._last = 0
        self._news = asyncio.Event()
        self._watching = False
        self._closed = False

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """One request that is not the Bot API's."""
        path, _, query = request.raw_path.partition("?")
        if path.startswith("/static/"):
            return _static(path.removeprefix("/static/"))
        given = parse_qs(query).get("key", [""])[0]
        if not compare_digest(given.encode(), self.emulator.key.encode()):
            return web.Response(status=403, text="Hãy mở đúng liên kết mà chương trình đã in ra.")
        if path == "/events":
            return await self._stream(request)
        if path == "/act" and request.method == "POST":
            return await self._act(request)
        return self._look(path)

    def _look(self, path: str) -> web.Response:
        if path == "/":
            return _static("page.html")
        if path == "/state":
            return web.json_response(self.state())
        if path.startswith("/media/"):
            return self._media(unquote(path.removeprefix("/media/")))
        return web.Response(status=404, text="Not Found")

    def state(self) -> Json:
        """Everything that the page shows."""
        screens = [view.screen_json(screen) for screen in self.emulator.screens.values()]
        zalo = self.emulator.zalo
        if zalo is None:
            return {"screens": screens, "notes": self.notes, "zalo": []}
        bots = [{"id": bot.id, "name": bot.name} for bot in zalo.world.bots.values()]
        screens += [zalo_view.screen_json(phone) for phone in zalo.screens.values()]
        return {"screens": screens, "notes": self.notes, "zalo": bots}

    def note(self, text: str, link: str | None, chat: int | str | None) -> None:
        """One more line at the top of the page."""
        self.notes.append({"text": text, "link": link, "chat": chat})
        self.emulator.world.changed("notes", 0)

    def close(self) -> None:
        """End the streams."""
        self._closed = True
        self._wake()

    async def _act(self, request: web.BaseRequest) -> web.Response:
        try:
            asked = await params.read(request, "")
            if self.emulator.zalo is not None and zalo_actions.meant(asked):
                result = zalo_actions.act(self.emulator.zalo, asked)
            else:
                result = actions.act(self.emulator, asked)
        except ApiError as error:
            return web.json_response(error.body(), status=error.code)
        except (LookupError, ValueError, TypeError, RuntimeError) as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)
        return web.json_response({"ok": True, "result": result})

    def _media(self, file_id: str) -> web.Response:
        file = self._file(file_id)
        if file is None:
            return web.Response(status=404, text="Not Found")
        # Only pictures that cannot carry a script are shown; anything else is a download.
        shown = file.mime in SAFE_PICTURES
        headers = dict(HEADERS)
        if not shown:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        kind = file.mime if shown else "application/octet-stream"
        return web.Response(body=file.content, content_type=kind, headers=headers)

    def _file(self, file_id: str) -> File | None:
        found = self.emulator.world.files.get(file_id)
        if found is None and self.emulator.zalo is not None:  # their ids differ
            return self.emulator.zalo.world.files.get(file_id)
        return found

    # -- the live stream

    async def _stream(self, request: web.BaseRequest) -> web.StreamResponse:
        """Server-sent events: the whole state first, or what was missed since `Last-Event-ID`."""
        if not self._watching:
            self._watching = True
            self.emulator.world.watch(lambda change: self._remember(self._told(change)))
            if self.emulator.zalo is not None:
                self.emulator.zalo.world.watch(lambda change: self._remember(self._told_of_zalo(change)))
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        last = int(request.headers.get("Last-Event-ID") or -1)
        try:
            while not self._closed:
                news = self._news  # taken before looking, so that nothing said meanwhile is missed
                text, last = self._since(last)
                await response.write(text.encode())
                with suppress(TimeoutError):  # a browser learns by a sign of life that we are there
                    await asyncio.wait_for(news.wait(), HEARTBEAT_SECONDS)
        except ConnectionResetError:
            pass  # the browser went away
        return response

    def _since(self, last: int) -> tuple[str, int]:
        """What a browser that saw the event `last` has to be told, as text of the stream."""
        oldest = self._events[0][0] if self._events else self._last + 1
        if not oldest - 1 <= last <= self._last:
            return _event(self._last, "state", self.state()), self._last
        return "".join(text for number, text in self._events if number > last) or ":\n\n", self._last

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _remember(self, told: tuple[str, Json] | None) -> None:
        if told is not None:
            self._last += 1
            self._events.append((self._last, _event(self._last, *told)))
            self._wake()

    def _told(self, change: Change) -> tuple[str, Json] | None:
        """An event's name and content; None for what no screen shows."""
        if change.kind in ("profile", "notes", "chats"):
            return "state", self.state()
        screen = self.emulator.screens.get(change.chat_id)
        if screen is None or change.kind == "pressed":
            return None
        told: Json = {"chat": change.chat_id}
        if change.kind in ("message", "edited"):
            message = screen.chat.messages[change.message_id]
            frame = view.frame_json(screen)
            return "message", {**told, "frame": frame, "message": view.message_json(screen.world, message)}
        if change.kind == "deleted":
            return "deleted", {**told, "message": change.message_id}
        if change.kind == "toast":
            return "toast", {**told, **view.toast_json(screen.chat.toasts[-1])}
        return "frame", {**told, "frame": view.frame_json(screen)}

    def _told_of_zalo(self, change: ZaloChange) -> tuple[str, Json] | None:
        """The same for what happened on Zalo."""
        zalo = self.emulator.zalo
        if change.kind == "chats":
            return "state", self.state()
        phone = zalo.screens.get(f"{ZALO}:{change.bot_id}:{change.chat_id}") if zalo else None
        if phone is None:
            return None
        told: Json = {"chat": phone.id, "frame": zalo_view.frame_json(phone)}
        if change.kind == "message":
            message = phone.chat.messages[change.message_id]
            return "message", {**told, "message": zalo_view.message_json(phone, message)}
        return "frame", told


def _event(number: int, name: str, content: Any) -> str:
    return f"id: {number}\nevent: {name}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n"


def _static(name: str) -> web.Response:
    path = STATIC / name
    if path.parent != STATIC or path.suffix not in TYPES or not path.is_file():
        return web.Response(status=404, text="Not Found")
    body = path.read_bytes()
    return web.Response(body=body, content_type=TYPES[path.suffix], charset="utf-8", headers=HEADERS)
