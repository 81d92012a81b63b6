"""The bots that are measured, each a process of its own on a core of its own, before a pretend Telegram of its own."""

import asyncio
import os
import shutil
import sqlite3
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Protocol

import psutil

from bench.people import Crowd, Journeys, chatter, registrations
from bench.programme import Seat
from bot.emulator import Emulator, Limits

ROOT = Path(__file__).parents[1]
LOG = ROOT / "build" / "bench.log"  # of the bot that ran last: where to look when it fails
BOT_CORE, EMULATOR_CORE = 0, 1
STOP_SECONDS = 5


class Bot(Protocol):
    """A bot under measurement, and what people do with it."""

    name: str

    def command(self, emulator: Emulator) -> tuple[list[str], dict[str, str]]:
        """How it is started, with which environment."""

    def journeys(self) -> Journeys:
        """What people do with it."""

    def end(self, process: Process) -> None:
        """Ask it to stop."""

    def check(self, crowd: Crowd) -> None:
        """After it ended: is what people were told true?"""


class Ours:
    """Our bot as it serves, on an SQLite file with `synchronous=FULL`; only its pace is off unless asked for."""

    name = "ours"

    def __init__(self, programme: Path, seats: list[Seat], rate: int = 0) -> None:
        self._programme, self._seats, self._rate = programme, seats, rate
        self.arrange: Callable[[Path], None] = lambda database: None
        self.data = programme.parent / f"data-{time.monotonic_ns()}"

    @property
    def database(self) -> Path:
        return self.data / "ghi-danh.db"

    def command(self, emulator: Emulator) -> tuple[list[str], dict[str, str]]:
        self.data.mkdir()
        shutil.copy(self._programme, self.database)
        self.arrange(self.database)
        settings = {"TELEGRAM_TOKEN": emulator.token, "TELEGRAM_API": emulator.api, "DATA_DIR": str(self.data)}
        settings |= {"SEND_RATE": str(self._rate), "LOG_LEVEL": "WARNING", "DATABASE_URL": ""}
        return ["main.py", "serve"], settings

    def journeys(self) -> Journeys:
        return registrations(self._seats)

    def end(self, process: Process) -> None:
        process.terminate()

    def check(self, crowd: Crowd) -> None:
        with closing(sqlite3.connect(self.database)) as db:
            places = db.execute("SELECT count(*), count(DISTINCT seat_id) FROM enrolment").fetchone()
            failed = db.execute("SELECT count(*) FROM inbox WHERE state = 'failed'").fetchone()[0]
        shutil.rmtree(self.data)
        if failed or places[0] != places[1] or places[0] < crowd.finished:
            raise AssertionError(f"{crowd.finished} were enrolled; the database has {places}, {failed} failed")


class Echo:
    """python-telegram-bot as pip installs it, with the echo handler of its own example: polling, one by one, httpx."""

    name = "PTB echo"

    def command(self, emulator: Emulator) -> tuple[list[str], dict[str, str]]:
        return ["-m", "bench.echo", emulator.api, emulator.token], {}

    def journeys(self) -> Journeys:
        return chatter

    def end(self, process: Process) -> None:
        process.kill()  # asked kindly, it would first answer everybody it has fetched, for seconds

    def check(self, crowd: Crowd) -> None:
        """An echo promises nothing."""


@dataclass(frozen=True)
class Stretch:
    """What was seen between two moments."""

    answers: int
    seconds: float
    cpu: float
    waits: list[float]

    @property
    def rate(self) -> float:
        return self.answers / self.seconds

    @property
    def cpu_us(self) -> float:
        return self.cpu / self.answers * 1e6


def percentile_ms(waits: list[float], percent: int) -> float:
    """Of how long people waited, in milliseconds."""
    return quantiles(waits, n=100)[percent - 1] * 1000


class Run:
    """A bot that runs, the pretend Telegram before it, and a crowd that uses it."""

    def __init__(self, emulator: Emulator, crowd: Crowd, pid: int, started: float) -> None:
        self.emulator, self.crowd, self.started = emulator, crowd, started
        self._process = psutil.Process(pid)

    @property
    def memory_mib(self) -> float:
        return float(self._process.memory_info().rss) / 2**20

    def _cpu(self) -> float:
        times = self._process.cpu_times()
        return float(times.user + times.system)

    async def stretch(self, answers: int) -> Stretch:
        """Measure while that many messages are answered."""
        begin, since, cpu = len(self.crowd.waits), time.perf_counter(), self._cpu()
        await self.crowd.until(begin + answers)
        waits = self.crowd.waits[begin:]
        return Stretch(len(waits), time.perf_counter() - since, self._cpu() - cpu, waits)

    async def at_rate(self, rate: float, seconds: float) -> list[float]:
        """Measure a load of so many messages a second; returns how long each waited."""
        begin = len(self.crowd.waits)
        await self.crowd.at_rate(rate, seconds)
        return self.crowd.waits[begin:]


@asynccontextmanager
async def running(
    bot: Bot,
    people: int,
    *,
    limits: Limits | None = None,
    latency: float = 0.0,
    arrange: Callable[[Emulator], None] = lambda emulator: None,
    record: int = 0,
) -> AsyncIterator[Run]:
    """A bot before people. The first of them writes before it starts, so it has started when she has her answer."""
    async with Emulator(limits=limits, record=record) as emulator:
        emulator.latency = latency
        crowd = Crowd(emulator, bot.journeys(), people)
        arrange(emulator)
        crowd.newcomer()
        arguments, settings = bot.command(emulator)
        started = time.perf_counter()
        with LOG.open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *arguments, cwd=ROOT, env=os.environ | settings, stderr=log,
                preexec_fn=lambda: pin(BOT_CORE),
            )  # fmt: skip
        ended = asyncio.create_task(process.wait())
        ended.add_done_callback(lambda _: crowd.fail(RuntimeError(f"{bot.name} has ended: see {LOG}")))
        try:
            await crowd.until(1)
            yield Run(emulator, crowd, process.pid, started)
        finally:
            if process.returncode is None:
                bot.end(process)
            await asyncio.wait_for(ended, STOP_SECONDS)
    bot.check(crowd)


def pin(core: int) -> None:
    """This process stays on one core, where there are two at least."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})
