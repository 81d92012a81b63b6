"""A bot on the Zalo Bot Platform: polling, the webhook's set-up, sending. Our own thin client.

How an event is read stands in `bot/zalo_event.py`, how choices become numbered lines in `bot/numbered.py`.

What Zalo does otherwise than Telegram: an answer is judged by its body, since its HTTP status means nothing; getUpdates
hands out one message and forgets it; an empty poll is the error 408. The address of a call holds the token, so no
exception of the network is let through as it is.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from json import loads
from typing import Any

import aiohttp

from bot import numbered
from bot.channel import File, LaterError, RefusedError, TokenRefusedError, UnsureError
from bot.message import REPLY, Incoming, Outgoing
from bot.zalo_event import chat_id, lane, read
from storage import links
from storage.database import is_environment

POLL_SECONDS = 10  # short: Zalo may give a message to a poll whose client has gone, and then it is lost
_OVER = 8  # seconds an answer may take beyond the poll itself
_CALL_SECONDS = 20.0
_WEBHOOK_PAUSE = 30.0  # how long to wait before looking whether a webhook is still set
_LOOK_AFTER = 60  # silent polls before looking whether somebody set one
_LONGEST_PAUSE = 600.0
_WHOLE_BOT = 3  # so many chats refused in a row: the limit is the bot's, not the chat's
_HOURS = int(links.VALID.total_seconds()) // 3600
_log = logging.getLogger(__name__)

Store = Callable[[Sequence[Incoming]], Awaitable[None]]
Say = Callable[..., str]
"""A text: language, key, values."""

Linker = Callable[[Outgoing], Awaitable[str]]
"""The address under which the attachment of a message can be fetched."""


class ZaloError(Exception):
    """Zalo says no: its code and its words."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}".strip())
        self.code, self.description = code, description


@dataclass(frozen=True, slots=True)
class Me:
    """What Zalo knows of a bot."""

    id: str
    account_name: str
    display_name: str


def session() -> aiohttp.ClientSession:
    """One for all bots of the process; opened in a running loop, closed by who opened it."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=300))


class ZaloBot:
    """One bot. Its lane is `zalo:<bot id>`; the bot id is the figures before the colon of its token."""

    def __init__(
        self, token: str, api: str, http: aiohttp.ClientSession, say: Say, linker: Linker | None = None
    ) -> None:
        self.id = token.partition(":")[0]
        self.lane = lane(self.id)
        self.me = Me(self.id, "", "")
        self.poll_seconds = POLL_SECONDS
        self.first_pause = 2.0  # after a refusal for too many messages; doubled with each that follows
        self._token, self._root, self._http = token, f"{api}/bot{token}", http
        self._say, self._linker = say, linker
        self._refused = asyncio.Event()
        self._pauses: dict[str, float] = {}  # by chat: the last wait it was given
        self._limited: set[str] = set()  # chats refused since the last message that went
        self._held_until = 0.0
        self._gone: dict[int, int] = {}  # by message: how many of its parts have gone already

    def __repr__(self) -> str:
        return f"<ZaloBot {self.lane}>"

    # Calls ------------------------------------------------------------------------------------

    async def call(
        self, method: str, arguments: Mapping[str, Any] | None = None, seconds: float = _CALL_SECONDS
    ) -> Any:
        """One call of the Bot Platform; its `result`.

        Raises:
            TokenRefusedError: the token is not known, or no more.
            ZaloError: Zalo says no.
            UnsureError: no answer, or none that can be read; whether the call was heard is unknown.
        """
        timeout = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._http.post(
                f"{self._root}/{method}", json=dict(arguments or {}), timeout=timeout, allow_redirects=False
            ) as answer:
                status, raw = answer.status, await answer.read()
        except TimeoutError:
            raise UnsureError("timeout") from None
        except (aiohttp.ClientError, OSError) as error:
            raise UnsureError(type(error).__name__) from None
        try:
            return judge(status, raw)
        except ZaloError as error:
            if error.code == 401:
                self._refused.set()
                raise TokenRefusedError(self.lane) from None
            raise ZaloError(error.code, error.description.replace(self._token, "[token]")) from None

    async def start(self) -> Me:
        """Who the bot is.

        Raises:
            TokenRefusedError: the token is wrong.
            UnsureError: Zalo does not answer.
        """
        try:
            found = await self.call("getMe")
        except ZaloError as error:
            raise UnsureError(str(error)) from None
        if isinstance(found, Mapping):
            name, shown = str(found.get("account_name") or ""), str(found.get("display_name") or "")
            self.me = Me(str(found.get("id") or self.id), name, shown)
        return self.me

    async def stop(self) -> None:
        """Nothing of its own is open: the session is shared."""

    async def until_refused(self) -> None:
        """Wait until Zalo says that it does not know the token; that always ends in the error.

        Raises:
            TokenRefusedError: it has.
        """
        await self._refused.wait()
        raise TokenRefusedError(self.lane)

    # Receiving --------------------------------------------------------------------------------

    def read(self, event: Any) -> Incoming | None:
        """An event of this bot as an incoming."""
        return read(self.id, event, (self.me.display_name, self.me.account_name))

    async def poll(self, store: Store) -> None:
        """Fetch and store for ever, one message at a time: what was handed out is nowhere but here until it is stored.

        While a webhook is set nothing is fetched, since Zalo would say nothing; it is looked for again and again.

        Raises:
            TokenRefusedError: the token was reset.
        """
        pause, silent = 0.0, _LOOK_AFTER
        while True:
            try:
                if silent >= _LOOK_AFTER:
                    await self._until_no_webhook()
                    silent = 0
                events = await self._next()
            except (UnsureError, ZaloError) as error:
                _log.info("%s: %s", self.lane, error)
                pause = min(30.0, pause * 2 or 0.2)
                await asyncio.sleep(pause)
                continue
            pause, silent = 0.0, 0 if events else silent + 1
            for event in events:
                await self._keep(store, event)

    async def _next(self) -> list[Any]:
        began = time.monotonic()
        try:
            result = await self.call("getUpdates", {"timeout": self.poll_seconds}, self.poll_seconds + _OVER)
        except ZaloError as error:
            if error.code != 408:
                raise
            result = None
        if not result:
            if time.monotonic() - began < min(1, self.poll_seconds):
                await asyncio.sleep(1)  # it did not wait as it was asked to, so we do
            return []
        return result if isinstance(result, list) else [result]

    async def _keep(self, store: Store, event: Any) -> None:
        """Store it, however long the database takes; Zalo will not tell it twice."""
        incoming, pause = self.read(event), 0.1
        while incoming is not None:
            try:
                await _to_the_end(store([incoming]))
                return
            except Exception as error:
                if not is_environment(error):
                    raise
                _log.error("%s: the database refuses a message (%s)", self.lane, type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(5.0, pause * 2)

    # The webhook ------------------------------------------------------------------------------

    async def webhook(self) -> str:
        """The address Zalo tells of messages, or empty.

        Raises:
            ZaloError, UnsureError, TokenRefusedError: see `call`.
        """
        try:
            found = await self.call("getWebhookInfo")
        except ZaloError as error:
            if error.code == 404:  # it never had one
                return ""
            raise
        return str(found.get("url") or "") if isinstance(found, Mapping) else ""

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have messages told there. Zalo counts these calls by the day, so nothing is set that stands already.

        Raises:
            UnsureError: Zalo did not take it.
            TokenRefusedError: the token is wrong.
        """
        url = f"{url}?v={sha256(secret.encode()).hexdigest()[:8]}"  # a new secret is a new address
        try:
            if await self.webhook() == url:
                return
            found = await self.call("setWebhook", {"url": url, "secret_token": secret})
        except ZaloError as error:
            raise UnsureError(str(error)) from None
        verified = found.get("verification") if isinstance(found, Mapping) else None
        if isinstance(verified, Mapping) and verified.get("ok") is False:
            _log.error("%s: Zalo cannot reach the webhook (%s)", self.lane, str(verified.get("outcome"))[:60])

    async def delete_webhook(self) -> None:
        """Messages wait for a poll again.

        Raises:
            ZaloError, UnsureError, TokenRefusedError: see `call`.
        """
        await self.call("deleteWebhook")

    async def _until_no_webhook(self) -> None:
        told = False
        while await self.webhook():
            if not told:
                _log.error("%s: a webhook is set, so nothing is polled; set ZALO_MODE=webhook or delete it", self.lane)
            told = True
            await asyncio.sleep(_WEBHOOK_PAUSE)

    # Sending ----------------------------------------------------------------------------------

    async def send(self, message: Outgoing, _: File | None) -> str:
        """See `Channel.send`. The file is not needed: it is made when its link is opened."""
        if self._refused.is_set():
            raise LaterError(_LONGEST_PAUSE)
        if (wait := self._held_until - time.monotonic()) > 0:
            raise LaterError(wait)
        try:
            wire_id = await self._deliver(message)
        except TokenRefusedError:
            raise LaterError(_LONGEST_PAUSE) from None  # a new token may come; the message waits for it
        except ZaloError as error:
            raise self._trouble(message, error) from None
        self._pauses.pop(message.chat, None)
        self._limited.clear()
        return wire_id

    async def _deliver(self, message: Outgoing, *, pictures: bool = True) -> str:
        """Call for call. Those that went are not made again when a later one fails."""
        calls, wire_id = await self._calls(message, pictures), ""
        gone = self._gone.pop(message.id, 0)
        try:
            for method, arguments in calls[gone:]:
                wire_id = _number(await self.call(method, {"chat_id": chat_id(message.chat), **arguments}))
                gone += 1
        except (UnsureError, ZaloError, TokenRefusedError) as error:
            if calls[gone][0] == "sendPhoto" and _is_about_picture(error):
                _log.warning("%s: a picture is refused (%s)", self.lane, error)
                return await self._deliver(message, pictures=False)
            if gone:
                self._gone[message.id] = gone
            raise
        return wire_id

    async def _calls(self, message: Outgoing, pictures: bool) -> list[tuple[str, dict[str, Any]]]:
        """What is said, as calls: a picture by its address, with the text where it is one; another file as a link."""
        given, note = message.hints.attachment, ""
        link = await self._linker(message) if self._linker and given else ""
        shown = bool(pictures and link and given and given.get("picture"))
        if given and not shown:
            say, locale = self._say, message.locale
            note = say(locale, "zalo-file", link=link, hours=_HOURS) if link else say(locale, "zalo-no-files")
        parts = self._render(message, note)
        texts = [("sendMessage", {"text": part}) for part in parts]
        if not shown:
            return texts
        if len(parts) == 1:
            return [("sendPhoto", {"photo": link, "caption": parts[0]})]
        return [("sendPhoto", {"photo": link}), *texts]

    def _render(self, message: Outgoing, note: str) -> list[str]:
        say, locale = self._say, message.locale
        text = "\n\n".join(filter(None, (message.text or message.hints.toast, note)))
        if message.priority != REPLY:  # it asks nothing: a number typed now answers the question that is open
            return numbered.render(text, message.choices, firm=range(len(message.choices)))
        return numbered.render(
            text,
            message.choices,
            firm=message.firm,
            word=say(locale, "zalo-firm"),
            home=say(locale, "go-home"),
            hint=say(locale, "zalo-answer"),
        )

    def _trouble(self, message: Outgoing, error: ZaloError) -> Exception:
        """What an error means for the message: never, later, or again."""
        if error.code == 429:
            return self._later(message.chat)
        if _is_about_chat(error):
            return RefusedError(str(error), gone=True)
        if error.code in (400, 413, 414):
            return RefusedError(str(error))
        return UnsureError(str(error))  # 403 is described as an internal error, 404 may be a wrong address of ours

    def _later(self, chat: str) -> LaterError:
        """Too many messages: of this chat, or, when one chat after the other is refused, of the bot."""
        pause = self._pauses[chat] = min(_LONGEST_PAUSE, self._pauses.get(chat, 0.0) * 2 or self.first_pause)
        self._limited.add(chat)
        if len(self._limited) >= _WHOLE_BOT:
            self._held_until = max(self._held_until, time.monotonic() + pause)
            _log.warning("%s: too many messages; nothing is sent for %g s", self.lane, pause)
        return LaterError(pause)


def judge(status: int, raw: bytes) -> Any:
    """The `result` of an answer, by its body, whatever its HTTP status says.

    Raises:
        ZaloError: it says no.
        UnsureError: it is no answer of the Bot Platform but of something in front of it.
    """
    try:
        body = loads(raw)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, Mapping):
        if status == 429:
            raise ZaloError(429, "")
        raise UnsureError(f"HTTP {status}")
    code = _code(body.get("error_code")) or _code(body.get("errorCode"))
    if body.get("ok") is True and not code:
        return body.get("result")
    raise ZaloError(code or (status if status >= 400 else 0), str(body.get("description") or "")[:200])


def _code(value: Any) -> int:
    if isinstance(value, bool):
        return 0
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.strip().isdecimal() else 0


def _is_about_chat(error: ZaloError) -> bool:
    """Whether it is the chat that is refused, not the message. How Zalo says so is not documented."""
    said = error.description.lower()
    about = any(word in said for word in ("chat", "user", "recipient"))
    what = ("not found", "unknown", "never", "blocked", "deactivated", "invalid chat", "chat_id is invalid")
    return error.code in (400, 403, 404) and about and any(w in said for w in what)


def _is_about_picture(error: Exception) -> bool:
    return isinstance(error, ZaloError) and error.code == 400 and not _is_about_chat(error)


def _number(result: Any) -> str:
    return str(result.get("message_id") or "") if isinstance(result, Mapping) else ""


async def _to_the_end(work: Awaitable[None]) -> None:
    """Not to be interrupted: who is told to stop in the middle stops after it."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        with suppress(Exception):
            await task
        raise
