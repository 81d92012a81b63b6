"""Nothing anybody sends breaks it: each gets a fitting answer, or a silence that is meant."""

from typing import Any

import pytest

from bot.emulator import Group, Shown
from tests.wire.live import Hand, Live

UNASKED = {
    "photo": ("send_photo", "không đọc được hình ảnh"),
    "voice": ("send_voice", "không nghe được tin thoại"),
    "sticker": ("send_sticker", "không đọc được hình ảnh"),
    "poll": ("send_poll", "chỉ đọc được tin chữ"),
    "location": ("send_location", "chỉ đọc được tin chữ"),
}


@pytest.mark.parametrize("kind", UNASKED)
async def test_what_is_no_words_is_answered_and_the_question_asked_again(live: Live, kind: str) -> None:
    mai = await live.agreed()
    method, answer = UNASKED[kind]
    getattr(mai.phone, method)()
    await mai.sees(answer, "xã nào?", buttons=["Chọn theo huyện"])
    await mai.presses("Chọn theo huyện", "huyện nào?")


async def test_files_edits_and_forwarded_words(live: Live) -> None:
    mai = await live.agreed()
    mai.phone.send_document("danh sách.xlsx", b"PK")
    await mai.sees("không nhận tệp", "xã nào?")
    first = mai.phone.send("khong co xa nay dau")
    await mai.sees("Chưa tìm thấy")
    mai.phone.edit(first.id, "Trung Lý")
    await mai.sees("Tin nhắn sửa lại không được tính")
    [seat] = await live.seats(1)
    mai.phone.forward(f"{seat.commune}, {seat.district}")
    await mai.sees("chức danh nào?")


async def test_a_contact_unasked_forwarded_or_of_nobody(live: Live) -> None:
    [seat] = await live.seats(1)
    mai = await live.agreed()
    mai.phone.share_contact()
    await mai.sees("không cần số điện thoại")
    await mai.says(f"{seat.commune}, {seat.district}", "chức danh nào?")
    await mai.says(seat.post, "mã cá nhân")
    await mai.shares("của chính mình", phone_number=seat.phone, user_id=5)
    await mai.shares("của chính mình", phone_number=seat.phone, user_id=None)
    assert await live.value("SELECT count(*) FROM holding WHERE confirmed_at IS NOT NULL") == 0


async def test_ten_thousand_characters_come_as_three_messages(live: Live) -> None:
    mai = await live.agreed()
    text = ("Kính gửi <Ban> & các đồng chí. 😀 " * 400)[:10_000]
    for start in range(0, len(text), 4000):  # Telegram's clients cut at 4096 UTF-16 units
        mai.phone.send(text[start : start + 4000])
    said = len([m for m in mai.phone.messages if m.from_bot])
    await mai.phone.wait(lambda: len([m for m in mai.phone.messages if m.from_bot]) >= said + 3)
    await mai.sees("Chưa tìm thấy", "<Ban> & các đồng chí")
    [seat] = await live.seats(1)
    await mai.says(f"{seat.commune}, {seat.district}", "chức danh nào?")


async def test_a_button_of_last_month_does_what_it_said_or_says_why_not(live: Live) -> None:
    mai = await live.agreed()
    first = next(m for m in mai.phone.messages if m.from_bot)
    await mai.presses("Chọn theo huyện", "huyện nào?")
    shown = mai.phone.last
    await mai.says("/trogiup", "Trợ giúp")
    live.pass_time(days=31)
    mai.phone.press_at(shown, shown.labels[0])
    await mai.sees("chọn xã")
    assert mai.phone.last.id > first.id, "what is far up the screen is not edited"
    live.pass_time(days=100)  # longer than messages are kept
    await live.holds("SELECT count(*) = 0 FROM outbox WHERE text LIKE '%huyện</b> nào?%'")
    mai.phone.press_at(shown, shown.labels[1])
    await mai.sees("đã cũ")
    assert mai.phone.toasts[-1].text == "Nút này đã cũ."


async def test_a_number_typed_next_week_is_asked_again(live: Live) -> None:
    [seat] = await live.seats(1)
    mai = await live.agreed()
    await mai.says(f"{seat.commune}, {seat.district}", "chức danh nào?")
    live.pass_time(days=7)
    await mai.says("1", "đã lâu", "chức danh nào?")


async def test_twelve_taps_in_a_second(live: Live) -> None:
    mai = live.hand()
    mai.phone.start()
    shown = await mai.sees("dữ liệu cá nhân")
    for _ in range(12):
        mai.phone.press_at(shown, "Đồng ý")
    await mai.phone.wait(lambda: len(mai.phone.toasts) == 12)
    await live.quiet()
    assert "xã nào?" in mai.phone.last.text
    assert await live.value("SELECT count(*) FROM consent") == 1
    assert live.emulator.counts["answerCallbackQuery"] == 12


async def test_taps_on_two_buttons_of_one_message(live: Live) -> None:
    [seat] = await live.seats(1)
    mai = await live.agreed(phone_number=seat.phone)
    await mai.says(f"{seat.commune}, {seat.district}", "chức danh nào?")
    await mai.says(seat.post, "mã cá nhân")
    shown = await mai.shares("Anh/chị là")
    for label in ("Không phải", "Đúng", "Không phải", "Đúng"):
        mai.phone.press_at(shown, label) if label in shown.labels else None
    await live.quiet()
    assert await live.value("SELECT count(*) FROM audit WHERE action = 'seat.confirmed'") == 1


async def test_forged_buttons_are_old_buttons(live: Live) -> None:
    mai = await live.agreed()
    for data in ("", "x", "1:2:3", "-1:0", f"{2**80}:0", "999999999999:0", "1:99999", "'; DROP TABLE chat--:0"):
        message = mai.phone.chat.messages[mai.phone.last.id]
        live.emulator.world.press(mai.phone.chat, mai.phone.user, message, data)
    await live.quiet()
    assert len(mai.phone.toasts) == 1 + 8
    assert "xã nào?" in mai.phone.last.text


# Groups -----------------------------------------------------------------------------------------


def said(group: Group) -> list[Shown]:
    """What the bot said in a group."""
    return [shown for shown in group.messages if shown.from_bot]


async def test_commands_in_a_group_that_is_not_the_board_s(live: Live) -> None:
    mai = await live.agreed()
    group = live.group("Xã nhà", mai)
    group.add_bot(by=mai.phone)
    await group.wait(lambda: len(said(group)) == 1)
    assert "cần mở đường liên kết" in said(group)[0].text
    name = live.emulator.world.bot.username
    for text in ("/start", "/dangky", f"/hoso@{name}", "/tonghop", "/bogus", f"/start@{name} ABCD2345", "/duyet"):
        group.send(mai.phone, text)
    group.promote_bot(by=mai.phone)  # now it hears every word
    for text in ("chào cả nhà", "1", "0", "đồng ý", "K7XP29AB"):
        group.send(mai.phone, text)
    await live.quiet()
    assert len(said(group)) == 1, "in a group the bot speaks only when spoken to by those who may"


async def test_the_bot_is_removed_and_added_again(live: Live) -> None:
    boss = await live.admin()
    code = await live.code("board")
    group = live.group("Ban Dân tộc", boss)
    group.add_bot(by=boss.phone, code=code)
    await group.wait(lambda: any("nhận bản tổng hợp" in s.text for s in said(group)))
    group.remove_bot(by=boss.phone)
    await boss.sees("đã bị đưa ra khỏi nhóm")
    live.pass_time(days=1)
    await live.quiet()
    before = len(said(group))
    group.add_bot(by=boss.phone)
    await group.wait(lambda: len(said(group)) > before)
    assert "cần mở đường liên kết" in said(group)[-1].text, "being added is not being bound"
    group.send(boss.phone, "/tonghop")
    await live.quiet()
    assert len(said(group)) == before + 1


async def test_a_code_in_the_wrong_place(live: Live) -> None:
    boss = await live.admin()
    board, grant = await live.code("board"), await live.code("grant", role="admin")
    boss.phone.start(board)
    await boss.sees("dùng cho nhóm chat")
    group = live.group("Ban Dân tộc", boss)
    group.add_bot(by=boss.phone, code=grant)
    await group.wait(lambda: any("tin nhắn riêng" in s.text for s in said(group)))
    assert await live.value("SELECT count(*) FROM code WHERE used_at IS NULL") == 2


# Blocked ----------------------------------------------------------------------------------------


async def test_blocked_and_unblocked(live: Live) -> None:
    [seat] = await live.seats(1)
    mai = await live.official(seat)
    mai.phone.block()
    await live.quiet()
    assert await reachable(live, mai) == 0
    sent = live.emulator.counts["sendMessage"]
    live.pass_time(days=3)
    await live.quiet()
    mai.phone.unblock()
    await live.quiet()
    assert await reachable(live, mai) == 1
    assert live.emulator.counts["sendMessage"] == sent, "nothing is said unasked"
    await mai.says("/start", "đã xác nhận")


async def reachable(live: Live, hand: Hand) -> Any:
    return await live.value("SELECT reachable FROM chat WHERE id = :c", c=f"telegram:{hand.phone.chat.id}")


async def test_a_block_that_nobody_told_is_learned_from_403(live: Live) -> None:
    mai = await live.agreed()
    mai.phone.send("/trogiup")
    mai.phone.chat.bot_status = "kicked"  # before the answer can be sent
    await live.quiet()
    assert await reachable(live, mai) == 0
    assert await live.value("SELECT state FROM outbox ORDER BY id DESC LIMIT 1") == "refused"
    mai.phone.chat.bot_status = "member"
    await mai.says("/trogiup", "Trợ giúp")
    await live.quiet()
    assert await reachable(live, mai) == 1, "who writes can be reached"


async def test_updates_that_nobody_expects(live: Live) -> None:
    """Raw updates of other kinds, or broken ones, hold nothing back."""
    mai = await live.agreed()
    live.emulator.inject(
        [
            {"message": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel", "title": "x"}, "text": "x"}},
            {"message": {"message_id": 2, "date": 1, "chat": {"id": -2, "type": "group", "title": "x"}, "text": "x",
                         "from": {"id": 1, "is_bot": False, "first_name": "x"}}},
        ]
    )  # fmt: skip
    await mai.says("/trogiup", "Trợ giúp")
