"""The methods of the Bot Platform: there are no others."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from bot.emulator.entities import utf16_length
from bot.emulator.records import File
from bot.emulator.zalo import errors
from bot.emulator.zalo.errors import Json, bad_request
from bot.emulator.zalo.records import Chat, Message
from bot.emulator.zalo.webhook import check_address, is_local
from bot.emulator.zalo.world import Bot, World, require_chat_id

Handler = Callable[["Call"], Any | Awaitable[Any]]
METHODS: dict[str, Handler] = {}
NOTHING: Final = object()  # a success without a result
POLL_SECONDS = 30.0
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
LARGEST_PICTURE = 10 * 1024 * 1024


class Call:
    """What a method has at hand."""

    __slots__ = ("bot", "gone", "lose_answer", "params", "world")

    def __init__(self, world: World, bot: Bot, params: Json, gone: Callable[[], bool]) -> None:
        self.world = world
        self.bot = bot
        self.params = params
        self.gone = gone  # whether the client has hung up
        self.lose_answer = False

    def text(self, name: str, *, required: bool = True) -> str:
        """A text within its limits."""
        value = self.params.get(name)
        if value in (None, "") and not required:
            return ""
        if not isinstance(value, str) or not value.strip():
            raise bad_request(f"The {name} must not be empty")
        settings = self.world.settings
        length = utf16_length(value) if settings.length == "utf16" else len(value)
        if length > settings.longest:
            raise bad_request(f"The {name} must be between 1 and {settings.longest} characters")
        return value

    def chat(self) -> Chat:
        """The chat named by `chat_id`, which has written before."""
        return self.world.reachable(self.bot, require_chat_id(self.params.get("chat_id")))

    def address(self, name: str, wrong: str) -> str:
        """A public address; files cannot be sent."""
        value = self.params.get(name)
        if not isinstance(value, str) or not value:
            raise bad_request(f"The {name} must not be empty")
        try:
            check_address(value, local=self.world.settings.allow_local_webhook)
        except errors.RefusalError:
            raise bad_request(wrong) from None
        return value

    def message(self, chat: Chat, message: Message) -> Json:
        """Send it."""
        message.data = {key: value for key, value in self.params.items() if key != "chat_id"}
        self.world.say(self.bot, chat, message)
        return {"message_id": message.id, "date": message.date}


def method(handler: Handler) -> Handler:
    """Register a function as a method; its name in capitals and small letters is the method's."""
    first, *rest = handler.__name__.split("_")
    METHODS[first + "".join(word.capitalize() for word in rest)] = handler
    return handler


@method
def get_me(call: Call) -> Json:
    """The bot itself."""
    return {
        "id": call.bot.id,
        "account_name": call.bot.account_name,
        "account_type": "BASIC",
        "can_join_groups": False,
        "display_name": call.bot.name,
    }


# -- updates


@method
async def get_updates(call: Call) -> Json:
    """One update, which is forgotten with that; the client may be gone."""
    bot, world = call.bot, call.world
    try:
        given = call.params.get("timeout")
        timeout = POLL_SECONDS if given in (None, "") else max(0.0, float(given))
    except (TypeError, ValueError):
        raise bad_request("The timeout is invalid") from None
    bot.queue.skip_gone = not world.settings.abandoned_polls_eat
    event = await bot.queue.poll(timeout, call.gone)
    bot.polled_at = time.monotonic()
    if event is None:
        if world.settings.empty_poll == "empty":
            return {}
        raise errors.timeout()
    world.hand(bot, event, "poll")
    if event.lose:
        call.lose_answer = True
    if call.lose_answer or call.gone():
        world.lose(bot, event, "poll")
    return event.body


@method
async def set_webhook(call: Call) -> Json:
    """Send updates to an address from now on."""
    url, secret = call.params.get("url"), call.params.get("secret_token")
    if not isinstance(url, str) or not url:
        raise bad_request("The url must not be empty")
    if not isinstance(secret, str):
        raise bad_request("The secret_token must not be empty")
    return await call.bot.webhook.set(url, secret)


@method
async def delete_webhook(call: Call) -> Json:
    """Back to polling."""
    return await call.bot.webhook.delete()


@method
def get_webhook_info(call: Call) -> Json:
    """The address that is set."""
    return call.bot.webhook.info()


@method
async def test_webhook(call: Call) -> Json:
    """Whether the address answers."""
    return await call.bot.webhook.test()


# -- messages


@method
def send_message(call: Call) -> Json:
    """A text; buttons and whatever else stands there is ignored, as Zalo does."""
    chat_id = require_chat_id(call.params.get("chat_id"))
    message = call.world.new_message("text", from_bot=True)
    message.text = call.text("text")
    mode = call.params.get("parse_mode")
    if mode not in (None, "", "markdown", "html"):
        raise bad_request("The parse_mode is invalid")
    return call.message(call.world.reachable(call.bot, chat_id), message)


@method
async def send_photo(call: Call) -> Json:
    """A picture by its address, which Zalo fetches once."""
    chat = call.chat()
    message = call.world.new_message("photo", from_bot=True)
    message.url = call.address("photo", "The photo URL is invalid")
    message.caption = call.text("caption", required=False)
    message.file = await _fetch(call.world, message.url)
    return call.message(chat, message)


@method
def send_sticker(call: Call) -> Json:
    """A sticker by its id."""
    chat = call.chat()
    message = call.world.new_message("sticker", from_bot=True)
    message.sticker = call.text("sticker")
    return call.message(chat, message)


@method
def send_voice(call: Call) -> Json:
    """A voice message by its address, in a private chat."""
    chat = call.chat()
    message = call.world.new_message("voice", from_bot=True)
    message.url = call.address("voice_url", "The voice URL is invalid")
    if not urlsplit(message.url).path.endswith(".aac") or chat.type == "GROUP":
        raise bad_request("The voice URL is invalid")
    return call.message(chat, message)


@method
def send_chat_action(call: Call) -> Any:
    """The bot is busy."""
    chat = call.chat()
    if call.params.get("action") not in ("typing", "upload_photo"):
        raise bad_request("The action is invalid")
    if chat.within:
        call.world.typing(chat)
    return NOTHING


async def _fetch(world: World, url: str) -> File | None:
    """The picture itself, when it lies on this machine: nothing else is reached from here."""
    if not world.settings.fetch_photos or not is_local(urlsplit(url).hostname or ""):
        return None
    wrong = bad_request("The photo URL is invalid")
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session,
            session.get(url) as answer,
        ):
            content = await answer.content.read(LARGEST_PICTURE + 1)
            while len(content) <= LARGEST_PICTURE and (more := await answer.content.read(LARGEST_PICTURE)):
                content += more
            kind = answer.content_type
            if answer.status != 200 or kind not in PICTURES or not 0 < len(content) <= LARGEST_PICTURE:
                raise wrong
    except (aiohttp.ClientError, TimeoutError, OSError):
        raise wrong from None
    return world.keep_file(f"photo.{kind.partition('/')[2]}", content, kind)
