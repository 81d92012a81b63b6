"""The heart: stored messages → steps → replies, in one transaction. The network is never awaited here.

Several waiting messages share one commit, each in its own savepoint. What they need is read, and what they leave is
written, in one statement each. Kill the process anywhere: what was not committed is still waiting.
"""

import asyncio
import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from json import loads
from typing import Any

from bot import match
from bot.message import PLACES, Choice, Incoming, Reply
from bot.rows import chat_of, chat_row, choices_of, dumps, reply_row
from bot.turn import OPEN, STEPS, Chat, House, Question, Step, Turn, Who, step_name, who
from locales.calendar import utc_text
from storage import audit, mail
from storage.database import Database, Tx, is_environment
from storage.fold import words

BATCH = 200
"""Messages answered in one commit at most: a second of the busiest bot, so that nobody waits for a longer batch."""

STALE_NUMBER = timedelta(hours=24)
"""A bare number typed later than this is asked again, never taken as an answer: the list may be out of mind."""

NOTICED = timedelta(days=14)
"""How long the choices of a notice can be typed; its buttons work as long as it is kept."""

LONGEST_LABEL = 40  # characters; a longer text is no choice of a notice

GROUP_EVENTS = ("joined", "left", "migrated")
"""What is heard in a group beside commands and presses; all else there is people talking to each other."""

_FAREWELLS = ("blocked", "left", "migrated")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Book:
    """Which step answers what. `commands` maps a command's name to its step; its words are the locale's `command-…`."""

    commands: Mapping[str, Step]
    arguments: frozenset[str]  # commands whose words may be followed by more
    group_commands: frozenset[str]
    events: Mapping[str, Step]  # kind of incoming, or due:what
    home: Step
    welcome: Step  # the notice, before consent
    unheard: Step
    stale: Step  # a button that can no longer be found


@dataclass
class _Batch:
    """What one commit answers."""

    rows: Sequence[Mapping[str, Any]]
    chats: dict[str, Chat]
    people_stale: bool = False
    replies: list[Reply] = field(default_factory=list)
    audits: list[audit.Entry] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)
    forgotten: list[int] = field(default_factory=list)


class Heart:
    """Takes waiting messages, oldest first, until none is left."""

    def __init__(
        self,
        db: Database,
        house: House,
        book: Book,
        now: Callable[[], datetime],
        on_replies: Callable[[], None],
    ) -> None:
        self._db, self._house, self._book, self._now, self._on_replies = db, house, book, now, on_replies
        self._commands = lru_cache(self._every_command)
        self._awake = asyncio.Event()

    async def store(self, incomings: Sequence[Incoming]) -> None:
        """Keep what came in, in one commit. When this returns it can no longer be lost."""
        if not incomings:
            return
        at = utc_text(self._now())
        rows = [
            {"channel": i.channel, "key": i.key, "chat": i.chat, "kind": i.kind, "at": at} | {"body": dumps(i.body)}
            for i in incomings
        ]
        await self._db.transact(lambda tx: mail.store(tx, rows))
        self._awake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until told to stop. A database that is full or locked is tried again, with patience."""
        pause = 0.0
        while not stop.is_set():
            self._awake.clear()  # before looking for work, or a message stored meanwhile would wait
            try:
                answered, pause = await self.answer_waiting(), 0.0
            except Exception as error:
                if not is_environment(error):
                    raise
                pause = min(5.0, pause * 2 or 0.1)
                _log.error("the database refuses (%s); trying again", type(error).__name__)
                await asyncio.sleep(pause)
                continue
            if not answered:
                await _either(self._awake, stop)

    async def answer_waiting(self) -> int:
        """Answer one batch of what waits. Returns how many messages it held."""
        count = await self._db.transact(self._answer)
        if count:
            self._on_replies()
        return count

    def stop(self) -> None:
        """Wake the loop so that it sees it should stop."""
        self._awake.set()

    async def _answer(self, tx: Tx) -> int:
        rows = await mail.waiting(tx, BATCH)
        if not rows:
            return 0
        now = self._now()
        batch = await self._load(tx, rows, utc_text(now))
        for row in rows:
            await self._take(tx, batch, row, now)
        await self._save(tx, batch, utc_text(now))
        return len(rows)

    # One turn ---------------------------------------------------------------------------------

    async def _take(self, tx: Tx, batch: _Batch, row: Mapping[str, Any], now: datetime) -> None:
        incoming = Incoming(row["channel"], row["key"], row["chat"], row["kind"], loads(row["body"]), row["id"])
        chat = batch.chats[incoming.chat]
        if batch.people_stale:
            chat.whos = None
        if incoming.kind not in _FAREWELLS:
            chat.reachable = True  # who writes can be reached, whatever a refused message once said
        before = copy(chat)
        before.carry, before.draft = dict(chat.carry), dict(chat.draft)
        turn = Turn(self._house, tx, incoming, chat, now)
        await tx.mark()
        try:
            consumed = await self._dispatch(turn)
            replies = turn.finish(incoming.id * PLACES, consumed)
        except Exception as error:
            if is_environment(error):
                raise
            await tx.undo()
            if turn.forgets:
                batch.forgotten.append(incoming.id)
            batch.chats[incoming.chat] = before
            self._apologise(batch, turn, before, error)
            return
        batch.replies += replies
        for reply in turn.replies:
            if (told := batch.chats.get(reply.chat)) is not None:
                told.last_message = reply.id
        batch.audits += turn.audits
        batch.people_stale = batch.people_stale or turn.people_changed
        if turn.forgets:
            batch.forgotten.append(incoming.id)

    def _apologise(self, batch: _Batch, turn: Turn, chat: Chat, error: Exception) -> None:
        code = f"L{turn.incoming.id}"
        where = traceback.extract_tb(error.__traceback__)[-1]
        # The message of an exception may hold what the person typed, so only its kind and its place are logged.
        _log.error("%s: %s at %s:%s", code, type(error).__name__, where.name, where.lineno)
        place = f"{type(error).__name__} {where.name}:{where.lineno}"
        batch.failed.append({"id": turn.incoming.id, "error": f"{code} {place}", "at": turn.at})
        if chat.id:
            sorry = Turn(self._house, turn.tx, turn.incoming, chat, turn.now)
            sorry.say("sorry-failed", code=code, phone=turn.programme.agency.phone)
            batch.replies += sorry.finish(turn.incoming.id * PLACES, consumed=False)

    # What was meant ---------------------------------------------------------------------------

    async def _dispatch(self, turn: Turn) -> bool:
        """Find the step that is meant and run it. True when the open question was answered."""
        if turn.incoming.kind == "due":
            what = turn.incoming.key.partition(":")[0]
            await self._book.events[f"due:{what}"](turn)
            return False
        if turn.incoming.kind == "text":
            return await self._hear_text(turn)
        if turn.incoming.kind == "press":
            return await self._press(turn)
        if turn.chat.group and turn.incoming.kind not in GROUP_EVENTS:
            return False
        question = turn.chat.question
        if turn.incoming.kind == "contact" and question and question.contact and turn.chat.step:
            return await self._run(turn, turn.chat.step, turn.chat.carry, consumed=True)
        return await self._run(turn, step_name(self._book.events[turn.incoming.kind]), {})

    async def _hear_text(self, turn: Turn) -> bool:
        if (named := match.command(turn.text)) is not None:
            return await self._command(turn, *named, slash=True)
        if turn.chat.group:
            return False  # in a group the bot speaks only when spoken to
        question, figure = turn.chat.question, match.number(turn.text)
        if figure == 0 and not _offers_zero(question):
            return await self._run(turn, step_name(self._book.home), {})
        if figure is not None and question and turn.now - question.asked_at > STALE_NUMBER:
            return turn.again("again-old-number")
        if question and (place := match.pick(turn.text, self._labels(turn, question))) is not None:
            chosen = question.choices[place]
            if chosen.firm and figure is not None:
                return turn.again("again-by-word", label=chosen.label)
            return await self._run(turn, chosen.step, chosen.carry, consumed=True)
        return await self._hear_words(turn, question)

    async def _hear_words(self, turn: Turn, question: Question | None) -> bool:
        """Words that are no choice of the open question: a command, an answer to a notice, or what was asked for."""
        if (worded := self._command_words(turn)) is not None:
            return await self._command(turn, *worded, slash=False)
        if (noticed := await self._of_notices(turn)) is not None:
            return await self._run(turn, noticed.step, noticed.carry)
        if question and turn.chat.step:
            return await self._run(turn, turn.chat.step, turn.chat.carry, consumed=True)
        return await self._run(turn, step_name(self._book.unheard), {})

    async def _command(self, turn: Turn, name: str, argument: str, *, slash: bool) -> bool:
        turn.argument = argument
        if turn.chat.group and name not in self._book.group_commands:
            return False
        found = self._book.commands.get(name)
        if found is None and slash:
            found = self._by_word(turn, name)
        return await self._run(turn, step_name(found or self._book.unheard), {})

    def _by_word(self, turn: Turn, word: str) -> Step | None:
        """`/tong_hop` and `/Lịch` mean their commands too."""
        for name, found in self._book.commands.items():
            spoken = self._house.texts.words(turn.chat.locale, f"command-{name}")
            if any(words(w).replace(" ", "") == word for w in spoken):
                return found
        return None

    def _command_words(self, turn: Turn) -> tuple[str, str] | None:
        typed = words(turn.text)
        for name, spoken in self._commands(turn.chat.locale):
            if typed == spoken:
                return name, ""
            if name in self._book.arguments and typed.startswith(f"{spoken} "):
                return name, " ".join(turn.text.split()[len(spoken.split()) :])
        return None

    def _every_command(self, locale: str) -> list[tuple[str, str]]:
        """Each command with each of its words, as they are compared."""
        say = self._house.texts.words
        return [(name, words(w)) for name in self._book.commands for w in (name, *say(locale, f"command-{name}"))]

    async def _of_notices(self, turn: Turn) -> Choice | None:
        """A notice takes nobody's question, so it is answered by the words of its choice, never by a number."""
        if len(turn.text) > LONGEST_LABEL or match.number(turn.text) is not None:
            return None
        for row in await mail.notices(turn.tx, turn.chat.id, utc_text(turn.now - NOTICED)):
            choices = choices_of(row["choices"])
            place = match.pick(turn.text, [(c.label, self._spoken(turn, c)) for c in choices])
            if place is not None:
                return choices[place]
        return None

    def _labels(self, turn: Turn, question: Question) -> list[tuple[str, tuple[str, ...]]]:
        return [(choice.label, self._spoken(turn, choice)) for choice in question.choices]

    def _spoken(self, turn: Turn, choice: Choice) -> tuple[str, ...]:
        """The words that stand for a choice."""
        keys = [choice.key] * bool(choice.key) + ["consent-word"] * choice.firm
        return tuple(word for key in keys for word in self._house.texts.words(turn.chat.locale, key))

    async def _press(self, turn: Turn) -> bool:
        message, place = turn.incoming.body.get("message"), turn.incoming.body.get("choice")
        question, consumed = turn.chat.question, False
        choices: list[Choice] = []
        if question and question.id == message:
            choices, consumed = question.choices, True
        elif isinstance(message, int) and (row := await mail.message(turn.tx, turn.chat.id, message)) is not None:
            choices = choices_of(row["choices"])
        if not isinstance(place, int) or not 0 <= place < len(choices):
            return await self._run(turn, step_name(self._book.stale), {})
        return await self._run(turn, choices[place].step, choices[place].carry, consumed=consumed)

    async def _run(self, turn: Turn, name: str, carry: dict[str, Any], *, consumed: bool = False) -> bool:
        agreed = turn.chat.consent == self._house.programme.notice.version
        if not agreed and not turn.chat.group and name not in OPEN:
            await self._book.welcome(turn)
            return False
        found = STEPS.get(name)
        if found is None:  # a step that is gone without an alias: the test of stored names forbids it
            await self._book.stale(turn)
            return False
        await found(turn, **carry)
        return consumed

    # What a batch reads and writes ------------------------------------------------------------

    async def _load(self, tx: Tx, rows: Sequence[Mapping[str, Any]], at: str) -> _Batch:
        fresh: dict[str, dict[str, Any]] = {}
        chats: dict[str, Chat] = {"": Chat("", False, "vi", "", whos=[])}
        for row in rows:
            if row["chat"] and row["chat"] not in chats:
                chats[row["chat"]] = chat_of(row)
                if row["known"] is None:
                    chat = chats[row["chat"]]
                    kind = "group" if chat.group else "private"
                    fresh[chat.id] = {
                        "id": chat.id,
                        "kind": kind,
                        "locale": chat.locale,
                        "title": chat.title,
                        "at": at,
                    }
        await mail.new_chats(tx, fresh.values())
        people: dict[str, list[Who]] = {chat: [] for chat in chats}
        if len(fresh) < len(chats) - 1:
            for row in await mail.people_of_batch(tx, rows[0]["id"], rows[-1]["id"]):
                people.setdefault(row["chat"], []).append(who(row))
        for key, chat in chats.items():
            chat.whos = people[key]
        return _Batch(rows, chats)

    async def _save(self, tx: Tx, batch: _Batch, at: str) -> None:
        await mail.save_chats(tx, [chat_row(chat, at) for chat in batch.chats.values() if chat.id])
        await mail.put(tx, [reply_row(reply, at) for reply in batch.replies])
        await mail.mark_failed(tx, batch.failed)
        await mail.blank_bodies(tx, batch.forgotten)
        await mail.mark_done(tx, batch.rows[0]["id"], batch.rows[-1]["id"], at)
        await audit.append(tx, batch.audits, at)


def _offers_zero(question: Question | None) -> bool:
    return question is not None and any(choice.label.strip() == "0" for choice in question.choices)


async def _either(awake: asyncio.Event, stop: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(awake.wait()), asyncio.ensure_future(stop.wait())]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
