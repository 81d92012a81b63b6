"""Bot API methods that put something on the screen, change it or take it away."""

from __future__ import annotations

import time

from bot.emulator import keyboards
from bot.emulator.call import Call, method
from bot.emulator.errors import Json, bad_request
from bot.emulator.params import Upload
from bot.emulator.records import Chat, File, Message
from bot.emulator.shapes import document_json, photo_sizes, quoted

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ANSWER = 200
MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
TYPING_SECONDS = 5
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@method("sendMessage")
def send_message(call: Call) -> Json:
    """A text."""
    chat = call.chat()
    content = _text(call)
    return _send(call, chat, content)


@method("sendDocument")
def send_document(call: Call) -> Json:
    """A file."""
    chat = call.chat()
    file = _file(call, "document", MAX_FILE_BYTES)
    return _send(call, chat, {"document": document_json(file), **_caption(call)})


@method("sendPhoto")
def send_photo(call: Call) -> Json:
    """A picture."""
    chat = call.chat()
    file = _file(call, "photo", MAX_PHOTO_BYTES)
    return _send(call, chat, {"photo": photo_sizes(file), **_caption(call)})


@method("editMessageText")
def edit_message_text(call: Call) -> Json:
    """Another text in the same place."""
    chat, message = _own_message(call)
    if "text" not in message.data:
        raise bad_request("there is no text in the message to edit")
    content = {"entities": None, **_text(call)}
    return _rewrite(call, chat, message, {**content, "reply_markup": _inline(call)})


@method("editMessageCaption")
def edit_message_caption(call: Call) -> Json:
    """Another caption under the same file."""
    chat, message = _own_message(call)
    if "text" in message.data:
        raise bad_request("there is no caption in the message to edit")
    content = {"caption": None, "caption_entities": None, **_caption(call)}
    return _rewrite(call, chat, message, {**content, "reply_markup": _inline(call)})


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Json:
    """Other buttons under the same message."""
    chat, message = _own_message(call)
    return _rewrite(call, chat, message, {"reply_markup": _inline(call)})


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    """Take a message away."""
    chat = call.chat()
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    allowed = chat.private or chat.bot_status == "administrator"
    if message.sender_id != call.world.bot.id and not allowed:
        raise bad_request("message can't be deleted")
    call.world.delete(chat, message.id)
    return True


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    """ "… is typing"."""
    chat = call.chat()
    if call.string("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.typing_until = time.time() + TYPING_SECONDS
    call.world.changed("typing", chat.id)
    return True


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    """The answer to a pressed button."""
    text = call.string("text", MAX_ANSWER, "MESSAGE_TOO_LONG")
    call.world.answer(call.string("callback_query_id"), text, alert=call.flag("show_alert"), url=call.string("url"))
    return True


@method("getFile")
def get_file(call: Call) -> Json:
    """Where a file can be fetched."""
    file = call.world.files.get(call.string("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**file.json(), "file_path": file.path}


# -- what they share


def _text(call: Call) -> Json:
    text, entities = call.text("text", MAX_TEXT, "message is too long")
    if not text:
        raise bad_request("message text is empty")
    return {"text": text, "entities": entities} if entities else {"text": text}


def _caption(call: Call) -> Json:
    caption, entities = call.text("caption", MAX_CAPTION, "message caption is too long")
    content: Json = {"caption": caption} if caption else {}
    return {**content, "caption_entities": entities} if entities else content


def _send(call: Call, chat: Chat, content: Json) -> Json:
    params = call.params
    if "allow_paid_broadcast" in params:
        # Telegram would take Stars for it; nobody here may spend them.
        raise bad_request("allow_paid_broadcast is not allowed here")
    markup = keyboards.check(call.nested("reply_markup"), private=chat.private)
    if "reply_parameters" in params:
        content.update(_reply(call, chat))
    if call.flag("protect_content"):
        content["has_protected_content"] = True
    call.admit(chat)
    return call.world.say(chat, content, markup).data


def _reply(call: Call, chat: Chat) -> Json:
    wanted = call.nested("reply_parameters") or {}
    message = chat.messages.get(int(wanted.get("message_id", 0)))
    if message is not None:
        return {"reply_to_message": quoted(message)}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _inline(call: Call) -> Json | None:
    return keyboards.check_inline(call.nested("reply_markup"))


def _own_message(call: Call) -> tuple[Chat, Message]:
    """The message to edit: there, the bot's own, and not one that carries a reply keyboard."""
    chat = call.chat()
    if call.string("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    own = message.sender_id == call.world.bot.id and message.data["from"]["is_bot"]
    if not own or (message.reply_markup and "inline_keyboard" not in message.reply_markup):
        raise bad_request("message can't be edited")
    return chat, message


def _rewrite(call: Call, chat: Chat, message: Message, changes: Json) -> Json:
    if all(message.data.get(key) == value for key, value in changes.items()):
        raise bad_request(_UNCHANGED)
    call.admit(chat)
    return call.world.rewrite(chat, message, changes).data


def _file(call: Call, name: str, largest: int) -> File:
    given = call.upload(name)
    if isinstance(given, Upload):
        if len(given.content) > largest:
            raise bad_request(f"file of size {len(given.content)} bytes is too big")
        return call.world.keep_file(given.name, given.content, given.mime)
    known = call.world.files.get(given)
    if known is not None:
        return known
    if "://" in given:
        # Telegram would fetch it; the pretend one never leaves this machine.
        raise bad_request("failed to get HTTP URL content")
    raise bad_request("wrong remote file identifier specified: Wrong string length")
