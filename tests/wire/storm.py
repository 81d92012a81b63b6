"""A storm: many people register at once while the bot, a process of its own, is killed again and again."""

import asyncio
import os
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.emulator import Emulator, Phone, Shown
from bot.emulator.records import Change
from storage import audit
from storage.database import Database, Tx, open_database
from storage.fold import fold
from storage.programme import Programme
from tests.botapi import Recorder
from tests.wire.live import BOT, TOKEN, on_wire, repeats, until, words

ROOT = Path(__file__).parents[2]
TITLE = "Lớp bão"


# The stage --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Role:
    """Who a walker is on the roster."""

    commune: str
    district: str
    post: str
    name: str
    phone: str


async def set_stage(db: Database, programme: Programme, capacities: Sequence[int]) -> list[Role]:
    """Every commune of the province with all its posts, each with a holder who has a phone; sessions for everybody."""
    posts = [post.code for post in programme.posts]

    async def build(tx: Tx) -> list[Role]:
        await tx.run("UPDATE session SET state = 'closed' WHERE state = 'open'")
        await tx.run(
            "INSERT INTO scope (unit_id, class) SELECT id, 'III' FROM unit WHERE level = 'commune'"
            " ON CONFLICT (unit_id) DO NOTHING"
        )
        for post in posts:
            await tx.run(
                "INSERT INTO seat (unit_id, post) SELECT id, CAST(:post AS TEXT) FROM unit WHERE level = 'commune'"
                " ON CONFLICT (unit_id, post) DO NOTHING",
                post=post,
            )
        empty = await tx.all(
            "SELECT s.id FROM seat s LEFT JOIN holding h ON h.seat_id = s.id AND h.until IS NULL"
            " WHERE h.id IS NULL ORDER BY s.id"
        )
        first = int(await tx.value("SELECT max(id) FROM person")) + 1
        people = [
            {"id": first + n, "seat": row["id"], "name": (name := _name(n)), "folded": fold(name)}
            | {"phone": f"+8497{n:07d}"}
            for n, row in enumerate(empty)
        ]
        await tx.many(
            "INSERT INTO person (id, name, folded, phone, origin, created_at)"
            " VALUES (:id, :name, :folded, :phone, 'roster', '2026-01-01T00:00:00Z')",
            people,
        )
        await tx.many("INSERT INTO holding (seat_id, person_id, since) VALUES (:seat, :id, '2026-01-01')", people)
        await _sessions(tx, capacities)
        rows = await tx.all(
            "SELECT u.name AS commune, d.name AS district, s.post, p.name, p.phone FROM seat s"
            " JOIN holding h ON h.seat_id = s.id AND h.until IS NULL JOIN person p ON p.id = h.person_id"
            " JOIN unit u ON u.id = s.unit_id JOIN unit d ON d.id = u.parent_id"
            " WHERE p.phone LIKE '+8497%' ORDER BY s.id"
        )
        return [Role(**dict(row)) for row in rows]

    roles: list[Role] = await db.transact(build)
    if db.name == "postgres":  # the identity columns do not know of numbers given by hand
        sql = "SELECT setval(pg_get_serial_sequence('person', 'id'), (SELECT max(id) FROM person))"
        await db.transact(lambda tx: tx.value(sql))
    return roles


async def _sessions(tx: Tx, capacities: Sequence[int]) -> None:
    day = date.today() + timedelta(days=20)  # noqa: DTZ011 - well ahead in any zone
    for number, capacity in enumerate(capacities, start=1):
        made = await tx.value(
            "INSERT INTO session (code, title, place, capacity, deadline, state)"
            " VALUES (:code, :title, 'Hội trường', :capacity, :deadline, 'open') RETURNING id",
            code=f"BAO-{number}", title=f"{TITLE} {number}", capacity=capacity, deadline=str(day - timedelta(days=5)),
        )  # fmt: skip
        await tx.run(
            "INSERT INTO session_half (session_id, day, part) VALUES (:s, :day, 'am')",
            s=made, day=str(day + timedelta(days=number)),
        )  # fmt: skip


def _name(number: int) -> str:
    digits = ("Không", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín")
    return " ".join(["Lò", *(digits[int(d)] for d in f"{number:04d}")])


_STAGES = 9  # what a walker does at least, the end among it
_TAKING = 8  # the stage at which a place is taken, or waited for

# Those who walk ---------------------------------------------------------------------------------


class Walker:
    """Registers: looks at each new message on her phone and does what it asks. She never repeats herself."""

    def __init__(
        self, phone: Phone, role: Role, programme: Programme, *, session: int, claims: bool, taps: int
    ) -> None:
        self.phone, self.role, self.done, self.acts = phone, role, "", 0
        self._post = programme.post(role.post).name
        self._taps = taps
        self._at, self._read = -1, ""
        wish = f"{TITLE} {session}"
        number = role.phone if not claims else f"+8496{role.phone[-7:]}"
        self._stages: list[tuple[tuple[str, ...], Callable[[Shown], None]]] = [
            (("có đồng ý cung cấp",), lambda s: self._press(s, "Đồng ý")),
            (("công tác ở xã nào",), lambda s: self._type(f"{role.commune}, {role.district}")),
            (
                ("Có nhiều xã trùng tên", "Có phải"),
                lambda s: self._press(s, next(x for x in s.labels if f" {role.commune} (" in x)),
            ),
            (("giữ chức danh nào",), lambda s: self._press(s, self._post)),
            (("gõ mã cá nhân",), lambda s: self._share(number)),
            (("Anh/chị là", "gõ họ và tên"), self._confirm),
            (("Đã xác nhận:", "Cán bộ Ban Dân tộc sẽ kiểm tra"), lambda s: self._press(s, "Đăng ký lớp")),
            (("Các lớp đang nhận đăng ký",), lambda s: self._press_with(s, wish)),
            (("có đăng ký lớp này không", "danh sách chờ không"), self._take),
            (("Đã đăng ký lớp", "Đã ghi vào danh sách chờ"), self._end),
        ]
        phone.world.watch(self._changed, phone.chat.id)

    def _changed(self, change: Change) -> None:
        if change.kind in ("message", "edited"):
            message = self.phone.chat.messages[change.message_id]
            if message.sender_id == self.phone.world.bot.id:
                asyncio.get_running_loop().call_soon(self._look, change.message_id)

    def _look(self, number: int) -> None:
        shown = next(m for m in self.phone.messages[-20:] if m.id == number)
        text = " ".join(shown.text.split())
        for place, (signs, act) in enumerate(self._stages):
            if any(sign in text for sign in signs):
                again = place == _TAKING == self._at and text != self._read  # the last place went meanwhile
                if place > self._at or again:
                    self._at, self._read = place, text
                    self.acts += 1
                    act(shown)
                return

    def _type(self, text: str) -> None:
        self.phone.send(text)

    def _press(self, shown: Shown, label: str) -> None:
        for _ in range(self._taps):
            self.phone.press_at(shown, label)

    def _press_with(self, shown: Shown, part: str) -> None:
        self._press(shown, next(label for label in shown.labels if part in label))

    def _share(self, number: str) -> None:
        self.phone.share_contact(number)

    def _confirm(self, shown: Shown) -> None:
        if "Đúng" in shown.labels:
            self._press(shown, "Đúng")
        else:
            self._type(self.role.name)

    def _take(self, shown: Shown) -> None:
        self._press(shown, "Đăng ký" if "Đăng ký" in shown.labels else "Vào danh sách chờ")

    def _end(self, shown: Shown) -> None:
        self.done = "enrolled" if "Đã đăng ký" in shown.text else "waiting"


# The process ------------------------------------------------------------------------------------


@dataclass
class Process:
    """`main.py serve` as a process of its own."""

    emulator: Emulator
    data: Path
    database_url: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    _running: "asyncio.subprocess.Process | None" = None

    @property
    def log(self) -> Path:
        """What it wrote on standard error."""
        return self.data / "stderr.log"

    @property
    def command(self) -> list[str]:
        """How it is started."""
        return [sys.executable, str(ROOT / "main.py"), "serve"]

    def environment(self) -> dict[str, str]:
        """Ours, without any setting of whoever runs the tests."""
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "LC_ALL", "SSL_CERT_FILE")}
        given = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API": self.emulator.api, "DATA_DIR": str(self.data)}
        given |= {"DATABASE_URL": self.database_url, "LOG_LEVEL": "INFO", "SEND_RATE": "0"}
        return kept | given | self.settings

    async def start(self) -> None:
        """It runs and asks for updates."""
        polls = self.emulator.counts["getUpdates"]
        with self.log.open("ab") as log:
            self._running = await asyncio.create_subprocess_exec(
                *self.command, env=self.environment(), stdout=log, stderr=log, cwd=self.data
            )
        running = self._running
        await until(
            lambda: self.emulator.counts["getUpdates"] > polls or running.returncode is not None, "it polls", 60
        )
        assert running.returncode is None, self.log.read_text()[-3000:]

    async def kill(self) -> None:
        """kill -9, and wait until the emulator has read all that was on the wire."""
        await self._end(signal.SIGKILL)
        runner = self.emulator._runner
        assert runner is not None and runner.server is not None
        server = runner.server
        await until(lambda: all(c.transport is None for c in server.connections), "the connections end")

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """A clean stop: the exit code, and the seconds it took."""
        begin = time.monotonic()
        code = await self._end(how)
        return code, time.monotonic() - begin

    async def _end(self, how: signal.Signals) -> int:
        assert self._running is not None
        running, self._running = self._running, None
        if running.returncode is None:
            running.send_signal(how)
        return await asyncio.wait_for(running.wait(), 20)

    async def close(self) -> None:
        """Whatever became of it, it is gone."""
        if self._running is not None and self._running.returncode is None:
            await self.kill()


# The storm --------------------------------------------------------------------------------------


@dataclass
class Storm:
    """What a storm did; `report` says it in a line."""

    process: Process
    url: str
    walkers: list[Walker]
    kills: list[int] = field(default_factory=list)  # messages in flight at each
    seconds: float = 0.0
    _looked: int = 0

    async def rage(self, count: int, chance: Random) -> None:
        """People keep coming; the process is killed at random moments of their work."""
        begin = time.monotonic()
        whole = len(self.walkers) * _STAGES
        moments = sorted(chance.sample(range(whole // 50, whole * 97 // 100), count))
        await self.process.start()
        coming = asyncio.create_task(self._come())
        try:
            for moment in moments:
                await until(lambda: self.progress >= moment, self, 120)  # noqa: B023 - read at once
                await self.process.kill()
                self.kills.append(await self.in_flight())
                await self.process.start()
            await until(lambda: self.all_done, self, 180)
        finally:
            coming.cancel()
        await self._quiet()
        await self.process.stop()
        self.seconds = time.monotonic() - begin

    async def _come(self) -> None:
        """A quarter at once; then one for so many steps of the others, so that all stages are walked at a time."""
        for number, walker in enumerate(self.walkers):
            after = (number - len(self.walkers) // 4) * (_STAGES - 2)
            await until(lambda: self.progress >= after, self, 120)  # noqa: B023 - read at once
            walker.phone.start()

    @property
    def progress(self) -> int:
        """Steps of everybody together."""
        return sum(walker.acts for walker in self.walkers)

    @property
    def all_done(self) -> bool:
        """Everybody has reached the end."""
        return all(walker.done for walker in self.walkers)

    def __str__(self) -> str:
        stuck = [w for w in self.walkers if not w.done]
        example = f"; one of them:\n{stuck[0].phone}" if stuck else ""
        return f"{len(stuck)} of {len(self.walkers)} are on their way{example}"

    async def _quiet(self) -> None:
        """Also the second taps are answered."""
        await until(lambda: not len(self.process.emulator.world.updates), "all updates are taken", 30)
        end = time.monotonic() + 60
        while await self._rows(_WAITING):
            assert time.monotonic() < end, "messages wait"
            await asyncio.sleep(0.05)

    async def in_flight(self) -> int:
        """Messages that Telegram has taken while the outbox does not know it: the bot is dead now."""
        last: dict[str, str] = {}
        log = self.process.emulator.sent_log
        new = list(log)[self._looked :]  # what this life of the process has sent
        self._looked = len(log)
        for sent in new:
            last[f"telegram:{sent.chat_id}"] = words(sent.text)
        first: dict[str, list[str]] = {}
        for row in await self._rows("SELECT * FROM outbox WHERE state = 'waiting' AND text <> '' ORDER BY id"):
            first.setdefault(row["chat"], [text for _, text in on_wire(row)])
        return sum(texts.index(last[chat]) + 1 for chat, texts in first.items() if last.get(chat) in texts)

    async def _rows(self, sql: str) -> list[dict[str, Any]]:
        db = await open_database(self.url)
        try:
            async with db.reading() as tx:
                return [dict(row) for row in await tx.all(sql)]
        finally:
            await db.close()

    async def check(self) -> str:
        """All that must hold afterwards; returns the report."""
        states = await self._rows("SELECT state, count(*) AS n FROM inbox GROUP BY state")
        assert [row["state"] for row in states] == ["done"], states
        states = await self._rows("SELECT state, count(*) AS n FROM outbox GROUP BY state")
        assert [row["state"] for row in states] == ["sent"], states
        said = await self._rows("SELECT * FROM outbox WHERE text <> ''")
        twice = sum(repeats(said, self.process.emulator).values())
        assert twice <= sum(self.kills), f"{twice} repeats, in flight at the kills: {self.kills}"
        enrolled, waiting = await self._enrolments()
        await self._people()
        db = await open_database(self.url)
        async with db.reading() as tx:
            assert await audit.first_break(tx) is None, "the audit is broken"
        await db.close()
        return (
            f"{len(self.walkers)} people, {len(self.kills)} kills, {self.seconds:.0f} s,"
            f" {len(self.process.emulator.sent_log)} messages: {enrolled} enrolled, {waiting} waiting;"
            f" in flight at the kills {sum(self.kills)}, seen twice {twice}"
        )

    async def _enrolments(self) -> tuple[int, int]:
        rows = await self._rows(
            f"SELECT e.seat_id, e.session_id, e.state FROM enrolment e JOIN session s ON s.id = e.session_id"
            f" WHERE s.title LIKE '{TITLE}%'"
        )
        assert len({row["seat_id"] for row in rows}) == len(rows) == len(self.walkers), "one place for each"
        counts = Counter(row["state"] for row in rows)
        seen = Counter(walker.done for walker in self.walkers)
        assert counts == seen, "the phones and the database agree"
        for row in await self._rows(
            "SELECT s.id, s.title, s.capacity, s.taken,"
            " count(*) FILTER (WHERE e.state = 'enrolled') AS held,"
            " count(*) FILTER (WHERE e.state = 'waiting') AS waits"
            f" FROM session s LEFT JOIN enrolment e ON e.session_id = s.id WHERE s.title LIKE '{TITLE}%' GROUP BY s.id"
        ):
            assert row["held"] == row["taken"] <= row["capacity"], row
            assert not row["waits"] or row["taken"] == row["capacity"], f"somebody waits beside a free place: {row}"
        return counts["enrolled"], counts["waiting"]

    async def _people(self) -> None:
        rows = await self._rows(
            "SELECT c.chat, count(*) AS n, count(h.id) AS confirmed, count(l.id) AS claimed FROM chat_person c"
            " LEFT JOIN holding h ON h.seat_id = c.seat_id AND h.person_id = c.person_id AND h.until IS NULL"
            " AND h.confirmed_at IS NOT NULL LEFT JOIN claim l ON l.person_id = c.person_id AND l.state = 'open'"
            " WHERE c.until IS NULL GROUP BY c.chat"
        )
        assert len(rows) == len(self.walkers)
        assert all((row["n"], row["confirmed"] + row["claimed"]) == (1, 1) for row in rows)
        consents = defaultdict(int, {r["chat"]: r["n"] for r in await self._rows(_CONSENTS)})
        assert len(consents) == len(self.walkers)
        assert set(consents.values()) == {1}


_WAITING = (
    "SELECT id FROM inbox WHERE state = 'waiting' UNION ALL SELECT id FROM outbox WHERE state = 'waiting' LIMIT 1"
)
_CONSENTS = "SELECT chat, count(*) AS n FROM consent GROUP BY chat"


async def storm(
    url: str, data: Path, programme: Programme, *, people: int, kills: int, seed: int
) -> tuple[Storm, Recorder]:
    """Set the stage, let it rage, and return what became of it."""
    chance = Random(seed)
    places = people * 8 // 10
    db = await open_database(url)
    try:
        roles = await set_stage(db, programme, [places // 3, places // 3, places - 2 * (places // 3)])
    finally:
        await db.close()
    emulator = Emulator(TOKEN, BOT, limits=None, record=1_000_000)
    recorder = Recorder(emulator, answers=20)
    recorder.keep = False
    async with emulator:
        process = Process(emulator, data, url)
        walkers = [
            Walker(
                emulator.phone(name=role.name, phone_number=role.phone), role, programme,
                session=chance.randint(1, 3), claims=number % 10 == 9, taps=2 if number % 5 == 4 else 1,
            )
            for number, role in enumerate(chance.sample(roles, people))
        ]  # fmt: skip
        raged = Storm(process, url, walkers)
        try:
            await raged.rage(kills, chance)
        finally:
            await process.close()
    return raged, recorder
