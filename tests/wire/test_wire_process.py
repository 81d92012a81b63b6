"""`main.py serve` as a process: it stops within three seconds with nothing lost, and writes no secret anywhere."""

import asyncio
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.emulator import Emulator, Fault
from storage.database import open_database
from tests.botapi import Recorder
from tests.wire.live import BOT, TOKEN, Secrets, on_wire, repeats, until
from tests.wire.storm import Process

PEOPLE = 30


@pytest.fixture
async def process(sqlite_today: Path, tmp_path: Path) -> AsyncIterator[Process]:
    shutil.copy(sqlite_today, tmp_path / "process.db")
    emulator = Emulator(TOKEN, BOT, record=100_000)
    recorder = Recorder(emulator)
    recorder.judge_updates = False
    async with emulator:
        made = Process(emulator, tmp_path, f"sqlite:///{tmp_path / 'process.db'}")
        yield made
        await made.close()
    assert recorder.wrongs == []


def rows(url: str, sql: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_takes_less_than_three_seconds_and_loses_nothing(process: Process, how: signal.Signals) -> None:
    phones = [process.emulator.phone() for _ in range(PEOPLE)]
    await process.start()
    process.emulator.latency = 0.05
    for phone in phones:
        phone.start()
    await until(lambda: process.emulator.sent_log, "the first answers")
    code, seconds = await process.stop(how)
    assert code == 0
    assert seconds < 3
    for phone in phones:
        phone.send("xin chào")  # while the bot is away
    await process.start()
    await until(lambda: not len(process.emulator.world.updates), "all is taken")
    await until(
        lambda: (
            not rows(process.database_url, "SELECT id FROM outbox WHERE state = 'waiting'")
            and not rows(process.database_url, "SELECT id FROM inbox WHERE state = 'waiting'")
        ),
        "all is answered",
    )
    assert len(rows(process.database_url, "SELECT id FROM inbox WHERE channel = 'telegram'")) == 2 * PEOPLE
    said = rows(process.database_url, "SELECT * FROM outbox WHERE text <> ''")
    assert len(said) == 2 * PEOPLE
    assert not repeats(said, process.emulator), "a clean stop waits for what is on the wire"
    assert on_wire(said[0])
    await process.stop(how)
    assert "Traceback" not in process.log.read_text()


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
async def test_no_secret_in_the_log(process: Process, level: str) -> None:
    process.settings = {"LOG_LEVEL": level}
    phone = process.emulator.phone(name="Lò Thị Bí Mật", phone_number="+84912345678")
    await process.start()
    phone.start()
    await phone.wait(1, 20)
    phone.press("Đồng ý")
    await phone.wait(lambda: "xã nào" in phone.last.text)
    phone.send("0912 345 678")
    await phone.wait(1)
    phone.share_contact()
    await phone.wait(1)
    process.emulator.inject([{"message": {"message_id": "bad", "text": 5, "chat": {"id": "0912345678"}}}])
    faults = [Fault.error(502), Fault.drop(), Fault.flood(1), Fault.lose_answer()]
    process.emulator.faults = lambda method, _: faults.pop() if faults and method != "getUpdates" else None
    phone.send("/trogiup")
    await phone.wait(lambda: "Trợ giúp" in phone.last.text, 20)
    await process.stop()
    log = process.log.read_text()
    assert Secrets("Lò Thị Bí Mật", "Bí Mật", "+84912345678", "0912345678").found_in(log) == []
    assert "Traceback" not in log


async def test_a_wrong_token_and_a_telegram_that_is_away(process: Process, tmp_path: Path) -> None:
    process.settings = {"TELEGRAM_TOKEN": "1:wrong-token-that-nobody-knows-xxxxxxx"}
    with pytest.raises(AssertionError, match="Telegram does not know"):
        await process.start()
    process.settings = {"TELEGRAM_API": "http://127.0.0.1:9"}
    with process.log.open("ab") as log:
        away = await asyncio.create_subprocess_exec(
            *process.command, env=process.environment(), stdout=log, stderr=log, cwd=tmp_path
        )
    await until(lambda: "does not answer" in process.log.read_text(), "it says so", 20)
    away.send_signal(signal.SIGTERM)
    async with asyncio.timeout(3):
        assert await away.wait() == 0
    assert "Traceback" not in process.log.read_text()
    db = await open_database(process.database_url)
    await db.close()
