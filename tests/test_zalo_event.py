"""What Zalo tells, read; and whatever else, borne."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.message import lane
from bot.zalo_event import chat_id, read

BOT = "1400000000000000001"
MAI = {"id": "a1b2c3d4e5f60718293a", "display_name": "Lò Thị Mai", "is_bot": False}
PRIVATE = {"id": "a1b2c3d4e5f60718293a", "chat_type": "PRIVATE"}
GROUP = {"id": "9f8e7d", "chat_type": "GROUP"}


def event(name: str = "message.text.received", **content: Any) -> dict[str, Any]:
    base = {"from": MAI, "chat": PRIVATE, "message_id": "0f1e2d3c", "date": 1793500000123}
    return {"event_name": name, "message": base | content}


def test_text() -> None:
    found = read(BOT, event(text="Xin chào\x00"))
    assert found is not None
    assert (found.channel, found.key, found.kind, found.text) == ("zalo", f"{BOT}:0f1e2d3c", "text", "Xin chào")
    assert found.chat == f"zalo:{BOT}:a1b2c3d4e5f60718293a"
    assert (found.body["title"], found.body["locale"], "group" in found.body) == ("Lò Thị Mai", "vi", False)


def test_flat_and_wrapped_are_one() -> None:
    flat = event(text="1")
    assert read(BOT, {"ok": True, "result": flat}) == read(BOT, flat)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("message.image.received", {"photo_url": "https://x/1.jpg", "message_type": "CHAT_PHOTO"}, "photo"),
        ("message.image.received", {"photo": "https://x/1.jpg", "caption": "ảnh"}, "photo"),
        ("message.sticker.received", {"sticker": "bc3c", "url": "https://x/s.webp"}, "sticker"),
        ("message.voice.received", {"voice_url": "https://x/v.aac"}, "voice"),
        ("message.unsupported.received", {}, "other"),
        ("message.link.received", {"text": "https://ghidanh.vn"}, "text"),
        ("message.link.received", {}, "other"),
        ("message.video.received", {}, "other"),
        ("message.text.received", {"text": None}, "other"),
    ],
)
def test_kinds(name: str, content: dict[str, Any], kind: str) -> None:
    found = read(BOT, event(name, **content))
    assert found is not None
    assert found.kind == kind
    assert "http" not in json.dumps({k: v for k, v in found.body.items() if k != "text"}), "addresses are not kept"


def test_unsupported_without_a_message_is_from_nobody() -> None:
    assert read(BOT, {"event_name": "message.unsupported.received"}) is None
    assert read(BOT, {"event_name": "webhook.verify"}) is None


def test_another_bot_is_not_heard() -> None:
    assert read(BOT, {"message": event(text="x")["message"] | {"from": MAI | {"is_bot": True}}}) is None


def test_a_message_without_a_number_is_known_by_what_it_says() -> None:
    one, again = event(text="x", message_id=None), event(text="x", message_id=None)
    other = event(text="x", message_id=None, date=1793500000124)
    keys = [found.key for e in (one, again, other) if (found := read(BOT, e))]
    assert keys[0] == keys[1] != keys[2]


def test_ids_are_opaque() -> None:
    odd = "a:b/c d%é"
    found = read(BOT, event(text="x", chat={"id": odd, "chat_type": "PRIVATE"}))
    assert found is not None
    assert lane(found.chat) == f"zalo:{BOT}"
    assert chat_id(found.chat) == odd
    number = read(BOT, event(text="x", chat={"id": 123}, message_id=456))
    assert number is not None
    assert (number.chat, number.key) == (f"zalo:{BOT}:123", f"{BOT}:456")


def test_a_group_hears_without_the_bot_s_name() -> None:
    names = ("Bot Ghi Danh", "bot.ghidanh")
    for said in ("@Bot Ghi Danh tổng hợp", "tổng hợp @bot.ghidanh", "@BOT GHI DANH  tổng hợp"):
        found = read(BOT, event(text=said, chat=GROUP), names)
        assert found is not None
        assert (found.text, found.body["group"]) == ("tổng hợp", True)
        assert found.chat == f"zalo:{BOT}:9f8e7d"
    unknown = read(BOT, event(text="@BotKhác tổng hợp", chat=GROUP))
    assert unknown is not None
    assert unknown.text == "tổng hợp"
    private = read(BOT, event(text="@Bot Ghi Danh xin chào"), names)
    assert private is not None
    assert private.text == "@Bot Ghi Danh xin chào"


def test_half_a_surrogate_pair_does_not_reach_the_database() -> None:
    found = read(
        BOT, json.loads('{"event_name":"message.text.received","message":{"chat":{"id":"a"},"text":"x\\ud83d"}}')
    )
    assert found is not None
    found.text.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
INNER = st.dictionaries(
    st.sampled_from(["chat", "from", "text", "message_id", "date", "photo", "voice_url", "caption"]),
    JSON | st.just(PRIVATE) | st.just(MAI) | st.just(GROUP),
    max_size=6,
)
NAMES = st.sampled_from(["message.text.received", "message.image.received", "message.unsupported.received", "x", None])


@given(st.fixed_dictionaries({"event_name": NAMES | JSON, "message": INNER | JSON}) | JSON, st.booleans())
def test_any_event_is_borne(told: Any, wrapped: bool) -> None:
    found = read(BOT, {"ok": True, "result": told} if wrapped else told, ("Bot",))
    if found is not None:
        assert found.chat.count(":") == 2
        assert len(found.key) <= 300
        json.dumps(found.body, ensure_ascii=False).encode()
