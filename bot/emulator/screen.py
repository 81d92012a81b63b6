"""What a screen shows of a message: the view that tests and the page read."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from bot.emulator.errors import Json
from bot.emulator.records import Chat, File, Message
from bot.emulator.world import World

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


class Document(NamedTuple):
    """A file in a message."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on a screen, as it stood when it was looked at."""

    id: int
    text: str  # or the caption
    html: str
    entities: list[Json]
    buttons: list[list[str]]
    reply_keyboard: list[list[str]]
    removes_keyboard: bool
    from_bot: bool
    sender: str
    edited: bool
    document: Document | None
    photo: Document | None
    data: Json  # the whole Bot API message

    @property
    def labels(self) -> list[str]:
        """All inline button labels, row after row."""
        return [label for row in self.buttons for label in row]


def show(world: World, message: Message) -> Shown:
    """How a message looks."""
    data = message.data
    text = data.get("text") or data.get("caption", "")
    entities = data.get("entities") or data.get("caption_entities", [])
    markup = message.reply_markup or {}
    photo = data.get("photo")
    return Shown(
        id=message.id,
        text=text,
        html=to_html(text, entities),
        entities=entities,
        buttons=[[button["text"] for button in row] for row in message.buttons()],
        reply_keyboard=[[button["text"] for button in row] for row in markup.get("keyboard", [])],
        removes_keyboard=bool(markup.get("remove_keyboard")),
        from_bot=message.sender_id == world.bot.id,
        sender=data["from"]["first_name"],
        edited="edit_date" in data,
        document=_document(world.files.get(data.get("document", {}).get("file_id", ""))),
        photo=_document(world.files.get(photo[-1]["file_id"])) if photo else None,
        data=data,
    )


def show_all(world: World, chat: Chat) -> list[Shown]:
    """A whole chat, oldest first."""
    return [show(world, message) for message in chat.messages.values()]


def to_html(text: str, entities: list[Json]) -> str:
    """A text with its entities as Telegram HTML; what Telegram found by itself stays plain."""
    units = text.encode("utf-16-le", "surrogatepass")
    starts: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for entity in entities:
        if (tags := _tags(entity)) is not None:
            start, stop = entity["offset"], entity["offset"] + entity["length"]
            starts.setdefault(start, []).append(tags[0])
            ends.setdefault(stop, []).insert(0, tags[1])
    pieces, last = [], 0
    for place in sorted({*starts, *ends, len(units) // 2}):
        pieces.append(escape(units[last * 2 : place * 2].decode("utf-16-le", "surrogatepass"), quote=False))
        pieces.extend(ends.get(place, []))
        pieces.extend(starts.get(place, []))
        last = place
    return "".join(pieces)


def _tags(entity: Json) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "pre" and "language" in entity:
        return f'<pre><code class="language-{escape(entity["language"])}">', "</code></pre>"
    tag = _TAGS.get(kind)
    return (f"<{tag}>", f"</{tag}>") if tag else None


def _document(file: File | None) -> Document | None:
    return Document(file.name, file.content, file.mime) if file else None
