"""Two independent clients go through every method and check the answers with their own types."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiogram
import pytest
from aiogram import types as aio
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.ext import ExtBot

from bot.emulator import Emulator, Fault
from bot.emulator.call import METHODS
from tests.botapi import SPECIFICATION, Table, keys

Ask = Callable[..., Awaitable[dict[str, Any]]]


def ptb(tg: Emulator, token: str = "") -> ExtBot[None]:
    return ExtBot(token or tg.token, base_url=f"{tg.api}/bot", base_file_url=f"{tg.api}/file/bot")


async def updates_of_every_kind(tg: Emulator) -> None:
    """Make one update of each kind that the phones can send."""
    phone = tg.phone(2**52 - 1, "Lò Thị Mai", phone_number="+84912345678")
    phone.start("BA_THUOC")
    sent = phone.send("một 😀 /help")
    phone.edit(sent.id, "hai https://thanhhoa.gov.vn")
    phone.share_contact()
    phone.share_contact("84900000000", user_id=None)
    phone.send_photo(caption="ảnh")
    phone.send_document("danh sách.xlsx", b"PK", "tệp")
    phone.send_voice()
    phone.send_sticker()
    phone.send_poll()
    phone.send_location()
    phone.forward("chuyển")
    phone.send("trả lời", reply_to=sent.id)
    group = tg.group("Ban Dân tộc", [phone])
    group.add_bot(by=phone, code="THAM_GIA")
    group.promote_bot(by=phone)
    group.add(tg.phone(name="Hà Văn Tư"))
    group.remove_bot(by=phone)
    phone.block()
    phone.unblock()


async def test_updates_are_read_by_both_libraries(tg: Emulator) -> None:
    await updates_of_every_kind(tg)
    async with ptb(tg) as bot:
        read = await bot.get_updates(timeout=1)
        assert len(read) == len(tg.world.updates)
    async with aiogram_bot(tg) as other:
        assert [u.update_id for u in await other.get_updates()] == [u.update_id for u in read]
    messages = [update.effective_message for update in read if update.effective_message]
    assert messages[0].parse_entities() == {messages[0].entities[0]: "/start"}
    assert messages[0].chat.id == 2**52 - 1
    assert {kind for update in read for kind in update.to_dict()} == {
        "update_id",
        "message",
        "edited_message",
        "my_chat_member",
    }


async def test_nothing_is_sent_that_the_types_do_not_know(tg: Emulator, ask: Ask) -> None:
    """PTB keeps unknown fields aside, aiogram drops them: neither may find one."""
    await updates_of_every_kind(tg)
    for update in (await ask("getUpdates"))["result"]:
        parsed = Update.de_json(update, None)
        assert not parsed.api_kwargs
        message = parsed.effective_message
        assert message is None or not message.api_kwargs
        kept = aio.Update.model_validate(update).model_dump(exclude_unset=True, by_alias=True)
        assert keys(kept) == keys(update)


async def test_ptb_goes_through_every_method(tg: Emulator) -> None:
    phone = tg.phone(1001)
    boss = tg.phone(1002, "Nguyễn Văn Hùng")
    phone.start()
    group = tg.group("Ban Dân tộc", [boss, phone])
    group.add_bot(by=boss)
    async with ptb(tg) as bot:
        me = await bot.get_me()
        assert me.is_bot and me.can_join_groups and me.username == "ghidanh_bot"
        await bot.get_updates()
        button = InlineKeyboardMarkup([[InlineKeyboardButton("Đồng ý", callback_data="1:1")]])
        sent = await bot.send_message(1001, "<b>Chào</b> 😀", parse_mode="HTML", reply_markup=button)
        assert sent.text_html == "<b>Chào</b> 😀"
        assert sent.reply_markup == button
        edited = await sent.edit_text("Đã <i>sửa</i>", parse_mode="HTML", reply_markup=button)
        assert not isinstance(edited, bool) and edited.edit_date is not None
        phone.press("Đồng ý")
        query = (await bot.get_updates(offset=-1))[0].callback_query
        assert query is not None and query.data == "1:1"
        await query.answer("Đã ghi nhận", show_alert=True)
        assert (phone.toasts[-1].text, phone.toasts[-1].alert) == ("Đã ghi nhận", True)
        await query.edit_message_reply_markup(None)
        assert phone.last.buttons == []
        await bot.send_chat_action(1001, "typing")
        keyboard = ReplyKeyboardMarkup([[KeyboardButton("Số của tôi", request_contact=True)]])
        await bot.send_message(1001, "Xin số", reply_markup=keyboard)
        phone.press("Số của tôi")
        await bot.send_message(1001, "Cảm ơn", reply_markup=ReplyKeyboardRemove())
        assert phone.keyboard == []
        document = await bot.send_document(1001, b"PK\x03", filename="tổng hợp.xlsx", caption="tệp")
        assert phone.last.document is not None and phone.last.document.name == "tổng hợp.xlsx"
        assert document.document is not None
        file = await document.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"PK\x03"
        await document.edit_caption("tệp <b>mới</b>", parse_mode="HTML")
        assert phone.last.html == "tệp <b>mới</b>"
        again = await bot.send_document(1001, document.document.file_id)
        photo = await bot.send_photo(1001, b"\x89PNG\r\n\x1a\n", caption="ảnh")
        assert photo.photo and phone.last.photo is not None
        await again.delete()
        await profile(bot)
        assert (await bot.get_chat(1001)).first_name == "Lò Thị Mai"
        assert (await bot.get_chat(group.chat.id)).title == "Ban Dân tộc"
        assert (await bot.get_chat_member(group.chat.id, 1002)).status == "creator"
        assert (await bot.get_chat_member(group.chat.id, me.id)).status == "member"
        assert (await bot.get_chat_member(group.chat.id, 1001)).status == "member"
        assert [admin.user.id for admin in await bot.get_chat_administrators(group.chat.id)] == [1002]
        assert await bot.get_chat_member_count(group.chat.id) == 3
        group.promote_bot(by=boss)
        assert (await bot.get_chat_member(group.chat.id, me.id)).status == "administrator"
        assert (await bot.get_webhook_info()).pending_update_count > 0
        await bot.set_webhook("http://127.0.0.1:9/none", allowed_updates=["message"])
        with pytest.raises(Conflict):
            await bot.get_updates()
        await bot.delete_webhook(drop_pending_updates=True)
        await bot.leave_chat(group.chat.id)
    asked = {name.lower() for name, _ in tg.requests}
    assert asked == set(METHODS), "a method that no client has tried"
    check_with_specification(tg)


async def profile(bot: ExtBot[None]) -> None:
    await bot.set_my_commands([BotCommand("start", "Bắt đầu")])
    await bot.set_my_commands([BotCommand("quanly", "Quản lý")], BotCommandScopeChat(1001), "vi")
    assert (await bot.get_my_commands())[0].command == "start"
    assert (await bot.get_my_commands(BotCommandScopeChat(1001), "vi"))[0].command == "quanly"
    await bot.delete_my_commands(BotCommandScopeChat(1001), "vi")
    assert await bot.get_my_commands(BotCommandScopeChat(1001), "vi") == ()
    await bot.set_my_name("Ghi Danh 135")
    await bot.set_my_description("Đăng ký tập huấn", "vi")
    await bot.set_my_short_description("Tập huấn")
    assert (await bot.get_my_name("vi")).name == "Ghi Danh 135"
    assert (await bot.get_my_description("vi")).description == "Đăng ký tập huấn"
    assert (await bot.get_my_short_description()).short_description == "Tập huấn"


def check_with_specification(tg: Emulator) -> None:
    """Every recorded request fits the Bot API's own table."""
    if SPECIFICATION.exists():
        table = Table()
        assert [wrong for name, params in tg.requests for wrong in table.wrongs(name, params)] == []


def aiogram_bot(tg: Emulator) -> aiogram.Bot:
    return aiogram.Bot(tg.token, AiohttpSession(api=TelegramAPIServer.from_base(tg.api)))


async def test_aiogram_goes_through_the_methods(tg: Emulator) -> None:
    phone = tg.phone(1001)
    phone.start()
    group = tg.group("Ban Dân tộc", [phone])
    group.add_bot(by=phone)
    async with aiogram_bot(tg) as bot:
        me = await bot.get_me()
        assert me.is_bot
        button = aio.InlineKeyboardMarkup(
            inline_keyboard=[[aio.InlineKeyboardButton(text="Đồng ý", callback_data="1:1")]]
        )
        sent = await bot.send_message(1001, "<b>Chào</b>", parse_mode="HTML", reply_markup=button)
        assert sent.html_text == "<b>Chào</b>"
        await bot.edit_message_text("khác", chat_id=1001, message_id=sent.message_id, reply_markup=button)
        phone.press("Đồng ý")
        query = (await bot.get_updates(offset=-1))[0].callback_query
        assert query is not None and query.chat_instance
        assert await bot.answer_callback_query(query.id, "được")
        await bot.edit_message_reply_markup(chat_id=1001, message_id=sent.message_id)
        document = await bot.send_document(1001, aio.BufferedInputFile(b"abc", "tệp.txt"), caption="x")
        await bot.edit_message_caption(chat_id=1001, message_id=document.message_id, caption="y")
        assert document.document is not None
        file = await bot.get_file(document.document.file_id)
        assert file.file_path is not None
        content = await bot.download_file(file.file_path)
        assert content is not None and content.read() == b"abc"
        await bot.send_photo(1001, aio.BufferedInputFile(b"\x89PNG", "a.png"))
        await bot.send_chat_action(1001, "upload_document")
        await bot.set_my_commands(
            [aio.BotCommand(command="start", description="x")], aio.BotCommandScopeAllPrivateChats()
        )
        assert await bot.get_my_commands(aio.BotCommandScopeAllPrivateChats())
        await bot.set_my_description("x")
        assert (await bot.get_my_description()).description == "x"
        for chat in (1001, group.chat.id):
            assert (await bot.get_chat(chat)).id == chat
            assert (await bot.get_chat_member(chat, 1001)).user.id == 1001
        assert await bot.get_webhook_info()
        assert await bot.delete_message(1001, document.message_id)
        assert await bot.leave_chat(group.chat.id)


async def test_ptb_recognises_the_refusals(tg: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    phone = tg.phone(1001)
    async with ptb(tg) as bot:
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(1001, "x")
        phone.start()
        sent = await bot.send_message(1001, "x")
        with pytest.raises(BadRequest, match="Message is not modified"):
            await sent.edit_text("x")
        tg.faults = lambda method, _: Fault.flood(3) if method == "sendMessage" else None
        with pytest.raises(RetryAfter):
            await bot.send_message(1001, "x")
        phone.block()
        tg.faults = None
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(1001, "x")
    stranger = ptb(tg, "1:WRONG")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
