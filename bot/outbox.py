"""What was said is sent: in order for each chat, replies first, inside the messenger's limits; and what became of it.

Kill the process anywhere: a message not marked as sent is sent again, so at most what was on the wire is seen twice.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from json import loads
from typing import Any

from bot.channel import Channel, File, LaterError, RefusedError, UnsureError
from bot.message import MASS, Hints, Outgoing, abilities, lane
from bot.pace import Pace
from locales import DEFAULT
from locales.calendar import from_utc
from storage import lanes, outgoing
from storage.database import Database, Row, Tx, is_environment
from storage.lanes import HOLD, Lane

IN_FLIGHT = 256  # sends on the wire at once: at 60 ms a round trip, 100 chatting people keep about 100 busy
GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_PAUSE = 300.0  # seconds between two tries, at most
AT_ONCE = 200  # rows that one look takes besides those on the wire
LONGEST_TEXT = 4000  # characters of a message, roughly
CROWD, GATHER_SECONDS = 10, 0.005  # with more than that on the wire, what finishes meanwhile shares one commit
HELD_SECONDS = 900  # how long mass mail waits before it asks again whether its bot has room

Maker = Callable[[Database, Mapping[str, Any]], Awaitable[tuple[str, bytes]]]
_log = logging.getLogger(__name__)


class Outbox:
    """Sends what waits. One for all channels of the process; each channel has a pace of its own."""

    def __init__(
        self,
        db: Database,
        channels: Mapping[str, Channel],
        makers: Mapping[str, Maker],
        rate: int,
        *,
        pool: Sequence[Lane] = (),
        zone: tzinfo = UTC,
    ) -> None:
        self._db, self._channels, self._makers = db, channels, makers
        rates = {one.id: one.rate for one in pool}
        self._paces = {name: Pace(rates.get(name, rate)) for name in channels}
        self._rate, self._pool, self._zone = rate, pool, zone
        self._limits = {one.id: HOLD * one.messages for one in pool if one.messages}
        self._month, self._spent = "", dict[str, int]()  # what the ledger of the month says
        self._awake = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}  # by chat: one message of a chat on the wire at a time
        self._results: list[dict[str, Any]] = []
        self._finished: list[str] = []  # chats whose result waits to be marked
        self._gone: set[str] = set()
        self._marked: set[int] = set()  # marked since the last look began: a look may be older than the mark
        self._full: set[str] = set()  # lanes that have no slot left in this look
        self._marks = asyncio.Event()
        self._closing = False
        self._mass_from = 0.0

    def wake(self) -> None:
        """Something may be waiting."""
        self._awake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop; what is on the wire then is waited for and marked."""
        await self._remember()
        marker = asyncio.create_task(self._mark_loop())
        try:
            while not stop.is_set():
                self._awake.clear()
                try:
                    pause = await self._start_ready()
                except Exception as error:
                    if not is_environment(error):
                        raise
                    _log.error("the database refuses the outbox (%s)", type(error).__name__)
                    pause = 1.0
                await _wait(self._awake, pause)
        finally:
            if self._busy:
                await asyncio.wait(self._busy.values(), timeout=2)
            self._closing = True
            self._marks.set()
            await marker

    @property
    def idle(self) -> bool:
        """Nothing is on the wire and nothing is unmarked."""
        return not self._busy and not self._results

    async def _remember(self) -> None:
        async with self._db.reading() as tx:
            sent = await outgoing.last_sent(tx, self._rate)
            await self._read_ledger(tx)
        age = time.time() - time.monotonic()
        past = [ms / 1000 - age for ms in sent if ms / 1000 <= time.time()]  # a clock set back leaves none to come
        if past and max(past) > time.monotonic() - 2:
            # Killed a moment ago: what was on the wire then is in no ledger, so mass mail lets a second pass.
            self._mass_from = time.monotonic() + 1
        for pace in self._paces.values():
            pace.remember(past)

    async def _read_ledger(self, tx: Tx) -> None:
        self._month = self._this_month()
        self._spent = {use.lane.id: use.messages for use in await lanes.usage(tx, self._pool, self._month)}

    def _this_month(self) -> str:
        return f"{datetime.now(self._zone):%Y-%m}"

    # Choosing ---------------------------------------------------------------------------------

    async def _start_ready(self) -> float:
        """Start every send that may go now; returns the seconds until the next may."""
        now_ms = int(time.time() * 1000)
        self._marked.clear()
        self._full.clear()
        async with self._db.reading() as tx:
            rows = await outgoing.waiting(tx, now_ms, len(self._busy) + AT_ONCE)
            if self._limits and self._month != self._this_month():
                await self._read_ledger(tx)
            retry = await outgoing.next_retry(tx, now_ms)
        soonest = retry / 1000 - time.time() if retry else 60.0
        for row in rows:
            if len(self._busy) >= IN_FLIGHT:
                return 60.0  # the next to finish wakes us
            if row["chat"] not in self._busy and row["id"] not in self._marked:
                soonest = min(soonest, self._start(row))
        return max(soonest, 0.001)

    def _start(self, row: Row) -> float:
        """Start one send, or say in how many seconds it may start (60: it has started)."""
        channel = lane(row["chat"])
        pace, now, group = self._paces.get(channel), time.monotonic(), row["kind"] == "group"
        if pace is None:
            return 60.0  # a channel that is not switched on: its messages wait
        if row["text"]:  # the bare answer to a press is no message
            if channel in self._full:
                return 60.0
            count = _count(row)
            if (slot := pace.next_slot(count)) > now:
                self._full.add(channel)  # the next slots are for this one: what comes behind may be smaller, but waits
                return slot - now
            at = pace.ready(row["chat"], group, now, count)
            if row["priority"] == MASS:
                if self._spent.get(channel, 0) >= self._limits.get(channel, float("inf")):
                    self._put_off(row)
                    return 60.0
                at = max(at, self._mass_from, pace.next_mass())
            if at > now:
                return at - now
            pace.took(row["chat"], group, now, count, mass=row["priority"] == MASS)
            self._spent[channel] = self._spent.get(channel, 0) + 1  # at once: what is on the wire counts too
        self._busy[row["chat"]] = asyncio.create_task(self._send(_outgoing(row), row["created_at"], now))
        return 60.0

    def _put_off(self, row: Row) -> None:
        """The bot's month is nearly used up: mass mail waits, so that answers still go out."""
        later = int((time.time() + HELD_SECONDS) * 1000)
        result = {"id": row["id"], "state": "waiting", "error": "quota", "attempts": row["attempts"]}
        self._results.append(result | {"not_before": later, "wire_id": None, "sent_ms": None})
        self._marks.set()

    # Sending ----------------------------------------------------------------------------------

    async def _send(self, message: Outgoing, created_at: str, left: float) -> None:
        channel = lane(message.chat)
        sent_ms = int(time.time() * 1000) if message.text else None
        result: dict[str, Any] = {"id": message.id, "wire_id": None, "sent_ms": sent_ms, "error": None}
        result |= {"attempts": message.attempts + 1, "not_before": 0, "lane": channel}
        try:
            file, trouble = await self._file(message)
            result |= {"wire_id": await self._channels[channel].send(message, file), "state": "sent", "error": trouble}
            self._paces[channel].landed(left, time.monotonic())
        except RefusedError as error:
            result |= {"state": "refused", "error": str(error)[:200]}
            if error.gone:
                self._gone.add(message.chat)
        except LaterError as error:
            self._paces[channel].hold(message.chat, error.seconds, time.monotonic())
            result |= {"state": "waiting", "error": "429", "attempts": message.attempts}
            result["not_before"] = int((time.time() + error.seconds) * 1000)
        except UnsureError as error:
            result |= self._try_again(message, created_at, str(error)[:200])
        except Exception as error:  # ours: a message that cannot be rendered must not stop the others
            _log.exception("message %s cannot be sent", message.id)
            result |= {"state": "given_up", "error": type(error).__name__}
        self._results.append(result)
        self._finished.append(message.chat)
        self._marks.set()

    def _try_again(self, message: Outgoing, created_at: str, why: str) -> dict[str, Any]:
        if datetime.now(UTC) - from_utc(created_at) > GIVE_UP_AFTER:
            return {"state": "given_up", "error": why}
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** min(message.attempts, 12))
        return {"state": "waiting", "error": why, "not_before": int((time.time() + pause) * 1000)}

    async def _file(self, message: Outgoing) -> tuple[File | None, str | None]:
        """The attachment, made now; when it fails the words still go, and the failure is kept."""
        given = message.hints.attachment
        if given is None or not abilities(message.chat).files:
            return None, None
        try:
            name, content = await self._makers[given["maker"]](self._db, given)
            return File(name, content, picture=name.endswith(".png")), None
        except Exception as error:
            _log.exception("the file of message %s cannot be made", message.id)
            return None, f"file: {type(error).__name__}"

    # Marking ----------------------------------------------------------------------------------

    async def _mark_loop(self) -> None:
        while not (self._closing and not self._results):
            await self._marks.wait()
            if len(self._busy) > CROWD and not self._closing:
                await asyncio.sleep(GATHER_SECONDS)
            self._marks.clear()
            try:
                await self._mark()
            except Exception as error:
                if not is_environment(error):
                    raise
                _log.error("the database refuses to mark what was sent (%s)", type(error).__name__)
                await asyncio.sleep(0.5)
                self._marks.set()

    async def _mark(self) -> None:
        """Write down what became of all that has finished, in one commit; only then is a chat free again."""
        results, finished, gone = self._results, self._finished, self._gone
        self._results, self._finished, self._gone = [], [], set()
        if not results:
            return
        sent = [r["lane"] for r in results if r["state"] == "sent" and r["sent_ms"]]
        try:
            await self._db.transact(lambda tx: _write(tx, results, gone, sent, self._this_month()))
        except BaseException:
            self._results, self._finished = results + self._results, finished + self._finished
            self._gone |= gone
            raise
        self._marked.update(result["id"] for result in results)
        for chat in finished:
            self._busy.pop(chat, None)
        self._awake.set()


async def _write(tx: Tx, results: list[dict[str, Any]], gone: set[str], sent: list[str], month: str) -> None:
    await outgoing.mark(tx, results)
    await outgoing.mark_unreachable(tx, gone)
    await lanes.count_sent(tx, sent, month)


def _count(row: Row) -> int:
    """How many messages of the wire it may become: a long text is split, a key is taken away by one of its own."""
    return 1 + ('"clear"' in row["hints"]) + len(row["text"]) // LONGEST_TEXT


def _outgoing(row: Row) -> Outgoing:
    hints, choices = loads(row["hints"]), loads(row["choices"])
    question_at = hints.pop("question_at", 0)
    return Outgoing(
        row["id"],
        row["chat"],
        row["priority"],
        row["text"],
        tuple(choice[0] for choice in choices),
        Hints(**hints),
        row["edits"],
        row["answers"],
        bool(row["private"]),
        row["attempts"],
        group=row["kind"] == "group",
        firm=frozenset(place for place, choice in enumerate(choices) if choice[4:]),
        question_at=question_at,
        locale=row["locale"] or DEFAULT,
    )


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
