"""`./run doctor zalo`: what can be tried with a real Zalo bot before launch, one line each.

What the documentation leaves open (the 51st person, redelivery, shared ids) needs people and days, and stands as a list
in docs/operations.md.
"""

from collections.abc import Callable
from typing import Any

from bot.channel import TokenRefusedError, UnsureError
from bot.settings import Settings
from bot.zalo import ZaloBot, ZaloError, session
from locales import DEFAULT, Texts

Say = Callable[..., None]
LONGEST = 2000  # characters of a message, by the documentation


async def examine(settings: Settings, texts: Texts, chat: str | None) -> int:
    """Try every bot of ZALO_TOKENS; returns 0 when all answered as documented."""

    def say(key: str, **values: Any) -> None:
        print(texts.say(DEFAULT, key, **values))

    if not settings.zalo_bots:
        say("doctor-zalo-no-token")
        return 2
    http = session()
    try:
        bots = [ZaloBot(token, settings.zalo_api, http, texts.say) for token in settings.zalo_bots]
        good = [await _examine_one(bot, chat, say) for bot in bots]
    finally:
        await http.close()
    return 0 if all(good) else 1


async def _examine_one(bot: ZaloBot, chat: str | None, say: Say) -> bool:
    try:
        me = await bot.start()
    except TokenRefusedError:
        say("doctor-zalo-refused", bot=bot.id)
        return False
    except UnsureError as error:
        say("doctor-zalo-silent", bot=bot.id, why=str(error))
        return False
    say("doctor-zalo-me", bot=bot.id, name=me.account_name)
    url = await bot.webhook()
    say("doctor-zalo-webhook" if url else "doctor-zalo-no-webhook", url=url)
    good = [
        await _expect("unknown", False, bot, "noSuchMethod", {}, say),
        await _expect("empty", False, bot, "sendMessage", {"chat_id": "", "text": "x"}, say),
    ]
    if chat is None:
        say("doctor-zalo-no-chat")
        return all(good)
    too_long, emoji = "x" * (LONGEST + 1), "😀" * (LONGEST // 2 + 1)
    good += [
        await _expect("send", True, bot, "sendMessage", {"chat_id": chat, "text": "Ghi Danh: tin thử."}, say),
        await _expect("longest", True, bot, "sendMessage", {"chat_id": chat, "text": "x" * LONGEST}, say),
        await _expect("too-long", False, bot, "sendMessage", {"chat_id": chat, "text": too_long}, say),
        # We split by UTF-16 units, the stricter reading: a refusal here says that it is the right one.
        await _expect("units", False, bot, "sendMessage", {"chat_id": chat, "text": emoji}, say),
    ]
    return all(good)


async def _expect(what: str, taken: bool, bot: ZaloBot, method: str, arguments: dict[str, Any], say: Say) -> bool:
    """One call, whether it does what the documentation says, and a line about it."""
    try:
        await bot.call(method, arguments)
        was_taken = True
    except ZaloError:
        was_taken = False
    except UnsureError as error:
        say("doctor-zalo-silent", bot=what, why=str(error))
        return False
    say("doctor-zalo-as-written" if was_taken is taken else "doctor-zalo-otherwise", what=what)
    return was_taken is taken
