"""The pretend Zalo itself, in memory and without any HTTP: its bots, their people, and what was said."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from secrets import token_hex

from bot.emulator.records import File
from bot.emulator.zalo.errors import Json, RefusalError, bad_request, quota_exceeded
from bot.emulator.zalo.queue import UpdateQueue
from bot.emulator.zalo.records import Change, Chat, Event, Handed, Kind, Lost, Message, Sent, Usage
from bot.emulator.zalo.settings import Settings
from bot.emulator.zalo.webhook import Webhook

Watcher = Callable[[Change], None]
VIETNAM = timezone(timedelta(hours=7))
TYPING_SECONDS = 5.0
EVENTS: dict[Kind, str] = {
    "text": "message.text.received",
    "photo": "message.image.received",
    "sticker": "message.sticker.received",
    "voice": "message.voice.received",
    "unsupported": "message.unsupported.received",
}


class Bot:
    """One bot of the pool: its people, its updates, its quota."""

    def __init__(self, token: str, name: str, settings: Settings, clock: Callable[[], float]) -> None:
        self.token = token
        self.id = token.partition(":")[0]
        self.name = name
        self.account_name = f"bot.{self.id[-6:]}"
        self.chats: dict[str, Chat] = {}
        self.queue = UpdateQueue()
        self.webhook = Webhook(self.queue, settings, clock)
        self.users_limit: int | None = None
        self.messages_limit: int | None = None
        self.users = 0
        self.turned_away = 0
        self.spent: Counter[str] = Counter()  # messages by month
        self.polled_at = time.monotonic()


class World:
    """Everything that several bots and their people see."""

    def __init__(self, settings: Settings, clock: Callable[[], float], record: int) -> None:
        self.settings = settings
        self.clock = clock
        self.root = ""  # where files are to be had
        self.bots: dict[str, Bot] = {}
        self.by_token: dict[str, Bot] = {}
        self.files: dict[str, File] = {}
        self.lost: list[Lost] = []
        self.handed: deque[Handed] = deque(maxlen=record)
        self.sent_log: deque[Sent] = deque(maxlen=record)
        self.keep_messages = 1000
        self._watchers: dict[tuple[str, str] | None, list[Watcher]] = {}
        self._file_ids = count(1)

    def add_bots(self, tokens: Sequence[str], names: Sequence[str]) -> None:
        """The pool."""
        for number, token in enumerate(tokens):
            name = names[number] if number < len(names) else f"Bot Thử Nghiệm {number + 1}"
            bot = Bot(token, name, self.settings, self._now)
            if not bot.id.isdigit() or bot.id in self.bots:
                raise ValueError("a token is <digits>:<secret>, and each bot has digits of its own")
            self.bots[bot.id] = self.by_token[token] = bot
            bot.webhook.on_lost = lambda event, bot=bot: self.lose(bot, event, "webhook")  # type: ignore[misc]
            bot.webhook.on_handed = lambda event, bot=bot: self.hand(bot, event, "webhook")  # type: ignore[misc]

    def _now(self) -> float:
        return self.clock()

    def milliseconds(self) -> int:
        """Now, as Zalo writes it."""
        return int(self.clock() * 1000)

    # -- who looks on

    def changed(self, kind: str, chat: Chat, message_id: str = "") -> None:
        """Tell the screens."""
        if self._watchers:
            change = Change(kind, chat.bot_id, chat.id, message_id)
            key = (chat.bot_id, chat.id)
            for watcher in (*self._watchers.get(key, ()), *self._watchers.get(None, ())):
                watcher(change)

    def watch(self, watcher: Watcher, chat: Chat | None = None) -> None:
        """Call this for every change of a chat, or of anything."""
        self._watchers.setdefault((chat.bot_id, chat.id) if chat else None, []).append(watcher)

    def unwatch(self, watcher: Watcher) -> None:
        """Call it for anything no more."""
        self._watchers[None].remove(watcher)

    # -- people

    def chat(self, bot: Bot, user_id: str, name: str) -> Chat:
        """A person's chat with a bot, new or known."""
        known = bot.chats.get(user_id)
        if known is None:
            known = bot.chats[user_id] = Chat(user_id, name, bot.id)
        return known

    def reachable(self, bot: Bot, chat_id: str) -> Chat:
        """The chat in which the bot may write, or a refusal: nobody can be written to first."""
        chat = bot.chats.get(chat_id)
        over = chat is not None and chat.met and not chat.within and self.settings.over_users
        if chat is None or not chat.met or over == "ignored":
            raise RefusalError(self.settings.unknown_chat, "The chat was not found")
        if over == "refused":
            raise quota_exceeded()
        return chat

    def meet(self, bot: Bot, chat: Chat) -> bool:
        """Somebody writes: whether they are among those whom the bot may serve."""
        if not chat.within:
            if not chat.met:
                chat.met = True
                bot.turned_away += 1
            if bot.users_limit is None or bot.users < bot.users_limit or chat.type == "GROUP":
                chat.within = True
                bot.users += chat.type == "PRIVATE"
                bot.turned_away -= 1
        return chat.within

    # -- messages

    def hear(
        self, bot: Bot, chat: Chat, message: Message, *, whole: bool = True, event: Event | None = None
    ) -> Message:
        """A message of a person, told to the bot; `whole=False` is the event without any message."""
        within = self.meet(bot, chat)
        message.data = self._event_message(chat, message)
        self._keep(chat, message)
        body: Json = {"event_name": EVENTS[message.kind]}
        if whole:
            body["message"] = message.data
        event = event or Event(body)
        event.body = body
        if within or self.settings.over_users != "ignored":
            if within and self.settings.count_inbound:
                bot.spent[self.month()] += 1
            self.queue(bot, event)
        return message

    def say(self, bot: Bot, chat: Chat, message: Message) -> Message:
        """A message of the bot, if the month has one left."""
        month, limit = self.month(), bot.messages_limit
        if limit is not None and bot.spent[month] >= limit:
            raise quota_exceeded()
        bot.spent[month] += 1
        self.sent_log.append(Sent(time.monotonic(), bot.id, chat.id, message.text or message.caption))
        if chat.within:
            chat.typing_until = 0.0
            self._keep(chat, message)
        return message

    def typing(self, chat: Chat) -> None:
        """The bot is busy in this chat."""
        chat.typing_until = time.time() + TYPING_SECONDS
        self.changed("typing", chat)

    def new_message(self, kind: Kind, *, from_bot: bool) -> Message:
        """An empty one, with its id and date."""
        return Message(token_hex(10), kind, from_bot, self.milliseconds())

    def _keep(self, chat: Chat, message: Message) -> None:
        chat.messages[message.id] = message
        if len(chat.messages) > self.keep_messages:
            del chat.messages[next(iter(chat.messages))]
        self.changed("message", chat, message.id)

    def _event_message(self, chat: Chat, message: Message) -> Json:
        data: Json = {
            "from": {"id": chat.id, "display_name": chat.name, "is_bot": False},
            "chat": {"id": chat.id, "chat_type": chat.type},
        }
        live = self.settings.media == "live"
        if message.kind == "text":
            data["text"] = message.text
        elif message.kind == "photo":
            data["photo_url" if live else "photo"] = message.url
            if message.caption:
                data["caption"] = message.caption
        elif message.kind == "sticker":
            data.update(sticker=message.sticker, url=message.url)
        elif message.kind == "voice":
            data["voice_url"] = message.url
        if live and message.kind not in ("text", "unsupported"):
            data["message_type"] = f"CHAT_{message.kind.upper()}"
        return {**data, "message_id": message.id, "date": message.date}

    # -- updates

    def queue(self, bot: Bot, event: Event) -> None:
        """Into the bot's queue, unless nobody has listened for too long."""
        patience = self.settings.offline_seconds
        nobody = not bot.queue.pushed and not bot.queue.polled
        if patience is not None and nobody and time.monotonic() - bot.polled_at > patience:
            self.lose(bot, event, "offline")
        else:
            bot.queue.put(event)

    def inject(self, bot: Bot, body: Json) -> None:
        """A ready-made event, of whatever shape; the chat in it becomes known."""
        message = body.get("message")
        if isinstance(message, dict) and isinstance(message.get("chat"), dict) and message["chat"].get("id"):
            sender = message.get("from") or {}
            chat = self.chat(bot, str(message["chat"]["id"]), str(sender.get("display_name", "")))
            if message["chat"].get("chat_type") == "GROUP":
                chat.type = "GROUP"
            if not self.meet(bot, chat) and self.settings.over_users == "ignored":
                return
        self.queue(bot, Event(body))

    def hand(self, bot: Bot, event: Event, how: str) -> None:
        """Remember that an update left the queue."""
        self.handed.append(Handed(time.monotonic(), bot.id, event.message_id, how))  # type: ignore[arg-type]

    def lose(self, bot: Bot, event: Event, how: str) -> None:
        """Remember that it reached nobody."""
        self.lost.append(Lost(bot.id, event.body, how))  # type: ignore[arg-type]

    # -- quota

    def month(self) -> str:
        """The month that messages count into."""
        return datetime.fromtimestamp(self.clock(), UTC).astimezone(VIETNAM).strftime("%Y-%m")

    def usage(self, bot: Bot) -> Usage:
        """What the bot used up this month."""
        month = self.month()
        return Usage(month, bot.spent[month], bot.messages_limit, bot.users, bot.users_limit, bot.turned_away)

    # -- files

    def keep_file(self, name: str, content: bytes, mime: str) -> File:
        """Store what was sent or fetched."""
        file = File(f"Z{next(self._file_ids):06d}", name.replace("/", "_") or "file", content, mime)
        self.files[file.id] = file
        return file

    def address(self, file: File) -> str:
        """Where anybody can get it, for a while."""
        return f"{self.root}/media/{file.id}/{file.name}"


def require_chat_id(value: object) -> str:
    """A chat's id, which is a text."""
    if value in (None, ""):
        raise bad_request("The chat_id must not be empty")
    if not isinstance(value, str):
        raise bad_request("The chat_id must be a string")
    return value
