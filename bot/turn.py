"""What a step is given: one incoming message, the transaction, and words to answer with. It cannot send.

A step is an async function of a `Turn`. It reads and writes through `turn.tx`, says and asks; what it said is
stored in the same transaction and sent by the outbox afterwards.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.message import LISTED, NOTICE, REPLY, Choice, Hints, Incoming, Reply, abilities
from locales import Html, Texts
from locales.calendar import utc_text
from storage import mail
from storage.audit import Entry
from storage.database import Tx
from storage.lanes import Lane
from storage.places import Places, PlacesCache
from storage.programme import Programme

Step = Callable[..., Awaitable[None]]
S = TypeVar("S", bound=Step)

STEPS: dict[str, Step] = {}
"""Every step by the name under which conversations and choices are stored."""

OPEN: set[str] = set()
"""Steps that may run before the notice on personal data was agreed to."""


def step_name(step: Step) -> str:
    """`handlers.enrol.confirm` is stored as `enrol.confirm`."""
    return f"{step.__module__.rpartition('.')[2]}.{step.__name__}"


def step(function: S) -> S:
    """Register a step. A renamed one keeps its old name through `alias`."""
    STEPS[step_name(function)] = function
    return function


def alias(old: str, function: Step) -> None:
    """Conversations stored under an old name go on at `function`."""
    STEPS[old] = function


def before_consent(function: S) -> S:
    """A step that may run before consent: the notice itself, help, the language."""
    OPEN.add(step_name(function))
    return function


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice before it is put into a chat's language: a locale key, or a text of its own."""

    key: str
    text: str
    step: str
    carry: dict[str, Any]
    firm: bool = False


def choice(key: str, then: Step, /, **carry: Any) -> Offer:
    """A choice whose label is the locale's."""
    return Offer(key, "", step_name(then), carry)


def firm(key: str, then: Step, /, **carry: Any) -> Offer:
    """A choice that cannot be undone: a typed digit never chooses it."""
    return Offer(key, "", step_name(then), carry, firm=True)


def item(text: str, then: Step, /, **carry: Any) -> Offer:
    """A choice whose label is data: a commune, a session."""
    return Offer("", text, step_name(then), carry)


@dataclass(frozen=True, slots=True)
class Who:
    """A person who speaks through a chat, in one seat. `seat` 0: a person without a seat."""

    person: int
    name: str
    seat: int
    post: str
    commune_id: int
    commune: str
    district_id: int
    district: str
    confirmed: bool
    claim: int


@dataclass(slots=True)
class Question:
    """The open question of a chat: the message that asked it and the choices it showed."""

    id: int
    text: str
    choices: list[Choice]
    contact: bool
    asked_at: datetime
    keep: bool = False


RESUMED = frozenset({"feedback"})
"""Drafts that outlive other conversations: a form of many questions that is gone on with later."""


@dataclass(slots=True)
class Chat:
    """Where a conversation stands. Loaded before a turn, saved after it."""

    id: str
    group: bool
    locale: str
    title: str
    reachable: bool = True
    consent: str | None = None
    question: Question | None = None
    step: str | None = None
    carry: dict[str, Any] = field(default_factory=dict)
    draft: dict[str, Any] = field(default_factory=dict)
    last_message: int | None = None
    wrong_codes: int = 0
    locked_until: str | None = None
    whos: list[Who] | None = None

    def start_draft(self, **values: Any) -> None:
        """Begin a form anew. What another form has gathered, if it can be gone on with, stays."""
        self.draft = {k: v for k, v in self.draft.items() if k in RESUMED} | values


class House:
    """What all turns share: texts, the programme, the time zone, the index of places."""

    def __init__(
        self,
        texts: Texts,
        programme: Programme,
        timezone: ZoneInfo,
        bot_link: str = "",
        *,
        board_hour: int = 7,
        retention_days: int = 90,
        pool: Sequence[Lane] = (),
    ) -> None:
        self.texts, self.programme, self.timezone = texts, programme, timezone
        self.plain_texts = texts.without_buttons()
        self.board_hour, self.retention_days = board_hour, retention_days  # the settings of these names
        self.bot_link = bot_link  # https://t.me/name, for personal links
        self.pool = tuple(pool)  # bots with limits of people and messages
        self._places = PlacesCache()

    async def places(self, tx: Tx) -> Places:
        """The index of communes, read again when an import changed them."""
        return await self._places.get(tx)


class Turn:
    """The handling of one incoming message."""

    def __init__(self, house: House, tx: Tx, incoming: Incoming, chat: Chat, now: datetime) -> None:
        self.house, self.tx, self.incoming, self.chat, self.now = house, tx, incoming, chat, now
        self.argument = ""  # what followed the command word
        self.replies: list[Reply] = []  # to other chats
        self.audits: list[Entry] = []
        self.forgets = False
        self.people_changed = False
        self.actor = f"chat:{chat.id}" if chat.id else "clock"
        self._own: Reply | None = None
        self._asked = False
        self._key_shown = chat.question is not None and chat.question.contact
        self._kept = chat.question is not None and chat.question.keep

    # Reading ----------------------------------------------------------------------------------

    @property
    def programme(self) -> Programme:
        """The programme that is run."""
        return self.house.programme

    @property
    def at(self) -> str:
        """Now, as the database keeps it."""
        return utc_text(self.now)

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(self.house.timezone).date()

    @property
    def text(self) -> str:
        """What was typed."""
        return self.incoming.text

    def words(self, key: str, /, **values: Any) -> Html:
        """A text in this chat's language and for what its messenger can show."""
        return self._words(self.chat.id, self.chat.locale, key, values)

    def _words(self, chat: str, locale: str, key: str, values: Mapping[str, Any]) -> Html:
        texts = self.house.texts if abilities(chat).buttons else self.house.plain_texts
        return texts.say(locale, key, **values)

    async def places(self) -> Places:
        """The index of communes."""
        return await self.house.places(self.tx)

    async def whos(self) -> list[Who]:
        """Who speaks through this chat."""
        if self.chat.whos is None:
            self.chat.whos = [who(row) for row in await mail.people_of(self.tx, self.chat.id)]
        return self.chat.whos

    # Answering --------------------------------------------------------------------------------

    def say(self, key: str, /, **values: Any) -> None:
        """Add a paragraph to the answer."""
        self._add(key, self.words(key, **values))

    def ask(
        self,
        key: str,
        /,
        *offers: Offer,
        hear: Step | None = None,
        carry: Mapping[str, Any] | None = None,
        contact: bool = False,
        keep: bool = False,
        **values: Any,
    ) -> None:
        """Ask: `offers` lead to their steps; anything else typed is given to `hear` with `carry`.

        contact: offer to share one's own number; it arrives at `hear` as a contact. keep: a press answers in a new
        message, for this one says what she should find again.
        """
        heard, given = step_name(hear) if hear else None, dict(carry or {})
        choices = self._fold(self._render(offers, self.chat.locale), heard, given)
        self._ask([key], self.words(key, **values), choices, contact)
        self.chat.step, self.chat.carry = heard, given
        if keep:
            self._hint(keep=True)

    def again(self, key: str, /, **values: Any) -> bool:
        """Say why, and ask the open question again. False when none is open."""
        question = self.chat.question
        if question is None:
            return False
        self.say(key, **values)
        self._ask([], question.text, question.choices, question.contact)
        return True

    def close(self) -> None:
        """Leave the conversation: nothing is asked any more, and what was gathered for it is gone."""
        self.chat.question = self.chat.step = None
        self.chat.carry = {}
        self.chat.start_draft()
        self._asked = False

    def toast(self, key: str, /, **values: Any) -> None:
        """A short word on the press itself, where the channel can."""
        self._hint(toast=str(self.words(key, **values)))

    def attach(self, maker: str, /, **given: Any) -> None:
        """A file goes with the answer, made at sending time by `maker` from what it is given."""
        self._hint(attachment={"maker": maker, "locale": self.chat.locale, **given})

    def offer_commands(self, names: Iterable[str]) -> None:
        """This chat's command menu shows these from now on, where the channel has one."""
        self._hint(commands=[[name, str(self.words(f"command-{name}"))] for name in names])

    def seal(self) -> None:
        """The answer's text is deleted as soon as it is sent."""
        self._reply().private = True

    def forget(self) -> None:
        """This incoming's content is deleted as soon as it is answered."""
        self.forgets = True

    async def tell(self, person: int, key: str, /, *offers: Offer, **values: Any) -> int:
        """A notice to a person, in the chat used last. Returns how many chats it goes to (0: unreachable)."""
        chats = await mail.chats_of(self.tx, person)
        for row in chats[:1]:
            self._tell(row["id"], row["locale"], key, offers, values)
        return len(chats[:1])

    async def tell_chat(self, chat: str, key: str, /, *offers: Offer, **values: Any) -> bool:
        """A notice to a chat. False when it cannot be reached."""
        locale = await mail.locale_of(self.tx, chat)
        if locale:
            self._tell(chat, locale, key, offers, values)
        return bool(locale)

    def audit(self, action: str, subject: str, /, **data: Any) -> None:
        """Record what was done, in the same transaction. `data`: ids and states, never names or phones."""
        self.audits.append(Entry(self.actor, action, subject, data))

    # How it is put together -------------------------------------------------------------------

    def _reply(self) -> Reply:
        if self._own is None:
            self._own = Reply(self.chat.id, "", [])
        return self._own

    def _add(self, key: str, text: str) -> None:
        reply = self._reply()
        reply.keys.append(key)
        reply.text = f"{reply.text}\n\n{text}" if reply.text else text

    def _hint(self, **changed: Any) -> None:
        reply = self._reply()
        row = {**reply.hints.row(), **changed}
        reply.hints = Hints(**row)

    def _ask(self, keys: list[str], text: str, choices: list[Choice], contact: bool) -> None:
        reply = self._reply()
        reply.question_at = len(reply.text) + 2 if reply.text else 0
        self._add("+".join(keys), text)
        reply.choices = choices
        if contact:
            self._hint(contact=True)
        self._asked = True

    def _render(self, offers: tuple[Offer, ...], locale: str) -> list[Choice]:
        say = self.house.texts.say
        return [Choice(o.text or str(say(locale, o.key)), o.step, o.carry, o.key, o.firm) for o in offers]

    def _fold(self, choices: list[Choice], hear: str | None, carry: dict[str, Any]) -> list[Choice]:
        """Where choices are numbered lines, no more than fit a page; the rest is behind the last of them."""
        if abilities(self.chat.id).buttons or len(choices) <= LISTED:
            return choices
        shown, rest = choices[: LISTED - 1], choices[LISTED - 1 :]
        behind = {"rest": [c.row() for c in rest], "hear": hear, "given": carry}
        return [*shown, Choice(str(self.words("more")), step_name(more), behind, "more")]

    def ask_rest(self, rest: list[list[Any]], hear: str | None, given: dict[str, Any]) -> None:
        """Ask the same question with the choices that did not fit the page before."""
        choices = self._fold([Choice(*row) for row in rest], hear, given)
        self._ask(["more-of"], self.words("more-of"), choices, contact=False)
        self.chat.step, self.chat.carry = hear, given

    def _tell(self, chat: str, locale: str, key: str, offers: tuple[Offer, ...], values: dict[str, Any]) -> None:
        text = self._words(chat, locale, key, values)
        self.replies.append(Reply(chat, text, [key], self._render(offers, locale), priority=NOTICE))

    def finish(self, first_id: int, consumed: bool) -> list[Reply]:
        """Number the replies and settle which question is open. Called by the heart, once.

        consumed: the incoming answered the open question, so it is open no more unless asked again.
        """
        own = self._settle_own(first_id, consumed)
        replies = [*own, *self.replies]
        for place, reply in enumerate(replies):
            reply.id = first_id + place
        return replies

    def _settle_own(self, first_id: int, consumed: bool) -> list[Reply]:
        if self._own is not None:
            self._own.priority = REPLY
        if self._asked and self._own is not None:
            text, hints = self._own.text[self._own.question_at :], self._own.hints
            self.chat.question = Question(first_id, text, self._own.choices, hints.contact, self.now, hints.keep)
        elif consumed:
            self.chat.question = self.chat.step = None
            self.chat.carry = {}
        if self._key_shown and self._own and not (self.chat.question and self.chat.question.contact):
            self._hint(clear=True)  # the key that shares her number has served
        own = self._with_press()
        if own is not None and own.text:
            self.chat.last_message = first_id
        return [own] if own is not None else []

    def _with_press(self) -> Reply | None:
        """A press is always answered, and edits its message when that is the newest of the chat."""
        if self.incoming.kind != "press":
            return self._own
        own, body = self._reply(), self.incoming.body
        own.answers = body.get("callback")
        newest = body.get("message") == self.chat.last_message and not self._kept
        if own.text and newest and not own.hints.contact and not own.hints.attachment and not own.hints.clear:
            own.edits = body.get("wire")
        return own


@step
async def more(turn: Turn, rest: list[list[Any]], hear: str | None, given: dict[str, Any]) -> None:
    """The next page of a question whose choices are numbered lines."""
    turn.ask_rest(rest, hear, given)


def who(row: Mapping[str, Any]) -> Who:
    """A row of `mail.people_of` as a `Who`."""
    commune = f"{(row['commune_type'] or '').lower()} {row['commune'] or ''}".strip()
    return Who(
        row["person"],
        row["name"],
        row["seat"] or 0,
        row["post"] or "",
        row["commune_id"] or 0,
        commune,
        row["district_id"] or 0,
        row["district"] or "",
        row["holding"] is not None,
        row["claim"] or 0,
    )
