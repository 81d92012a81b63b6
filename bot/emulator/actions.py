"""What a page or another process may do to the phones: a table of names, one JSON object each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.emulator.contents import CONTENTS
from bot.emulator.errors import Json
from bot.emulator.group import Group
from bot.emulator.links import bot_link
from bot.emulator.params import Upload
from bot.emulator.phone import Phone, Screen
from bot.emulator.shapes import document_json, photo_sizes

if TYPE_CHECKING:
    from bot.emulator.emulator import Emulator

Action = Callable[["Emulator", Json], Any]
ACTIONS: dict[str, Action] = {}


def act(emulator: Emulator, asked: Json) -> Any:
    """Do what is asked; LookupError, ValueError or RuntimeError say what is wrong with it."""
    action = ACTIONS.get(str(asked.get("action")))
    if action is None:
        raise LookupError(f"no such action; there are: {', '.join(sorted(ACTIONS))}")
    return action(emulator, asked)


def _action(function: Action) -> Action:
    ACTIONS[function.__name__.rstrip("_")] = function
    return function


def _screen(emulator: Emulator, asked: Json) -> Screen:
    return emulator.screens[int(asked["chat"])]


def _phone(emulator: Emulator, number: Any) -> Phone:
    screen = emulator.screens[int(number)]
    if not isinstance(screen, Phone):
        raise LookupError(f"{number} is no phone")
    return screen


def _group(emulator: Emulator, asked: Json) -> Group:
    screen = _screen(emulator, asked)
    if not isinstance(screen, Group):
        raise LookupError(f"{asked['chat']} is no group")
    return screen


def _actor(emulator: Emulator, asked: Json) -> Phone:
    """Who does it: the phone's owner, or the member of a group named by `by`."""
    return _phone(emulator, asked.get("by") or asked["chat"])


def _post(emulator: Emulator, asked: Json, content: Json) -> Json:
    reply_to = int(asked["reply_to"]) if asked.get("reply_to") else None
    screen, actor = _screen(emulator, asked), _actor(emulator, asked)
    if screen is actor:
        return actor.say(content, reply_to).data
    return screen.post_by(actor.user, content, reply_to).data


@_action
def phone(emulator: Emulator, asked: Json) -> Json:
    """A new phone."""
    added = emulator.phone(
        int(asked["user_id"]) if asked.get("user_id") else None,
        str(asked.get("name") or "Người mới"),
        str(asked.get("language") or "vi"),
        phone_number=str(asked.get("phone_number") or ""),
        title=str(asked.get("title") or ""),
    )
    return {"chat": added.chat.id}


@_action
def group(emulator: Emulator, asked: Json) -> Json:
    """A new group of phones."""
    members = [_phone(emulator, number) for number in asked.get("members", [])]
    return {"chat": emulator.group(str(asked["title"]), members).chat.id}


@_action
def send(emulator: Emulator, asked: Json) -> Json:
    """Type a text."""
    return _post(emulator, asked, {"text": str(asked["text"])[:4096]})


@_action
def attach(emulator: Emulator, asked: Json) -> Json:
    """Send something of a kind that needs no choosing: voice, sticker, poll, location."""
    return _post(emulator, asked, CONTENTS[str(asked["kind"])](emulator.world))


@_action
def upload(emulator: Emulator, asked: Json) -> Json:
    """Send a file of the visitor's machine, as a picture or as a document."""
    given = asked["file"]
    if not isinstance(given, Upload):
        raise ValueError("a file is expected")
    file = emulator.world.keep_file(given.name, given.content, given.mime)
    if asked.get("kind") == "photo":
        return _post(emulator, asked, {"photo": photo_sizes(file)})
    return _post(emulator, asked, {"document": document_json(file)})


@_action
def press(emulator: Emulator, asked: Json) -> Json:
    """Press an inline button."""
    screen = _screen(emulator, asked)
    message = screen.chat.messages[int(asked["message"])]
    pressed = screen.press_by(_actor(emulator, asked).user, message, int(asked["row"]), int(asked["column"]))
    return {"url": pressed} if isinstance(pressed, str) else {}


@_action
def key(emulator: Emulator, asked: Json) -> Json:
    """Press a button of the reply keyboard."""
    screen = _screen(emulator, asked)
    if isinstance(screen, Phone):
        screen.press_key(str(asked["text"]))
        return {}
    return _post(emulator, asked, {"text": str(asked["text"])})


@_action
def contact(emulator: Emulator, asked: Json) -> Json:
    """Share one's own contact."""
    return _actor(emulator, asked).share_contact(asked.get("phone_number")).data


@_action
def edit(emulator: Emulator, asked: Json) -> Json:
    """Correct a text of one's own."""
    screen = _screen(emulator, asked)
    message = screen.chat.messages[int(asked["message"])]
    if message.sender_id != _actor(emulator, asked).user_id:
        raise ValueError("not their own message")
    emulator.world.correct(screen.chat, message, str(asked["text"]))
    return message.data


@_action
def block(emulator: Emulator, asked: Json) -> None:
    """Stop the bot."""
    _actor(emulator, asked).block()


@_action
def unblock(emulator: Emulator, asked: Json) -> None:
    """Let it speak again, and press START as Telegram does then."""
    actor = _actor(emulator, asked)
    actor.unblock()
    actor.start()


@_action
def owner(emulator: Emulator, asked: Json) -> None:
    """Another name or number for a phone's owner."""
    actor = _actor(emulator, asked)
    actor.user.first_name = str(asked.get("name") or actor.user.first_name)
    actor.user.phone_number = str(asked.get("phone_number") or "")
    emulator.world.changed("chat", actor.chat.id)


@_action
def open_(emulator: Emulator, asked: Json) -> Json:
    """Open a link or a code: a start link starts the bot in this phone, a group link asks for a group."""
    given = str(asked["link"]).strip()
    link = bot_link(given, emulator.world.bot.username) if "/" in given else None
    if link is not None and link.kind == "startgroup":
        return {"startgroup": link.code}
    code = link.code if link is not None else given.removeprefix("/start").strip()
    return _actor(emulator, asked).start(code).data


@_action
def add_bot(emulator: Emulator, asked: Json) -> Json:
    """Add the bot to a group, new or known, as a `startgroup` link does."""
    actor = _phone(emulator, asked["by"])
    chosen = _group(emulator, asked) if asked.get("chat") else emulator.group(str(asked["title"]), [actor])
    if actor.user_id not in chosen.chat.members:
        chosen.add(actor)
    chosen.add_bot(actor, asked.get("code"))
    return {"chat": chosen.chat.id}


@_action
def remove_bot(emulator: Emulator, asked: Json) -> None:
    """Throw the bot out of a group."""
    _group(emulator, asked).remove_bot(_phone(emulator, asked["by"]))


@_action
def add_member(emulator: Emulator, asked: Json) -> None:
    """Let a phone's owner into a group."""
    _group(emulator, asked).add(_phone(emulator, asked["member"]))


@_action
def storm(emulator: Emulator, asked: Json) -> int:
    """Many texts at once: pairs of user id and text."""
    return emulator.storm((int(number), str(text)) for number, text in asked["texts"])


@_action
def inject(emulator: Emulator, asked: Json) -> int:
    """Raw updates, without ids."""
    return emulator.inject(asked["updates"])


@_action
def statistics(emulator: Emulator, _: Json) -> Json:
    """What the bot did so far."""
    return {
        "counts": dict(emulator.counts),
        "refusals": emulator.refusals,
        "pending": len(emulator.world.updates),
    }
