from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.emulator import Emulator, Fault

Ask = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


def polled(tg: Emulator) -> asyncio.Event:
    """Set when a request has come, which then waits in the queue before anybody else runs."""
    arrived = asyncio.Event()
    tg.on_request = lambda *_: arrived.set()
    return arrived


def texts(answer: dict[str, Any]) -> list[str]:
    return [update["message"]["text"] for update in answer["result"]]


async def test_updates_stay_until_the_offset_confirms_them(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    for text in ("a", "b", "c"):
        phone.send(text)
    first = await ask("getUpdates")
    assert texts(first) == texts(await ask("getUpdates")) == ["a", "b", "c"]
    second = first["result"][1]["update_id"]
    assert texts(await ask("getUpdates", offset=second, limit=1)) == ["b"]
    assert texts(await ask("getUpdates")) == ["b", "c"], "only what is below the offset is gone"
    assert texts(await ask("getUpdates", offset=second + 2)) == []


async def test_a_negative_offset_keeps_the_newest(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    for text in ("a", "b", "c"):
        phone.send(text)
    assert texts(await ask("getUpdates", offset=-1)) == ["c"]
    assert texts(await ask("getUpdates")) == ["c"]


async def test_long_poll_wakes_for_an_update_and_ends_in_time(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    arrived = polled(tg)
    polling = asyncio.create_task(ask("getUpdates", timeout=30))
    await arrived.wait()
    phone.send("chào")
    assert texts(await polling) == ["chào"]
    last = (await ask("getUpdates"))["result"][-1]["update_id"]
    assert texts(await ask("getUpdates", offset=last + 1, timeout=1)) == []


async def test_a_second_poll_terminates_the_first(tg: Emulator, ask: Ask) -> None:
    arrived = polled(tg)
    first = asyncio.create_task(ask("getUpdates", timeout=30))
    await arrived.wait()
    second = asyncio.create_task(ask("getUpdates", timeout=30))
    answer = await first
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")
    tg.phone().send("chào")
    assert texts(await second) == ["chào"]


async def test_stopping_ends_a_poll() -> None:
    async with Emulator() as tg, aiohttp.ClientSession() as http:

        async def poll() -> int:
            async with http.get(f"{tg.api}/bot{tg.token}/getUpdates?timeout=50") as answer:
                return answer.status

        arrived = polled(tg)
        polling = asyncio.create_task(poll())
        await arrived.wait()
        await tg.stop()
        assert await polling == 200


async def test_allowed_updates(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    await ask("getUpdates", allowed_updates=["callback_query"])
    phone.send("không ai nghe")
    assert texts(await ask("getUpdates")) == []
    await ask("getUpdates", allowed_updates=[])
    phone.send("có người nghe")
    assert texts(await ask("getUpdates")) == ["có người nghe"]
    assert tg.world.updates.put("chat_member", {}) is None, "only on request"


async def test_parameters_come_in_four_ways(tg: Emulator, http: aiohttp.ClientSession) -> None:
    phone = tg.phone()
    phone.send("chào")
    url = f"{tg.api}/bot{tg.token}/sendMessage"
    markup = '{"inline_keyboard": [[{"text": "A", "callback_data": "1"}]]}'
    fields = {"chat_id": str(phone.user_id), "text": "xin chào", "reply_markup": markup}
    with aiohttp.MultipartWriter("form-data") as multipart:
        for name, value in fields.items():
            multipart.append(value).set_content_disposition("form-data", name=name)
        for send in (
            http.get(url, params=fields),
            http.post(url, data=fields),
            http.post(url, json=fields),
            http.post(url, data=multipart),
        ):
            async with send as answer:
                assert answer.status == 200, await answer.text()
    assert [message.buttons for message in phone.news] == [[["A"]]] * 4
    assert all(params["text"] == "xin chào" for _, params in tg.requests)
    async with http.post(url, data="[1]", headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == 400


async def test_method_names_ignore_case(tg: Emulator, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{tg.api}/bot{tg.token.replace(':', '%3A')}/GETME") as answer:
        assert (await answer.json())["result"]["is_bot"] is True


class Receiver:
    """A webhook that answers as it is told."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.got: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()

    async def __call__(self, request: web.BaseRequest) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        self.got.put_nowait((secret, await request.json()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


async def test_webhook(tg: Emulator, ask: Ask) -> None:
    receiver = Receiver()
    receiver.statuses = [500, 200]
    tg.server.webhook = type(tg.server.webhook)(tg.world.updates, retry_seconds=0.001)
    runner = web.ServerRunner(web.Server(receiver), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        assert not (await ask("setWebhook", url="http://x.vn/hook"))["ok"]
        assert not (await ask("setWebhook", url=url, secret_token="có dấu"))["ok"]
        phone = tg.phone()
        phone.send("bị bỏ")
        assert (await ask("setWebhook", url=url, secret_token="s3cret", drop_pending_updates=True))["ok"]
        conflict = await ask("getUpdates")
        assert conflict["error_code"] == 409
        assert "webhook is active" in conflict["description"]
        phone.send("chào")
        first, again = await receiver.got.get(), await receiver.got.get()
        assert first == again, "500 is tried again"
        assert first[0] == "s3cret"
        assert first[1]["message"]["text"] == "chào"
        info = (await ask("getWebhookInfo"))["result"]
        assert info["url"] == url
        assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
        assert (await ask("deleteWebhook", drop_pending_updates=True))["ok"]
        phone.send("lại chào")
        assert texts(await ask("getUpdates")) == ["lại chào"]
    finally:
        await runner.cleanup()


async def test_faults(tg: Emulator, ask: Ask, http: aiohttp.ClientSession) -> None:
    phone = tg.phone()
    phone.start()
    todo: list[Fault | None] = [
        Fault.error(502),
        Fault.drop(),
        Fault.lose_answer(),
        Fault.flood(7),
        Fault.delay(0.001),
        None,
    ]
    tg.faults = lambda method, params: todo.pop(0) if todo else None
    url = f"{tg.api}/bot{tg.token}/sendMessage"
    body = {"chat_id": phone.user_id, "text": "chào"}
    async with http.post(url, json=body) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    for shown in (0, 1):
        with pytest.raises(aiohttp.ClientError):
            await http.post(url, json=body)
        assert len(phone.news) == shown, "dropped before handling, then after it"
    flood = await ask("sendMessage", **body)
    assert flood["parameters"] == {"retry_after": 7}
    assert tg.refusals == 1
    assert (await ask("sendMessage", **body))["ok"]
    assert (await ask("sendMessage", **body))["ok"]
    assert [sent.text for sent in tg.sent_log] == ["chào"] * 3


async def test_recorder_and_storms(tg: Emulator, ask: Ask) -> None:
    seen: list[tuple[str, dict[str, Any]]] = []
    tg.on_request = lambda method, params: seen.append((method, params))
    tg.latency = 0.001
    assert tg.storm((5000 + number, "chào") for number in range(250)) == 250
    assert tg.inject([{"message": {"message_id": 1}}]) == 1
    assert len((await ask("getUpdates", limit=100))["result"]) == 100
    assert seen == list(tg.requests) == [("getUpdates", {"limit": 100})]
    assert tg.counts["getUpdates"] == 1


async def test_a_taken_port(tg: Emulator) -> None:
    other = Emulator(port=tg.port)
    with pytest.raises(OSError, match="address already in use"):
        await other.start()
    other.port = 0
    async with other:
        assert other.port != tg.port
