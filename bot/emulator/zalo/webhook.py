"""Delivery of one bot's updates to its webhook, and the calls that try it out."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import aiohttp

from bot.emulator.zalo import errors
from bot.emulator.zalo.errors import Json, bad_request
from bot.emulator.zalo.queue import UpdateQueue
from bot.emulator.zalo.records import Event
from bot.emulator.zalo.settings import Settings

SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
SAMPLE = {"event_name": "webhook.verify"}
HINTS = {
    "webhook.ok": "",
    "webhook.http.403": "The server answered 403: check its firewall",
    "webhook.http.404": "The server answered 404: check the path",
    "webhook.http.5xx": "The server failed: check its log",
    "webhook.http.other": "The server should answer 200",
    "webhook.err.tls": "The certificate is not valid",
    "webhook.err.dns": "The name was not found",
    "webhook.err.timeout": "The server did not answer in time",
    "webhook.err.conn": "The connection was refused",
    "webhook.err.other": "The request failed",
}


class Webhook:
    """Where a bot's updates are sent to, if anywhere."""

    def __init__(self, queue: UpdateQueue, settings: Settings, clock: Callable[[], float]) -> None:
        self.url = ""
        self.updated_at = 0  # milliseconds; 0: never had one
        self.on_lost: Callable[[Event], None] = lambda _: None
        self.on_handed: Callable[[Event], None] = lambda _: None
        self._secret = ""
        self._queue = queue
        self._settings = settings
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._calls: dict[str, int] = {}

    async def set(self, url: str, secret: str) -> Json:
        """Deliver there from now on, even if it does not answer."""
        self._count()
        check_address(url, local=self._settings.allow_local_webhook, https=True)
        if not 8 <= len(secret) <= 256:
            raise bad_request("The secret_token must be between 8 and 256 characters")
        await self._halt()
        self._queue.pushed = True
        self.url, self._secret = url, secret
        self._touch()
        verification = await self._try()
        self._task = asyncio.create_task(self._deliver(url, secret))
        return {**self.info(), "verification": verification}

    async def delete(self) -> Json:
        """Deliver no more; polls get the updates again."""
        await self.stop()
        self.url = ""
        self._touch()
        return self.info()

    async def test(self) -> Json:
        """Call the address that is set."""
        self._count()
        if not self.url:
            raise errors.not_found()
        return await self._try()

    def info(self) -> Json:
        """The address and when it was last set or deleted; 404 when there never was one."""
        if not self.updated_at:
            raise errors.not_found()
        return {"url": self.url, "updated_at": self.updated_at}

    async def stop(self) -> None:
        """End the deliveries; what was under way goes back into the queue."""
        await self._halt()
        self._queue.pushed = False
        self._queue.serve()

    async def _halt(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def _touch(self) -> None:
        self.updated_at = int(self._clock() * 1000)

    def _count(self) -> None:
        """One of the day's calls for setting up and trying out."""
        day, most = time.strftime("%Y-%m-%d", time.gmtime(self._clock())), self._settings.webhook_calls_per_day
        if most is not None and self._calls.get(day, 0) >= most:
            raise errors.too_many_setups()
        self._calls[day] = self._calls.get(day, 0) + 1

    # -- calls

    async def _try(self) -> Json:
        """The probe: `{ok, url, outcome, status_code?, latency_ms, hint}`."""
        body = b"" if self._settings.empty_probe else json.dumps(SAMPLE).encode()
        status, started = None, time.monotonic()
        try:
            async with aiohttp.ClientSession() as session:
                status = await self._post(session, self.url, self._secret, body)
            outcome = _outcome(status)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            outcome = _failure(error)
        result: Json = {"ok": outcome == "webhook.ok", "url": self.url, "outcome": outcome}
        if status is not None:
            result["status_code"] = status
        latency = round((time.monotonic() - started) * 1000)
        return {**result, "latency_ms": latency, "hint": HINTS[outcome]}

    async def _deliver(self, url: str, secret: str) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                event = await self._queue.push()
                try:
                    await self._hand_over(session, url, secret, event)
                except asyncio.CancelledError:
                    self._queue.put_back(event)
                    raise

    async def _hand_over(self, session: aiohttp.ClientSession, url: str, secret: str, event: Event) -> None:
        settings = self._settings
        self.on_handed(event)
        if event.lose:
            self.on_lost(event)
            return
        wrapped = event.body if settings.flat_webhook else {"ok": True, "result": event.body}
        body = json.dumps(wrapped, ensure_ascii=False).encode()
        arrived = False
        for _ in range(max(settings.webhook_copies, event.copies)):
            while not (taken := await self._taken(session, url, secret, body)) and settings.redeliver:  # noqa: ASYNC110
                await asyncio.sleep(settings.redeliver_seconds)
            arrived = arrived or taken
        if not arrived:
            self.on_lost(event)

    async def _taken(self, session: aiohttp.ClientSession, url: str, secret: str, body: bytes) -> bool:
        try:
            return 200 <= await self._post(session, url, secret, body) < 300
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False

    async def _post(self, session: aiohttp.ClientSession, url: str, secret: str, body: bytes) -> int:
        headers = {SECRET_HEADER: secret, "Content-Type": "application/json", "User-Agent": "Java/17 (pretend Zalo)"}
        timeout = aiohttp.ClientTimeout(total=self._settings.webhook_timeout)
        async with session.post(url, data=body, headers=headers, timeout=timeout, allow_redirects=False) as answer:
            return answer.status


def check_address(url: str, *, local: bool, https: bool = False) -> None:
    """Refuse what Zalo's servers would not reach: other schemes, and private addresses unless allowed."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise bad_request("The URL is invalid") from None
    if parts.scheme not in ("http", "https") or not host:
        raise bad_request("The URL is invalid")
    if is_local(host):
        if not local:
            raise bad_request("The URL must be public")
    elif https and parts.scheme != "https":
        raise bad_request("The URL must begin with https")


def is_local(host: str) -> bool:
    """Whether a host is on this machine or in a private network."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _outcome(status: int) -> str:
    if 200 <= status < 300:
        return "webhook.ok"
    if status in (403, 404):
        return f"webhook.http.{status}"
    return "webhook.http.5xx" if status >= 500 else "webhook.http.other"


def _failure(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "webhook.err.timeout"
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return "webhook.err.tls"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "webhook.err.dns"
    return "webhook.err.conn" if isinstance(error, OSError) else "webhook.err.other"
