"""Objects of the Bot API that are built in more than one place."""

from __future__ import annotations

from bot.emulator.errors import Json
from bot.emulator.records import File, Message, User


def member_json(user: User, status: str) -> Json:
    """A `ChatMember` with all that its status requires."""
    shown: Json = {"status": status, "user": user.json()}
    if status == "kicked":
        shown["until_date"] = 0
    elif status == "creator":
        shown["is_anonymous"] = False
    elif status == "administrator":
        shown.update(dict.fromkeys(_RIGHTS, False), can_manage_chat=True)
    return shown


_RIGHTS: tuple[str, ...] = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    # Newer than the Bot API 10.0 that the rest keeps to; aiogram's types insist on it.
    "can_send_welcome_messages",
)


def photo_sizes(file: File) -> list[Json]:
    """A `photo` of one size: nobody here looks at thumbnails."""
    width, height = _png_size(file.content) or (800, 600)
    return [{**file.json(), "width": width, "height": height}]


def _png_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def document_json(file: File) -> Json:
    """A `Document`."""
    return {**file.json(), "file_name": file.name, "mime_type": file.mime}


def quoted(message: Message) -> Json:
    """A message as it stands inside its reply: without what it replied to itself."""
    return {key: value for key, value in message.data.items() if key != "reply_to_message"}
