"""Telegram's HTML: text and entities with UTF-16 offsets, or the refusal that Telegram would send.

The rules and the words of the errors follow the parser that Telegram publishes (tdlib, MessageEntity.cpp):
few tags, strict nesting, and only four named character references.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.emulator.errors import ApiError, Json, bad_request

PLAIN_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
TAGS = {*PLAIN_TAGS, "a", "span", "tg-emoji"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_MARK = re.compile("[<&]")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"""[^\s=>/"']*""")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")
_SPACE = re.compile(r"\s*")
_LINK = re.compile(r"(?:https?|tg|mailto|tel)://?\S+|[\w-]+(?:\.[\w-]+)+\S*", re.IGNORECASE)


def utf16_length(text: str) -> int:
    """How long Telegram counts a text: characters beyond the basic plane count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The visible text of Telegram HTML and its entities, or 400 "can't parse entities"."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Parser(source).parse()


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Take away the outer white space as Telegram does, moving the entities with the text."""
    stripped = text.strip()
    if len(stripped) == len(text):
        return text, entities
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(stripped)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        stop = min(end, entity["offset"] + entity["length"] - lead)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return stripped, moved


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int  # UTF-16, in the visible text
    piece: int  # index of the first piece of text inside it


class _Parser:
    """One pass over one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        source = self.source
        while (mark := _MARK.search(source, self.at)) is not None:
            self._emit(source[self.at : mark.start()])
            self.at = mark.start()
            if source[self.at] == "&":
                self._reference()
            elif source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        self._emit(source[self.at :])
        if self.open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.pieces), self.entities

    def _emit(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.length += utf16_length(text)

    def _reference(self) -> None:
        character, self.at = _decode(self.source, self.at)
        self._emit(character)

    def _start_tag(self) -> None:
        begin = self.at
        name = self._match(_NAME, begin + 1)
        if self.at == len(self.source):
            raise self._error("Unclosed start tag", begin)
        tag = name.lower()
        if tag not in TAGS:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        for attribute, value in self._attributes(tag, begin):
            argument = _argument(tag, attribute, value) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, argument, self.length, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> list[tuple[str, str]]:
        """Everything up to the closing bracket, on which the position is left."""
        found: list[tuple[str, str]] = []
        while True:
            self._match(_SPACE, self.at)
            if self._next() == ">":
                return found
            name = self._match(_ATTRIBUTE_NAME, self.at)
            if not name:
                raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
            self._match(_SPACE, self.at)
            value = ""
            if self._next() == "=":
                self._match(_SPACE, self.at + 1)
                value = self._value()
            if self._next() == "":
                raise self._error("Unclosed start tag", begin)
            found.append((name.lower(), value))

    def _value(self) -> str:
        quote = self._next()
        if quote not in ("'", '"') or not quote:
            start = self.at
            value = self._match(_BARE_VALUE, start)
            if self._next() not in (">", "") and not self._next().isspace():
                raise self._error("Unexpected end of name token", start)
            return value.lower()
        self.at += 1
        characters = []
        while self._next() not in (quote, ""):
            character, self.at = _decode(self.source, self.at)
            characters.append(character)
        self.at += 1
        return "".join(characters)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._error("Unexpected end tag", begin)
        name = self._match(_NAME, begin + 2).lower()
        self._match(_SPACE, self.at)
        if self._next() != ">":
            raise self._error("Unclosed end tag", begin)
        opened = self.open.pop()
        if name and name != opened.tag:
            found = f'expected "</{opened.tag}>", found "</{name}>"'
            raise self._error("Unmatched end tag", begin, found)
        self.at += 1
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        place = {"offset": opened.offset, "length": self.length - opened.offset}
        if opened.tag == "a":
            entity = self._link(opened, place)
        elif opened.tag == "tg-emoji":
            entity = {"type": "custom_emoji", **place, "custom_emoji_id": opened.argument}
        elif opened.tag == "span":
            entity = {"type": "spoiler", **place}
        else:
            entity = self._plain(opened, place)
        if entity is not None:
            self.entities.append(entity)

    def _plain(self, opened: _Open, place: Json) -> Json | None:
        kind = PLAIN_TAGS[opened.tag]
        if opened.tag == "blockquote" and opened.argument:
            kind = "expandable_blockquote"
        last = self.entities[-1] if self.entities else {}
        inner = {"offset": last.get("offset"), "length": last.get("length")} == place
        if opened.tag == "pre" and last.get("type") == "code" and inner:
            # <pre><code class="language-x">: one block, whose language the inner tag names.
            self.entities.pop()
            return {"type": "pre", **place, **_only("language", last.get("language"))}
        entity = {"type": kind, **place}
        if opened.tag == "code" and opened.argument and self.open and self.open[-1].tag == "pre":
            entity["language"] = opened.argument
        return entity

    def _link(self, opened: _Open, place: Json) -> Json | None:
        url = opened.argument or "".join(self.pieces[opened.piece :])
        # A mention of a user by id stays a link here: the pretend server needs no profile cards.
        return {"type": "text_link", **place, "url": _normal(url)} if _LINK.fullmatch(url) else None

    def _match(self, pattern: re.Pattern[str], start: int) -> str:
        found = pattern.match(self.source, start)
        text = found.group() if found else ""
        self.at = start + len(text)
        return text

    def _next(self) -> str:
        return self.source[self.at : self.at + 1]

    def _error(self, what: str, at: int, more: str = "") -> ApiError:
        offset = len(self.source[:at].encode("utf-8", "surrogatepass"))
        return _cannot(f"{what} at byte offset {offset}" + (f", {more}" if more else ""))


def _decode(source: str, at: int) -> tuple[str, int]:
    """The character at a place, and the place after it; what is no known reference stands for itself."""
    found = _REFERENCE.match(source, at)
    if found is None:
        return source[at], at + 1
    hexadecimal, decimal, name = found.groups()
    if name:
        return NAMED[name], found.end()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return source[at], at + 1
    return chr(code), found.end()


def _argument(tag: str, attribute: str, value: str) -> str:
    """What a tag takes from one of its attributes; the others are ignored, as Telegram does."""
    if (tag, attribute) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, attribute) == ("code", "class"):
        return value.removeprefix("language-") if value.startswith("language-") else ""
    if (tag, attribute) == ("span", "class"):
        return value.removeprefix("tg-") if value.startswith("tg-") else ""
    return "1" if (tag, attribute) == ("blockquote", "expandable") else ""


def _normal(url: str) -> str:
    """Telegram shows a bare domain as an http address and ends it with a slash."""
    url = url if ":" in url.split("/", 1)[0] else f"http://{url}"
    scheme, _, rest = url.partition("://")
    return f"{url}/" if scheme in ("http", "https") and "/" not in rest else url


def _only(key: str, value: str | None) -> Json:
    return {key: value} if value else {}


def _cannot(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
