"""The page in a real browser. `REQUIRE_BROWSER=1` turns a missing one from a skip into a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from bot.emulator import Emulator

playwright = pytest.importorskip("playwright.async_api")
Ask = Callable[..., Awaitable[dict[str, Any]]]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture
async def page(tg: Emulator) -> AsyncIterator[Any]:
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


async def test_a_conversation(tg: Emulator, ask: Ask, page: Any) -> None:
    phone = tg.phone(1001, "Lò Thị Mai", title="Cán bộ xã", phone_number="+84912345678")
    await ask("setMyDescription", description="Đăng ký tập huấn")
    await page.goto(tg.page_url)
    screen = page.get_by_test_id("phone-0")
    await screen.get_by_text("Đăng ký tập huấn").wait_for()
    await screen.get_by_test_id("start").click()
    await screen.get_by_test_id("message").get_by_text("/start").wait_for()
    markup = {"inline_keyboard": [[{"text": "Đúng", "callback_data": "1:1"}]]}
    text = "<b>Chào</b> &lt;img src=x onerror=alert(1)&gt; 😀 <i>anh/chị</i>"
    await ask("sendMessage", chat_id=1001, text=text, parse_mode="HTML", reply_markup=markup)
    shown = screen.locator('[data-message-id="2"]')
    assert await shown.locator("strong").inner_text() == "Chào"
    assert await shown.locator("em").inner_text() == "anh/chị"
    assert await shown.locator("img").count() == 0, "a bot's text is text"
    await screen.get_by_test_id("inline-button").click()
    await phone.wait(lambda: bool(tg.world.queries))
    query = next(iter(tg.world.queries))
    await ask("answerCallbackQuery", callback_query_id=query, text="Đã ghi nhận")
    await screen.get_by_test_id("toast").get_by_text("Đã ghi nhận").wait_for()
    await ask("editMessageText", chat_id=1001, message_id=2, text="Đã xong")
    await shown.get_by_text("đã sửa").wait_for()
    await screen.get_by_test_id("input").fill("cảm ơn\nnhiều")
    await screen.get_by_test_id("input").press("Enter")
    await screen.get_by_text("cảm ơn").wait_for()
    assert phone.messages[-1].text == "cảm ơn\nnhiều"
    await page.reload()
    await screen.get_by_text("Đã xong").wait_for()
    assert await screen.get_by_test_id("message").count() == 3, "a reload shows the same"


async def test_contact_button_and_blocking(tg: Emulator, ask: Ask, page: Any) -> None:
    phone = tg.phone(1001, "Lò Thị Mai", phone_number="+84912345678")
    phone.start()
    keyboard = {"keyboard": [[{"text": "Chia sẻ số điện thoại", "request_contact": True}]]}
    await ask("sendMessage", chat_id=1001, text="Xin số điện thoại", reply_markup=keyboard)
    await page.goto(tg.page_url)
    screen = page.get_by_test_id("phone-0")
    await screen.get_by_test_id("reply-button").click()
    await page.get_by_test_id("dialog-ok").click()
    await screen.get_by_text("+84912345678").wait_for()
    assert phone.messages[-1].data["contact"]["user_id"] == 1001
    await screen.get_by_test_id("menu").click()
    await page.get_by_role("menuitem", name="Chặn bot").click()
    await screen.get_by_test_id("unblock").click()
    await screen.get_by_test_id("input").wait_for()
    assert phone.chat.bot_status == "member"


async def test_deep_links_and_one_phone_at_a_time(tg: Emulator, ask: Ask, page: Any) -> None:
    await page.set_viewport_size({"width": 360, "height": 700})
    boss = tg.phone(1001, "Nguyễn Văn Hùng", title="Quản trị viên")
    boss.start()
    tg.group("Ban Dân tộc", [boss])
    link = "https://t.me/ghidanh_bot?startgroup=BAN"
    await ask("sendMessage", chat_id=1001, text=f"Thêm vào nhóm: {link}")
    await page.goto(tg.page_url)
    await page.get_by_text(link).click()
    await page.get_by_test_id("dialog-ok").click()
    assert not await page.get_by_test_id("phone-1").is_visible()
    await page.get_by_test_id("tab-1").click()
    await page.get_by_test_id("phone-1").get_by_text("/start@ghidanh_bot BAN").wait_for()
    assert not await page.get_by_test_id("phone-0").is_visible()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360, "nothing sticks out"


async def test_notes_open_on_a_phone(tg: Emulator, page: Any) -> None:
    official, boss = tg.phone(1001, title="Cán bộ xã"), tg.phone(1002, title="Quản trị viên")
    tg.note("Mã của quản trị viên", "https://t.me/ghidanh_bot?start=QUAN_TRI", phone=boss)
    tg.note("Mã của ai đó", "https://t.me/ghidanh_bot?start=AI")
    await page.goto(tg.page_url)
    await page.get_by_test_id("note-link").nth(0).click()
    await page.get_by_test_id("phone-1").get_by_text("/start QUAN_TRI").wait_for()
    await page.get_by_test_id("note-link").nth(1).click()
    await page.get_by_test_id("dialog-ok").click()
    await page.get_by_test_id("phone-0").get_by_text("/start AI").wait_for()
    assert [message.text for message in official.messages] == ["/start AI"]
