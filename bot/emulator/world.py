"""The pretend Telegram itself, in memory and without any HTTP: who is where, and what was said.

Everything a person or the bot can do to it is a method here; screens and tests watch its changes.
"""

from __future__ import annotations

import mimetypes
import time
from collections.abc import Callable
from itertools import count

from bot.emulator.detect import detect
from bot.emulator.errors import Json, bad_request, forbidden
from bot.emulator.limits import FloodGate, Limits
from bot.emulator.records import Change, Chat, File, Message, Profile, Query, Toast, User
from bot.emulator.shapes import member_json
from bot.emulator.updates import UpdateQueue

Watcher = Callable[[Change], None]
UNKNOWN_MIME = "application/octet-stream"
FIRST_GROUP_ID = -1001000000001
FIRST_USER_ID = 1001


class World:
    """Everything one bot and its people see."""

    def __init__(self, bot: User, limits: Limits | None, clock: Callable[[], float] = time.monotonic) -> None:
        self.bot = bot
        self.gate = FloodGate(limits, clock)
        self.updates = UpdateQueue()
        self.profile = Profile()
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.queries: dict[str, Query] = {}
        self._watchers: dict[int | None, list[Watcher]] = {}
        self.reads_all_group_messages = False
        # A storm over many chats must not fill the memory; a screen shows no more than this anyway.
        self.keep_messages = 1000
        self._file_ids = count(1)
        self._query_ids = count(1)

    def changed(self, kind: str, chat_id: int, message_id: int = 0) -> None:
        """Tell the screens."""
        if self._watchers:
            change = Change(kind, chat_id, message_id)
            for watcher in (*self._watchers.get(chat_id, ()), *self._watchers.get(None, ())):
                watcher(change)

    def watch(self, watcher: Watcher, chat_id: int | None = None) -> None:
        """Call this for every change of a chat, or of anything."""
        self._watchers.setdefault(chat_id, []).append(watcher)

    def unwatch(self, watcher: Watcher, chat_id: int | None = None) -> None:
        """Call it no more."""
        self._watchers[chat_id].remove(watcher)

    # -- people and chats

    def add_user(self, user: User) -> Chat:
        """A new person, whose private chat with the bot is empty; a known one stays as they are."""
        known = self.chats.get(user.id)
        if known is not None:
            return known
        self.users[user.id] = user
        chat = self.chats[user.id] = Chat(user.id, "private", user=user)
        return chat

    def add_group(self, title: str, *, supergroup: bool = True, chat_id: int | None = None) -> Chat:
        """A new group without members."""
        groups = sum(1 for chat in self.chats.values() if not chat.private)
        if chat_id is None:
            chat_id = FIRST_GROUP_ID - groups if supergroup else -1001 - groups
        chat = self.chats[chat_id] = Chat(chat_id, "supergroup" if supergroup else "group", title)
        return chat

    def free_user_id(self) -> int:
        """An id that nobody has."""
        return next(number for number in count(FIRST_USER_ID) if number not in self.users)

    def reachable(self, chat_id: int) -> Chat:
        """The chat in which the bot may act, or Telegram's refusal."""
        chat = self.chats.get(chat_id)
        if chat is None or not chat.bot_status:
            raise bad_request("chat not found")
        if chat.bot_status == "kicked":
            raise forbidden(
                "bot was blocked by the user" if chat.private else f"bot was kicked from the {chat.type} chat"
            )
        if chat.bot_status == "left":
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    # -- messages

    def post(self, chat: Chat, sender: User, content: Json, markup: Json | None = None) -> Message:
        """Put a message into the chat; nothing is told to the bot."""
        chat.last_id += 1
        data: Json = {
            "message_id": chat.last_id,
            "from": sender.json(),
            "chat": chat.json(),
            "date": int(time.time()),
            **content,
        }
        if markup is not None and "inline_keyboard" in markup:
            data["reply_markup"] = markup
        message = chat.messages[chat.last_id] = Message(data, markup)
        if len(chat.messages) > self.keep_messages:
            del chat.messages[next(iter(chat.messages))]
        self.changed("message", chat.id, chat.last_id)
        return message

    def say(self, chat: Chat, content: Json, markup: Json | None = None) -> Message:
        """A message of the bot."""
        chat.typing_until = 0.0
        if markup is not None and "inline_keyboard" not in markup:
            chat.keyboard = markup if "keyboard" in markup else None
        return self.post(chat, self.bot, content, markup)

    def hear(self, chat: Chat, sender: User, content: Json) -> Message:
        """A message of a person, told to the bot where it may know."""
        if chat.private and not chat.bot_status:
            chat.bot_status = "member"
        if "text" in content and (entities := detect(content["text"], [])):
            content = {**content, "entities": entities}
        message = self.post(chat, sender, content)
        if self._bot_may_see(chat, content):
            self.updates.put("message", message.data)
        return message

    def rewrite(self, chat: Chat, message: Message, changes: Json) -> Message:
        """Change a message; None takes a field away."""
        data = {**message.data, **changes, "edit_date": int(time.time())}
        message.data = {key: value for key, value in data.items() if value is not None}
        message.reply_markup = message.data.get("reply_markup")
        self.changed("edited", chat.id, message.id)
        return message

    def correct(self, chat: Chat, message: Message, text: str) -> None:
        """A person edits what they wrote."""
        self.rewrite(chat, message, {"text": text, "entities": detect(text, []) or None})
        if self._bot_may_see(chat, message.data):
            self.updates.put("edited_message", message.data)

    def delete(self, chat: Chat, message_id: int) -> None:
        """Take a message off the screen."""
        chat.messages.pop(message_id, None)
        self.changed("deleted", chat.id, message_id)

    def _bot_may_see(self, chat: Chat, content: Json) -> bool:
        """Privacy mode: in a group only commands, replies to the bot and service messages reach it."""
        if chat.private:
            return True
        if chat.bot_status not in ("member", "administrator"):
            return False
        if self.reads_all_group_messages or chat.bot_status == "administrator":
            return True
        if content.get("reply_to_message", {}).get("from", {}).get("id") == self.bot.id:
            return True
        text: str = content.get("text", "")
        return text.startswith("/") and self._command_is_ours(text.split(maxsplit=1)[0])

    def _command_is_ours(self, command: str) -> bool:
        _, _, whom = command.partition("@")
        return not whom or whom.lower() == self.bot.username.lower()

    # -- buttons

    def press(self, chat: Chat, user: User, message: Message, data: str) -> Query:
        """Somebody presses an inline button."""
        query = Query(str(next(self._query_ids)), chat.id, user.id)
        self.queries[query.id] = query
        self.updates.put(
            "callback_query",
            {
                "id": query.id,
                "from": user.json(),
                "message": message.data,
                "chat_instance": str(abs(chat.id) * 7919),
                "data": data,
            },
        )
        self.changed("pressed", chat.id)
        return query

    def answer(self, query_id: str, text: str, *, alert: bool, url: str) -> None:
        """The bot answers a press; once."""
        query = self.queries.pop(query_id, None)
        if query is None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self.chats[query.chat_id].toasts.append(Toast(query_id, query.user_id, text, alert, url))
        self.changed("toast", query.chat_id)

    # -- coming and going

    def set_bot_status(self, chat: Chat, by: User, status: str) -> None:
        """The bot is added, removed, blocked or unblocked, and learns of it."""
        old, chat.bot_status = chat.bot_status or "left", status
        self.updates.put(
            "my_chat_member",
            {
                "chat": chat.json(),
                "from": by.json(),
                "date": int(time.time()),
                "old_chat_member": member_json(self.bot, old),
                "new_chat_member": member_json(self.bot, status),
            },
        )
        self.changed("chat", chat.id)

    def service(self, chat: Chat, by: User, content: Json) -> Message:
        """A service message of a group ("... joined"), which the bot sees in any mode."""
        message = self.post(chat, by, content)
        self.updates.put("message", message.data)
        return message

    # -- files

    def keep_file(self, name: str, content: bytes, mime: str = "") -> File:
        """Store an upload."""
        if mime in ("", UNKNOWN_MIME):
            mime = mimetypes.guess_type(name)[0] or UNKNOWN_MIME
        safe = name.replace("/", "_").replace("\\", "_") or "file"
        file = File(f"F{next(self._file_ids):06d}", safe, content, mime)
        self.files[file.id] = file
        return file
