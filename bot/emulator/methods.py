"""Bot API methods about updates, the bot's own profile and chats."""

from __future__ import annotations

import re
from typing import Any

from bot.emulator.call import Call, method
from bot.emulator.errors import Json, bad_request, conflict
from bot.emulator.records import scope_key
from bot.emulator.shapes import member_json
from bot.emulator.updates import MAX_BATCH

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MAX_COMMANDS = 100
# The fields that PTB and aiogram insist on in a `ChatFullInfo`.
_FULL_INFO: Json = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}

# -- updates


@method("getUpdates")
async def get_updates(call: Call) -> list[Json]:
    """Long polling."""
    if call.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    updates = call.world.updates
    updates.allow(call.nested("allowed_updates") if "allowed_updates" in call.params else None)
    limit = max(1, min(MAX_BATCH, call.integer("limit", MAX_BATCH)))
    return await updates.poll(call.integer("offset", 0), limit, call.integer("timeout", 0))


@method("setWebhook")
async def set_webhook(call: Call) -> bool:
    """Deliver by webhook; an empty URL ends that."""
    url = call.string("url")
    if call.flag("drop_pending_updates"):
        call.world.updates.clear()
    if not url:
        await call.webhook.stop()
        return True
    await call.webhook.set(url, call.string("secret_token"), call.integer("max_connections", 40))
    call.world.updates.allow(call.nested("allowed_updates") if "allowed_updates" in call.params else None)
    return True


@method("deleteWebhook")
async def delete_webhook(call: Call) -> bool:
    """Back to polling."""
    await call.webhook.stop()
    if call.flag("drop_pending_updates"):
        call.world.updates.clear()
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    """How delivery goes."""
    return call.webhook.info()


# -- the bot itself


@method("getMe")
def get_me(call: Call) -> Json:
    """Who the bot is."""
    return {
        **call.world.bot.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": call.world.reads_all_group_messages,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def _scope(call: Call) -> str:
    scope: Any = call.nested("scope") or {"type": "default"}
    if "chat_id" in scope:
        scope = {**scope, "chat_id": call.world.reachable(int(scope["chat_id"])).id}
    return scope_key(scope)


@method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    """The command menu for a scope and a language."""
    commands = call.nested("commands") or []
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.profile.commands[_scope(call), call.language()] = commands
    call.world.changed("profile", 0)
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> list[Json]:
    """The menu of just this scope and language."""
    return call.world.profile.commands.get((_scope(call), call.language()), [])


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    """Back to the wider scope's menu."""
    call.world.profile.commands.pop((_scope(call), call.language()), None)
    call.world.changed("profile", 0)
    return True


def _register_profile(suffix: str, field: str, store: str, longest: int, fallback: str = "") -> None:
    """A pair setMy…/getMy…: one text for each language."""

    @method(f"setMy{suffix}")
    def set_it(call: Call) -> bool:
        texts: dict[str, str] = getattr(call.world.profile, store)
        text = call.string(field, longest, f"{field} is too long")
        if text:
            texts[call.language()] = text
        else:
            texts.pop(call.language(), None)
        call.world.changed("profile", 0)
        return True

    @method(f"getMy{suffix}")
    def get_it(call: Call) -> Json:
        texts: dict[str, str] = getattr(call.world.profile, store)
        default = call.world.bot.first_name if field == "name" else ""
        return {field: texts.get(call.language()) or texts.get("") or default}


_register_profile("Name", "name", "names", 64)
_register_profile("Description", "description", "descriptions", 512)
_register_profile("ShortDescription", "short_description", "short_descriptions", 120)


# -- chats


@method("getChat")
def get_chat(call: Call) -> Json:
    """All about a chat."""
    return {**call.chat().json(), **_FULL_INFO}


@method("getChatMember")
def get_chat_member(call: Call) -> Json:
    """What somebody is in a chat."""
    chat = call.chat()
    user = call.world.users.get(call.integer("user_id"))
    if user is None:
        raise bad_request("member not found")
    if user is call.world.bot:
        return member_json(user, chat.bot_status)
    default = "member" if user.id == chat.id else "left"
    return member_json(user, chat.members.get(user.id, default))


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> list[Json]:
    """Who runs a group."""
    chat = call.chat()
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    world = call.world
    return [
        member_json(world.users[number], status)
        for number, status in chat.members.items()
        if status in ("creator", "administrator")
    ]


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> int:
    """How many are in a chat, the bot among them."""
    chat = call.chat()
    return 2 if chat.private else 1 + sum(status != "left" for status in chat.members.values())


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    """The bot goes."""
    chat = call.chat()
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    call.world.set_bot_status(chat, call.world.bot, "left")
    return True
