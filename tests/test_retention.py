"""What was said is deleted after the retention time, a little at a time, and nothing falls due again."""

from datetime import timedelta

import pytest

from locales.calendar import utc_text
from storage import retention
from storage.database import Tx
from tests.talk import Talk

DAYS = 90


async def test_old_messages_go_and_new_ones_stay(talk: Talk) -> None:
    mai = talk.phone()
    await mai.says("/start")
    talk.pass_time(days=60)
    await mai.presses("Đồng ý")
    await mai.says("một lời rất riêng")
    talk.pass_time(days=40)
    assert await retention.sweep(talk.db, talk.now, DAYS) > 0
    bodies = [row["body"] for row in await talk.rows("SELECT body FROM inbox WHERE chat = :c", c=mai.chat)]
    assert len(bodies) == 2
    assert any("riêng" in body for body in bodies)
    talk.pass_time(days=60)
    await retention.sweep(talk.db, talk.now, DAYS)
    assert await talk.rows("SELECT * FROM inbox WHERE chat = :c", c=mai.chat) == []
    assert await talk.rows("SELECT * FROM outbox WHERE chat = :c", c=mai.chat) == []
    assert await retention.sweep(talk.db, talk.now, DAYS) == 0
    await mai.says("xin chào")  # the conversation goes on, with numbers never used before
    assert mai.seen


@pytest.mark.buttons
async def test_an_old_button_says_that_it_is_old(talk: Talk) -> None:
    mai = await talk.official("trung lý", "pct")
    old = mai.screen.id
    talk.pass_time(days=100)
    await retention.sweep(talk.db, talk.now, DAYS)
    await mai.presses_old(old, 0)
    mai.sees("Lựa chọn này đã cũ", "đã xác nhận")


async def test_a_form_left_half_filled_is_forgotten(talk: Talk) -> None:
    mai = talk.phone("Người Lạ")
    await mai.says("/start")
    await talk.db.transact(lambda tx: tx.run('UPDATE chat SET draft = \'{"name": "x"}\', carry = \'{"a": 1}\''))
    talk.pass_time(days=100)
    await retention.sweep(talk.db, talk.now, DAYS)
    [chat] = await talk.rows("SELECT * FROM chat")
    assert (chat["draft"], chat["carry"], chat["question"], chat["title"]) == ("{}", "{}", None, "")


async def test_persons_seats_and_titles_of_their_chats_stay(talk: Talk) -> None:
    mai = await talk.official("trung lý", "pct")
    tables = ("person", "holding", "claim", "chat_person", "consent", "enrolment", "audit")
    before = [await talk.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
    talk.pass_time(days=1000)
    await retention.sweep(talk.db, talk.now, DAYS)
    assert [await talk.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables] == before
    assert await talk.value("SELECT title FROM chat WHERE id = :c", c=mai.chat) == mai.name


async def test_what_is_still_waiting_is_not_lost(talk: Talk) -> None:
    old = utc_text(talk.now - timedelta(days=200))
    await talk.db.transact(lambda tx: _store(tx, [("telegram", "w", "waiting", old), ("telegram", "d", "done", old)]))
    await retention.sweep(talk.db, talk.now, DAYS)
    assert [row["key"] for row in await talk.rows("SELECT key FROM inbox")] == ["w"]


async def test_what_the_clock_did_never_falls_due_again(talk: Talk) -> None:
    old = utc_text(talk.now - timedelta(days=200))
    keys = ["feedback:1:2", "board:2026-01-01:telegram:-1", "retention:2026-01-01:90", "forget:7", "offer:9"]
    await talk.db.transact(lambda tx: _store(tx, [("clock", key, "done", old) for key in keys]))
    await retention.sweep(talk.db, talk.now, DAYS)
    assert {row["key"] for row in await talk.rows("SELECT key FROM inbox")} == {"feedback:1:2", "offer:9"}


async def test_in_chunks_and_others_are_answered_between_them(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "CHUNK", 10)
    old = utc_text(talk.now - timedelta(days=200))
    await talk.db.transact(lambda tx: _store(tx, [("telegram", f"k{n}", "done", old) for n in range(35)]))
    local = talk.now.astimezone(talk.house.timezone)
    async with talk.db.reading() as tx:
        keys = await retention.due_retention(tx, local, DAYS)
    assert keys == ["retention:2026-11-20:90"]
    await talk.due(*keys)
    left = await talk.rows("SELECT channel, key FROM inbox ORDER BY id")
    assert [row["key"] for row in left] == [
        "retention:2026-11-20:90",
        *(f"retention:2026-11-20:90:{n}" for n in (2, 3, 4)),
    ]
    async with talk.db.reading() as tx:
        assert await retention.due_retention(tx, local, DAYS) == []
        assert await retention.due_retention(tx, local.replace(hour=1) + timedelta(days=1), DAYS) == []
        assert await retention.due_retention(tx, local + timedelta(days=1), DAYS) == ["retention:2026-11-21:90"]


async def _store(tx: Tx, rows: list[tuple[str, str, str, str]]) -> None:
    await tx.many(
        "INSERT INTO inbox (channel, key, chat, kind, body, received_at, state)"
        " VALUES (:channel, :key, '', 'text', '{}', :at, :state)",
        [{"channel": channel, "key": key, "state": state, "at": at} for channel, key, state, at in rows],
    )
