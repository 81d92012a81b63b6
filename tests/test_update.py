"""What Telegram sends, read; and whatever else, borne."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.update import read

PRIVATE = {"id": 1001, "type": "private", "first_name": "Mai", "last_name": "Lò"}
GROUP = {"id": -1002, "type": "supergroup", "title": "Ban Dân tộc"}
SENDER = {"id": 1001, "first_name": "Mai", "language_code": "vi"}


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 7, "message": {"message_id": 1, "chat": PRIVATE, "from": SENDER, "date": 1} | content}


def test_text() -> None:
    found = read(message(text="xin chào\x00"))
    assert found is not None
    assert (found.chat, found.key, found.kind, found.text) == ("telegram:1001", "7", "text", "xin chào")
    assert (found.body["title"], found.body["locale"]) == ("Mai Lò", "vi")


def test_english_by_the_phone_but_not_in_a_group() -> None:
    english = SENDER | {"language_code": "en-GB"}
    assert read(message(text="x", **{"from": english})).body["locale"] == "en"  # type: ignore[union-attr]
    assert read(message(text="x", chat=GROUP, **{"from": english})).body["locale"] == "vi"  # type: ignore[union-attr]


def test_a_contact_is_own_only_with_the_sender_s_id() -> None:
    own = read(message(contact={"phone_number": "84912345678", "first_name": "Mai", "user_id": 1001}))
    other = read(message(contact={"phone_number": "84912345678", "first_name": "X", "user_id": 1002}))
    card = read(message(contact={"phone_number": "84912345678", "first_name": "X"}))
    assert [found.body["own"] for found in (own, other, card) if found] == [True, False, False]


def test_a_press_names_its_message_and_place() -> None:
    query = {"id": "99", "from": SENDER, "message": {"message_id": 5, "chat": PRIVATE}, "data": "1048576:2"}
    found = read({"update_id": 8, "callback_query": query})
    assert found is not None
    assert {k: found.body[k] for k in ("message", "choice", "callback", "wire")} == {
        "message": 1048576, "choice": 2, "callback": "99", "wire": "5"
    }  # fmt: skip
    for data in ("", "x", "1:", ":1", "9" * 40 + ":1", "1:99999", "-1:2", "１:２"):
        forged = read({"update_id": 8, "callback_query": query | {"data": data}})
        assert forged is not None
        assert "message" not in forged.body or data == "１:２"


def test_what_a_group_tells_about_itself_is_not_heard() -> None:
    assert read(message(chat=GROUP, new_chat_title="X")) is None
    assert read(message(chat=GROUP, pinned_message={})) is None
    assert read(message(chat={"id": -5, "type": "channel", "title": "X"}, text="x")) is None


def test_blocked_and_joined() -> None:
    def member(chat: dict[str, Any], old: str, new: str) -> str | None:
        update = {"chat": chat, "from": SENDER, "old_chat_member": {"status": old}, "new_chat_member": {"status": new}}
        found = read({"update_id": 9, "my_chat_member": update})
        return found.kind if found else None

    assert member(PRIVATE, "member", "kicked") == "blocked"
    assert member(PRIVATE, "kicked", "member") == "unblocked"
    assert member(GROUP, "left", "member") == "joined"
    assert member(GROUP, "member", "left") == "left"
    assert member(GROUP, "member", "administrator") is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "poll", "x"])
INNER = st.dictionaries(
    st.sampled_from(
        ["chat", "from", "text", "contact", "data", "message", "id", "photo", "document", "new_chat_member"]
    ),
    JSON | st.just(PRIVATE) | st.just(SENDER),
    max_size=6,
)


@given(st.dictionaries(FIELDS, JSON | INNER, max_size=2), JSON)
def test_any_update_is_borne(update: dict[str, Any], number: Any) -> None:
    read(update | {"update_id": number})
    read(update)
