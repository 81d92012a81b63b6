"""The bot's web server over real HTTP: webhooks, health, metrics, one-time links to files."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from json import loads
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.heart import Heart
from bot.message import Incoming
from bot.turn import House
from bot.web import LARGEST_BODY, TELEGRAM_HEADER, ZALO_HEADER, Doors, Web
from bot.zalo_event import read
from handlers.book import BOOK
from storage import links, mail
from storage.database import Database, PostgresDatabase, SqliteDatabase

Db = SqliteDatabase | PostgresDatabase
BOT, SECRET, TOKEN = "1400000000000000001", "mot-hai-ba-bon-nam", "measure-me"
CHAT = f"zalo:{BOT}:a1b2"
NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


class Site:
    """The server, and a browser that has never been there."""

    def __init__(self, db: Db, house: House) -> None:
        self.db, self.now = db, NOW
        self.heart = Heart(db, house, BOOK, lambda: self.now, lambda: None)
        self.failure: Exception | None = None
        self.made: list[Mapping[str, Any]] = []
        self.trouble: Exception | None = None
        self.resting: list[str] = []
        doors = Doors({BOT: lambda event: read(BOT, event)}, SECRET, True, SECRET, TOKEN)
        self.web = Web(
            db,
            self.store,
            {"ics": self.make, "chart": self.paint},
            house.texts,
            ZoneInfo("Asia/Ho_Chi_Minh"),
            lambda: self.now,
            doors,
            resting=lambda: self.resting,
            lanes=[f"zalo:{BOT}", "telegram"],
        )

    async def store(self, incomings: Sequence[Incoming]) -> None:
        if self.failure is not None:
            raise self.failure
        await self.heart.store(incomings)

    async def make(self, _: Database, given: Mapping[str, Any]) -> tuple[str, bytes]:
        self.made.append(given)
        if self.trouble is not None:
            raise self.trouble
        return "Lịch học “của tôi”.ics", b"BEGIN:VCALENDAR"

    async def paint(self, _: Database, given: Mapping[str, Any]) -> tuple[str, bytes]:
        self.made.append(given)
        return "biểu đồ.png", b"\x89PNG"

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.web.port}"

    async def link(self, maker: str = "ics", chat: str = CHAT, **given: Any) -> str:
        picture = given.pop("picture", False)
        attachment = {"maker": maker, "locale": "vi", **given}
        secret = await self.db.transact(lambda tx: links.make(tx, chat, attachment, self.now, picture=picture))
        return f"{self.root}/file/{secret}"

    async def inbox(self) -> list[str]:
        async with self.db.reading() as tx:
            return [row["key"] for row in await tx.all("SELECT key FROM inbox ORDER BY id")]


@pytest.fixture
async def site(empty_db: Db, house: House) -> AsyncIterator[Site]:
    found = Site(empty_db, house)
    chat = {"id": CHAT, "kind": "private", "locale": "vi", "title": "", "at": "2026-11-20T05:00:00Z"}
    await empty_db.transact(lambda tx: mail.new_chats(tx, [chat]))
    await found.web.start("127.0.0.1", 0)
    yield found
    await found.web.stop()


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


def told(number: str = "m1", text: str = "Xin chào") -> dict[str, Any]:
    chat = {"id": "a1b2", "chat_type": "PRIVATE"}
    message = {"from": {"id": "a1b2", "display_name": "Mai"}, "chat": chat, "text": text, "message_id": number}
    return {"event_name": "message.text.received", "message": message}


# Webhooks ---------------------------------------------------------------------------------------


async def post(site: Site, browser: aiohttp.ClientSession, body: Any, secret: str = SECRET, path: str = "") -> int:
    url, header = f"{site.root}{path or f'/zalo/{BOT}'}", TELEGRAM_HEADER if path else ZALO_HEADER
    data = body if isinstance(body, bytes) else None
    async with browser.post(url, data=data, json=None if data is not None else body, headers={header: secret}) as got:
        return got.status


async def test_flat_wrapped_and_repeated_messages_are_stored_once(site: Site, browser: aiohttp.ClientSession) -> None:
    for body in (told(), {"ok": True, "result": told()}, told(), told("m2")):
        assert await post(site, browser, body) == 200
    assert await site.inbox() == [f"{BOT}:m1", f"{BOT}:m2"]


async def test_repeats_at_the_same_moment_are_stored_once(site: Site, browser: aiohttp.ClientSession) -> None:
    assert set(await asyncio.gather(*[post(site, browser, told()) for _ in range(10)])) == {200}
    assert await site.inbox() == [f"{BOT}:m1"]


@pytest.mark.parametrize("secret", ["", "x", SECRET + "x", SECRET[:-1], "đồng ý"])
async def test_a_wrong_secret(site: Site, browser: aiohttp.ClientSession, secret: str) -> None:
    assert await post(site, browser, told(), secret) == 403
    assert await site.inbox() == []


async def test_what_is_no_message(site: Site, browser: aiohttp.ClientSession) -> None:
    assert await post(site, browser, b"") == 200, "the probe"
    assert await post(site, browser, b"", secret="") == 200, "the probe may not know the secret yet"
    assert await post(site, browser, {"event_name": "webhook.verify"}) == 200
    assert await post(site, browser, [1, "x"]) == 200
    assert await post(site, browser, b"{") == 400
    assert await post(site, browser, b"[" * 100_000) == 400
    assert await post(site, browser, b"x" * (LARGEST_BODY + 1)) == 413
    async with browser.post(f"{site.root}/zalo/999", json=told(), headers={ZALO_HEADER: SECRET}) as got:
        assert got.status == 404
    async with browser.get(f"{site.root}/zalo/{BOT}") as got:
        assert got.status == 405
    assert await site.inbox() == []


async def test_200_only_when_it_is_stored(site: Site, browser: aiohttp.ClientSession) -> None:
    site.failure = sqlite3.OperationalError("disk full")
    assert await post(site, browser, told()) == 503
    site.failure = None
    assert await post(site, browser, told()) == 200
    assert await site.inbox() == [f"{BOT}:m1"]


async def test_telegram_by_webhook(site: Site, browser: aiohttp.ClientSession) -> None:
    chat = {"id": 1001, "type": "private", "first_name": "Mai"}
    update = {"update_id": 7, "message": {"message_id": 1, "chat": chat, "from": chat, "date": 1, "text": "x"}}
    assert await post(site, browser, update, "wrong", "/telegram") == 403
    assert await post(site, browser, update, SECRET, "/telegram") == 200
    assert await post(site, browser, update, SECRET, "/telegram") == 200
    assert await post(site, browser, [update], SECRET, "/telegram") == 200
    assert await site.inbox() == ["7"]


async def test_doors_that_nobody_opened_are_shut(empty_db: Db, house: House, browser: aiohttp.ClientSession) -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    web = Web(empty_db, Site(empty_db, house).store, {}, house.texts, zone, lambda: NOW, Doors({BOT: lambda _: None}))
    await web.start("127.0.0.1", 0)
    for path in (f"/zalo/{BOT}", "/telegram"):
        async with browser.post(f"http://127.0.0.1:{web.port}{path}", json=told(), headers={ZALO_HEADER: ""}) as got:
            assert got.status == 404
    await web.stop()


# Watching ---------------------------------------------------------------------------------------


async def test_health(site: Site, browser: aiohttp.ClientSession) -> None:
    async with browser.get(f"{site.root}/health") as got:
        assert (got.status, await got.json()) == (200, {"ok": True, "wrong": []})
    site.resting = ["outbox"]
    async with browser.get(f"{site.root}/health") as got:
        assert (got.status, (await got.json())["wrong"]) == (503, ["outbox"])
    site.resting = []
    await site.db.close()
    async with browser.get(f"{site.root}/health") as got:
        assert (got.status, (await got.json())["wrong"]) == (503, ["database"])


async def test_metrics_name_nobody_and_are_not_for_everybody(site: Site, browser: aiohttp.ClientSession) -> None:
    await post(site, browser, told(text="Lò Thị Mai 0912345678"))
    site.now += timedelta(minutes=2)
    url = f"{site.root}/metrics"
    async with browser.get(url, headers={"Authorization": f"Bearer {TOKEN}"}) as got:
        text = await got.text()
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert lines['ghidanh_inbox_messages{state="waiting"}'] == "1"
    assert lines['ghidanh_oldest_waiting_seconds{box="inbox"}'] == "120"
    assert lines[f'ghidanh_outbox_messages{{lane="zalo:{BOT}",state="sent"}}'] == "0"
    assert lines["ghidanh_webhook_updates_total"] == "1"
    assert "Mai" not in text
    assert "a1b2" not in text
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}):
        async with browser.get(url, headers=headers) as got:
            assert got.status == 403


async def test_metrics_without_a_token_are_for_this_machine(
    empty_db: Db, house: House, browser: aiohttp.ClientSession
) -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    web = Web(empty_db, Site(empty_db, house).store, {}, house.texts, zone, lambda: NOW, Doors())
    await web.start("127.0.0.1", 0)
    for headers, status in (({}, 200), ({"X-Forwarded-For": "203.0.113.9"}, 403), ({"Authorization": "Bearer "}, 200)):
        async with browser.get(f"http://127.0.0.1:{web.port}/metrics", headers=headers) as got:
            assert got.status == status
    await web.stop()


# Files ------------------------------------------------------------------------------------------


async def test_a_link_offers_its_file_and_gives_it_once(site: Site, browser: aiohttp.ClientSession) -> None:
    url = await site.link(words="x")
    async with browser.get(url) as got:
        page = await got.text()
        assert (got.status, got.content_type) == (200, "text/html")
        assert "Tải tệp về" in page
        assert "12:00 Chủ nhật, 22/11/2026" in page
        assert got.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in got.headers["Content-Security-Policy"]
    assert site.made == [], "it is made when it is asked for"
    async with browser.get(f"{url}?lay=1") as got:
        assert (got.status, await got.read()) == (200, b"BEGIN:VCALENDAR")
        assert got.content_type == "text/calendar"
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Cache-Control"] == "no-store"
        assert "filename*=UTF-8''L%E1%BB%8Bch%20h%E1%BB%8Dc" in got.headers["Content-Disposition"]
        assert got.content_disposition is not None
        assert got.content_disposition.type == "attachment"
    assert site.made == [{"maker": "ics", "locale": "vi", "words": "x"}]
    async with aiohttp.ClientSession() as stranger, stranger.get(f"{url}?lay=1") as got:
        assert got.status == 410
        assert "không còn dùng được" in await got.text()
    assert len(site.made) == 1


async def test_looking_does_not_use_a_link_up(site: Site, browser: aiohttp.ClientSession) -> None:
    url = await site.link()
    for path in (url, f"{url}?lay=1"):
        async with browser.head(path) as got:
            assert got.status == 200
    for _ in range(3):  # previews of messengers
        async with aiohttp.ClientSession() as preview, preview.get(url) as got:
            assert got.status == 200
    async with aiohttp.ClientSession() as simple, simple.get(f"{url}?lay=1") as got:
        assert got.status == 200


async def test_a_telephone_that_fetches_twice_gets_it_twice_but_nobody_else(
    site: Site, browser: aiohttp.ClientSession
) -> None:
    url = await site.link()
    async with browser.get(url):
        pass
    for status in (200, 200):
        async with browser.get(f"{url}?lay=1") as got:
            assert got.status == status
    async with aiohttp.ClientSession() as stranger:
        for path in (url, f"{url}?lay=1"):
            async with stranger.get(path) as got:
                assert got.status == 410
    site.now += timedelta(minutes=11)
    async with browser.get(f"{url}?lay=1") as got:
        assert got.status == 410


async def test_without_a_cookie_a_link_opens_once_even_at_the_same_moment(site: Site) -> None:
    url = f"{await site.link()}?lay=1"

    async def fetch() -> int:
        async with aiohttp.ClientSession() as session, session.get(url) as got:
            return got.status

    assert sorted(await asyncio.gather(*[fetch() for _ in range(5)])) == [200, 410, 410, 410, 410]
    assert len(site.made) == 1


async def test_a_link_expires(site: Site, browser: aiohttp.ClientSession) -> None:
    url = await site.link()
    site.now += timedelta(hours=48)
    async with browser.get(f"{url}?lay=1") as got:
        assert got.status == 410
    site.now += timedelta(days=31)
    await site.link()  # what is long over is forgotten
    async with browser.get(url) as got:
        assert got.status == 404


@pytest.mark.parametrize("guess", ["x", "0" * 32, "%00", "é", "a%2Fb", "'; DROP TABLE file_link"])
async def test_a_guess(site: Site, browser: aiohttp.ClientSession, guess: str) -> None:
    await site.link()
    async with browser.get(f"{site.root}/file/{guess}?lay=1") as got:
        assert got.status == 404
        assert "Không có tệp này" in await got.text()
    assert site.made == []


async def test_a_file_that_cannot_be_made_uses_nothing_up(site: Site, browser: aiohttp.ClientSession) -> None:
    url = f"{await site.link()}?lay=1"
    for trouble in (RuntimeError("x"), KeyError("x")):
        site.trouble = trouble
        async with browser.get(url) as got:
            assert got.status == 503
    site.trouble = None
    async with browser.get(url) as got:
        assert got.status == 200


async def test_a_link_is_bound_to_its_chat_and_person(site: Site, browser: aiohttp.ClientSession) -> None:
    async def person(tx: Any) -> int:
        sql = "INSERT INTO person (name, folded, origin, created_at) VALUES ('Mai', 'mai', 'chat', '') RETURNING id"
        number = int(await tx.value(sql))
        await tx.run(
            "INSERT INTO chat_person (chat, person_id, since) VALUES (:chat, :person, '')", chat=CHAT, person=number
        )
        return number

    mai = await site.db.transact(person)
    url, other = f"{await site.link(person=mai)}?lay=1", f"{await site.link(person=mai)}?lay=1"
    stranger = f"{await site.link(chat=f'zalo:{BOT}:nobody')}?lay=1"
    async with browser.get(stranger) as got:
        assert got.status == 410
    async with browser.get(url) as got:
        assert got.status == 200
    await site.db.transact(lambda tx: tx.run("UPDATE chat_person SET until = '2026' WHERE person_id = :p", p=mai))
    async with browser.get(other) as got:
        assert got.status == 410


async def test_whose_data_are_gone_meanwhile(site: Site, browser: aiohttp.ClientSession) -> None:
    site.trouble = LookupError("no such person in this chat")
    async with browser.get(f"{await site.link()}?lay=1") as got:
        assert got.status == 410


async def test_links_of_a_chat_are_revoked(site: Site, browser: aiohttp.ClientSession) -> None:
    url = await site.link()
    await site.db.transact(lambda tx: links.revoke(tx, CHAT, "2026-11-20T05:00:00Z"))
    async with browser.get(url) as got:
        assert got.status == 410


async def test_a_picture_is_fetched_by_the_messenger_as_often_as_it_likes(
    site: Site, browser: aiohttp.ClientSession
) -> None:
    url = await site.link("chart", picture=True)
    for _ in range(2):
        async with browser.get(url) as got:
            assert (got.status, got.content_type, await got.read()) == (200, "image/png", b"\x89PNG")
    site.now += timedelta(hours=49)
    async with browser.get(url) as got:
        assert got.status == 410


async def test_the_secret_of_a_link_is_not_kept(site: Site) -> None:
    secret = (await site.link()).rpartition("/")[2]
    async with site.db.reading() as tx:
        [row] = await tx.all("SELECT * FROM file_link")
    assert secret not in str(dict(row))
    assert loads(row["attachment"])["maker"] == "ics"
