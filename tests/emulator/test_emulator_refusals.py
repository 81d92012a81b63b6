"""What Telegram refuses, the emulator refuses, in the same words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.emulator import Emulator

Ask = Callable[..., Awaitable[dict[str, Any]]]


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def choice(data: str = "1:1", text: str = "Đồng ý") -> dict[str, Any]:
    return {"text": text, "callback_data": data}


async def test_unknown_method_and_bad_token(tg: Emulator, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{tg.api}/bot{tg.token}/sendMoney") as answer:
        assert answer.status == 404
        assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    async with http.get(f"{tg.api}/bot1:WRONG/getMe") as answer:
        assert answer.status == 401
        assert (await answer.json())["description"] == "Unauthorized"


BAD_MESSAGES: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "message text is empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ({"text": "a" * 4097}, "message is too long"),
    ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: "),
    ({"text": "x", "parse_mode": "Wiki"}, "unsupported parse_mode"),
    ({"text": 5}, 'parameter "text" must be of type String'),
    ({"text": "x", "reply_markup": keyboard(choice("đ" * 33))}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard(choice(""))}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard({"text": "x"})}, "Text buttons are unallowed in the inline keyboard"),
    ({"text": "x", "reply_markup": keyboard(choice(text=" "))}, 'Field "text" must be a non-empty String'),
    ({"text": "x", "reply_markup": keyboard({**choice(), "url": "https://x.vn"})}, "exactly one action"),
    ({"text": "x", "reply_markup": keyboard({"text": "x", "url": "http://localhost/"})}, "Wrong HTTP URL"),
    ({"text": "x", "reply_markup": {"inline_keyboard": [[choice()]] * 101}}, "reply markup is too long"),
    ({"text": "x", "reply_markup": {"keyboard": [[{"text": ""}]]}}, "Text must be non-empty"),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
    ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"text": "x", "allow_paid_broadcast": True}, "allow_paid_broadcast is not allowed here"),
]


@pytest.mark.parametrize(("params", "reason"), BAD_MESSAGES, ids=lambda value: str(value)[:40])
async def test_send_message(tg: Emulator, ask: Ask, params: dict[str, Any], reason: str) -> None:
    phone = tg.phone()
    phone.start()
    answer = await ask("sendMessage", chat_id=phone.user_id, **params)
    assert answer["error_code"] == 400
    assert answer["description"].startswith("Bad Request: ")
    assert reason in answer["description"]
    assert len(phone.messages) == 1, "nothing refused is shown"


async def test_what_is_just_within_the_limits(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    phone.start()
    for params in (
        {"text": "<b>" + "đ" * 4096 + "</b>", "parse_mode": "html"},
        {"text": "x", "reply_markup": keyboard(choice("a" * 64))},
        {"text": "x", "reply_markup": {"inline_keyboard": [[choice()] * 10] * 10}},
        {"text": "x", "reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}},
    ):
        assert (await ask("sendMessage", chat_id=phone.user_id, **params))["ok"]


async def test_a_chat_that_never_wrote(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    for chat_id in (phone.user_id, 999, "@nobody"):
        answer = await ask("sendMessage", chat_id=chat_id, text="chào")
        assert answer["description"] == "Bad Request: chat not found"
    assert (await ask("sendMessage", text="chào"))["description"] == "Bad Request: chat_id is empty"


async def test_blocked_and_unblocked(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    phone.start()
    phone.block()
    answer = await ask("sendMessage", chat_id=phone.user_id, text="chào")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")
    with pytest.raises(RuntimeError):
        phone.send("chào")
    phone.unblock()
    assert (await ask("sendMessage", chat_id=phone.user_id, text="chào"))["ok"]
    changes = [u["my_chat_member"] for u in (await ask("getUpdates"))["result"] if "my_chat_member" in u]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]


async def test_thrown_out_of_a_group(tg: Emulator, ask: Ask) -> None:
    boss = tg.phone()
    for supergroup, word in ((True, "supergroup"), (False, "group")):
        group = tg.group("Ban Dân tộc", [boss], supergroup=supergroup)
        to_group = {"chat_id": group.chat.id, "text": "chào"}
        assert (await ask("sendMessage", **to_group))["description"] == "Bad Request: chat not found"
        group.add_bot(by=boss)
        assert (await ask("sendMessage", **to_group))["ok"]
        group.remove_bot(by=boss)
        answer = await ask("sendMessage", **to_group)
        assert (answer["error_code"], answer["description"]) == (
            403,
            f"Forbidden: bot was kicked from the {word} chat",
        )


async def test_leave_chat(tg: Emulator, ask: Ask) -> None:
    boss = tg.phone()
    group = tg.group("Ban Dân tộc", [boss])
    group.add_bot(by=boss)
    assert (await ask("leaveChat", chat_id=group.chat.id))["ok"]
    answer = await ask("sendMessage", chat_id=group.chat.id, text="chào")
    assert answer["description"] == "Forbidden: bot is not a member of the supergroup chat"


async def test_contact_button_only_in_private(tg: Emulator, ask: Ask) -> None:
    boss = tg.phone()
    boss.start()
    group = tg.group("Ban Dân tộc", [boss])
    group.add_bot(by=boss)
    markup = {"keyboard": [[{"text": "Số của tôi", "request_contact": True}]]}
    answer = await ask("sendMessage", chat_id=group.chat.id, text="x", reply_markup=markup)
    assert answer["description"] == "Bad Request: phone number can be requested in private chats only"
    answer = await ask("sendMessage", chat_id=boss.user_id, text="x", reply_markup=markup)
    assert "reply_markup" not in answer["result"], "only inline keyboards are echoed"
    assert boss.keyboard == [["Số của tôi"]]


async def test_edits(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    own = phone.start()
    place: dict[str, Any] = {"chat_id": phone.user_id, "message_id": 2}
    await ask("sendMessage", chat_id=phone.user_id, text="một", reply_markup=keyboard(choice()))

    async def refused(method: str = "editMessageText", **params: Any) -> str:
        answer = await ask(method, **{**place, **params})
        assert answer["error_code"] == 400
        return str(answer["description"]).removeprefix("Bad Request: ")

    same = await refused(text="một", reply_markup=keyboard(choice()))
    assert same.startswith("message is not modified: specified new message content")
    assert await refused(text="x", message_id=99) == "message to edit not found"
    assert await refused(text="x", message_id=own.id) == "message can't be edited"
    assert await refused(text="a" * 4097) == "message is too long"
    assert await refused(text="") == "message text is empty"
    assert await refused(text="x", reply_markup={"remove_keyboard": True}) == "inline keyboard expected"
    assert await refused("editMessageCaption", caption="x") == "there is no caption in the message to edit"
    assert (await ask("editMessageText", **place, text="một"))["ok"], "the buttons went: that is a change"
    assert await refused("editMessageReplyMarkup") == same
    assert phone.last.edited
    assert phone.last.buttons == []


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    phone.start()
    await ask("sendMessage", chat_id=phone.user_id, text="x", reply_markup={"keyboard": [["A"]]})
    answer = await ask("editMessageText", chat_id=phone.user_id, message_id=2, text="y")
    assert answer["description"] == "Bad Request: message can't be edited"


async def test_delete(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    phone.start()
    await ask("sendMessage", chat_id=phone.user_id, text="một")
    assert (await ask("deleteMessage", chat_id=phone.user_id, message_id=2))["ok"]
    answer = await ask("deleteMessage", chat_id=phone.user_id, message_id=2)
    assert answer["description"] == "Bad Request: message to delete not found"


async def test_callback_answers(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    phone.start()
    await ask("sendMessage", chat_id=phone.user_id, text="?", reply_markup=keyboard(choice()))
    phone.press("Đồng ý")
    query = (await ask("getUpdates"))["result"][-1]["callback_query"]
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    long = await ask("answerCallbackQuery", callback_query_id=query["id"], text="a" * 201)
    assert long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    assert (await ask("answerCallbackQuery", callback_query_id=query["id"], text="a" * 200))["ok"]
    assert (await ask("answerCallbackQuery", callback_query_id=query["id"]))["description"] == too_old
    assert (await ask("answerCallbackQuery", callback_query_id="nothing"))["description"] == too_old
    phone.press("Đồng ý")
    tg.expire_queries()
    assert (await ask("answerCallbackQuery", callback_query_id="2"))["description"] == too_old
    assert [toast.text for toast in phone.toasts] == ["a" * 200]


async def test_files(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    phone.start()

    async def refused(**params: Any) -> str:
        answer = await ask("sendDocument", chat_id=phone.user_id, **params)
        return str(answer["description"]).removeprefix("Bad Request: ")

    assert await refused() == "there is no document in the request"
    assert await refused(document="attach://missing") == "wrong file identifier/HTTP URL specified"
    assert (await refused(document="F999")).startswith("wrong remote file identifier specified")
    assert await refused(document="https://x.vn/a.pdf") == "failed to get HTTP URL content"
    known = tg.world.keep_file("a.txt", b"abc")
    too_long = await refused(document=known.id, caption="a" * 1025)
    assert too_long == "message caption is too long"
    assert (await ask("sendDocument", chat_id=phone.user_id, document=known.id, caption="a" * 1024))["ok"]
    assert (await ask("getFile", file_id="F999"))["description"] == "Bad Request: invalid file_id"


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ({"command": "Đăng", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "a", "description": "a" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands(ask: Ask, command: dict[str, str], reason: str) -> None:
    assert (await ask("setMyCommands", commands=[command]))["description"] == f"Bad Request: {reason}"


async def test_profile_limits(ask: Ask) -> None:
    for method, field, longest in (
        ("setMyName", "name", 64),
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ):
        assert (await ask(method, **{field: "a" * longest}))["ok"]
        assert not (await ask(method, **{field: "a" * (longest + 1)}))["ok"]
    assert not (await ask("setMyName", name="x", language_code="vie"))["ok"]
    assert not (await ask("setMyCommands", commands=[{"command": "a", "description": "b"}] * 101))["ok"]


async def test_chat_action(tg: Emulator, ask: Ask) -> None:
    phone = tg.phone()
    phone.start()
    assert (await ask("sendChatAction", chat_id=phone.user_id, action="typing"))["ok"]
    assert not (await ask("sendChatAction", chat_id=phone.user_id, action="dancing"))["ok"]
