"""Zalo over the wire: the real client, real HTTP on loopback, the pretend Zalo; and the real bot on it."""

import asyncio
import logging
import re
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import bot.app
import bot.clock
import bot.outbox
from bot.app import App, Menus
from bot.channel import LaterError, RefusedError, TokenRefusedError, UnsureError
from bot.emulator import Emulator, Fault
from bot.emulator.zalo import ZaloEmulator, ZaloPhone
from bot.logs import redact
from bot.message import NOTICE, Hints, Incoming, Outgoing
from bot.settings import Settings
from bot.zalo import ZaloBot, ZaloError, judge, session
from handlers.book import BOOK, MAKERS, dues
from handlers.menu import MENU
from locales import Texts
from storage.database import open_database
from storage.rights import make_code
from tests.wire.live import PATIENCE, PROGRAMME, FastTime, _Dates

ONE, TWO = "1400000000000000001:a-token-that-must-not-be-seen", "1400000000000000002:another-token-nobody-may-see"
BOT = ONE.partition(":")[0]
LANE = f"zalo:{BOT}"
SECRET = "mot-hai-ba-bon-nam"
TEXTS = Texts(strict=True, common={"agency": "Ban Dân tộc", "short": "Ban", "phone": "0237", "programme": "135"})


# The client -------------------------------------------------------------------------------------


@pytest.fixture(params=["always200", "mirror"])
async def zalo(request: pytest.FixtureRequest) -> AsyncIterator[ZaloEmulator]:
    """Failures come as HTTP 200, or as what they are."""
    async with ZaloEmulator([ONE, TWO], status_mode=request.param) as emulator:
        yield emulator


@asynccontextmanager
async def client(zalo: ZaloEmulator, token: str = ONE, **options: Any) -> AsyncIterator[ZaloBot]:
    async with session() as http:
        made = ZaloBot(token, zalo.api, http, TEXTS.say, **options)
        made.poll_seconds, made.first_pause = 1, 2.0
        yield made


class Inbox:
    """What the poll stored; the database may refuse for a while."""

    def __init__(self) -> None:
        self.found: list[Incoming] = []
        self.refusals = 0
        self.changed = asyncio.Event()

    async def store(self, incomings: Sequence[Incoming]) -> None:
        if self.refusals:
            self.refusals -= 1
            raise OSError("the disk is full")
        self.found += incomings
        self.changed.set()

    async def until(self, number: int) -> list[Incoming]:
        async with asyncio.timeout(PATIENCE):
            while len(self.found) < number:
                self.changed.clear()
                await self.changed.wait()
        return self.found


@asynccontextmanager
async def polling(made: ZaloBot, inbox: Inbox) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(made.poll(inbox.store))
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def said(text: str = "Xin chào", to: str = "", **changed: Any) -> Outgoing:
    base: dict[str, Any] = {
        "id": 1, "chat": f"{LANE}:{to}", "priority": 0, "text": text, "choices": (), "hints": Hints(), "edits": None,
        "answers": None, "private": False, "attempts": 0,
    }  # fmt: skip
    return Outgoing(**(base | changed))


def met(zalo: ZaloEmulator, user: str = "a1b2", token: str = ONE) -> ZaloPhone:
    """Somebody who has written, so that she can be written to."""
    phone = zalo.phone(token, user)
    phone.send("Xin chào")
    return phone


def once(*faults: Fault, method: str = "") -> Callable[[str, dict[str, Any], str], Fault | None]:
    left = list(faults)
    return lambda name, _, __: left.pop(0) if left and method in ("", name) else None


async def called(zalo: ZaloEmulator, method: str, times: int) -> None:
    """Wait until a method has been called so often from now on."""
    calls = asyncio.Semaphore(0)
    zalo.on_request = lambda name, _, __: calls.release() if name == method else None
    async with asyncio.timeout(PATIENCE):
        for _ in range(times):
            await calls.acquire()
    zalo.on_request = None


async def test_what_people_send_is_stored_in_order(zalo: ZaloEmulator) -> None:
    inbox, mai = Inbox(), zalo.phone(ONE, "a1b2")
    async with client(zalo) as made, polling(made, inbox):
        mai.send("một")
        mai.send_photo("ảnh")
        mai.send_sticker()
        mai.send_voice()
        mai.send_unsupported()
        mai.send_unsupported(with_message=False)
        mai.send("hai")
        found = await inbox.until(6)
    assert [i.kind for i in found] == ["text", "photo", "sticker", "voice", "other", "text"]
    assert {i.chat for i in found} == {f"{LANE}:a1b2"}
    assert zalo.lost == []


async def test_an_empty_poll_is_silence(zalo: ZaloEmulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for how in ("408", "empty"):
        zalo.settings.empty_poll = how
        inbox, mai = Inbox(), zalo.phone(ONE, "a1b2")
        async with client(zalo) as made:
            made.poll_seconds = 0  # every poll is empty at once, until somebody writes
            async with polling(made, inbox):
                await called(zalo, "getUpdates", 5)
                mai.send("một")
                await inbox.until(1)
    assert caplog.records == []


async def test_every_spelling_of_an_answer(zalo: ZaloEmulator) -> None:
    mai = met(zalo)
    for spelling in ("error_code", "errorCode"):
        for as_text in (False, True):
            zalo.settings.error_spelling, zalo.settings.error_as_text = spelling, as_text
            zalo.settings.include_error_code_zero = as_text
            async with client(zalo) as made:
                assert await made.webhook() == "", "404: it never had one"
                assert await made.send(said(to="a1b2"), None) == mai.last.id
                with pytest.raises(RefusedError) as caught:
                    await made.send(said(to="nobody"), None)
                assert caught.value.gone


async def test_a_bad_day_of_the_network_loses_nothing_that_was_not_handed_out(zalo: ZaloEmulator) -> None:
    inbox, mai = Inbox(), zalo.phone(ONE, "a1b2")
    zalo.faults = once(Fault.error(502), Fault.drop(), Fault.error(429), Fault.flood(1), Fault.error(500))
    async with client(zalo) as made, polling(made, inbox):
        for number in range(5):
            mai.send(str(number))
        assert [i.text for i in await inbox.until(5)] == list("01234")
    assert zalo.lost == []


async def test_a_message_is_kept_until_the_database_takes_it(zalo: ZaloEmulator) -> None:
    inbox, mai = Inbox(), zalo.phone(ONE, "a1b2")
    inbox.refusals = 2
    async with client(zalo) as made, polling(made, inbox):
        mai.send("một")
        mai.send("hai")
        assert [i.text for i in await inbox.until(2)] == ["một", "hai"]


async def test_being_stopped_while_storing_loses_nothing(zalo: ZaloEmulator) -> None:
    mai, begun, go, kept = zalo.phone(ONE, "a1b2"), asyncio.Event(), asyncio.Event(), list[Incoming]()

    async def store(incomings: Sequence[Incoming]) -> None:
        begun.set()
        await go.wait()
        kept.extend(incomings)

    async with client(zalo) as made:
        task = asyncio.create_task(made.poll(store))
        mai.send("một")
        await asyncio.wait_for(begun.wait(), PATIENCE)
        task.cancel()
        go.set()
        await asyncio.gather(task, return_exceptions=True)
    assert [i.text for i in kept] == ["một"]


async def test_nothing_is_polled_while_a_webhook_is_set(zalo: ZaloEmulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.zalo._WEBHOOK_PAUSE", 0.02)
    inbox, mai = Inbox(), zalo.phone(ONE, "a1b2")
    async with client(zalo) as made:
        await made.set_webhook("http://127.0.0.1:9/zalo", SECRET)
        async with polling(made, inbox):
            await called(zalo, "getWebhookInfo", 5)
            assert zalo.counts["getUpdates"] == 0
            await made.delete_webhook()
            mai.send("một")
            await inbox.until(1)


async def test_a_webhook_that_stands_is_not_set_again(zalo: ZaloEmulator) -> None:
    async with client(zalo) as made:
        for secret, calls in ((SECRET, 1), (SECRET, 1), (f"{SECRET}-moi", 2)):
            await made.set_webhook("http://127.0.0.1:9/zalo", secret)
            assert zalo.counts["setWebhook"] == calls
        zalo.settings.webhook_calls_per_day = 0
        with pytest.raises(UnsureError, match="426"):
            await made.set_webhook("http://127.0.0.1:9/other", SECRET)


async def test_a_wrong_token_stops_that_bot_and_is_not_shown(zalo: ZaloEmulator) -> None:
    hidden = "1400000000000000009:not-a-token-of-anybody"
    async with client(zalo, hidden) as made:
        for work in (made.start(), made.poll(Inbox().store), made.until_refused()):
            with pytest.raises(TokenRefusedError) as caught:
                await work
            assert caught.value.lane == "zalo:1400000000000000009"
        calls = sum(zalo.refusals.values())
        with pytest.raises(LaterError):
            await made.send(said(), None)
        assert sum(zalo.refusals.values()) == calls, "nobody is asked again"


async def test_the_token_is_in_no_error(zalo: ZaloEmulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with client(zalo) as made:
        for fault in (Fault.error(502), Fault.drop(), Fault.flood(1)):
            zalo.faults = once(fault)
            with pytest.raises((UnsureError, ZaloError)) as caught:
                await made.call("getMe")
            assert ONE.partition(":")[2] not in f"{caught.value!r} {caught.getrepr(chain=True)}"
        assert ONE.partition(":")[2] not in repr(made)
    async with session() as http:
        nowhere = ZaloBot(ONE, "http://127.0.0.1:9", http, TEXTS.say)
        with pytest.raises(UnsureError) as caught_too:
            await nowhere.start()
        assert ONE.partition(":")[2] not in str(caught_too.getrepr(chain=True))
    assert ONE.partition(":")[2] not in redact(caplog.text)


async def test_who_the_bot_is(zalo: ZaloEmulator) -> None:
    async with client(zalo) as made:
        me = await made.start()
    assert (me.id, me.display_name) == (BOT, "Bot Thử Nghiệm 1")


# Sending ----------------------------------------------------------------------------------------


async def test_choices_are_numbered(zalo: ZaloEmulator) -> None:
    mai = met(zalo)
    async with client(zalo) as made:
        await made.send(said("<b>Xã</b> nào?", "a1b2", choices=("Trung Lý", "Khác")), None)
        assert mai.last.text == "Xã nào?\n\n1. Trung Lý\n2. Khác\n0. Về đầu\n(Anh/chị gõ số hoặc gõ chữ để chọn.)"
        await made.send(said("Chắc?", "a1b2", choices=("Không", "Xóa"), firm=frozenset({1})), None)
        assert "1. Không\n– Xóa (gõ DONG Y)\n0. Về đầu" in mai.last.text
        await made.send(said("Tin báo", "a1b2", choices=("Góp ý ngay",), priority=NOTICE), None)
        assert mai.last.text == "Tin báo\n\n– Góp ý ngay"
        await made.send(said("Home?", "a1b2", choices=("Home", "Back to start"), locale="en"), None)
    assert all("reply_markup" not in request.params for request in zalo.requests)


async def test_what_zalo_has_no_means_for_is_not_sent(zalo: ZaloEmulator) -> None:
    mai = met(zalo)
    async with client(zalo) as made:
        assert await made.send(said("", "a1b2", answers="1"), None) == ""
        assert zalo.counts["sendMessage"] == 0
        await made.send(said("", "a1b2", hints=Hints(toast="Đã duyệt.")), None)
        assert mai.last.text == "Đã duyệt."
        await made.send(said("Mới", "a1b2", edits="0f1e", hints=Hints(contact=True, clear=True, toast="x")), None)
        assert mai.last.text == "Mới"


async def test_a_long_text_goes_in_parts_and_a_part_that_went_is_not_sent_again(zalo: ZaloEmulator) -> None:
    mai = met(zalo)
    text = "\n".join(f"{n}. " + "ộ😀" * 200 for n in range(12))
    async with client(zalo) as made:
        zalo.faults = once(Fault.delay(0), Fault.delay(0), Fault.drop(), method="sendMessage")
        with pytest.raises(UnsureError):
            await made.send(said(text, "a1b2"), None)
        await made.send(said(text, "a1b2"), None)
    shown = [m.text for m in mai.messages if m.from_bot]
    assert "".join("\n".join(shown).split()) == "".join(text.split())


async def test_too_many_messages_are_waited_for_longer_and_longer(zalo: ZaloEmulator) -> None:
    met(zalo)
    zalo.faults = lambda method, _, __: Fault.flood(1) if method == "sendMessage" else None
    async with client(zalo) as made:
        waits = []
        for _ in range(4):
            with pytest.raises(LaterError) as caught:
                await made.send(said(to="a1b2"), None)
            waits.append(caught.value.seconds)
        assert waits == [2, 4, 8, 16]
        zalo.faults = None
        await made.send(said(to="a1b2"), None)
        zalo.faults = once(Fault.flood(1))
        with pytest.raises(LaterError) as again:
            await made.send(said(to="a1b2"), None)
        assert again.value.seconds == 2, "it begins anew"


async def test_the_person_too_many_does_not_hold_up_the_others(zalo: ZaloEmulator) -> None:
    zalo.settings.over_users = "refused"
    zalo.set_quota(ONE, users=2)
    one, two, three = (met(zalo, user) for user in ("a1", "a2", "a3"))
    async with client(zalo) as made:
        for _ in range(5):
            with pytest.raises(LaterError):
                await made.send(said(to="a3"), None)
            await made.send(said(to="a1"), None)
            await made.send(said(to="a2"), None)
    assert [len([m for m in phone.messages if m.from_bot]) for phone in (one, two, three)] == [5, 5, 0]


async def test_a_month_used_up_stops_asking(zalo: ZaloEmulator) -> None:
    people = [f"a{n}" for n in range(6)]
    for user in people:
        met(zalo, user)
    zalo.set_quota(ONE, messages=1)
    async with client(zalo) as made:
        await made.send(said(to="a0"), None)
        for user in people:
            with pytest.raises(LaterError):
                await made.send(said(to=user), None)
        assert zalo.counts["sendMessage"] == 4, "after three chats nobody is tried"
        async with client(zalo, TWO) as other:
            met(zalo, "b1", TWO)
            await other.send(said(to="b1", chat="zalo:1400000000000000002:b1"), None)


async def test_a_lost_answer_is_unsure(zalo: ZaloEmulator) -> None:
    mai = met(zalo)
    async with client(zalo) as made:
        for fault in (Fault.error(502), Fault.error(403), Fault.drop(), Fault.lose_answer()):
            zalo.faults = once(fault)
            with pytest.raises(UnsureError):
                await made.send(said(to="a1b2"), None)
    assert len([m for m in mai.messages if m.from_bot]) == 1


async def test_files_are_links_or_a_word_where_to_get_them(zalo: ZaloEmulator) -> None:
    mai = met(zalo)
    attached = said("Tệp của anh/chị", "a1b2", hints=Hints(attachment={"maker": "ics", "locale": "vi"}))
    async with client(zalo) as made:
        await made.send(attached, None)
        assert "Zalo chưa nhận được tệp" in mai.last.text

    async def linker(_: Outgoing) -> str:
        return "https://ghidanh.vn/file/x"

    async with client(zalo, linker=linker) as made:
        await made.send(attached, None)
        assert mai.last.links == ["https://ghidanh.vn/file/x"]
        assert mai.last.text.endswith("https://ghidanh.vn/file/x")


async def test_a_picture_goes_by_its_address_or_else_as_a_link(zalo: ZaloEmulator) -> None:
    mai = met(zalo)
    link = "https://ghidanh.vn/file/x"

    async def linker(_: Outgoing) -> str:
        return link

    hints = Hints(attachment={"maker": "chart", "locale": "vi", "picture": True})
    async with client(zalo, linker=linker) as made:
        await made.send(said("Biểu đồ", "a1b2", hints=hints), None)
        assert (mai.last.kind, mai.last.photo, mai.last.caption) == ("photo", link, "Biểu đồ")
        await made.send(said("dài " * 600, "a1b2", hints=hints, id=2), None)
        kinds = [m.kind for m in mai.messages if m.from_bot]
        assert kinds[1:] == ["photo", "text", "text"]
        link = "http://127.0.0.1:9/file/x"  # Zalo cannot fetch it
        await made.send(said("Biểu đồ", "a1b2", hints=hints, id=3), None)
        assert (mai.last.kind, mai.last.links) == ("text", [link])


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, b'{"ok":true,"result":{"a":1}}', {"a": 1}),
        (500, b'{"ok":true,"result":1,"error_code":0}', 1),
        (200, b'{"ok":true}', None),
        (200, b'{"ok":false,"error_code":"429","description":"x"}', 429),
        (200, b'{"ok":false,"errorCode":404}', 404),
        (404, b'{"ok":false}', 404),
        (200, b'{"ok":true,"error_code":401}', 401),
        (429, b"<html>", 429),
        (200, b"<html>", UnsureError),
        (401, b"<html>", UnsureError),
        (502, b"", UnsureError),
        (200, b"[]", UnsureError),
        (200, b"\xff", UnsureError),
        (200, b"[" * 100_000, UnsureError),
    ],
)
def test_answers_are_judged_by_their_body(status: int, body: bytes, outcome: Any) -> None:
    if outcome is UnsureError:
        with pytest.raises(UnsureError):
            judge(status, body)
    elif isinstance(outcome, int) and outcome > 1:
        with pytest.raises(ZaloError) as caught:
            judge(status, body)
        assert caught.value.code == outcome
    else:
        assert judge(status, body) == outcome


# The whole bot ----------------------------------------------------------------------------------


@dataclass
class Bots:
    """The bot before a pretend Zalo, started with settings of each test."""

    zalo: ZaloEmulator
    url: str
    folder: Path
    base: datetime = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
    app: App | None = None
    serving: "asyncio.Task[None] | None" = None
    options: dict[str, Any] = field(default_factory=dict)

    def now(self) -> datetime:
        return self.base

    async def start(self, **options: Any) -> None:
        given: dict[str, Any] = {
            "zalo_tokens": ONE, "zalo_api": self.zalo.api, "database_url": self.url, "data_dir": self.folder,
            "programme": PROGRAMME, "zalo_rate": 0, "zalo_messages": 0,
        }  # fmt: skip
        settings = Settings(_env_file=None, **(given | options))  # type: ignore[call-arg]
        self.app = App(settings, BOOK, dues(settings.board_hour, settings.retention_days), MAKERS, Menus(MENU))
        await self.app.open()
        self.serving = asyncio.create_task(self.app.serve())
        ready = asyncio.create_task(self.app.ready.wait())
        await asyncio.wait([ready, self.serving], return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
        ready.cancel()
        if self.serving.done():
            await self.serving

    async def stop(self) -> None:
        if self.app is not None and self.serving is not None:
            self.app.stop.set()
            await asyncio.gather(self.serving, return_exceptions=True)
            await self.app.db.close()

    async def rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        db = await open_database(self.url)
        try:
            async with db.reading() as tx:
                return [dict(row) for row in await tx.all(sql, **params)]
        finally:
            await db.close()

    async def code(self, **given: Any) -> str:
        assert self.app is not None
        made: str = await self.app.db.transact(lambda tx: make_code(tx, now=self.now(), valid=DAY, **given))
        return made


DAY = timedelta(days=1)


@pytest.fixture
async def bots(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bots]:
    fast, wait = FastTime(20.0), bot.outbox._wait
    async with ZaloEmulator([ONE, TWO]) as emulator:
        found = Bots(emulator, database_url, tmp_path)
        monkeypatch.setattr(bot.app, "utc_now", found.now)
        monkeypatch.setattr(bot.outbox, "time", fast)
        monkeypatch.setattr(bot.outbox, "datetime", _Dates(found.now))
        monkeypatch.setattr(bot.outbox, "_wait", lambda event, seconds: wait(event, seconds / 20))
        monkeypatch.setattr(bot.clock, "SWEEP_SECONDS", 0.1)
        yield found
        await found.stop()


async def sees(phone: ZaloPhone, *parts: str) -> str:
    """Wait until the newest answers say all of this; what they say."""

    def text() -> str:
        return "\n".join(shown.text for shown in phone.news)

    await phone.wait(lambda: all(part.casefold() in text().casefold() for part in parts), PATIENCE)
    return text()


def digit(text: str, label: str) -> str:
    """The number drawn before a choice."""
    found = re.search(rf"^(\d+)\. {re.escape(label)}", text, re.MULTILINE)
    assert found is not None, f"{label} has no number in:\n{text}"
    return found.group(1)


_SEAT = (
    "SELECT s.id, u.name AS commune, d.name AS district, s.post, p.name, h.id AS holding FROM holding h"
    " JOIN person p ON p.id = h.person_id JOIN seat s ON s.id = h.seat_id JOIN unit u ON u.id = s.unit_id"
    " JOIN unit d ON d.id = u.parent_id WHERE h.until IS NULL AND h.confirmed_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM holding o WHERE o.person_id = p.id AND o.id <> h.id) ORDER BY s.id LIMIT 1"
)


async def journey(bots: Bots, user: str) -> None:
    """Start, consent by number, commune by words, post by words, the code of the invitation, a session by number."""
    [seat] = await bots.rows(_SEAT)
    code = await bots.code(purpose="seat", holding=seat["holding"])
    mai = bots.zalo.phone(ONE, user, seat["name"])
    mai.send("Xin chào")
    text = await sees(mai, "dữ liệu cá nhân", "1. Đồng ý", "2. Không đồng ý")
    mai.send(digit(text, "Đồng ý"))
    await sees(mai, "xã nào?")
    mai.send(f"{seat['commune']}, {seat['district']}".upper())
    text = await sees(mai, "chức danh nào?", "0. ")
    mai.send(seat["post"])
    await sees(mai, "mã cá nhân")
    mai.send(code.lower())
    text = await sees(mai, "Anh/chị là", seat["name"])
    mai.send(f"số {digit(text, 'Đúng')}")
    await sees(mai, "Đã xác nhận")
    mai.send("lich")
    text = await sees(mai, "chưa đăng ký lớp nào")
    [row] = await bots.rows("SELECT confirmed_how FROM holding WHERE id = :id", id=seat["holding"])
    assert row["confirmed_how"] == "code"


def quiet(records: Sequence[logging.LogRecord]) -> bool:
    return not [r for r in records if r.levelno >= logging.WARNING]


async def test_a_short_journey_by_polling(bots: Bots, caplog: pytest.LogCaptureFixture) -> None:
    await bots.start()
    await journey(bots, "a1b2c3")
    assert quiet(caplog.records)
    assert bots.zalo.lost == []


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def by_webhook(port: int) -> dict[str, Any]:
    return {
        "zalo_mode": "webhook", "zalo_secret": SECRET, "public_url": f"http://127.0.0.1:{port}", "web_port": port,
    }  # fmt: skip


@pytest.mark.parametrize("flat", [True, False])
async def test_a_short_journey_by_webhook(bots: Bots, flat: bool, caplog: pytest.LogCaptureFixture) -> None:
    bots.zalo.settings.flat_webhook, bots.zalo.settings.webhook_copies = flat, 2
    await bots.start(**by_webhook(free_port()))
    await journey(bots, "a1b2c3")
    assert quiet(caplog.records)
    assert bots.zalo.counts["getUpdates"] == 0
    [row] = await bots.rows("SELECT count(*) AS n FROM inbox WHERE channel = 'zalo'")
    assert row["n"] == 7, "each message once, though each was delivered twice"


async def test_a_file_over_a_link(bots: Bots) -> None:
    port = free_port()
    await bots.start(**by_webhook(port))
    await journey(bots, "a1b2c3")
    mai = bots.zalo.phone(ONE, "a1b2c3")
    mai.send("hồ sơ")
    text = await sees(mai, "Hồ sơ của anh/chị")
    mai.send(digit(text, "Lấy dữ liệu"))
    await sees(mai, f"http://127.0.0.1:{port}/file/")
    [link] = mai.last.links
    async with aiohttp.ClientSession() as browser:
        async with browser.get(link) as got:
            assert "Tải tệp về" in await got.text()
        async with browser.get(f"{link}?lay=1") as got:
            assert got.status == 200
            assert mai.name in await got.text()
    async with aiohttp.ClientSession() as stranger, stranger.get(f"{link}?lay=1") as got:
        assert got.status == 410


async def test_health_and_metrics_of_a_running_bot(bots: Bots) -> None:
    await bots.start(web_port=0)
    assert bots.app is not None
    async with aiohttp.ClientSession() as browser:
        async with browser.get(f"http://127.0.0.1:{bots.app.web_port}/health") as got:
            assert (got.status, await got.json()) == (200, {"ok": True, "wrong": []})
        async with browser.get(f"http://127.0.0.1:{bots.app.web_port}/metrics") as got:
            assert f'lane="{LANE}"' in await got.text()


async def test_a_refused_bot_stops_alone_and_the_admin_hears_of_it(bots: Bots) -> None:
    gone = "1400000000000000009:a-token-that-was-reset"
    await bots.start(zalo_tokens=f"{TWO}")
    code = await bots.code(purpose="grant", role="admin")
    boss = bots.zalo.phone(TWO, "boss", "Phạm Văn Quản")
    boss.send(f"start {code}")
    await sees(boss, "dữ liệu cá nhân")
    boss.send("đồng ý")
    await sees(boss, "Đã cấp quyền")
    await bots.stop()
    await bots.start(zalo_tokens=f"{gone},{TWO}")
    await sees(boss, "zalo:1400000000000000009", "không còn dùng được")
    boss.send("trợ giúp")
    await sees(boss, "Trợ giúp")


async def test_a_bot_with_no_good_token_ends(bots: Bots) -> None:
    with pytest.raises(TokenRefusedError) as caught:
        await bots.start(zalo_tokens="1400000000000000009:a-token-that-was-reset")
        await asyncio.wait_for(bots.serving or asyncio.sleep(0), PATIENCE)
    assert caught.value.lane == "zalo:1400000000000000009"


async def test_both_messengers_at_once_and_one_that_does_not_answer_holds_up_nobody(bots: Bots) -> None:
    token = "987654321:AAE-a-token-that-must-not-be-seen-x9"
    async with asyncio.timeout(60):
        await bots.start(telegram_token=token, telegram_api="http://127.0.0.1:9")
        lan = bots.zalo.phone(ONE, "a1b2c3")
        lan.send("Xin chào")
        await sees(lan, "dữ liệu cá nhân")
        await bots.stop()
        emulator = Emulator(token, "ghidanh_thu_bot")
        await emulator.start()
        try:
            await bots.start(telegram_token=token, telegram_api=emulator.api)
            phone = emulator.phone(name="Lò Thị Mai")
            phone.start()
            await phone.wait(lambda: "dữ liệu cá nhân" in "\n".join(s.text for s in phone.news))
            lan.send("Xin chào")
            await sees(lan, "dữ liệu cá nhân")
        finally:
            await bots.stop()
            await emulator.stop()
