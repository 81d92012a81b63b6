"""The pretend Zalo's methods, refusals, quotas and bad days."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.emulator import Fault
from bot.emulator.contents import TINY_PNG
from bot.emulator.zalo import ZaloEmulator

Json = dict[str, Any]
Ask = Callable[..., Awaitable[Json]]
FIRST, SECOND = "1400000000000000001", "1400000000000000002"


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloEmulator]:
    async with ZaloEmulator([f"{FIRST}:secret-a", f"{SECOND}:secret-b"], names=["Bot Ghi Danh"]) as emulator:
        yield emulator


@pytest.fixture
def ask(zalo: ZaloEmulator, http: aiohttp.ClientSession) -> Ask:
    async def call(method: str, bot: int = 0, **params: Any) -> Json:
        async with http.post(f"{zalo.api}/bot{zalo.tokens[bot]}/{method}", json=params) as response:
            body: Json = await response.json()
            return body

    return call


async def test_get_me(ask: Ask) -> None:
    me = (await ask("getMe"))["result"]
    assert me["id"] == FIRST
    assert (me["account_type"], me["can_join_groups"], me["display_name"]) == ("BASIC", False, "Bot Ghi Danh")
    assert (await ask("getMe", bot=1))["result"]["id"] == SECOND


def test_tokens_are_checked() -> None:
    for tokens in (["abc:x"], ["1:a", "1:b"]):
        with pytest.raises(ValueError, match="token"):
            ZaloEmulator(tokens)


async def test_refusals_and_their_spellings(zalo: ZaloEmulator, http: aiohttp.ClientSession) -> None:
    async def get(path: str) -> tuple[int, Json]:
        async with http.get(zalo.api + path) as response:
            return response.status, await response.json()

    wrong, mine = "/bot1400000000000000001:guess", f"/bot{zalo.tokens[0]}"
    assert await get(wrong + "/getMe") == (200, {"ok": False, "description": "Unauthorized", "error_code": 401})
    not_found = (200, {"ok": False, "description": "Not Found", "error_code": 404})
    for name in ("getme", "GETME", "sendDocument", "editMessageText", "answerCallbackQuery", "deleteMessage", ""):
        assert await get(f"{mine}/{name}") == not_found, name
    assert await get("/") == not_found
    zalo.settings.status_mode = "mirror"
    zalo.settings.error_spelling = "errorCode"
    assert await get(wrong + "/getMe") == (401, {"ok": False, "description": "Unauthorized", "errorCode": 401})
    assert (await get(mine + "/getUpdates?timeout=0"))[0] == 408
    zalo.settings.error_as_text = True
    assert (await get(mine + "/dance")) == (404, {"ok": False, "description": "Not Found", "errorCode": "404"})
    assert zalo.refusals == {401: 2, 404: 9, 408: 1}


async def test_a_success_may_carry_a_zero(http: aiohttp.ClientSession) -> None:
    async with ZaloEmulator(include_error_code_zero=True) as zalo:
        phone = zalo.phone()
        phone.send("chào")
        url = f"{zalo.api}/bot{zalo.tokens[0]}/sendChatAction"
        async with http.get(url, params={"chat_id": phone.user_id, "action": "typing"}) as response:
            assert await response.json() == {"ok": True, "error_code": 0}


async def test_parameters_come_in_four_ways(zalo: ZaloEmulator, http: aiohttp.ClientSession, ask: Ask) -> None:
    phone = zalo.phone(user_id="0123456789")
    phone.send("chào")
    url = f"{zalo.api}/bot{zalo.tokens[0]}/sendMessage"
    fields = {"chat_id": "0123456789", "text": "xin chào"}
    with aiohttp.MultipartWriter("form-data") as multipart:
        for name, value in fields.items():
            multipart.append(value).set_content_disposition("form-data", name=name)
        for send in (
            http.get(url, params=fields),
            http.post(url, params=fields),
            http.post(url, data=fields),
            http.post(url, json=fields),
            http.post(url, data=multipart),
        ):
            async with send as answer:
                assert (await answer.json())["ok"]
    assert [shown.text for shown in phone.news] == ["xin chào"] * 5
    assert {request.method for request in zalo.requests} == {"sendMessage"}
    assert all((request.params, request.bot) == (fields, FIRST) for request in zalo.requests)
    for body in ("[1]", "{"):
        async with http.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
            assert (await answer.json())["error_code"] == 400
    assert (await ask("sendMessage", chat_id=123456789, text="x"))["error_code"] == 400, "ids are texts"
    async with http.put(url, json=fields) as answer:
        assert (await answer.json())["error_code"] == 404


# -- sending


async def test_a_text_has_no_buttons(zalo: ZaloEmulator, ask: Ask) -> None:
    phone = zalo.phone()
    phone.send("chào")
    markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "1"}]]}
    answer = await ask("sendMessage", chat_id=phone.user_id, text="Chọn:\n1. Có", reply_markup=markup, khac=1)
    assert set(answer["result"]) == {"message_id", "date"}
    assert isinstance(answer["result"]["message_id"], str)
    assert answer["result"]["date"] > 1_600_000_000_000
    assert (phone.last.text, phone.last.id) == ("Chọn:\n1. Có", answer["result"]["message_id"])
    assert not hasattr(phone.last, "buttons")
    assert phone.last.data["reply_markup"] == markup, "what was asked for is there to be looked at"
    assert str(phone) == "> chào\n< Chọn:\n1. Có"


async def test_the_length_of_a_text(zalo: ZaloEmulator, ask: Ask) -> None:
    phone = zalo.phone()
    phone.send("chào")

    async def code(text: Any) -> int:
        return int((await ask("sendMessage", chat_id=phone.user_id, text=text)).get("error_code", 0))

    assert [await code(text) for text in ("", "  \n", None, 5, "á" * 2001, "😀" * 1001)] == [400] * 6
    assert [await code(text) for text in ("a", "á" * 2000, "😀" * 1000)] == [0] * 3
    zalo.settings.length = "characters"
    assert [await code("😀" * 2000), await code("😀" * 2001)] == [0, 400]
    assert (await ask("sendMessage", chat_id=phone.user_id, text="x", parse_mode="html"))["ok"]
    assert (await ask("sendMessage", chat_id=phone.user_id, text="x", parse_mode="HTML"))["error_code"] == 400


async def test_nobody_is_written_to_first(zalo: ZaloEmulator, ask: Ask) -> None:
    phone = zalo.phone()
    answer = await ask("sendMessage", text="chào")
    assert answer["description"] == "Bad request: The chat_id must not be empty"
    assert (await ask("sendMessage", chat_id=phone.user_id, text="chào"))["error_code"] == 403
    zalo.settings.unknown_chat = 400
    assert (await ask("sendChatAction", chat_id="la", action="typing"))["error_code"] == 400
    phone.send("chào")
    assert (await ask("sendMessage", chat_id=phone.user_id, text="chào"))["ok"]


@pytest.fixture
async def pictures() -> AsyncIterator[str]:
    async def answer(request: web.BaseRequest) -> web.Response:
        if request.path == "/a.png":
            return web.Response(body=TINY_PNG, content_type="image/png")
        if request.path == "/page":
            return web.Response(text="<html>", content_type="text/html")
        return web.Response(status=404)

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_picture_goes_by_its_address(zalo: ZaloEmulator, ask: Ask, pictures: str) -> None:
    phone = zalo.phone()
    phone.send("chào")
    assert (await ask("sendPhoto", chat_id=phone.user_id, photo=f"{pictures}/a.png", caption="mã QR"))["ok"]
    assert (phone.last.photo, phone.last.picture) == (f"{pictures}/a.png", TINY_PNG), "Zalo fetched it"
    assert (phone.last.caption, phone.last.text) == ("mã QR", "mã QR")
    assert (await ask("sendPhoto", chat_id=phone.user_id, photo="https://example.vn/a.png"))["ok"]
    assert (phone.last.photo, phone.last.picture) == ("https://example.vn/a.png", None)
    invalid = "Bad request: The photo URL is invalid"
    for address in ("data:image/png;base64,AA", "a.png", f"{pictures}/page", f"{pictures}/none", "http://127.0.0.1:9/"):
        answer = await ask("sendPhoto", chat_id=phone.user_id, photo=address)
        assert (answer["error_code"], answer["description"]) == (400, invalid), address
    long = await ask("sendPhoto", chat_id=phone.user_id, photo=f"{pictures}/a.png", caption="x" * 2001)
    assert long["error_code"] == 400
    zalo.settings.fetch_photos = False
    assert (await ask("sendPhoto", chat_id=phone.user_id, photo=f"{pictures}/none"))["ok"]
    zalo.settings.allow_local_webhook = False
    assert (await ask("sendPhoto", chat_id=phone.user_id, photo=f"{pictures}/a.png"))["error_code"] == 400


async def test_files_cannot_be_sent(zalo: ZaloEmulator, http: aiohttp.ClientSession) -> None:
    phone = zalo.phone()
    phone.send("chào")
    form = aiohttp.FormData({"chat_id": phone.user_id})
    form.add_field("photo", TINY_PNG, filename="a.png", content_type="image/png")
    async with http.post(f"{zalo.api}/bot{zalo.tokens[0]}/sendPhoto", data=form) as response:
        assert (await response.json())["description"] == "Bad request: The photo must not be empty"


async def test_sticker_voice_and_typing(zalo: ZaloEmulator, ask: Ask) -> None:
    phone = zalo.phone()
    phone.send("chào")
    there = {"chat_id": phone.user_id}
    assert await ask("sendChatAction", **there, action="typing") == {"ok": True}, "no result"
    assert phone.chat.typing_until > time.time()
    assert (await ask("sendChatAction", **there, action="dance"))["error_code"] == 400
    assert set((await ask("sendSticker", **there, sticker="bc3c"))["result"]) == {"message_id", "date"}
    assert (phone.last.kind, phone.last.sticker, phone.chat.typing_until) == ("sticker", "bc3c", 0.0)
    assert (await ask("sendSticker", **there))["error_code"] == 400
    assert (await ask("sendVoice", **there, voice_url="https://example.vn/a.aac"))["ok"]
    assert phone.last.voice == "https://example.vn/a.aac"
    assert (await ask("sendVoice", **there, voice_url="https://example.vn/a.mp3"))["error_code"] == 400
    assert zalo.usage().messages == 2, "typing costs nothing, a refusal neither"


async def test_waiting_for_the_bot(zalo: ZaloEmulator, ask: Ask) -> None:
    phone = zalo.phone()
    with pytest.raises(LookupError):
        assert phone.last
    phone.send("chào")
    waiting = asyncio.create_task(phone.wait(2))
    await ask("sendMessage", chat_id=phone.user_id, text="một")
    await ask("sendMessage", chat_id=phone.user_id, text="Tệp: https://bot.example.vn/f/abc, mở trong 1 giờ.")
    assert (await waiting)[0].text == "một"
    assert phone.last.links == ["https://bot.example.vn/f/abc"]
    assert zalo.sent_log[0][1:] == (FIRST, phone.user_id, "một")
    phone.send("nữa")
    assert phone.news == []
    with pytest.raises(TimeoutError, match="> chào"):
        await phone.wait(lambda: False, timeout=0.01)
    assert [(shown.from_bot, shown.sender) for shown in phone.messages[:2]] == [
        (False, "Lò Thị Mai"),
        (True, "Bot Ghi Danh"),
    ]


# -- quota


async def test_a_month_of_messages(zalo: ZaloEmulator, ask: Ask) -> None:
    now = 1_793_500_000.0  # 1 November 2026, 09:26 in Vietnam
    zalo.clock = lambda: now
    zalo.set_quota(messages=2)
    phone, other = zalo.phone(), zalo.phone(SECOND)
    phone.send("chào")
    other.send("chào")
    codes = [(await ask("sendMessage", chat_id=phone.user_id, text="x")).get("error_code", 0) for _ in range(3)]
    assert codes == [0, 0, 429]
    assert len(phone.news) == 2
    assert (await ask("sendMessage", bot=1, chat_id=other.user_id, text="x"))["ok"], "each bot has its own"
    usage = zalo.usage(FIRST)
    assert (usage.month, usage.messages, usage.messages_limit, usage.users_limit) == ("2026-11", 2, 2, None)
    now += 29.5 * 86_400  # 30 November, 21:26 in Vietnam
    assert (await ask("sendMessage", chat_id=phone.user_id, text="x"))["error_code"] == 429
    now += 3 * 3600  # past midnight in Vietnam, not yet in Greenwich
    assert (await ask("sendMessage", chat_id=phone.user_id, text="x"))["ok"]
    assert zalo.usage().month == "2026-12"
    zalo.settings.count_inbound = True
    phone.send("một")
    assert (await ask("sendMessage", chat_id=phone.user_id, text="x"))["error_code"] == 429
    zalo.set_quota(messages=None)
    assert (await ask("sendMessage", chat_id=phone.user_id, text="x"))["ok"]


@pytest.mark.parametrize(
    ("mode", "heard", "code", "shown"),
    [("ignored", False, 403, 0), ("refused", True, 429, 0), ("swallowed", True, 0, 0)],
)
async def test_the_person_too_many(zalo: ZaloEmulator, ask: Ask, mode: Any, heard: bool, code: int, shown: int) -> None:
    zalo.settings.over_users = mode
    zalo.set_quota(users=2)
    people = [zalo.phone(user_id=f"a{number}") for number in range(3)]
    for phone in (*people, people[0], people[2]):
        phone.send("chào")
    assert (zalo.usage().users, zalo.usage().turned_away) == (2, 1)
    assert zalo.pending() == (5 if heard else 3)
    answers = [(await ask("sendMessage", chat_id=phone.user_id, text="x")).get("error_code", 0) for phone in people]
    assert answers == [0, 0, code]
    await ask("sendChatAction", chat_id="a2", action="typing")
    assert len(people[2].news) == shown
    zalo.set_quota(users=3)
    people[2].send("còn chỗ chưa")
    assert (zalo.usage().users, zalo.usage().turned_away) == (3, 0)
    assert (await ask("sendMessage", chat_id="a2", text="x"))["ok"]
    assert people[2].last.text == "x"


# -- bad days


async def test_bad_days(zalo: ZaloEmulator, ask: Ask, http: aiohttp.ClientSession) -> None:
    phone = zalo.phone()
    phone.send("chào")
    url, body = f"{zalo.api}/bot{zalo.tokens[0]}/sendMessage", {"chat_id": phone.user_id, "text": "x"}
    fault: Fault | None = None
    zalo.faults = lambda method, params, bot: fault if (method, bot) == ("sendMessage", FIRST) else None
    for status in (502, 429):
        fault = Fault.error(status)
        async with http.post(url, json=body) as response:
            assert (response.status, response.content_type) == (status, "text/html")
            assert "<html>" in await response.text()
    fault = Fault.flood(3)
    assert (await ask("sendMessage", **body))["error_code"] == 429
    fault = Fault.drop()
    with pytest.raises(aiohttp.ClientError):
        await ask("sendMessage", **body)
    assert phone.news == []
    fault = Fault.lose_answer()
    with pytest.raises(aiohttp.ClientError):
        await ask("sendMessage", **body)
    assert len(phone.news) == 1, "it was sent, and nobody was told"
    fault, zalo.latency = Fault.delay(0.05), 0.05
    started = time.monotonic()
    assert (await ask("sendMessage", **body))["ok"]
    assert time.monotonic() - started >= 0.1
    assert zalo.counts["sendMessage"] == 6
