"""Zalo phones on the page: what it asks for, and a real browser. `REQUIRE_BROWSER=1` makes a missing one a failure."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.emulator import Emulator, ZaloEmulator

Json = dict[str, Any]
Ask = Callable[..., Awaitable[Json]]
Act = Callable[..., Awaitable[Any]]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIRST, SECOND = "1400000000000000001", "1400000000000000002"


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloEmulator]:
    names = ["Bot Ghi Danh 1", "Bot Ghi Danh 2"]
    async with ZaloEmulator([f"{FIRST}:secret-a", f"{SECOND}:secret-b"], names=names) as emulator:
        yield emulator


@pytest.fixture
async def both(zalo: ZaloEmulator) -> AsyncIterator[Emulator]:
    async with Emulator(zalo=zalo) as emulator:
        yield emulator


@pytest.fixture
def ask(zalo: ZaloEmulator, http: aiohttp.ClientSession) -> Ask:
    async def call(method: str, **params: Any) -> Json:
        async with http.post(f"{zalo.api}/bot{zalo.tokens[0]}/{method}", json=params) as response:
            body: Json = await response.json()
            return body

    return call


@pytest.fixture
def act(both: Emulator, http: aiohttp.ClientSession) -> Act:
    async def do(action: str, **asked: Any) -> Any:
        async with http.post(f"{both.api}/act?key={both.key}", json={"action": action, **asked}) as response:
            body = await response.json()
            return body["result"] if body["ok"] else body["error"]

    return do


async def test_one_stream_for_both(both: Emulator, zalo: ZaloEmulator, http: aiohttp.ClientSession, ask: Ask) -> None:
    both.phone(1001, title="Cán bộ xã").start()
    phone = zalo.phone(user_id="a1", name="Lò Thị Mai", title="Cán bộ xã, Zalo")
    phone.send("chào")
    both.note("Mã", "MA123", phone)

    async def event(reader: aiohttp.StreamReader) -> tuple[str, Any]:
        lines = (await reader.readuntil(b"\n\n")).decode().strip().splitlines()
        fields = dict(line.split(": ", 1) for line in lines)
        return fields["event"], json.loads(fields["data"])

    async with http.get(f"{both.api}/events?key={both.key}") as response:
        kind, state = await event(response.content)
        assert kind == "state"
        assert state["zalo"] == [{"id": FIRST, "name": "Bot Ghi Danh 1"}, {"id": SECOND, "name": "Bot Ghi Danh 2"}]
        assert [(one["messenger"], one["id"]) for one in state["screens"]] == [
            ("telegram", 1001),
            ("zalo", f"zalo:{FIRST}:a1"),
        ]
        assert state["notes"] == [{"text": "Mã", "link": "MA123", "chat": phone.id}]
        assert state["screens"][1]["messages"][0]["text"] == "chào"
        await ask("sendMessage", chat_id="a1", text="Xem https://x.vn/a, #1 /lich")
        kind, told = await event(response.content)
        assert (kind, told["chat"], told["message"]["from_bot"]) == ("message", phone.id, True)
        assert [entity["type"] for entity in told["message"]["entities"]] == ["url"], "only addresses can be tapped"
        await ask("sendChatAction", chat_id="a1", action="typing")
        kind, told = await event(response.content)
        assert (kind, told["frame"]["typing"] > 0) == ("frame", True)
        zalo.storm([("b2", "không có điện thoại")])
        zalo.phone(SECOND, "a1")
        assert (await event(response.content))[0] == "state"


async def test_what_a_page_does_with_zalo(zalo: ZaloEmulator, both: Emulator, act: Act, http: Any) -> None:
    chat = (await act("phone", messenger="zalo", bot=SECOND, name="Hà Văn Tư", title="Cán bộ"))["chat"]
    phone = zalo.screens[chat]
    assert (phone.bot.id, phone.name, phone.title) == (SECOND, "Hà Văn Tư", "Cán bộ")
    assert (await act("send", chat=chat, text="chào"))["text"] == "chào"
    assert "voice_url" in await act("attach", chat=chat, kind="voice")
    assert "sticker" in await act("attach", chat=chat, kind="sticker")
    assert "text" not in await act("attach", chat=chat, kind="contact")
    for kind, name, status in (("photo", "a.png", 200), ("document", "ds.xlsx", 200), ("photo", "a.html", 400)):
        form = aiohttp.FormData({"action": "upload", "chat": chat, "kind": kind})
        form.add_field("file", b"<script>", filename=name)
        async with http.post(f"{both.api}/act?key={both.key}", data=form) as response:
            assert response.status == status, await response.text()
    assert [shown.kind for shown in phone.messages] == [
        "text",
        "voice",
        "sticker",
        "unsupported",
        "photo",
        "unsupported",
    ]
    assert await act("upload", chat=chat, kind="photo", file="x") == "a file is expected"
    async with http.get(f"{both.api}/state?key={both.key}") as response:
        messages = (await response.json())["screens"][0]["messages"]
    for shown, kind in ((messages[4]["photo"], "image/png"), (messages[5]["document"], "application/octet-stream")):
        async with http.get(f"{both.api}/media/{shown['id']}?key={both.key}") as response:
            assert response.content_type == kind
    await act("owner", chat=chat, name="Hà Văn Tư Lớn")
    assert phone.name == "Hà Văn Tư Lớn"
    assert "no such action on Zalo" in await act("press", chat=chat)
    assert await act("send", chat="zalo:1:2", text="x")
    assert await act("storm", messenger="zalo", bot=FIRST, texts=[["b1", "a"], ["b2", "b"]]) == 2
    assert await act("inject", messenger="zalo", updates=[{}]) == 1
    statistics = await act("statistics", messenger="zalo")
    assert (statistics["pending"], statistics["usage"][FIRST]["users"], statistics["lost"]) == (9, 2, 0)
    assert "counts" in await act("statistics"), "without a word it is Telegram"


# -- in a browser

playwright = pytest.importorskip("playwright.async_api")


@pytest.fixture
async def page(both: Emulator) -> AsyncIterator[Any]:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = "no browser: apt-get install chromium"
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip)(reason)
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=found)
        opened = await browser.new_page(viewport={"width": 1280, "height": 800})
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        yield opened
        await browser.close()
        assert errors == []


async def test_a_conversation_on_zalo(both: Emulator, zalo: ZaloEmulator, ask: Ask, page: Any) -> None:
    both.phone(1001, "Nguyễn Văn Hùng", title="Quản trị viên")
    phone = zalo.phone(user_id="a1", name="Lò Thị Mai", title="Cán bộ xã")
    both.note("Mã của cán bộ xã", "K7M2P9", phone)
    await page.goto(both.page_url)
    screen = page.get_by_test_id("phone-1")
    await screen.get_by_text("Hãy nhắn một tin để bắt đầu.").wait_for()
    await page.get_by_test_id("note-link").click()
    assert await screen.get_by_test_id("input").input_value() == "K7M2P9"
    await screen.get_by_test_id("input").press("Enter")
    await screen.get_by_test_id("message").get_by_text("K7M2P9").wait_for()
    file_link = f"{zalo.api}/f/mot-lan"
    text = f"<b>Chào</b> <img src=x>\n1. Đúng\n2. Không phải tôi\nTệp: {file_link}"
    answer = await ask("sendMessage", chat_id="a1", text=text, reply_markup={"inline_keyboard": [[{"text": "X"}]]})
    shown = screen.locator(f'[data-message-id="{answer["result"]["message_id"]}"]')
    assert await shown.get_by_test_id("text").inner_text() == text, "plain text, line by line"
    assert await shown.locator("img, b").count() == 0
    assert await screen.get_by_test_id("inline-button").count() == 0
    link = shown.get_by_role("link")
    assert (await link.get_attribute("href"), await link.get_attribute("target")) == (file_link, "_blank")
    picture = zalo.world.address(zalo.world.keep_file("qr.png", phone.send_photo().picture or b"", "image/png"))
    await ask("sendPhoto", chat_id="a1", photo=picture, caption="Mã QR")
    for number in (0, 1):  # the person's and the bot's; a broken one refuses to be decoded
        await screen.locator("img.photo").nth(number).evaluate("image => image.decode()")
    await ask("sendPhoto", chat_id="a1", photo="https://example.vn/a.png")
    assert await screen.get_by_test_id("picture").get_attribute("href") == "https://example.vn/a.png"
    await ask("sendChatAction", chat_id="a1", action="typing")
    await screen.get_by_text("đang nhập…").wait_for()
    await page.reload()
    await shown.wait_for()
    assert await screen.get_by_test_id("message").count() == 5, "a reload shows the same"


async def test_menus_and_new_phones(both: Emulator, zalo: ZaloEmulator, page: Any, tmp_path: Path) -> None:
    both.phone(1001, title="Quản trị viên")
    await page.set_viewport_size({"width": 360, "height": 700})
    await page.goto(both.page_url)
    await page.get_by_test_id("add-phone").click()
    assert await page.get_by_test_id("field-phone_number").is_visible()
    await page.get_by_test_id("field-messenger").select_option(f"zalo:{SECOND}")
    assert not await page.get_by_test_id("field-phone_number").is_visible(), "Zalo tells no bot anybody's number"
    await page.get_by_test_id("field-name").fill("Hà Văn Tư")
    await page.get_by_test_id("dialog-ok").click()
    await page.get_by_test_id("tab-1").click()
    screen = page.get_by_test_id("phone-1")
    await screen.get_by_text("Bot Ghi Danh 2").wait_for()
    phone = next(iter(zalo.screens.values()))
    seen: list[str] = []
    for label, kind in (("Nhãn dán", "sticker"), ("Tin nhắn thoại", "voice"), ("Danh thiếp", "unsupported")):
        await screen.get_by_test_id("attach").click()
        await page.get_by_role("menuitem", name=label).click()
        seen.append(kind)
        await phone.wait(lambda: [shown.kind for shown in phone.messages] == seen)
    (tmp_path / "ds.xlsx").write_bytes(b"PK")
    await screen.get_by_test_id("attach").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("menuitem", name="Tệp").click()
    await (await chooser.value).set_files(tmp_path / "ds.xlsx")
    await screen.get_by_text("ds.xlsx").wait_for()
    assert phone.messages[-1].kind == "unsupported"
    await screen.get_by_test_id("menu").click()
    await page.get_by_role("menuitem", name="Tên hiển thị…").click()
    assert await page.get_by_test_id("field-name").input_value() == "Hà Văn Tư"
    await page.get_by_test_id("field-name").fill("Tư")
    await page.get_by_test_id("dialog-ok").click()
    await phone.wait(lambda: phone.name == "Tư")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360, "nothing sticks out"
