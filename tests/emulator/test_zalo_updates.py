"""The pretend Zalo's getUpdates and its webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.emulator import Fault
from bot.emulator.zalo import ZaloEmulator

Json = dict[str, Any]
Ask = Callable[..., Awaitable[Json]]
SECRET = "mot-bi-mat-dai"


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloEmulator]:
    async with ZaloEmulator(["1400000000000000001:secret-a", "1400000000000000002:secret-b"]) as emulator:
        yield emulator


@pytest.fixture
def ask(zalo: ZaloEmulator, http: aiohttp.ClientSession) -> Ask:
    async def call(method: str, bot: int = 0, **params: Any) -> Json:
        async with http.post(f"{zalo.api}/bot{zalo.tokens[bot]}/{method}", json=params) as response:
            body: Json = await response.json()
            return body

    return call


def polls(zalo: ZaloEmulator) -> asyncio.Semaphore:
    """Released for each request that has come, which then waits in the queue before anybody else runs."""
    arrived = asyncio.Semaphore(0)
    zalo.on_request = lambda *_: arrived.release()
    return arrived


def text(answer: Json) -> str:
    assert answer["ok"], answer
    return str(answer["result"]["message"]["text"])


# -- polling


async def test_one_update_a_call_and_it_is_forgotten(zalo: ZaloEmulator, ask: Ask) -> None:
    phone = zalo.phone(name="Lò Thị Mai")
    phone.send("a")
    phone.send("b")
    first = await ask("getUpdates", timeout="5")
    assert first["result"]["event_name"] == "message.text.received"
    message = first["result"]["message"]
    assert message["from"] == {"id": phone.user_id, "display_name": "Lò Thị Mai", "is_bot": False}
    assert message["chat"] == {"id": phone.user_id, "chat_type": "PRIVATE"}
    assert isinstance(message["message_id"], str)
    assert message["date"] > 1_600_000_000_000, "milliseconds"
    assert text(await ask("getUpdates", timeout=5)) == "b"
    assert await ask("getUpdates", timeout=0) == {"ok": False, "description": "Request timeout", "error_code": 408}
    assert [handed.how for handed in zalo.handed] == ["poll", "poll"]
    assert zalo.lost == []


async def test_an_empty_poll_waits_its_time(zalo: ZaloEmulator, ask: Ask) -> None:
    started = asyncio.get_running_loop().time()
    assert (await ask("getUpdates", timeout=0.2))["error_code"] == 408
    assert 0.18 < asyncio.get_running_loop().time() - started < 2
    zalo.settings.empty_poll = "empty"
    assert await ask("getUpdates", timeout=0) == {"ok": True, "result": {}}
    assert (await ask("getUpdates", timeout="lâu"))["error_code"] == 400


async def test_a_poll_wakes_for_an_update(zalo: ZaloEmulator, ask: Ask) -> None:
    arrived = polls(zalo)
    polling = asyncio.ensure_future(ask("getUpdates"))
    await arrived.acquire()
    zalo.phone().send("chào")
    assert text(await polling) == "chào"


async def test_each_bot_has_its_own_people(zalo: ZaloEmulator, ask: Ask) -> None:
    phone = zalo.phone(zalo.tokens[1], "a1")
    assert zalo.phone("1400000000000000002", "a1") is phone
    phone.send("chào")
    assert (await ask("getUpdates", timeout=0))["error_code"] == 408
    assert (await ask("sendMessage", chat_id="a1", text="?"))["error_code"] == 403
    assert text(await ask("getUpdates", bot=1, timeout=0)) == "chào"
    with pytest.raises(LookupError):
        zalo.phone("5")


async def test_a_second_poll_steals(zalo: ZaloEmulator, ask: Ask) -> None:
    arrived = polls(zalo)
    first = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await arrived.acquire()
    second = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await arrived.acquire()
    phone = zalo.phone()
    phone.send("a")
    assert text(await second) == "a"
    assert not first.done()
    phone.send("b")
    assert text(await first) == "b"


async def test_stopping_ends_a_poll(http: aiohttp.ClientSession) -> None:
    async with ZaloEmulator() as zalo:
        arrived = polls(zalo)

        async def poll() -> Json:
            async with http.get(f"{zalo.api}/bot{zalo.tokens[0]}/getUpdates?timeout=50") as answer:
                body: Json = await answer.json()
                return body

        polling = asyncio.create_task(poll())
        await arrived.acquire()
        await zalo.stop()
        assert (await polling)["error_code"] == 408


async def gone(zalo: ZaloEmulator) -> None:
    """A poll whose client hangs up, noticed by the server's end of the line."""
    arrived = polls(zalo)
    _, writer = await asyncio.open_connection("127.0.0.1", zalo.port)
    writer.write(f"GET /bot{zalo.tokens[0]}/getUpdates?timeout=30 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    await arrived.acquire()
    writer.transport.abort()
    waiters = zalo.bot().queue._polls
    while not waiters or not waiters[-1].gone():  # noqa: ASYNC110 - a line's end has no event
        await asyncio.sleep(0.001)


async def test_a_poll_whose_client_is_gone_eats_one_update_for_ever(zalo: ZaloEmulator, ask: Ask) -> None:
    await gone(zalo)
    phone = zalo.phone()
    phone.send("mất")
    phone.send("còn")
    assert text(await ask("getUpdates", timeout=1)) == "còn"
    assert [(lost.how, lost.event["message"]["text"]) for lost in zalo.lost] == [("poll", "mất")]
    zalo.settings.abandoned_polls_eat = False
    await ask("getUpdates", timeout=0)
    await gone(zalo)
    phone.send("không mất")
    assert text(await ask("getUpdates", timeout=1)) == "không mất"
    assert len(zalo.lost) == 1


async def test_an_answer_that_breaks_is_a_loss(zalo: ZaloEmulator, ask: Ask) -> None:
    phone = zalo.phone()
    phone.lose_next()
    for word in ("a", "b", "c"):
        phone.send(word)
    with pytest.raises(aiohttp.ClientError):
        await ask("getUpdates", timeout=1)
    faults = [Fault.lose_answer(), Fault.drop()]
    zalo.faults = lambda method, _params, _bot: faults.pop(0) if method == "getUpdates" and faults else None
    for _ in range(2):
        with pytest.raises(aiohttp.ClientError):
            await ask("getUpdates", timeout=1)
    assert text(await ask("getUpdates", timeout=1)) == "c", "a request that never arrived took nothing"
    assert [lost.event["message"]["text"] for lost in zalo.lost] == ["a", "b"]


async def test_messages_to_a_bot_that_is_not_there(zalo: ZaloEmulator, ask: Ask) -> None:
    zalo.settings.offline_seconds = 0.0
    phone = zalo.phone()
    phone.send("không ai nghe")
    assert [lost.how for lost in zalo.lost] == ["offline"]
    zalo.settings.offline_seconds = 60
    phone.send("chào")
    assert text(await ask("getUpdates", timeout=0)) == "chào"


async def test_kinds_of_messages(zalo: ZaloEmulator, ask: Ask, http: aiohttp.ClientSession) -> None:
    phone = zalo.phone()

    async def heard() -> tuple[str, Json]:
        result = (await ask("getUpdates", timeout=0))["result"]
        return result["event_name"], result.get("message", {})

    phone.send_photo("chú thích")
    name, message = await heard()
    assert (name, message["caption"], message["message_type"]) == ("message.image.received", "chú thích", "CHAT_PHOTO")
    async with http.get(message["photo_url"]) as response:
        assert (response.status, response.content_type) == (200, "image/png")
        assert await response.read() == phone.messages[0].picture
    async with http.get(zalo.api + "/media/Z999999/x.png") as response:
        assert response.status == 404
    zalo.settings.media = "docs"
    phone.send_photo()
    name, message = await heard()
    assert "photo" in message
    assert not {"photo_url", "caption", "message_type"} & set(message)
    phone.send_sticker()
    name, message = await heard()
    assert (name, bool(message["sticker"]), bool(message["url"])) == ("message.sticker.received", True, True)
    phone.send_voice()
    name, message = await heard()
    assert (name, message["voice_url"].endswith(".aac")) == ("message.voice.received", True)
    phone.send_unsupported(with_message=True)
    name, message = await heard()
    assert name == "message.unsupported.received"
    assert set(message) == {"from", "chat", "message_id", "date"}, "nothing of its content"
    phone.send_unsupported(with_message=False)
    assert await heard() == ("message.unsupported.received", {})


async def test_raw_events_and_storms(zalo: ZaloEmulator, ask: Ask) -> None:
    group = {"id": "9f", "chat_type": "GROUP"}
    event = {"event_name": "message.text.received", "message": {"from": {"id": "a1"}, "chat": group, "text": "@Bot a"}}
    assert zalo.inject([event, {"event_name": "group.joined"}, {}]) == 3
    assert zalo.usage().users == 0
    assert zalo.storm([("a1", "một"), ("a2", "hai"), ("a1", "ba")], zalo.tokens[1]) == 3
    assert (zalo.usage(zalo.tokens[1]).users, zalo.pending(zalo.tokens[1]), zalo.pending()) == (2, 3, 6)
    assert text(await ask("getUpdates")) == "@Bot a"
    assert (await ask("sendMessage", chat_id="9f", text="chào nhóm"))["ok"]
    assert (await ask("getUpdates"))["result"] == {"event_name": "group.joined"}
    assert (await ask("getUpdates"))["result"] == {}


# -- webhook


class Receiver:
    """A bot's web server."""

    def __init__(self) -> None:
        self.got: list[tuple[str, Any]] = []
        self.status = 200
        self.news = asyncio.Event()
        self.url = ""

    async def answer(self, request: web.BaseRequest) -> web.Response:
        body = await request.read()
        self.got.append((request.headers["X-Bot-Api-Secret-Token"], await request.json() if body else None))
        self.news.set()
        return web.Response(status=self.status)

    async def wait(self, number: int) -> list[Any]:
        while len(self.got) < number:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 5)
        return [body for _, body in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    runner = web.ServerRunner(web.Server(made.answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/zalo"
    yield made
    await runner.cleanup()


async def test_a_webhook_from_first_to_last(zalo: ZaloEmulator, ask: Ask, receiver: Receiver) -> None:
    assert (await ask("getWebhookInfo"))["error_code"] == 404, "there never was one"
    assert (await ask("testWebhook"))["error_code"] == 404
    arrived = polls(zalo)
    polling = asyncio.ensure_future(ask("getUpdates", timeout=0.5))
    await arrived.acquire()
    answer = (await ask("setWebhook", url=receiver.url, secret_token=SECRET))["result"]
    verification = answer.pop("verification")
    assert verification.pop("latency_ms") >= 0
    assert verification == {"ok": True, "url": receiver.url, "outcome": "webhook.ok", "status_code": 200, "hint": ""}
    assert receiver.got == [(SECRET, None)], "the probe is empty"
    assert (await ask("getWebhookInfo"))["result"] == answer
    assert answer["updated_at"] > 1_600_000_000_000
    phone = zalo.phone()
    phone.send("chào")
    assert (await receiver.wait(2))[1]["message"]["text"] == "chào", "flat"
    assert receiver.got[1][0] == SECRET
    assert (await polling)["error_code"] == 408, "a poll is silent meanwhile"
    zalo.settings.flat_webhook = False
    phone.send("gói")
    wrapped = (await receiver.wait(3))[2]
    assert (wrapped["ok"], wrapped["result"]["message"]["text"]) == (True, "gói")
    zalo.settings.empty_probe = False
    assert (await ask("testWebhook"))["result"]["outcome"] == "webhook.ok"
    assert (await receiver.wait(4))[3] == {"event_name": "webhook.verify"}
    deleted = (await ask("deleteWebhook"))["result"]
    assert (deleted["url"], (await ask("getWebhookInfo"))["result"]) == ("", deleted)
    phone.send("lại hỏi")
    assert text(await ask("getUpdates", timeout=1)) == "lại hỏi"
    assert [handed.how for handed in zalo.handed] == ["webhook", "webhook", "poll"]


async def test_deliveries_come_twice(zalo: ZaloEmulator, ask: Ask, receiver: Receiver) -> None:
    await ask("setWebhook", url=receiver.url, secret_token=SECRET)
    phone = zalo.phone()
    phone.duplicate_next()
    phone.send("a")
    phone.send("b")
    bodies = (await receiver.wait(4))[1:]
    assert [body["message"]["text"] for body in bodies] == ["a", "a", "b"]
    assert bodies[0] == bodies[1]
    zalo.settings.webhook_copies = 3
    phone.send("c")
    assert [body["message"]["text"] for body in (await receiver.wait(7))[4:]] == ["c", "c", "c"]


async def test_what_a_webhook_does_not_take(zalo: ZaloEmulator, ask: Ask, receiver: Receiver) -> None:
    await ask("setWebhook", url=receiver.url, secret_token=SECRET)
    phone = zalo.phone()
    receiver.status = 500
    phone.send("a")
    await receiver.wait(2)
    phone.lose_next()
    phone.send("b")
    zalo.settings.redeliver, zalo.settings.redeliver_seconds = True, 0.01
    phone.send("c")
    bodies = await receiver.wait(5)
    assert [body["message"]["text"] for body in bodies[1:]] == ["a", "c", "c", "c"]
    receiver.status = 200
    phone.send("d")
    while receiver.got[-1][1]["message"]["text"] != "d":
        await receiver.wait(len(receiver.got) + 1)
    assert [(lost.how, lost.event["message"]["text"]) for lost in zalo.lost] == [("webhook", "a"), ("webhook", "b")]


async def test_a_webhook_that_is_stored_although_the_probe_fails(
    zalo: ZaloEmulator, ask: Ask, receiver: Receiver, unused_tcp_port: int
) -> None:
    for status, outcome in (
        (403, "webhook.http.403"),
        (404, "webhook.http.404"),
        (503, "webhook.http.5xx"),
        (302, "webhook.http.other"),
    ):
        receiver.status = status
        verification = (await ask("setWebhook", url=receiver.url, secret_token=SECRET))["result"]["verification"]
        assert (verification["ok"], verification["outcome"], verification["status_code"]) == (False, outcome, status)
    closed = f"http://127.0.0.1:{unused_tcp_port}/"
    verification = (await ask("setWebhook", url=closed, secret_token=SECRET))["result"]["verification"]
    assert verification["outcome"] == "webhook.err.conn"
    assert "status_code" not in verification
    assert (await ask("getWebhookInfo"))["result"]["url"] == closed
    https = receiver.url.replace("http:", "https:")
    assert (await ask("setWebhook", url=https, secret_token=SECRET))["result"]["verification"]["outcome"] in (
        "webhook.err.tls",
        "webhook.err.other",
    )


async def test_webhooks_that_are_refused(zalo: ZaloEmulator, ask: Ask, receiver: Receiver) -> None:
    async def code(**params: Any) -> int:
        return int((await ask("setWebhook", **params)).get("error_code", 0))

    assert await code(secret_token=SECRET) == 400
    assert await code(url=receiver.url) == 400
    assert await code(url=receiver.url, secret_token="x" * 7) == 400
    assert await code(url=receiver.url, secret_token="x" * 257) == 400
    assert await code(url="http://bot.example.vn/x", secret_token=SECRET) == 400
    assert await code(url="ftp://127.0.0.1/x", secret_token=SECRET) == 400
    assert await code(url="https://[x/", secret_token=SECRET) == 400
    zalo.settings.allow_local_webhook = False
    for url in (receiver.url, "https://localhost/x", "https://192.168.1.9/x", "https://[::1]/x"):
        assert await code(url=url, secret_token=SECRET) == 400, url
    assert receiver.got == []
    assert (await ask("getWebhookInfo"))["error_code"] == 404


async def test_webhook_calls_are_counted_by_day(zalo: ZaloEmulator, ask: Ask, receiver: Receiver) -> None:
    now = 1_793_500_000.0
    zalo.clock = lambda: now
    zalo.settings.webhook_calls_per_day = 2
    assert (await ask("setWebhook", url=receiver.url, secret_token=SECRET))["ok"]
    assert (await ask("testWebhook"))["ok"]
    assert (await ask("testWebhook"))["error_code"] == 426
    assert (await ask("setWebhook", url=receiver.url, secret_token=SECRET))["error_code"] == 426
    assert (await ask("deleteWebhook"))["ok"]
    now += 86_400
    assert (await ask("setWebhook", url=receiver.url, secret_token=SECRET))["ok"]
