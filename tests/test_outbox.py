"""What was said is sent: order, refusals, back-off, what a kill leaves. The channel is the wire, and is replaced."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channel import File, LaterError, RefusedError, UnsureError
from bot.message import Outgoing
from bot.outbox import Outbox
from storage import lanes, mail, outgoing
from storage.database import Database, PostgresDatabase, SqliteDatabase
from storage.lanes import Lane

AT = "2099-01-01T00:00:00Z"


class Wire:
    """A messenger that does as it is told."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.files: list[File | None] = []
        self.answers: Callable[[Outgoing], Exception | None] = lambda _: None
        self.hold: asyncio.Event | None = None
        self.begun = 0
        self.changed = asyncio.Event()

    async def send(self, message: Outgoing, file: File | None) -> str:
        self.begun += 1
        self.changed.set()
        if self.hold is not None:
            await self.hold.wait()
        error = self.answers(message)
        if error is not None:
            raise error
        self.sent.append(message)
        self.files.append(file)
        self.changed.set()
        return f"w{message.id}"

    @property
    def ids(self) -> list[int]:
        return [m.id for m in self.sent]


def row(number: int, chat: str = "telegram:1", **changed: Any) -> dict[str, Any]:
    base = {
        "id": number, "chat": chat, "priority": 0, "text": f"tin {number}", "keys": "", "choices": "[]", "hints": "{}",
        "edits": None, "answers": None, "private": 0, "at": AT,
    }  # fmt: skip
    return base | changed


async def put(db: Database, rows: Sequence[Mapping[str, Any]]) -> None:
    chats = {r["chat"] for r in rows}
    await db.transact(
        lambda tx: mail.new_chats(
            tx, [{"id": c, "kind": "private", "locale": "vi", "title": "", "at": AT} for c in sorted(chats)]
        )
    )
    await db.transact(lambda tx: mail.put(tx, list(rows)))


@asynccontextmanager
async def sending(db: Database, wire: Wire, makers: Mapping[str, Any] | None = None) -> AsyncIterator[Outbox]:
    outbox, stop = Outbox(db, {"telegram": wire}, makers or {}, 0), asyncio.Event()
    task = asyncio.create_task(outbox.run(stop))
    try:
        yield outbox
    finally:
        stop.set()
        outbox.wake()
        await task


async def until(wire: Wire, condition: Callable[[], Any]) -> None:
    """Wait until something holds of the wire."""
    async with asyncio.timeout(20):
        while not condition():
            wire.changed.clear()
            await wire.changed.wait()


async def states(db: Database) -> dict[int, str]:
    async with db.reading() as tx:
        return {r["id"]: r["state"] for r in await tx.all("SELECT id, state FROM outbox ORDER BY id")}


Db = SqliteDatabase | PostgresDatabase


async def test_order_in_a_chat_and_replies_before_mass_mail(empty_db: Db) -> None:
    wire = Wire()
    await put(empty_db, [row(1, priority=2), row(2), row(3), row(4, "telegram:2", priority=2), row(5, "telegram:2")])
    async with sending(empty_db, wire):
        await until(wire, lambda: len(wire.sent) == 5)
    first, second = [i for i in wire.ids if i < 4], [i for i in wire.ids if i > 3]
    assert (first, second) == ([2, 3, 1], [5, 4])
    assert set((await states(empty_db)).values()) == {"sent"}


async def test_one_message_of_a_chat_on_the_wire_at_a_time(empty_db: Db) -> None:
    wire = Wire()
    wire.hold = asyncio.Event()
    await put(empty_db, [row(n) for n in range(1, 6)] + [row(9, "telegram:2")])
    async with sending(empty_db, wire):
        await until(wire, lambda: wire.begun == 2)
        wire.hold.set()
        await until(wire, lambda: len(wire.sent) == 6)
    assert [i for i in wire.ids if i < 9] == [1, 2, 3, 4, 5]


async def test_a_refused_message_is_kept_with_its_reason_and_the_next_goes(empty_db: Db) -> None:
    wire = Wire()
    wire.answers = lambda m: RefusedError("bad markup") if m.id == 1 else None
    await put(empty_db, [row(1), row(2)])
    async with sending(empty_db, wire):
        await until(wire, lambda: wire.ids == [2])
    async with empty_db.reading() as tx:
        [kept] = await outgoing.given_up(tx, 10)
    assert (kept["state"], kept["error"]) == ("refused", "bad markup")


async def test_a_chat_that_blocked_the_bot_is_left_alone(empty_db: Db) -> None:
    wire = Wire()
    wire.answers = lambda m: RefusedError("blocked", gone=True) if m.chat == "telegram:1" else None
    await put(empty_db, [row(1), row(2), row(3, "telegram:2")])
    async with sending(empty_db, wire):
        await until(wire, lambda: wire.ids == [3] and wire.begun == 2)
    assert await states(empty_db) == {1: "refused", 2: "refused", 3: "sent"}
    async with empty_db.reading() as tx:
        assert await tx.value("SELECT reachable FROM chat WHERE id = 'telegram:1'") == 0


async def test_a_network_fault_is_tried_again(empty_db: Db) -> None:
    wire, failures = Wire(), iter([UnsureError("reset"), LaterError(0.01), UnsureError("502")])
    wire.answers = lambda _: next(failures, None)
    await put(empty_db, [row(1), row(2)])
    async with sending(empty_db, wire):
        await until(wire, lambda: len(wire.sent) == 2)
    assert wire.ids == [1, 2]


async def test_what_fails_for_a_day_is_given_up_and_seen(empty_db: Db) -> None:
    wire = Wire()
    wire.answers = lambda _: UnsureError("no route")
    await put(empty_db, [row(1, at="2020-01-01T00:00:00Z")])
    async with sending(empty_db, wire):
        await until(wire, lambda: wire.begun == 1)
    assert await states(empty_db) == {1: "given_up"}


async def test_a_private_text_goes_as_soon_as_it_is_sent(empty_db: Db) -> None:
    wire = Wire()
    await put(empty_db, [row(1, private=1), row(2)])
    async with sending(empty_db, wire):
        await until(wire, lambda: len(wire.sent) == 2)
    assert wire.sent[0].text == "tin 1"
    async with empty_db.reading() as tx:
        assert [r["text"] for r in await tx.all("SELECT text FROM outbox ORDER BY id")] == ["", "tin 2"]


async def test_a_file_is_made_when_it_is_sent(empty_db: Db) -> None:
    wire = Wire()

    async def make(_: Database, given: Mapping[str, Any]) -> tuple[str, bytes]:
        return f"{given['who']}.ics", b"x"

    hints = '{"attachment": {"maker": "ics", "locale": "vi", "who": 7}}'
    broken = '{"attachment": {"maker": "none", "locale": "vi"}}'
    await put(empty_db, [row(1, hints=hints), row(2, hints=broken)])
    async with sending(empty_db, wire, {"ics": make}):
        await until(wire, lambda: len(wire.sent) == 2)
    assert [f.name if f else None for f in wire.files] == ["7.ics", None]
    async with empty_db.reading() as tx:
        assert await tx.value("SELECT error FROM outbox WHERE id = 2") == "file: KeyError"


async def test_what_was_not_marked_is_sent_again_after_a_kill(empty_db: Db) -> None:
    wire = Wire()
    await put(empty_db, [row(1), row(2, "telegram:2")])
    outbox = Outbox(empty_db, {"telegram": wire}, {}, 0)
    await outbox._start_ready()  # sent, but the process dies before it is marked
    await until(wire, lambda: len(wire.sent) == 2)
    async with sending(empty_db, wire):
        await until(wire, lambda: len(wire.sent) == 4)
    assert sorted(wire.ids) == [1, 1, 2, 2]


@pytest.mark.parametrize("chats", [1, 20])
async def test_stopping_waits_for_what_is_on_the_wire(empty_db: Db, chats: int) -> None:
    wire = Wire()
    wire.hold = asyncio.Event()
    await put(empty_db, [row(n, f"telegram:{n}") for n in range(1, chats + 1)])
    async with sending(empty_db, wire):
        await until(wire, lambda: wire.begun == chats)
        asyncio.get_running_loop().call_later(0.05, wire.hold.set)
    assert set((await states(empty_db)).values()) == {"sent"}


ZALO = "zalo:1400000000000000001"


async def used(db: Db, lane: str) -> int:
    async with db.reading() as tx:
        return int(await tx.value("SELECT coalesce(sum(messages), 0) FROM lane_month WHERE lane = :lane", lane=lane))


async def test_a_month_s_quota_used_up_in_the_middle_of_mass_mail(empty_db: Db) -> None:
    """Of a hundred messages a month, mass mail takes 95; what answers a person still goes."""
    wire, other = Wire(), Wire()
    mass = [row(n, f"{ZALO}:{n}", priority=2) for n in range(1, 121)]
    replies = [row(1000 + n, f"{ZALO}:{n}") for n in (1, 2, 3)]
    outbox = Outbox(empty_db, {ZALO: wire, "telegram": other}, {}, 0, pool=[Lane(ZALO, messages=100), Lane("telegram")])
    await put(empty_db, mass)
    stop = asyncio.Event()
    task = asyncio.create_task(outbox.run(stop))
    await until(wire, lambda: len(wire.sent) >= 95)
    await put(empty_db, [*replies, row(2000, "telegram:5", priority=2)])
    outbox.wake()
    await until(wire, lambda: sum(m.priority == 0 for m in wire.sent) == 3)
    await until(other, lambda: len(other.sent) == 1)
    stop.set()
    outbox.wake()
    await task
    mailed = sum(m.priority == 2 for m in wire.sent)
    assert mailed == 95
    found = await states(empty_db)
    assert sum(state == "waiting" for state in found.values()) == 120 - mailed
    assert await used(empty_db, ZALO) == mailed + 3


async def test_a_restart_remembers_what_the_month_has_used(empty_db: Db) -> None:
    month = f"{datetime.now(UTC):%Y-%m}"
    await empty_db.transact(lambda tx: lanes.count_sent(tx, [ZALO] * 95, month))
    wire, stop = Wire(), asyncio.Event()
    outbox = Outbox(empty_db, {ZALO: wire}, {}, 0, pool=[Lane(ZALO, messages=100)])
    await put(empty_db, [row(1, f"{ZALO}:1", priority=2), row(2, f"{ZALO}:2")])
    task = asyncio.create_task(outbox.run(stop))
    await until(wire, lambda: len(wire.sent) == 1)
    stop.set()
    outbox.wake()
    await task
    assert wire.ids == [2]


async def test_a_mail_that_would_not_fit_is_known_before_it_begins(empty_db: Db) -> None:
    month = "2026-11"
    await empty_db.transact(lambda tx: lanes.count_sent(tx, [ZALO] * 60, month))
    pool = [Lane(ZALO, messages=100, people=50), Lane("telegram")]
    chats = [f"{ZALO}:{n}" for n in range(50)] + [f"telegram:{n}" for n in range(500)]
    async with empty_db.reading() as tx:
        assert await lanes.shortfall(tx, pool, chats, month) == 15
        assert await lanes.shortfall(tx, pool, chats[:35], month) == 0
        assert await lanes.shortfall(tx, pool, chats, "2026-12") == 0


async def test_people_are_led_to_the_bot_with_room(empty_db: Db) -> None:
    pool = [Lane("zalo:1", people=3), Lane("zalo:2", people=3)]
    await put(empty_db, [row(n, f"zalo:1:{n}") for n in range(1, 4)] + [row(9, "zalo:2:9")])
    async with empty_db.reading() as tx:
        first, second = await lanes.usage(tx, pool, "2026-11")
        assert (first.people, first.full, first.warns, second.people, second.full) == (3, True, True, 1, False)
        assert await lanes.roomiest(tx, pool, "2026-11") == pool[1]
        assert await lanes.roomiest(tx, pool[:1], "2026-11") is None
