"""What a page or another process may do to the Zalo phones: a table of names, one JSON object each."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.emulator.params import Upload
from bot.emulator.zalo.errors import Json
from bot.emulator.zalo.methods import PICTURES
from bot.emulator.zalo.phone import MESSENGER, ZaloPhone

if TYPE_CHECKING:
    from bot.emulator.zalo.emulator import ZaloEmulator

Action = Callable[["ZaloEmulator", Json], Any]
ACTIONS: dict[str, Action] = {}


def meant(asked: Json) -> bool:
    """Whether this is for Zalo: it says so, or names one of its phones."""
    return asked.get("messenger") == MESSENGER or str(asked.get("chat", "")).startswith(f"{MESSENGER}:")


def act(zalo: ZaloEmulator, asked: Json) -> Any:
    """Do what is asked; LookupError, ValueError or RuntimeError say what is wrong with it."""
    action = ACTIONS.get(str(asked.get("action")))
    if action is None:
        raise LookupError(f"no such action on Zalo; there are: {', '.join(sorted(ACTIONS))}")
    return action(zalo, asked)


def _action(function: Action) -> Action:
    ACTIONS[function.__name__] = function
    return function


def _phone(zalo: ZaloEmulator, asked: Json) -> ZaloPhone:
    return zalo.screens[str(asked["chat"])]


def _bot(asked: Json) -> str | None:
    return str(asked["bot"]) if asked.get("bot") else None


@_action
def phone(zalo: ZaloEmulator, asked: Json) -> Json:
    """A new phone, for a bot of the pool."""
    user_id = str(asked["user_id"]) if asked.get("user_id") else None
    name = str(asked.get("name") or "Người mới")
    return {"chat": zalo.phone(_bot(asked), user_id, name, title=str(asked.get("title") or "")).id}


@_action
def send(zalo: ZaloEmulator, asked: Json) -> Json:
    """Type a text."""
    return _phone(zalo, asked).send(str(asked["text"])).data


@_action
def attach(zalo: ZaloEmulator, asked: Json) -> Json:
    """Send something of a kind that needs no choosing: voice, sticker, contact."""
    its_phone, kind = _phone(zalo, asked), str(asked["kind"])
    if kind == "contact":
        return its_phone.send_unsupported(name="Danh thiếp").data
    return {"voice": its_phone.send_voice, "sticker": its_phone.send_sticker}[kind]().data


@_action
def upload(zalo: ZaloEmulator, asked: Json) -> Json:
    """Send a file of the visitor's machine: a picture arrives, anything else is unsupported."""
    given = asked["file"]
    if not isinstance(given, Upload):
        raise ValueError("a file is expected")
    if asked.get("kind") == "photo":
        mime = given.mime if given.mime in PICTURES else mimetypes.guess_type(given.name)[0]
        if mime not in PICTURES:
            raise ValueError("a picture is expected")
        return _phone(zalo, asked).send_photo(content=given.content, mime=mime).data
    return _phone(zalo, asked).send_unsupported(name=given.name, content=given.content).data


@_action
def owner(zalo: ZaloEmulator, asked: Json) -> None:
    """Another name for a phone's owner."""
    its_phone = _phone(zalo, asked)
    its_phone.rename(str(asked.get("name") or its_phone.name))


@_action
def storm(zalo: ZaloEmulator, asked: Json) -> int:
    """Many texts at once: pairs of user id and text."""
    return zalo.storm(((str(user_id), str(text)) for user_id, text in asked["texts"]), _bot(asked))


@_action
def inject(zalo: ZaloEmulator, asked: Json) -> int:
    """Raw events."""
    return zalo.inject(asked["updates"], _bot(asked))


@_action
def statistics(zalo: ZaloEmulator, _: Json) -> Json:
    """What the bots did so far."""
    return {
        "counts": dict(zalo.counts),
        "refusals": {str(code): number for code, number in zalo.refusals.items()},
        "pending": zalo.pending(),
        "lost": len(zalo.lost),
        "usage": {bot: zalo.usage(bot)._asdict() for bot in zalo.world.bots},
    }
