"""What the bot serves over HTTP: webhooks, health, metrics, one-time links to files.

It listens on this machine; a web server with a certificate stands before it (docs/operations.md). An update is
answered with 200 only when it is stored: until then the messenger keeps it, or at least knows that we have not.
"""

import asyncio
import hmac
import json
import logging
import mimetypes
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aiohttp import web

from bot import update
from bot.message import Incoming
from bot.outbox import Maker
from locales import DEFAULT, Texts, calendar
from storage import gauges, links
from storage.database import Database

LARGEST_BODY = 256 * 1024
ZALO_HEADER, TELEGRAM_HEADER = "X-Bot-Api-Secret-Token", "X-Telegram-Bot-Api-Secret-Token"
_FILES_AT_ONCE = 4
_SECONDS = 5.0  # for the database to answer
_VISITOR = "khach"
_log = logging.getLogger(__name__)

Store = Callable[[Sequence[Incoming]], Awaitable[None]]
Reader = Callable[[Any], Incoming | None]


@dataclass(frozen=True)
class Doors:
    """Which webhooks are open: the reader of each bot, and the secret that its messenger sends along."""

    zalo: Mapping[str, Reader] = field(default_factory=dict)  # by bot id
    zalo_secret: str = ""
    telegram: bool = False
    telegram_secret: str = ""
    metrics_token: str = ""


class Web:
    """The bot's web server."""

    def __init__(
        self,
        db: Database,
        store: Store,
        makers: Mapping[str, Maker],
        texts: Texts,
        zone: ZoneInfo,
        now: Callable[[], datetime],
        doors: Doors,
        *,
        resting: Callable[[], Collection[str]] = tuple,
        refused: Callable[[], Collection[str]] = tuple,
        lanes: Sequence[str] = (),
    ) -> None:
        """`resting`: loops that should run and do not. `refused`: lanes whose token is. `lanes`: all there are."""
        self._db, self._store, self._makers = db, store, makers
        self._texts, self._zone, self._now = texts, zone, now
        self._doors, self._resting, self._refused, self._lanes = doors, resting, refused, lanes
        self._making = asyncio.Semaphore(_FILES_AT_ONCE)
        self._runner: web.AppRunner | None = None
        self.received = 0  # updates by webhook
        self.port = 0

    def app(self) -> web.Application:
        """The routes."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_get("/health", self.health)
        app.router.add_get("/metrics", self.metrics)
        app.router.add_get("/file/{secret}", self.file)
        if self._doors.zalo and self._doors.zalo_secret:
            app.router.add_post("/zalo/{bot}", self.zalo)
        if self._doors.telegram and self._doors.telegram_secret:
            app.router.add_post("/telegram", self.telegram)
        return app

    async def start(self, host: str, port: int) -> None:
        """Listen.

        Raises:
            OSError: the port is taken.
        """
        # Addresses of files are secrets, so none is logged.
        self._runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Listen no more; what is being answered is answered."""
        if self._runner is not None:
            await self._runner.cleanup()

    # Webhooks ---------------------------------------------------------------------------------

    async def zalo(self, request: web.Request) -> web.Response:
        """What Zalo tells one of the bots."""
        reader = self._doors.zalo.get(request.match_info["bot"])
        if reader is None:
            raise web.HTTPNotFound
        return await self._hear(request, ZALO_HEADER, self._doors.zalo_secret, reader)

    async def telegram(self, request: web.Request) -> web.Response:
        """What Telegram tells."""
        return await self._hear(request, TELEGRAM_HEADER, self._doors.telegram_secret, _telegram)

    async def _hear(self, request: web.Request, header: str, secret: str, reader: Reader) -> web.Response:
        body = await request.read()
        if not body.strip():  # Zalo's probe of a new address; it may come without the secret
            return web.Response()
        if not _same(request.headers.get(header, ""), secret):
            _log.warning("a webhook was called with a wrong secret")
            raise web.HTTPForbidden
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            raise web.HTTPBadRequest from None
        incoming = reader(event)
        if incoming is not None:
            try:
                await self._store([incoming])
            except Exception as error:
                _log.error("a message of a webhook cannot be stored (%s)", type(error).__name__)
                raise web.HTTPServiceUnavailable from None
            self.received += 1
        return web.Response()

    # Watching ---------------------------------------------------------------------------------

    async def health(self, _: web.Request) -> web.Response:
        """200 when the database answers and every loop runs, else 503 and which does not."""
        wrong = [*self._resting(), *([] if await self._database_answers() else ["database"])]
        return web.json_response({"ok": not wrong, "wrong": wrong}, status=503 if wrong else 200, headers=_PRIVATE)

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(_SECONDS), self._db.reading() as tx:
                return bool(await tx.value("SELECT 1") == 1)
        except Exception as error:
            _log.error("the database does not answer (%s)", type(error).__name__)
            return False

    async def metrics(self, request: web.Request) -> web.Response:
        """Figures for Prometheus; for this machine, or, where a token is set, for who has it."""
        if not self._may_measure(request):
            raise web.HTTPForbidden
        async with self._db.reading() as tx:
            inbox, outbox = await gauges.inbox(tx), await gauges.outbox(tx, self._lanes)
            ages = {row["box"]: row["since"] for row in await gauges.oldest(tx)}
        now = self._now()
        lines = ["# TYPE ghidanh_inbox_messages gauge"]
        lines += [f'ghidanh_inbox_messages{{state="{state}"}} {n}' for state, n in inbox.items()]
        lines += ["# TYPE ghidanh_outbox_messages gauge"]
        lines += [f'ghidanh_outbox_messages{{lane="{lane}",state="{s}"}} {n}' for (lane, s), n in outbox.items()]
        lines += ["# TYPE ghidanh_oldest_waiting_seconds gauge"]
        for box, since in ages.items():
            age = max(0, int((now - calendar.from_utc(since)).total_seconds())) if since else 0
            lines.append(f'ghidanh_oldest_waiting_seconds{{box="{box}"}} {age}')
        lines += ["# TYPE ghidanh_webhook_updates_total counter", f"ghidanh_webhook_updates_total {self.received}"]
        lines += ["# TYPE ghidanh_loops_resting gauge", f"ghidanh_loops_resting {len(self._resting())}"]
        lines += ["# TYPE ghidanh_lanes_refused gauge", f"ghidanh_lanes_refused {len(self._refused())}"]
        return web.Response(text="\n".join([*lines, ""]), headers=_PRIVATE)

    def _may_measure(self, request: web.Request) -> bool:
        if token := self._doors.metrics_token:
            return _same(request.headers.get("Authorization", ""), f"Bearer {token}")
        # Through the web server in front of us everybody comes from this machine; most of them say so.
        forwarded = any(h in request.headers for h in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"))
        return request.remote in ("127.0.0.1", "::1") and not forwarded

    # Files ------------------------------------------------------------------------------------

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A page that offers the file; or, asked for by the page, the file itself, once.

        The page stands between since messengers look at every address in a message to show a preview: a look must
        not use the link up. A picture has no page: the messenger itself fetches it.
        """
        secret, visitor = request.match_info["secret"], request.cookies.get(_VISITOR, "")
        async with self._db.reading() as tx:
            look = await links.look(tx, secret, visitor, self._now())
        if look is None:
            return self._page(404, "zalo-web-unknown-title", "zalo-web-unknown")
        if not look.open:
            return self._page(410, "zalo-web-gone-title", "zalo-web-gone")
        if request.method == "HEAD":
            return web.Response(headers=_PRIVATE)
        if not look.picture and "lay" not in request.query:
            return self._offer(look, visitor)
        link = await self._db.transact(lambda tx: links.use(tx, secret, visitor, self._now()))
        if link is None or not link.open:
            return self._page(410, "zalo-web-gone-title", "zalo-web-gone")
        return await self._fetch(link, secret)

    def _offer(self, link: links.Link, visitor: str) -> web.Response:
        locale = link.attachment.get("locale", DEFAULT)
        until = calendar.from_utc(link.expires_at).astimezone(self._zone)
        said = f"{until:%H:%M} {calendar.day(self._texts, locale, until.date())}"
        button = f'<p><a class="button" href="?lay=1">{self._texts.say(locale, "zalo-web-get")}</a></p>'
        title, text = (
            self._texts.say(locale, "zalo-web-title"),
            self._texts.say(locale, "zalo-web-ready", until=said),
        )
        page = _html(200, locale, title, f"<p>{text}</p>{button}")
        if not visitor:
            page.set_cookie(_VISITOR, secrets.token_urlsafe(12), path="/file/", httponly=True, samesite="Lax")
        return page

    async def _fetch(self, link: links.Link, secret: str) -> web.Response:
        try:
            async with self._making:
                name, content = await self._makers[link.attachment["maker"]](self._db, link.attachment)
        except Exception as error:
            if type(error) is LookupError:  # whose file it was speaks through the chat no more
                return self._page(410, "zalo-web-gone-title", "zalo-web-gone")
            # The message of an exception may hold what is in the file, so only its kind is logged.
            _log.error("a file cannot be made (%s)", type(error).__name__)
            await self._db.transact(lambda tx: links.give_back(tx, secret))
            return self._page(503, "zalo-web-failed-title", "zalo-web-failed")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        shown = "inline" if link.picture else "attachment"
        ascii_name = "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "_" for c in name)
        headers = _PRIVATE | {
            "Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            "Content-Disposition": f"{shown}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}",
        }
        return web.Response(body=content, headers=headers)

    def _page(self, status: int, heading: str, key: str) -> web.Response:
        title, text = self._texts.say(DEFAULT, heading), self._texts.say(DEFAULT, key)
        return _html(status, DEFAULT, title, f"<p>{text}</p>")


_PRIVATE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#222}"
    "h1{font-size:1.3rem}.button{display:inline-block;padding:.8rem 1.4rem;border-radius:.5rem;"
    "background:#0068ff;color:#fff;text-decoration:none}"
)


def _html(status: int, locale: str, title: str, body: str) -> web.Response:
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
    text = (
        f'<!doctype html><html lang="{escape(locale)}">{head}<title>{title}</title><style>{_STYLE}</style>'
        f"<h1>{title}</h1>{body}"
    )
    policy = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return web.Response(status=status, text=text, content_type="text/html", headers=_PRIVATE | policy)


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


def _telegram(event: Any) -> Incoming | None:
    return update.read(event) if isinstance(event, dict) else None
