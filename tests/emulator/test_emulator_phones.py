from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.emulator import Emulator
from bot.emulator.links import BotLink, bot_link

Ask = Callable[..., Awaitable[dict[str, Any]]]


def inline(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label}] for label in labels]}


async def test_wait_sees_what_the_bot_says_since_the_owner_acted(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    phone.start()
    await ask("sendMessage", chat_id=phone.user_id, text="một")
    assert [message.text for message in await phone.wait(1)] == ["một"]
    phone.send("nữa")
    waiting = asyncio.create_task(phone.wait(2))
    await ask("sendMessage", chat_id=phone.user_id, text="hai")
    await ask("editMessageText", chat_id=phone.user_id, message_id=2, text="một rưỡi")
    assert [message.text for message in await waiting] == ["hai", "một rưỡi"]
    await phone.wait(lambda: phone.last.text == "hai")
    assert [message.text for message in phone.messages] == ["/start", "một rưỡi", "nữa", "hai"]


async def test_waiting_in_vain_shows_the_screen(tg: Emulator) -> None:
    phone = tg.phone(title="Cán bộ xã")
    phone.send("có ai không")
    with pytest.raises(TimeoutError, match=r"Cán bộ xã waited .* in vain; it shows:\n> có"):
        await phone.wait(1, timeout=0.01)


async def test_presses(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    phone.start()
    for _ in range(2):
        await ask("sendMessage", chat_id=phone.user_id, text="?", reply_markup=inline("Có", "Không"))
    phone.press("Không")
    phone.press_at(2, "Có")
    phone.press((2, 1, 0))
    queries = [u["callback_query"] for u in (await ask("getUpdates"))["result"][1:]]
    assert [(q["message"]["message_id"], q["data"]) for q in queries] == [(3, "Không"), (2, "Có"), (2, "Không")]
    assert len({q["chat_instance"] for q in queries}) == 1
    with pytest.raises(LookupError, match="no button 'Có lẽ'"):
        phone.press("Có lẽ")
    with pytest.raises(LookupError):
        phone.press_at(phone.last, "Có lẽ")


async def test_reply_keyboards(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    phone.start()
    rows = [[{"text": "Số", "request_contact": True}], ["Chỗ"], [{"text": "Đây", "request_location": True}]]
    markup = {"keyboard": rows, "one_time_keyboard": True}
    for label, field in (("Số", "contact"), ("Chỗ", "text"), ("Đây", "location")):
        await ask("sendMessage", chat_id=phone.user_id, text="?", reply_markup=markup)
        assert phone.last.reply_keyboard == phone.keyboard == [["Số"], ["Chỗ"], ["Đây"]]
        phone.press(label)
        assert field in phone.messages[-1].data
        assert phone.keyboard == [], "it was for one time"
    await ask("sendMessage", chat_id=phone.user_id, text="?", reply_markup={"remove_keyboard": True})
    assert phone.last.removes_keyboard


async def test_contacts(tg: Emulator) -> None:
    phone = tg.phone(1001, "Lò Thị Mai", phone_number="+84912345678")
    own = {"phone_number": "+84912345678", "first_name": "Lò Thị Mai", "user_id": 1001}
    assert phone.share_contact().data["contact"] == own
    assert phone.share_contact("1", user_id=7, first_name="Ai").data["contact"] == {
        "phone_number": "1",
        "first_name": "Ai",
        "user_id": 7,
    }
    assert "user_id" not in phone.share_contact("1", user_id=None).data["contact"]


async def test_privacy_mode(tg: Emulator, ask: Ask) -> None:
    boss, other = tg.phone(), tg.phone(name="Hà Văn Tư")
    group = tg.group("Ban Dân tộc", [boss, other])
    group.send(boss, "/sớm quá")
    group.add_bot(by=boss, code="MA")
    said = (await ask("sendMessage", chat_id=group.chat.id, text="chào"))["result"]["message_id"]
    group.send(other, "chuyện riêng")
    group.send(other, "/tonghop")
    group.send(other, "/tonghop@ghidanh_bot")
    group.send(other, "/tonghop@bot_khac")
    group.send(other, "cảm ơn", reply_to=said)
    messages = [u["message"] for u in (await ask("getUpdates"))["result"] if "message" in u]
    heard = [message.get("text", "vào nhóm") for message in messages]
    assert heard == ["vào nhóm", "/start@ghidanh_bot MA", "/tonghop", "/tonghop@ghidanh_bot", "cảm ơn"]
    group.promote_bot(by=boss)
    group.send(other, "ai cũng nghe")
    tg.world.set_bot_status(group.chat, boss.user, "member")
    tg.world.reads_all_group_messages = True
    group.send(other, "vẫn nghe")
    messages = [u["message"] for u in (await ask("getUpdates"))["result"] if "message" in u]
    assert [message["text"] for message in messages[5:]] == ["ai cũng nghe", "vẫn nghe"]


async def test_group_buttons_and_members(tg: Emulator, ask: Ask) -> None:
    boss = tg.phone()
    group = tg.group("Ban Dân tộc", [boss])
    group.add_bot(by=boss)
    await ask("sendMessage", chat_id=group.chat.id, text="?", reply_markup=inline("Xem"))
    newcomer = tg.phone(name="Hà Văn Tư")
    group.add(newcomer)
    group.press(newcomer, "Xem")
    query = (await ask("getUpdates"))["result"][-1]["callback_query"]
    assert query["from"]["id"] == newcomer.user_id
    assert group.chat.id < -1000000000000


async def test_links(tg: Emulator, ask: Ask) -> None:
    assert bot_link("https://t.me/GhiDanh_bot?start=A_1", "ghidanh_bot") == BotLink("start", "A_1")
    assert bot_link("t.me/ghidanh_bot?startgroup", "ghidanh_bot") == BotLink("startgroup", "")
    assert bot_link("https://t.me/other_bot?start=A", "ghidanh_bot") is None
    assert bot_link("https://x.vn/ghidanh_bot", "ghidanh_bot") is None
    phone = tg.phone()
    phone.start()
    button = {"text": "Mời", "url": "https://t.me/ghidanh_bot?start=MOI"}
    await ask("sendMessage", chat_id=phone.user_id, text="x", reply_markup={"inline_keyboard": [[button]]})
    assert phone.press("Mời") == "https://t.me/ghidanh_bot?start=MOI"
    assert phone.messages[-1].text == "/start MOI"


async def test_message_numbers_run_in_each_chat(tg: Emulator) -> None:
    one, two = tg.phone(), tg.phone()
    assert one.user_id != two.user_id
    assert tg.phone(one.user_id) is one
    assert [one.send("a").id, one.send("b").id, two.send("c").id] == [1, 2, 1]


async def test_a_queued_update_keeps_the_state_of_its_moment(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    sent = phone.send("một")
    phone.edit(sent.id, "hai")
    first, second = (await ask("getUpdates"))["result"]
    assert (first["message"]["text"], second["edited_message"]["text"]) == ("một", "hai")
    assert "edit_date" not in first["message"]


async def test_the_screen_forgets_the_oldest(tg: Emulator) -> None:
    tg.world.keep_messages = 3
    phone = tg.phone()
    for number in range(5):
        phone.send(str(number))
    assert [message.text for message in phone.messages] == ["2", "3", "4"]


async def test_command_menu_of_the_narrowest_scope(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone(language="vi")
    phone.start()
    group = tg.group("Ban", [phone])
    group.add_bot(by=phone)

    async def put(name: str, language: str = "", **scope: Any) -> None:
        command = {"command": name, "description": "x"}
        await ask("setMyCommands", commands=[command], language_code=language, scope=scope)

    def seen(chat: Any) -> str:
        return str(tg.world.profile.commands_for(chat, phone.user)[0]["command"])

    assert tg.world.profile.commands_for(phone.chat, phone.user) == []
    await put("all", type="default")
    assert seen(phone.chat) == seen(group.chat) == "all"
    await put("viet", "vi", type="default")
    await put("group", type="all_group_chats")
    assert (seen(phone.chat), seen(group.chat)) == ("viet", "group")
    await put("private", type="all_private_chats")
    await put("own", type="chat", chat_id=phone.user_id)
    assert (seen(phone.chat), seen(group.chat)) == ("own", "group")
