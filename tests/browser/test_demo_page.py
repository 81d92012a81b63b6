"""The demo as its visitor meets it: the whole journey in a real browser, on a wide screen and on a narrow one.

The pictures of the users' guide are taken on the way: `UPDATE_SCREENSHOTS=1 ./run test tests/browser`.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.browser.conftest import Open, Shoot, pictures_of_the_documents

pytestmark = pytest.mark.timeout(180)
OFFICIAL, ADMIN, BOARD, ZALO = "Cán bộ xã", "Quản trị", "Nhóm Ban Dân tộc", "Cán bộ xã, Zalo"
_AT_END = "list => list.scrollHeight - list.scrollTop - list.clientHeight < 60"


class Screen:
    """A phone of the page, by what stands above it."""

    def __init__(self, page: Any, title: str, shoot: Shoot) -> None:
        self.page, self.title, self._shoot = page, title, shoot
        self.root = page.get_by_label(title, exact=True).and_(page.locator(".phone"))
        self._bot = self.root.locator('[data-testid="message"][data-from="bot"]')

    async def front(self) -> None:
        """Where there is room for one phone only, this one."""
        tab = self.page.get_by_role("tab", name=self.title, exact=True)
        if await tab.is_visible():
            await tab.click()

    async def starts(self) -> None:
        await self.root.get_by_test_id("start").click()

    async def says(self, text: str) -> None:
        await self.root.get_by_test_id("input").fill(text)
        await self.root.get_by_test_id("input").press("Enter")

    async def presses(self, label: str) -> None:
        """The newest button of that label."""
        await self._comes_near()
        await self.root.get_by_test_id("inline-button").get_by_text(label, exact=True).last.click()

    async def _comes_near(self) -> None:
        """What is half outside of the window Playwright would bring to its middle, and so scroll the messages too."""
        await self.root.evaluate("root => root.scrollIntoView({ block: 'nearest', inline: 'nearest' })")

    async def presses_first(self, part: str) -> None:
        """The first button of the newest message that says so."""
        await self._comes_near()
        await self._bot.filter(has_text=part).last.get_by_test_id("inline-button").first.click()

    async def shares(self) -> None:
        """The number, through the button of the keyboard and Telegram's own question."""
        # The keyboard has taken its room, and the question above it is still to be read.
        await self.page.wait_for_function(_AT_END, arg=await self.root.get_by_test_id("messages").element_handle())
        await self.root.get_by_test_id("reply-button").first.click()
        await self.page.get_by_test_id("dialog-ok").click()

    async def sees(self, text: str, picture: str = "", side: str = "end") -> None:
        """A message of the bot says it; not always the newest: the clock may have asked for feedback meanwhile."""
        message = self._bot.filter(has_text=text).last
        await message.wait_for()
        await self._fits()
        if picture:
            await message.evaluate("(message, side) => message.scrollIntoView({ block: side })", side)
            await self.page.mouse.move(0, 0)  # or a button would look pressed
            await self._shoot(self.root.locator(".glass"), picture)

    async def _fits(self) -> None:
        """Nothing sticks out of the page or of a bubble."""
        wide = await self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"the page is {wide} px too wide"
        cut = await self.root.evaluate(
            "root => [...root.querySelectorAll('.bubble, .key')].filter(e => e.scrollWidth > e.clientWidth + 1)"
            ".map(e => e.textContent.slice(0, 80))"
        )
        assert cut == [], f"text sticks out: {cut}"


async def follow(page: Any, begin: str) -> None:
    """Press the link at the top of the page that begins so."""
    await page.get_by_test_id("note-link").filter(has_text=re.compile(f"^{begin}")).click()


async def register(mai: Screen) -> None:
    """From the first press to a place in a session and the calendar file."""
    await mai.starts()
    await mai.sees("Anh/chị có đồng ý cung cấp dữ liệu như trên không?", "start")
    await mai.presses("Đồng ý")
    await mai.sees("Anh/chị công tác ở xã nào?")
    await mai.says("tam chung")
    await mai.sees("Anh/chị giữ chức danh nào?", "commune")
    await mai.presses("Phó Chủ tịch UBND xã")
    await mai.sees("mã cá nhân", "prove")
    await mai.shares()
    await mai.sees("Anh/chị là Phạm Đức Phong", "is-it-you")
    await mai.presses("Đúng")
    await mai.sees("Đã xác nhận: Phạm Đức Phong")
    await mai.presses("Đăng ký lớp")
    await mai.sees("Các lớp đang nhận đăng ký", "sessions")
    await mai.presses_first("Các lớp đang nhận đăng ký")
    await mai.sees("Anh/chị có đăng ký lớp này không?")
    await mai.presses("Đăng ký")
    await mai.sees("Đã đăng ký lớp", "enrolled")
    await mai.presses("Lịch của tôi")
    await mai.sees("Chọn lớp để xem chi tiết", "schedule")
    await mai.presses("Lịch vào máy")
    await mai.sees("Tệp lịch học của anh/chị")
    async with mai.page.expect_download() as download:
        await mai.root.get_by_test_id("document").click()
    content = (await (await download.value).path()).read_bytes()
    assert list(Calendar.from_ical(content).walk("VEVENT"))


async def give_feedback(mai: Screen) -> None:
    """About the sample's session that is over."""
    await mai.says("/gopy")
    await mai.sees("góp ý cho lớp nào?")
    await mai.root.get_by_test_id("inline-button").filter(has_text="đợt trước").last.click()
    await mai.sees("ghi tên hay không ghi tên?", "feedback-name")
    await mai.presses("Có ghi tên")
    await mai.sees("1/6", "feedback")
    for number, score in enumerate("5544", start=1):
        await mai.sees(f"{number}/6")
        await mai.presses(score)
    await mai.sees("5/6")
    await mai.says("Xin cảm ơn, lớp học rất bổ ích")
    await mai.sees("6/6")
    await mai.presses("Xong")
    await mai.sees("Anh/chị gửi góp ý này không?")
    await mai.presses("Gửi")
    await mai.sees("Đã gửi góp ý")


async def become_admin(boss: Screen) -> None:
    """By the one-time link at the top of the page."""
    await follow(boss.page, "Máy “Quản trị”")
    await boss.sees("Anh/chị có đồng ý cung cấp dữ liệu như trên không?")
    await boss.presses("Đồng ý")
    await boss.sees("Đã cấp quyền")


async def bind_the_board(boss: Screen, board: Screen) -> None:
    """The Board's group, by the link that asks for a phone and then for a group; then the summary is sent there."""
    page = boss.page
    await follow(page, "“Nhóm Ban Dân tộc”")
    await page.get_by_test_id("field-chat").select_option(label=ADMIN)
    await page.get_by_test_id("dialog-ok").click()
    await page.get_by_role("heading", name="Thêm bot vào nhóm").wait_for()
    await page.get_by_test_id("dialog-ok").click()
    await board.sees("Nhóm này nhận bản tổng hợp", "board-bound")
    await boss.says("/tonghop")
    await boss.sees("Tổng hợp toàn tỉnh", "summary", "start")
    await boss.presses("Gửi Ban")
    await boss.sees("đến 1 nhóm")
    await boss.presses("Đồng ý gửi")
    await boss.sees("Đã gửi bản tổng hợp đến 1 nhóm")
    await board.sees("gửi bản tổng hợp", "board", "start")
    await board.sees("1/496")
    assert await board.root.get_by_text("Phạm Đức Phong").count() == 0, "no names in the group"


async def test_the_whole_journey_on_a_wide_screen(open_page: Open, shoot: Shoot) -> None:
    page = await open_page(1280, 960)
    await page.get_by_text("Dữ liệu mẫu").first.wait_for()
    mai, boss, board, thu = [Screen(page, title, shoot) for title in (OFFICIAL, ADMIN, BOARD, ZALO)]
    await register(mai)
    await give_feedback(mai)
    await mai.says("/hoso")
    await mai.sees("Hồ sơ của anh/chị", "profile")
    await become_admin(boss)
    await boss.says("/tinhtrang")
    await boss.sees("Tình trạng hệ thống", "state")
    await bind_the_board(boss, board)

    await thu.says("xin chào")
    for answer, sign in (
        ("đồng ý", "xã nào?"), ("tam chung", "chức danh nào?"), ("3", "mã cá nhân"), ("không có mã", "họ và tên"),
        ("Hà Văn Thắng", "số điện thoại"), ("0990 000 888", "sẽ kiểm tra"),
    ):  # fmt: skip
        await thu.says(answer)
        await thu.sees(sign)
    await boss.says("/duyet")
    await boss.sees("Anh/chị quyết định thế nào?")
    await mai.says("/lich")
    await mai.sees("Chọn lớp để xem chi tiết")
    await page.mouse.move(0, 0)
    await shoot(page, "demo")


async def test_a_claim_from_a_phone_that_is_added(open_page: Open, shoot: Shoot) -> None:
    page = await open_page(1280, 960)
    await page.get_by_test_id("add-phone").click()
    for name, value in (("name", "Người Mới"), ("phone_number", "+84990000888"), ("title", "Điện thoại lạ")):
        await page.get_by_test_id(f"field-{name}").fill(value)
    await page.get_by_test_id("dialog-ok").click()
    stranger, boss = Screen(page, "Điện thoại lạ", shoot), Screen(page, ADMIN, shoot)
    await become_admin(boss)
    await stranger.starts()
    await stranger.sees("dữ liệu")
    await stranger.presses("Đồng ý")
    await stranger.sees("xã nào?")
    await stranger.says("Tam Chung")
    await stranger.sees("Anh/chị giữ chức danh nào?")
    await stranger.presses("Công chức Văn phòng - Thống kê")
    await stranger.sees("mã cá nhân")
    await stranger.shares()
    await stranger.sees("họ và tên")
    await stranger.says("Hà Văn Thắng")
    await stranger.sees("sẽ kiểm tra", "claim")
    await boss.presses("Duyệt đề nghị")
    await boss.sees("Anh/chị quyết định thế nào?", "approve")
    await boss.presses("Duyệt")
    await boss.sees("Đã duyệt: Hà Văn Thắng")
    await stranger.sees("đã được duyệt")


async def test_the_journey_on_a_narrow_screen(open_page: Open, tmp_path: Path) -> None:
    async def shoot(what: Any, name: str) -> None:
        await what.screenshot(path=tmp_path / f"narrow-{name}.png", animations="disabled", scale="css")

    page = await open_page(360, 740)
    mai, boss = Screen(page, OFFICIAL, shoot), Screen(page, ADMIN, shoot)
    await mai.front()
    await register(mai)
    await shoot(page, "page")
    await become_admin(boss)
    assert not await mai.root.is_visible(), "one phone at a time"
    await boss.says("/tonghop mường lát")
    await boss.sees("Tổng hợp huyện Mường Lát", "summary")


async def test_an_official_on_zalo_answers_by_numbers(open_page: Open, shoot: Shoot) -> None:
    page = await open_page(1280, 960)
    thu = Screen(page, ZALO, shoot)
    await follow(page, "Máy Zalo")
    await thu.root.get_by_test_id("send").click()
    await thu.sees("1. Đồng ý", "zalo-start")
    await thu.says("1")
    await thu.sees("1. Đúng", "zalo-code")
    await thu.says("1")
    await thu.sees("Đã xác nhận")
    await thu.says("đăng ký")
    await thu.sees("Các lớp đang nhận đăng ký", "zalo-sessions")
    await thu.says("1")
    await thu.sees("có đăng ký lớp này không?")
    await thu.says("1")
    await thu.sees("Đã đăng ký lớp")
    await thu.says("lịch")
    await thu.sees("Chọn lớp để xem chi tiết", "zalo-schedule")


def test_every_picture_of_the_guide_is_taken_here() -> None:
    taken = set(re.findall(r'"([a-z-]+)"(?:, "start")?\)', Path(__file__).read_text()))
    assert pictures_of_the_documents() <= taken
