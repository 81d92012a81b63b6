"""Delivery of updates to a webhook: one after the other, each until it is taken."""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import suppress
from urllib.parse import urlsplit

import aiohttp

from bot.emulator.errors import Json, bad_request
from bot.emulator.updates import MAX_BATCH, UpdateQueue

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class Webhook:
    """Where updates are sent to, if anywhere."""

    def __init__(self, updates: UpdateQueue, retry_seconds: float = 0.2) -> None:
        self.url = ""
        self.max_connections = 40
        self._secret = ""
        self._updates = updates
        self._retry_seconds = retry_seconds
        self._task: asyncio.Task[None] | None = None
        self._error = ""
        self._error_at = 0

    async def set(self, url: str, secret: str, max_connections: int) -> None:
        """Deliver there from now on."""
        parts = urlsplit(url)
        # Telegram wants https; a receiver on this machine has no certificate to show.
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        await self.stop()
        self.url, self._secret, self.max_connections = url, secret, max_connections
        self._error, self._error_at = "", 0
        self._task = asyncio.create_task(self._deliver())

    async def stop(self) -> None:
        """Deliver no more; what waits stays in the queue."""
        self.url = ""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def info(self) -> Json:
        """The `WebhookInfo`."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.url:
            info["max_connections"] = self.max_connections
        if self._error:
            info.update(last_error_date=self._error_at, last_error_message=self._error)
        if self._updates.allowed:
            info["allowed_updates"] = sorted(self._updates.allowed)
        return info

    async def _deliver(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                for update in await self._updates.poll(0, MAX_BATCH, timeout=3600):
                    await self._send_until_taken(session, update)
                    self._updates.confirm(update["update_id"] + 1)

    async def _send_until_taken(self, session: aiohttp.ClientSession, update: Json) -> None:
        while not await self._taken(session, update):  # noqa: ASYNC110 - nothing here could set an event
            await asyncio.sleep(self._retry_seconds)

    async def _taken(self, session: aiohttp.ClientSession, update: Json) -> bool:
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers[SECRET_HEADER] = self._secret
        body = json.dumps(update, ensure_ascii=False).encode()
        try:
            async with session.post(self.url, data=body, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return True
                self._error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            self._error = f"Connection failed: {type(error).__name__}"
        self._error_at = int(time.time())
        return False
