"""The real bot before the pretend Telegram: the real client, real HTTP on loopback, a real database; hands that type.

Time runs `SPEED` times as fast for the pace of sending and for the emulator's flood limits, so that a conversation of
thirty messages does not take the half minute that Telegram's limits ask for.
"""

import asyncio
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from json import loads
from pathlib import Path
from typing import Any

import pytest

import bot.app
import bot.clock
import bot.outbox
from bot.app import App, Menus
from bot.emulator import Emulator, Group, Limits, Phone, Shown
from bot.markup import plain
from bot.settings import Settings
from handlers.book import BOOK, MAKERS, dues
from handlers.menu import MENU
from storage.database import Database, Tx, open_database
from storage.rights import make_code
from tests.botapi import Recorder

TOKEN = "987654321:AAE-a-token-that-must-not-be-seen-x9"
BOT = "ghidanh_thu_bot"
SPEED = 20.0
PATIENCE = 10.0
PROGRAMME = Path(__file__).parents[2] / "programmes" / "thanh-hoa-135-2020"


class FastTime:
    """Stands in for the module `time`."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._real, self._mono = time.time(), time.monotonic()

    def monotonic(self) -> float:
        return self._mono + (time.monotonic() - self._mono) * self.speed

    def time(self) -> float:
        return self._real + (time.time() - self._real) * self.speed


class _Dates:
    """Stands in for the class `datetime` where only the time is asked."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self, _: Any) -> datetime:
        return self._now()


async def until(holds: Callable[[], Any], what: object = "", timeout: float = PATIENCE) -> None:
    """Wait for something that nobody tells us of."""
    end = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < end, f"waited {timeout} s in vain: {what or holds}"
        await asyncio.sleep(0.005)


@dataclass
class Hand:
    """A person with a phone: does one thing, and looks until what is expected is there."""

    phone: Phone

    async def says(self, text: str, *parts: str, buttons: Sequence[str] | None = None) -> Shown:
        """Type, and see all of this."""
        self.phone.send(text)
        return await self.sees(*parts, buttons=buttons)

    async def presses(self, label: str, *parts: str, buttons: Sequence[str] | None = None) -> Shown:
        """Press a button, and see all of this."""
        self.phone.press(label)
        return await self.sees(*parts, buttons=buttons)

    async def shares(self, *parts: str, **contact: Any) -> Shown:
        """Share a contact, and see all of this."""
        self.phone.share_contact(**contact)
        return await self.sees(*parts)

    async def sees(self, *parts: str, buttons: Sequence[str] | None = None) -> Shown:
        """Wait until the newest answers say all of this; returns the newest."""

        def holds() -> bool:
            news = self.phone.news
            text = "\n".join(shown.text for shown in news).casefold()
            shown = bool(news) and all(part.casefold() in text for part in parts)
            return shown and (buttons is None or self.labels == list(buttons))

        try:
            await self.phone.wait(holds, PATIENCE)
        except TimeoutError as error:
            raise AssertionError(f"not seen: {parts} {buttons or ''}\n{error}") from None
        return self.phone.news[-1]

    @property
    def labels(self) -> list[str]:
        """The buttons of the newest answer, below it or in place of the keyboard."""
        newest = self.phone.news[-1]
        return newest.labels or [label for row in newest.reply_keyboard for label in row]


@dataclass
class Live:
    """One bot, one pretend Telegram, one database."""

    url: str
    emulator: Emulator
    wire: Recorder
    settings: Settings
    began: float = field(default_factory=time.monotonic)
    base: datetime = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # a Friday, 12:00 in Viet Nam
    app: App | None = None
    exact: bool = True  # every press is answered exactly once; faults may spoil that
    db: Database = field(init=False)
    _serving: "asyncio.Task[None] | None" = None

    def now(self) -> datetime:
        """The bot's time."""
        return self.base + timedelta(seconds=time.monotonic() - self.began)

    def pass_time(self, **units: float) -> None:
        """Time goes by for the bot."""
        self.base += timedelta(**units)

    # -- the bot's life

    async def open(self) -> None:
        """The database, for looking at it and for what an operator does on the command line."""
        self.db = await open_database(self.url)

    async def start(self) -> None:
        """The bot serves, and has asked for updates."""
        polls = self.emulator.counts["getUpdates"]
        self.app = App(
            self.settings, BOOK, dues(self.settings.board_hour, self.settings.retention_days), MAKERS, Menus(MENU)
        )
        await self.app.open()
        self._serving = asyncio.create_task(self.app.serve())
        await until(lambda: self.emulator.counts["getUpdates"] > polls or self._ended(), "the bot polls")

    def _ended(self) -> bool:
        """Raise what ended the bot, if it has ended."""
        if self._serving is not None and self._serving.done():
            self._serving.result()
            raise AssertionError("the bot has ended")
        return False

    async def stop(self) -> float:
        """The bot stops cleanly; returns the seconds that took."""
        if self.app is None or self._serving is None:
            return 0.0
        begin = time.monotonic()
        app, serving, self.app, self._serving = self.app, self._serving, None, None
        app.stop.set()
        try:
            await asyncio.wait_for(serving, PATIENCE)
        finally:
            await app.db.close()
        return time.monotonic() - begin

    async def close(self) -> None:
        """Everything ends, whatever went wrong before."""
        try:
            await self.stop()
        finally:
            await self.db.close()
            await self.emulator.stop()

    # -- people

    def hand(self, name: str = "Lò Thị Mai", **phone: Any) -> Hand:
        """A new person with a phone."""
        return Hand(self.emulator.phone(name=name, **phone))

    async def agreed(self, name: str = "Lò Thị Mai", **phone: Any) -> Hand:
        """Somebody who has agreed to the notice and is asked for her commune."""
        hand = self.hand(name, **phone)
        hand.phone.start()
        await hand.sees("dữ liệu cá nhân")
        await hand.presses("Đồng ý", "xã nào?")
        return hand

    async def official(self, seat: "Seat") -> Hand:
        """The holder of a seat, who has confirmed her post with her own number."""
        hand = await self.agreed(seat.name, phone_number=seat.phone)
        await hand.says(f"{seat.commune}, {seat.district}", "chức danh nào?")
        await hand.says(seat.post, "mã cá nhân")
        await hand.shares("Anh/chị là", seat.name)
        await hand.presses("Đúng", "Đã xác nhận")
        return hand

    async def admin(self, name: str = "Phạm Văn Quản") -> Hand:
        """An admin, by a one-time link."""
        code = await self.code("grant", role="admin")
        hand = self.hand(name)
        hand.phone.start(code)
        await hand.sees("dữ liệu cá nhân")
        await hand.presses("Đồng ý", "Đã cấp quyền", "Quản trị")
        return hand

    async def code(self, purpose: str, **given: Any) -> str:
        """A one-time code, as the command line makes it."""
        made: str = await self.db.transact(lambda tx: make_code(tx, purpose, self.now(), timedelta(days=2), **given))
        return made

    def group(self, title: str, *members: Hand) -> Group:
        """A group of people without the bot."""
        return self.emulator.group(title, [member.phone for member in members])

    # -- looking

    async def rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        """What the database holds."""
        return await self.db.transact(lambda tx: _rows(tx, sql, params))

    async def value(self, sql: str, **params: Any) -> Any:
        """The first value of a query."""
        async with self.db.reading() as tx:
            return await tx.value(sql, **params)

    async def holds(self, sql: str, **params: Any) -> None:
        """Wait until a query says yes."""
        end = time.monotonic() + PATIENCE
        while not await self.value(sql, **params):
            assert time.monotonic() < end, f"waited in vain: {sql}"
            await asyncio.sleep(0.02)

    async def quiet(self, timeout: float = PATIENCE) -> None:
        """Wait until nothing waits anywhere: no update, no incoming, no message."""
        end = time.monotonic() + timeout
        while True:
            self._ended()
            taken = not len(self.emulator.world.updates)  # looked at first: what is taken is stored by then
            waits = await self.value(
                "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting')"
                " + (SELECT count(*) FROM outbox WHERE state = 'waiting')"
            )
            if taken and not waits:
                return
            assert time.monotonic() < end, f"{waits} still wait, {len(self.emulator.world.updates)} updates"
            await asyncio.sleep(0.01)

    async def seats(self, count: int, post: str | None = None, district: str | None = None) -> list["Seat"]:
        """Seats whose holders have a phone of their own and have not confirmed."""
        rows = await self.rows(_SEATS)
        found = [
            Seat(**row)
            for row in rows
            if post in (None, row["post"]) and (district is None or district in row["district"])
        ]
        assert len(found) >= count, f"only {len(found)} such seats"
        return found[:count]

    def check(self) -> None:
        """What holds at the end of every test."""
        assert self.wire.wrongs == []
        answered = Counter(params["callback_query_id"] for params in self.wire.of("answerCallbackQuery"))
        if self.exact:
            assert not self.emulator.world.queries, "a press was not answered"
            assert set(answered.values()) <= {1}, "a press was answered twice"


@dataclass(frozen=True)
class Seat:
    """A seat of the roster with its holder."""

    id: int
    commune: str
    district: str
    post: str
    name: str
    phone: str


_SEATS = (
    "SELECT s.id, u.name AS commune, d.name AS district, s.post, p.name, p.phone FROM holding h"
    " JOIN person p ON p.id = h.person_id JOIN seat s ON s.id = h.seat_id JOIN unit u ON u.id = s.unit_id"
    " JOIN unit d ON d.id = u.parent_id WHERE h.until IS NULL AND h.confirmed_at IS NULL AND p.phone IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM person q WHERE q.phone = p.phone AND q.id <> p.id)"
    " AND NOT EXISTS (SELECT 1 FROM holding o WHERE o.person_id = p.id AND o.id <> h.id) ORDER BY s.id"
)


async def _rows(tx: Tx, sql: str, params: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in await tx.all(sql, **params)]


def settings(url: str, api: str, data: Path, rate: int = 30) -> Settings:
    """Settings that no environment has a say in."""
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        telegram_token=TOKEN,  # type: ignore[arg-type]
        telegram_api=api,
        database_url=url,
        data_dir=data,
        programme=PROGRAMME,
        send_rate=rate,
    )


async def prepare(
    url: str,
    data: Path,
    patch: pytest.MonkeyPatch,
    *,
    limits: Limits | None,
    rate: int = 30,
    speed: float = SPEED,
    answers: int = 1,
) -> Live:
    """The emulator listens; the bot is still to be started."""
    fast = FastTime(speed)
    wait = bot.outbox._wait
    emulator = Emulator(TOKEN, BOT, bot_name="Ghi Danh", limits=limits, record=100_000, clock=fast.monotonic)
    wire = Recorder(emulator, answers=answers)
    await emulator.start()
    live = Live(url, emulator, wire, settings(url, emulator.api, data, rate))
    patch.setattr(bot.app, "utc_now", live.now)
    patch.setattr(bot.outbox, "time", fast)
    patch.setattr(bot.outbox, "datetime", _Dates(live.now))
    patch.setattr(bot.outbox, "_wait", lambda event, seconds: wait(event, seconds / speed))
    patch.setattr(bot.clock, "SWEEP_SECONDS", 0.1)
    await live.open()
    return live


def words(html: str) -> str:
    """What is read of a text."""
    return " ".join(plain(html).split())


def on_wire(row: dict[str, Any]) -> list[tuple[str, str]]:
    """A row of the outbox as phones see it: (chat, what is read), once for each message."""
    hints, text = loads(row["hints"]), row["text"]
    at = hints.get("question_at", 0)
    parts = [text[:at] or "✔", text[at:]] if hints.get("clear") and row["choices"] != "[]" else [text]
    return [(row["chat"], words(part)) for part in parts]


def repeats(rows: Sequence[dict[str, Any]], emulator: Emulator) -> Counter[tuple[str, str]]:
    """What stands more often on phones than it was said; nothing may stand there less often."""
    said = Counter(part for row in rows for part in on_wire(row))
    seen = Counter((f"telegram:{sent.chat_id}", words(sent.text)) for sent in emulator.sent_log)
    assert not said - seen, f"something was lost: {list((said - seen).items())[:3]}"
    return seen - said


class Secrets:
    """Looks for what no log may hold."""

    def __init__(self, *words: str) -> None:
        self.words = {TOKEN, TOKEN.partition(":")[2], *words}

    def found_in(self, text: str) -> list[str]:
        """Which of them stand in a text; phones in any spelling."""
        bare = re.sub(r"[ .\-]", "", text)
        found = [word for word in self.words if word and (word in text or word in bare)]
        return found + [word for word in self.words if word.startswith("+84") and word[3:] in bare]


def loud(records: Sequence[logging.LogRecord]) -> list[str]:
    """What the bot complained of."""
    return [f"{r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
