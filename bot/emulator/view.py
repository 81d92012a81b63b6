"""What the page is told: screens and messages as plain JSON, with nothing for it to work out."""

from __future__ import annotations

import time

from bot.emulator.errors import Json
from bot.emulator.group import Group
from bot.emulator.phone import Phone, Screen
from bot.emulator.records import File, Message, Toast, User
from bot.emulator.world import World

MESSENGER = "telegram"


def screen_json(screen: Screen) -> Json:
    """A phone or a group with everything on it."""
    messages = [message_json(screen.world, message) for message in screen.chat.messages.values()]
    return {**frame_json(screen), "messages": messages}


def frame_json(screen: Screen) -> Json:
    """A screen without its messages: what changes seldom."""
    world, chat = screen.world, screen.chat
    people = _people(screen)
    return {
        "id": chat.id,
        "messenger": MESSENGER,
        "kind": "private" if chat.private else "group",
        "title": screen.title,
        "status": chat.bot_status,
        "people": [_person_json(user) for user in people],
        "keyboard": chat.keyboard,
        "commands": world.profile.commands_for(chat, people[0]) if people else [],
        "description": world.profile.descriptions.get("vi") or world.profile.descriptions.get(""),
        "typing": max(0.0, chat.typing_until - time.time()),
        "bot": {
            "id": world.bot.id,
            "name": world.profile.names.get("") or world.bot.first_name,
            "username": world.bot.username,
        },
    }


def _people(screen: Screen) -> list[User]:
    if isinstance(screen, Phone):
        return [screen.user]
    return [screen.world.users[number] for number in screen.chat.members] if isinstance(screen, Group) else []


def _person_json(user: User) -> Json:
    return {"id": user.id, "name": user.name, "phone_number": user.phone_number}


def message_json(world: World, message: Message) -> Json:
    """One message, ready to be drawn."""
    data = message.data
    shown: Json = {
        "id": message.id,
        "from_bot": message.sender_id == world.bot.id,
        "sender": {"id": message.sender_id, "name": data["from"]["first_name"]},
        "date": data["date"],
        "edited": "edit_date" in data,
        "text": data.get("text") or data.get("caption", ""),
        "entities": data.get("entities") or data.get("caption_entities", []),
        "buttons": message.buttons(),
    }
    for key in ("contact", "location"):
        if key in data:
            shown[key] = data[key]
    if "reply_to_message" in data:
        shown["reply"] = _reply_json(data["reply_to_message"])
    if "forward_origin" in data:
        shown["forwarded_from"] = data["forward_origin"]["sender_user_name"]
    return {**shown, **_attachment(world, data)}


def _attachment(world: World, data: Json) -> Json:
    if "document" in data:
        return {"document": _file_json(world.files[data["document"]["file_id"]])}
    if "photo" in data:
        return {"photo": _file_json(world.files[data["photo"][-1]["file_id"]])}
    if "voice" in data:
        return {"voice": data["voice"]["duration"]}
    if "sticker" in data:
        return {"sticker": data["sticker"]["emoji"]}
    if "poll" in data:
        return {"poll": [data["poll"]["question"], *[option["text"] for option in data["poll"]["options"]]]}
    return {"service": service} if (service := _service(data)) else {}


def _service(data: Json) -> str:
    who = data["from"]["first_name"]
    if "new_chat_members" in data:
        names = ", ".join(member["first_name"] for member in data["new_chat_members"])
        return f"{who} vào nhóm" if names == who else f"{who} thêm {names} vào nhóm"
    if "left_chat_member" in data:
        return f"{who} đưa {data['left_chat_member']['first_name']} ra khỏi nhóm"
    return ""


def _reply_json(data: Json) -> Json:
    return {"name": data["from"]["first_name"], "text": (data.get("text") or data.get("caption") or "…")[:120]}


def _file_json(file: File) -> Json:
    return {"id": file.id, "name": file.name, "size": len(file.content)}


def toast_json(toast: Toast) -> Json:
    """The answer to a press."""
    return {"user_id": toast.user_id, "text": toast.text, "alert": toast.alert, "url": toast.url}
