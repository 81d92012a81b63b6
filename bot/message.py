"""The vocabulary of a message's way, as plain types. No I/O here.

A chat is addressed by one text, `channel:chat_id` (`telegram:1001`): an address, never a person.
"""

from dataclasses import dataclass, field
from typing import Any, Final, Literal

PLACES: Final = 1 << 20
"""Replies one incoming may cause; an outbox id is the incoming's id times this, plus the place of the reply."""

Kind = Literal[
    "text", "press", "contact", "file", "photo", "voice", "video", "sticker", "location", "poll", "other",
    "edited", "migrated", "joined", "left", "blocked", "unblocked", "due",
]  # fmt: skip

REPLY, NOTICE, MASS = 0, 1, 2
"""Priorities of the outbox: what answers a person goes before what is announced to many."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as a channel received it, or one thing that fell due.

    `key` makes it one: the messenger's own number, so that a repeat is ignored. `body` depends on the kind: `text`;
    for a press `message` (outbox id), `choice` (its place), `callback` and `wire_id`; for a contact `phone` and `own`;
    for what is due whatever the clock wrote. `title`, `locale` and `group` describe the chat.
    """

    channel: str
    key: str
    chat: str
    kind: Kind
    body: dict[str, Any] = field(default_factory=dict)
    id: int = 0

    @property
    def text(self) -> str:
        """What was typed, or empty."""
        return str(self.body.get("text", ""))


@dataclass(frozen=True, slots=True)
class Choice:
    """A label and the step it leads to, with what it carries. `key` names its locale entry, for its other words.

    firm: it cannot be undone, so a typed digit never chooses it; a press, its label or the word of consent does.
    """

    label: str
    step: str
    carry: dict[str, Any]
    key: str = ""
    firm: bool = False

    def row(self) -> list[Any]:
        """As it is kept with the message that shows it."""
        kept = [self.label, self.step, self.carry, self.key]
        return [*kept, True] if self.firm else kept


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a messenger can show. What it cannot is said in words instead; steps know nothing of it."""

    buttons: bool
    contact: bool
    files: bool
    groups: bool


ABILITIES: Final = {
    "telegram": Abilities(buttons=True, contact=True, files=True, groups=True),
    "zalo": Abilities(buttons=False, contact=False, files=False, groups=False),
}
LISTED: Final = 9  # numbered lines a page where there are no buttons; 0 is home


def abilities(chat: str) -> Abilities:
    """What the messenger of a chat can show."""
    return ABILITIES.get(chat.partition(":")[0], ABILITIES["telegram"])


def lane(chat: str) -> str:
    """The bot a chat belongs to: `telegram`, or `zalo:<bot>`; sends are paced and counted by lane."""
    return chat.rpartition(":")[0]


@dataclass(frozen=True, slots=True)
class Hints:
    """What a channel may do beyond text and choices, if it can.

    contact: offer to share one's own number. toast: a short word on the press itself. attachment: a file to be made at
    sending time, by name of its maker and what it is given. clear: take an offered keyboard away. commands: what this
    chat's command menu shows from now on, as pairs of name and description. keep: the message stays as it is when
    one of its choices is pressed, for it says what should be found again (the notice, what to bring).
    """

    contact: bool = False
    toast: str = ""
    attachment: dict[str, Any] | None = None
    clear: bool = False
    commands: list[list[str]] | None = None
    keep: bool = False

    def row(self) -> dict[str, Any]:
        """As it is kept: only what is said."""
        said = {
            "contact": self.contact,
            "toast": self.toast,
            "attachment": self.attachment,
            "clear": self.clear,
            "commands": self.commands,
            "keep": self.keep,
        }
        return {k: v for k, v in said.items() if v}


@dataclass(slots=True)
class Reply:
    """One message of the outbox, before it is stored."""

    chat: str
    text: str
    keys: list[str]
    choices: list[Choice] = field(default_factory=list)
    hints: Hints = field(default_factory=Hints)
    priority: int = REPLY
    edits: str | None = None
    answers: str | None = None
    private: bool = False
    question_at: int = 0  # where in the text its question begins, so that it can be asked again alone
    id: int = 0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One row of the outbox as a channel is given it to send."""

    id: int
    chat: str
    priority: int
    text: str
    choices: tuple[str, ...]
    hints: Hints
    edits: str | None
    answers: str | None
    private: bool
    attempts: int
    group: bool = False
    firm: frozenset[int] = frozenset()  # places of the choices that a digit does not choose
    question_at: int = 0  # where in the text its question begins
    locale: str = "vi"
