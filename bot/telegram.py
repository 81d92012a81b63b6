"""Telegram at the edge: updates become incomings, outgoing messages become calls. python-telegram-bot carries both.

How an update is read stands in `bot/update.py`.
"""

import asyncio
import logging
import os
import warnings
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "true")  # RetryAfter.retry_after as a timedelta; numbers are deprecated

from telegram import InputFile
from telegram.constants import MessageLimit
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot import markup
from bot.channel import File, LaterError, RefusedError, TokenRefusedError, UnsureError
from bot.message import MASS, Incoming, Outgoing
from bot.request import AiohttpRequest
from bot.update import UPDATES, read
from storage.database import is_environment

# `do_api_request` returns the answer unread, which saves a seventh of the CPU of a send; PTB would have us not.
warnings.filterwarnings("ignore", message="Please use 'Bot")

_POLL_SECONDS = 25
_log = logging.getLogger(__name__)


class Telegram:
    """One bot on Telegram."""

    def __init__(self, token: str, api: str, share_label: Callable[[], str]) -> None:
        self._request = AiohttpRequest()
        self.bot: ExtBot[None] = ExtBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self._request,
            get_updates_request=AiohttpRequest(seconds=_POLL_SECONDS + 10),
        )
        self._share_label = share_label
        # How many parts of a long message have arrived: what fails then does not say them twice. Lost with the process.
        self._arrived: dict[int, int] = {}

    async def start(self, webhook: str = "", secret: str = "") -> str:
        """Connect; returns the bot's user name. With an address Telegram tells us of messages there; else we poll.

        Raises:
            TokenRefusedError: the token is wrong.
            UnsureError: Telegram does not answer.
        """
        try:
            await self.bot.initialize()
            if webhook:
                await self._call("setWebhook", {"url": webhook, "secret_token": secret, "allowed_updates": UPDATES})
            else:
                await self._call("deleteWebhook", {})
        except InvalidToken:
            raise TokenRefusedError from None
        except TelegramError as error:
            raise UnsureError(type(error).__name__) from None
        return self.bot.username

    async def stop(self) -> None:
        """Close the connections."""
        await self.bot.shutdown()

    async def _call(self, method: str, arguments: dict[str, Any], **options: Any) -> Any:
        return await self.bot.do_api_request(method, api_kwargs=arguments, **options)

    async def _post(self, method: str, arguments: dict[str, Any]) -> Any:
        """The calls that every turn makes, by the shorter way."""
        return await self._request.call(f"{self.bot.base_url}/{method}", arguments)

    async def set_commands(self, commands: list[dict[str, str]], language: str) -> None:
        """What private chats offer as commands, in a language (empty: in all others).

        Raises:
            UnsureError: Telegram did not take it.
        """
        arguments = {"commands": commands, "language_code": language, "scope": {"type": "all_private_chats"}}
        try:
            await self._call("setMyCommands", {k: v for k, v in arguments.items() if v})
        except TelegramError as error:
            raise UnsureError(type(error).__name__) from None

    # Receiving --------------------------------------------------------------------------------

    async def poll(self, store: Callable[[Sequence[Incoming]], Awaitable[None]]) -> None:
        """Fetch and store for ever. What is stored is confirmed only by the next fetch, so nothing can be lost.

        Raises:
            TokenRefusedError: the token was revoked.
        """
        offset, pause = 0, 0.0
        while True:
            try:
                updates = await self._call(
                    "getUpdates", {"offset": offset, "timeout": _POLL_SECONDS, "allowed_updates": UPDATES}
                )
            except InvalidToken:
                raise TokenRefusedError from None
            except TelegramError as error:
                if isinstance(error, Conflict):
                    _log.error("another process polls with this token")
                pause = min(10.0, pause * 2 or 0.2)
                await asyncio.sleep(error.retry_after.total_seconds() if isinstance(error, RetryAfter) else pause)  # type: ignore[union-attr]
                continue
            try:
                await store([i for u in updates if (i := read(u)) is not None])
            except Exception as error:
                if not is_environment(error):
                    raise
                _log.error("the database refuses what came in (%s); it is fetched again", type(error).__name__)
                await asyncio.sleep(1)
                continue
            pause = 0.0
            if updates:
                offset = updates[-1]["update_id"] + 1

    # Sending ----------------------------------------------------------------------------------

    async def send(self, message: Outgoing, file: File | None) -> str:
        """See `Channel.send`."""
        try:
            if message.answers is None:
                return await self._deliver(message, file)
            _, wire_id = await asyncio.gather(self._answer(message, message.answers), self._deliver(message, file))
        except RetryAfter as error:
            raise LaterError(error.retry_after.total_seconds()) from None  # type: ignore[union-attr]
        except (Forbidden, ChatMigrated) as error:
            self._arrived.pop(message.id, None)
            raise RefusedError(str(error), gone=True) from None
        except BadRequest as error:
            self._arrived.pop(message.id, None)
            raise RefusedError(str(error), gone="chat not found" in str(error).lower()) from None
        except TelegramError as error:
            raise UnsureError(type(error).__name__) from None
        return wire_id

    async def _answer(self, message: Outgoing, press: str) -> None:
        """Every press is answered, or its button would spin. One too old to be answered is nobody's loss."""
        arguments = {"callback_query_id": press}
        if message.hints.toast:
            arguments["text"] = markup.plain(message.hints.toast)[:200]
        for last in (False, True):
            try:
                await self._post("answerCallbackQuery", arguments)
            except BadRequest:
                _log.debug("a press was too old to be answered")
            except TelegramError:
                if not last:
                    continue
                if not message.text:
                    raise
                _log.debug("a press was not answered; to send its message again would say it twice")
            return

    async def _deliver(self, message: Outgoing, file: File | None) -> str:
        chat = int(message.chat.partition(":")[2])
        if message.hints.commands:
            commands = [{"command": name, "description": what} for name, what in message.hints.commands]
            await self._call("setMyCommands", {"commands": commands, "scope": {"type": "chat", "chat_id": chat}})
        if not message.text:
            return ""
        if file is not None:
            return await self._deliver_file(message, chat, file)
        if message.edits is not None and len(parts := markup.split(message.text, MessageLimit.MAX_TEXT_LENGTH)) == 1:
            edited = await self._edit(message, chat, parts[0])
            if edited:
                return edited
        if message.hints.clear and message.choices:
            # No message can take the contact key away and show buttons too: first what was said, then the question.
            said = message.text[: message.question_at].strip() or "✔"
            if not self._arrived.get(message.id):
                bare = {"reply_markup": {"remove_keyboard": True}}
                await self._post("sendMessage", {"chat_id": chat, **_text(said), **bare})
                self._arrived[message.id] = 1
            return await self._say(message, chat, message.text[message.question_at :], 1)
        return await self._say(message, chat, message.text)

    async def _say(self, message: Outgoing, chat: int, text: str, first: int = 0) -> str:
        """The parts of a text, of which the first is that many after what else the message consists of."""
        *parts, last = markup.split(text, MessageLimit.MAX_TEXT_LENGTH)
        for place, part in enumerate(parts, start=first):
            if place >= self._arrived.get(message.id, 0):
                await self._post("sendMessage", {"chat_id": chat, **_text(part), **_quiet(message)})
                self._arrived[message.id] = place + 1
        arguments = {"chat_id": chat, **_text(last), **_quiet(message), **self._keyboard(message)}
        wire_id = str((await self._post("sendMessage", arguments))["message_id"])
        self._arrived.pop(message.id, None)
        return wire_id

    async def _edit(self, message: Outgoing, chat: int, text: str) -> str:
        """The number of the edited message, or empty when it can no longer be edited."""
        number = str(message.edits)
        arguments = {"chat_id": chat, "message_id": int(number), **_text(text), **self._keyboard(message)}
        try:
            await self._post("editMessageText", arguments)
        except BadRequest as error:
            return number if "not modified" in str(error).lower() else ""
        return number

    async def _deliver_file(self, message: Outgoing, chat: int, file: File) -> str:
        method, field = ("sendPhoto", "photo") if file.picture else ("sendDocument", "document")
        await self._call("sendChatAction", {"chat_id": chat, "action": f"upload_{field}"})
        arguments = {"chat_id": chat, field: InputFile(file.content, filename=file.name, attach=False)}
        if markup.length(message.text) <= MessageLimit.CAPTION_LENGTH:
            arguments |= {"caption": message.text, "parse_mode": "HTML", **self._keyboard(message)}
            return str((await self._call(method, arguments))["message_id"])
        if not self._arrived.get(message.id):
            await self._call(method, arguments)
            self._arrived[message.id] = 1
        return await self._say(message, chat, message.text, 1)

    def _keyboard(self, message: Outgoing) -> dict[str, Any]:
        if message.hints.contact and not message.group:
            # A contact can be shared only from a reply keyboard, so the choices stand there too; a tap types them.
            keys = [[{"text": self._share_label(), "request_contact": True}]]
            keys += [[{"text": message.choices[place]} for place in row] for row in markup.rows(message.choices)]
            return {"reply_markup": {"keyboard": keys, "resize_keyboard": True, "one_time_keyboard": True}}
        if message.choices:
            rows = [
                [{"text": message.choices[place], "callback_data": f"{message.id}:{place}"} for place in row]
                for row in markup.rows(message.choices)
            ]
            return {"reply_markup": {"inline_keyboard": rows}}
        if message.hints.clear and message.edits is None:
            return {"reply_markup": {"remove_keyboard": True}}
        return {}


def _text(text: str) -> dict[str, Any]:
    return {"text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _quiet(message: Outgoing) -> dict[str, Any]:
    return {"disable_notification": True} if message.priority == MASS else {}
