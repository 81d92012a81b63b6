"""The page as a browser gets it: the key, the stream, what it asks for; without a browser."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from bot.emulator import Emulator

Ask = Callable[..., Awaitable[dict[str, Any]]]
Act = Callable[..., Awaitable[Any]]


@pytest.fixture
def act(tg: Emulator, http: aiohttp.ClientSession) -> Act:
    async def do(action: str, **asked: Any) -> Any:
        async with http.post(f"{tg.api}/act?key={tg.key}", json={"action": action, **asked}) as response:
            body = await response.json()
            assert response.status == (200 if body["ok"] else 400)
            return body["result"] if body["ok"] else body["error"]

    return do


async def test_nothing_without_the_key(tg: Emulator, http: aiohttp.ClientSession) -> None:
    for path in ("/", "/events", "/state", "/act", "/media/F000001", "/?key=wrong"):
        async with http.get(tg.api + path) as response:
            assert response.status == 403, path
    async with http.get(tg.page_url) as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]


async def test_static_files_and_nothing_else(tg: Emulator, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{tg.api}/static/page.js") as response:
        assert response.content_type == "text/javascript"
        assert "innerHTML" not in await response.text()
    for path in ("/static/../page.py", "/static/%2e%2e/page.py", "/static/none.js", f"/nothing?key={tg.key}"):
        async with http.get(tg.api + path) as response:
            assert response.status in (403, 404), path


@asynccontextmanager
async def stream(tg: Emulator, http: aiohttp.ClientSession, last: str = "") -> AsyncIterator[aiohttp.StreamReader]:
    headers = {"Last-Event-ID": last} if last else {}
    async with http.get(f"{tg.api}/events?key={tg.key}", headers=headers) as response:
        assert response.content_type == "text/event-stream"
        yield response.content


async def event(reader: aiohttp.StreamReader) -> tuple[str, str, Any]:
    fields = {}
    for line in (await reader.readuntil(b"\n\n")).decode().strip().splitlines():
        name, _, value = line.partition(": ")
        fields[name] = value
    return fields["id"], fields["event"], json.loads(fields["data"])


async def test_stream_and_reconnection(tg: Emulator, http: aiohttp.ClientSession, ask: Ask) -> None:
    phone = tg.phone(title="Cán bộ xã")
    tg.note("Dữ liệu mẫu", link="http://127.0.0.1/x")
    phone.start()
    async with stream(tg, http) as reader:
        seen, kind, state = await event(reader)
        assert kind == "state"
        assert state["notes"] == [{"text": "Dữ liệu mẫu", "link": "http://127.0.0.1/x", "chat": None}]
        assert [screen["title"] for screen in state["screens"]] == ["Cán bộ xã"]
        assert [message["text"] for message in state["screens"][0]["messages"]] == ["/start"]
        await ask("sendMessage", chat_id=phone.user_id, text="<b>Chào</b>", parse_mode="HTML")
        seen, kind, told = await event(reader)
        assert (kind, told["message"]["text"], told["message"]["from_bot"]) == ("message", "Chào", True)
        await ask("sendChatAction", chat_id=phone.user_id, action="typing")
        seen, kind, told = await event(reader)
        assert kind == "frame"
        assert told["frame"]["typing"] > 0
    await ask("editMessageText", chat_id=phone.user_id, message_id=2, text="Sửa")
    await ask("deleteMessage", chat_id=phone.user_id, message_id=2)
    tg.storm([(777, "không có điện thoại")])
    async with stream(tg, http, last=seen) as reader:
        _, kind, told = await event(reader)
        assert (kind, told["message"]["text"], told["message"]["edited"]) == ("message", "Sửa", True)
        assert (await event(reader))[1] == "deleted"
        tg.phone(name="Hà Văn Tư")
        seen, kind, state = await event(reader)
        assert (kind, len(state["screens"])) == ("state", 2)
    async with stream(tg, http, last="99999") as reader:
        assert (await event(reader))[1] == "state", "an unknown past is answered with everything"


async def test_what_a_page_does(tg: Emulator, http: aiohttp.ClientSession, ask: Ask, act: Act) -> None:
    phone = tg.phone(1001, "Lò Thị Mai")
    await act("open", chat=1001, link="https://t.me/ghidanh_bot?start=MA")
    button = {"inline_keyboard": [[{"text": "Có", "callback_data": "1"}, {"text": "Xem", "url": "https://x.vn"}]]}
    await ask("sendMessage", chat_id=1001, text="?", reply_markup=button)
    assert await act("press", chat=1001, message=2, row=0, column=0) == {}
    assert await act("press", chat=1001, message=2, row=0, column=1) == {"url": "https://x.vn"}
    sent = await act("send", chat=1001, text="chào", reply_to=2)
    await act("edit", chat=1001, message=sent["message_id"], text="chào ạ")
    assert await act("edit", chat=1001, message=2, text="x") == "not their own message"
    for kind in ("voice", "sticker", "poll", "location"):
        assert kind in await act("attach", chat=1001, kind=kind)
    await act("owner", chat=1001, name="Lò Thị Mai Hoa", phone_number="+84911111111")
    assert (await act("contact", chat=1001))["contact"]["phone_number"] == "+84911111111"
    await ask("sendMessage", chat_id=1001, text="?", reply_markup={"keyboard": [["A"]]})
    await act("key", chat=1001, text="A")
    assert phone.messages[-1].text == "A"
    await act("block", chat=1001)
    assert "unblock() first" in await act("send", chat=1001, text="x")
    await act("unblock", chat=1001)
    assert phone.messages[-1].text == "/start"
    assert "no such action" in await act("dance")
    assert await act("send", chat=5, text="x")
    statistics = await act("statistics")
    assert statistics["counts"]["sendMessage"] == 2
    assert await act("storm", texts=[[9001, "a"], [9002, "b"]]) == 2
    assert await act("inject", updates=[{"message": {}}]) == 1
    async with http.get(f"{tg.api}/state?key={tg.key}") as response:
        assert len((await response.json())["screens"]) == 1


async def test_groups_of_a_page(tg: Emulator, act: Act) -> None:
    boss = tg.phone(1001, "Nguyễn Văn Hùng")
    boss.start()
    other = (await act("phone", name="Hà Văn Tư", title="Cán bộ"))["chat"]
    asked = await act("open", chat=1001, link="t.me/ghidanh_bot?startgroup=BAN")
    assert asked == {"startgroup": "BAN"}
    group = (await act("add_bot", by=1001, title="Ban Dân tộc", code="BAN"))["chat"]
    await act("add_member", chat=group, member=other)
    await act("send", chat=group, by=other, text="/tonghop")
    await act("key", chat=group, by=other, text="Xem")
    await act("remove_bot", chat=group, by=1001)
    assert [message.text for message in tg.screens[group].messages if message.text] == [
        "/start@ghidanh_bot BAN",
        "/tonghop",
        "Xem",
    ]
    assert "is no group" in await act("remove_bot", chat=1001, by=1001)
    assert "is no phone" in await act("send", chat=group, text="x")
    assert (await act("group", title="Huyện", members=[1001, other]))["chat"] < 0


async def test_uploads_and_media(tg: Emulator, http: aiohttp.ClientSession) -> None:
    phone = tg.phone(1001)
    for name, kind in (("a.png", "photo"), ("<script>.html", "document")):
        form = aiohttp.FormData({"action": "upload", "chat": "1001", "kind": kind})
        form.add_field("file", b"<script>", filename=name)
        async with http.post(f"{tg.api}/act?key={tg.key}", data=form) as response:
            assert response.status == 200, await response.text()
    assert phone.messages[0].photo is not None
    assert phone.messages[1].document is not None
    async with http.get(f"{tg.api}/media/F000001?key={tg.key}") as response:
        assert response.content_type == "image/png"
    async with http.get(f"{tg.api}/media/F000002?key={tg.key}") as response:
        assert response.content_type == "application/octet-stream", "nobody's HTML runs in the page"
        assert response.headers["Content-Disposition"].startswith("attachment")
    async with http.get(f"{tg.api}/media/F9?key={tg.key}") as response:
        assert response.status == 404
