"""The heart by itself, with a few steps of its own: one transaction, savepoints, order, what a text means."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.heart import Book
from bot.message import PLACES, Incoming
from bot.turn import STEPS, House, Turn, before_consent, choice, item, step
from handlers.book import BOOK
from tests.talk import Phone, Talk


@before_consent
@step
async def ask_colour(turn: Turn) -> None:
    turn.ask("home", item("Đỏ", took_colour, colour="red"), item("Xanh", took_colour, colour="blue"), hear=hear_colour)


@before_consent
@step
async def took_colour(turn: Turn, colour: str) -> None:
    await turn.tx.run("INSERT INTO meta (key, value) VALUES (:k, :v)", k=f"{turn.chat.id}-{turn.incoming.id}", v=colour)
    turn.audit("colour.taken", colour)
    turn.say("left-it")


@before_consent
@step
async def hear_colour(turn: Turn) -> None:
    await turn.tx.run("INSERT INTO meta (key, value) VALUES (:k, :v)", k=f"heard-{turn.incoming.id}", v=turn.text)
    if turn.text == "vỡ":
        turn.audit("colour.broken", "x")
        turn.say("left-it")
        raise RuntimeError("a secret that was typed")
    turn.ask("home", choice("go-home", ask_colour), hear=hear_colour)


@before_consent
@step
async def nothing(turn: Turn) -> None:
    """A deliberate silence."""


COLOURS = Book(
    commands={"start": ask_colour},
    arguments=frozenset(),
    group_commands=frozenset(),
    events={"photo": nothing, "due:colour": nothing},
    home=ask_colour,
    welcome=ask_colour,
    unheard=ask_colour,
    stale=nothing,
)


@pytest.fixture
async def colours(empty_db: Any, house: House) -> AsyncIterator[Talk]:
    yield Talk(empty_db, house, COLOURS)


async def both_say(talk: Talk, *texts: tuple[Phone, str]) -> None:
    """Several messages wait together, so that one commit answers them."""
    await talk.heart.store(
        [Incoming("telegram", f"m{n}", phone.chat, "text", {"text": text}) for n, (phone, text) in enumerate(texts)]
    )
    await talk.answer()


async def test_a_repeat_is_ignored(colours: Talk) -> None:
    mai = colours.phone()
    again = Incoming("telegram", "7", mai.chat, "text", {"text": "/start"})
    await colours.heart.store([again, again])
    await colours.heart.store([again])
    await colours.answer()
    assert await colours.value("SELECT count(*) FROM inbox") == 1
    assert len(await mai.looks()) == 1


async def test_a_failing_step_leaves_nothing_and_stops_nobody(colours: Talk, caplog: pytest.LogCaptureFixture) -> None:
    mai, tho = colours.phone("Mai"), colours.phone("Thọ")
    await both_say(colours, (mai, "/start"), (tho, "/start"))
    await both_say_next(colours, (mai, "vỡ"), (tho, "tím"))
    await mai.looks()
    await tho.looks()
    [failed] = await colours.rows("SELECT id, error FROM inbox WHERE state = 'failed'")
    mai.sees(f"mã L{failed['id']}")
    assert "RuntimeError" in failed["error"]
    assert "secret" not in caplog.text
    assert await colours.rows("SELECT value FROM meta WHERE key LIKE 'heard-%'") == [{"value": "tím"}]
    assert await colours.value("SELECT count(*) FROM audit") == 0
    await mai.says("Đỏ")  # her question still stands
    mai.sees("Đã dừng")


async def both_say_next(talk: Talk, *texts: tuple[Phone, str]) -> None:
    await talk.heart.store(
        [Incoming("telegram", f"n{n}", phone.chat, "text", {"text": text}) for n, (phone, text) in enumerate(texts)]
    )
    await talk.answer()


async def test_messages_of_one_chat_in_one_commit_see_each_other(colours: Talk) -> None:
    mai = colours.phone()
    await both_say(colours, (mai, "/start"), (mai, "2"), (mai, "/start"), (mai, "1"))
    values = await colours.rows("SELECT value FROM meta ORDER BY key")
    assert [row["value"] for row in values] == ["blue", "red"]


async def test_an_old_button_does_what_it_said_then(colours: Talk) -> None:
    mai = colours.phone()
    [first] = await mai.says("/start")
    await mai.says("/start")
    await mai.presses_old(first.id, 1)
    assert await colours.rows("SELECT value FROM meta") == [{"value": "blue"}]


async def test_a_press_edits_only_the_newest_message(colours: Talk) -> None:
    mai = colours.phone()
    [first] = await mai.says("/start")
    [second] = await mai.says("/start")
    [answer] = await mai.presses_old(second.id, 0)
    assert answer.edits == f"w{second.id}"
    [answer] = await mai.presses_old(first.id, 0)
    assert answer.edits is None


async def test_a_foreign_button_is_not_obeyed(colours: Talk) -> None:
    mai, tho = colours.phone("Mai"), colours.phone("Thọ")
    [hers] = await mai.says("/start")
    await tho.says("/start")
    await tho.presses_old(hers.id, 0)
    await tho.presses_old(999 * PLACES, 0)
    await tho.sends("press", callback="x", wire="1")
    assert await colours.value("SELECT count(*) FROM meta") == 0


async def test_every_press_is_answered_even_when_nothing_is_said(colours: Talk) -> None:
    mai = colours.phone()
    await mai.says("/start")
    await mai.sends("press", callback="cb-lost", wire="1")
    assert await colours.value("SELECT answers FROM outbox WHERE text = ''") == "cb-lost"


async def test_a_number_after_a_day_is_asked_again(colours: Talk) -> None:
    mai = colours.phone()
    await mai.says("/start")
    colours.pass_time(hours=25)
    await mai.says("1")
    mai.sees("đã lâu")
    assert await colours.value("SELECT count(*) FROM meta") == 0
    await mai.says("1")
    assert await colours.rows("SELECT value FROM meta") == [{"value": "red"}]


async def test_a_step_that_is_gone_explains_itself(colours: Talk) -> None:
    mai = colours.phone()
    [first] = await mai.says("/start")
    gone = STEPS.pop("test_heart.took_colour")
    try:
        await mai.presses_old(first.id, 0)
    finally:
        STEPS["test_heart.took_colour"] = gone
    assert await colours.value("SELECT count(*) FROM inbox WHERE state = 'failed'") == 0


async def test_in_a_group_people_may_talk_to_each_other(talk: Talk) -> None:
    board = talk.group()
    for kind in ("photo", "voice", "sticker", "contact", "edited", "poll", "other", "file"):
        assert await board.sends(kind) == []
    for text in ("chào các đồng chí", "1", "0", "đăng ký", "/dangky", "/lich", "/nothing"):
        assert await board.says(text) == []


async def test_a_batch_holds_many_chats_in_order(colours: Talk) -> None:
    phones = [colours.phone(f"P{n}") for n in range(450)]
    await both_say(colours, *[(p, "/start") for p in phones])
    rows = await colours.rows("SELECT chat FROM outbox ORDER BY id")
    assert [row["chat"] for row in rows] == [p.chat for p in phones]
    assert await colours.value("SELECT count(*) FROM inbox WHERE state <> 'done'") == 0


def test_every_step_of_the_book_can_be_found_by_name() -> None:
    for found in [*BOOK.commands.values(), *BOOK.events.values(), BOOK.home, BOOK.welcome, BOOK.unheard, BOOK.stale]:
        assert found in STEPS.values(), found
