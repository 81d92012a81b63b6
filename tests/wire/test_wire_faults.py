"""Bad days of the network: nothing is lost, and nothing is doubled but what nobody can know to have arrived."""

import asyncio
import logging
import random
from collections import Counter
from typing import Any

import aiohttp
import pytest

from bot.emulator import Fault
from tests.wire.conftest import GoLive
from tests.wire.live import TOKEN, Hand, Live, Secrets, repeats, until, words

SENDING = ("sendMessage", "editMessageText", "sendDocument")


def spoiling(share: float, seed: int, *faults: Fault) -> Any:
    """A hook that spoils a share of all calls."""
    chance = random.Random(seed)

    def hook(method: str, _: dict[str, Any]) -> Fault | None:
        return chance.choice(faults) if chance.random() < share else None

    return hook


async def converse(live: Live, number: int) -> list[Hand]:
    """Several people talk at once; each ends with her post confirmed."""
    seats = await live.seats(number)
    return await asyncio.gather(*[live.official(seat) for seat in seats])


async def doubled(live: Live) -> Counter[tuple[str, str]]:
    """What stands more often on a phone than it was said: chat and text."""
    return repeats(await live.rows("SELECT * FROM outbox WHERE text <> '' AND state = 'sent'"), live.emulator)


async def whole(live: Live) -> None:
    """Every message was answered once, and every answer sent."""
    await live.quiet(30)
    states = await live.rows("SELECT state, count(*) AS n FROM outbox GROUP BY state")
    assert [row["state"] for row in states] == ["sent"]
    assert await live.value("SELECT count(*) FROM inbox WHERE state <> 'done'") == 0


@pytest.mark.parametrize("seed", [1, 2])
async def test_errors_refusals_and_dropped_connections(go: GoLive, seed: int) -> None:
    live = await go(limits=None, rate=0)
    live.exact = False
    live.emulator.faults = spoiling(0.2, seed, Fault.error(502), Fault.error(500), Fault.drop(), Fault.flood(1))
    people = await converse(live, 6)
    live.emulator.faults = None
    await whole(live)
    assert await doubled(live) == Counter()
    assert await live.value("SELECT count(*) FROM holding WHERE confirmed_at IS NOT NULL") == len(people)
    assert await live.value("SELECT count(*) FROM audit WHERE action = 'seat.confirmed'") == len(people)


async def test_an_answer_to_a_press_that_fails_doubles_nothing(go: GoLive) -> None:
    live = await go(limits=None, rate=0)
    live.exact = False
    [mai] = await converse(live, 1)
    old = await mai.presses("Đăng ký lớp", "Các lớp đang nhận đăng ký")
    await mai.says("/lich", "chưa đăng ký")
    for fault in (Fault.drop(), Fault.error(502), Fault.flood(1)):
        faults = [fault]
        live.emulator.faults = lambda method, _: (
            faults.pop() if method == "answerCallbackQuery" and faults else None  # noqa: B023
        )
        mai.phone.press_at(old, old.labels[0])  # far up the screen, so it is answered by a new message
        await mai.sees("có đăng ký lớp này không?")
    await whole(live)
    assert await doubled(live) == Counter()


@pytest.mark.parametrize("fault", [Fault.drop(), Fault.error(502), Fault.flood(1)], ids=["drop", "502", "429"])
async def test_a_failure_between_the_parts_of_a_message_doubles_nothing(go: GoLive, fault: Fault) -> None:
    """The contact key is taken away by a first part, and the question asked by a second."""
    live = await go(limits=None, rate=0)
    [seat] = await live.seats(1)
    mai = await live.agreed("Vàng A Pó", phone_number="+84912000111")
    await mai.says(f"{seat.commune}, {seat.district}", "chức danh nào?")
    await mai.says(seat.post, "mã cá nhân")
    faults = [fault]
    live.emulator.faults = lambda method, params: (
        faults.pop() if method == "sendMessage" and "họ và tên" in params["text"] and faults else None
    )
    await mai.shares("khác với số trong danh sách", "họ và tên")
    assert not faults
    await whole(live)
    assert await doubled(live) == Counter()


async def test_a_lost_answer_doubles_just_that_message(go: GoLive) -> None:
    live = await go(limits=None, rate=0)
    live.exact = False
    lost: list[tuple[str, str]] = []

    def lose(method: str, params: dict[str, Any]) -> Fault | None:
        if method == "sendMessage" and len(lost) < 3 and live.emulator.counts["sendMessage"] % 4 == 0:
            lost.append((f"telegram:{params['chat_id']}", words(params["text"])))
            return Fault.lose_answer()
        return None

    live.emulator.faults = lose
    await converse(live, 4)
    await whole(live)
    assert len(lost) == 3
    assert await doubled(live) == Counter(lost)


async def test_updates_that_come_twice_are_answered_once(go: GoLive) -> None:
    live = await go(limits=None, rate=0)
    spoil = spoiling(0.3, 3, Fault.lose_answer(), Fault.drop(), Fault.error(502))
    live.emulator.faults = lambda method, params: spoil(method, params) if method == "getUpdates" else None
    people = await converse(live, 3)
    live.emulator.faults = None
    await whole(live)
    assert await doubled(live) == Counter()
    assert await live.value("SELECT count(*) FROM consent") == len(people)


async def test_telegram_is_away_at_the_start_and_for_a_while(go: GoLive, caplog: pytest.LogCaptureFixture) -> None:
    live = await go(limits=None, rate=0)
    [mai] = await converse(live, 1)
    left = [40]

    def away(_: str, __: dict[str, Any]) -> Fault | None:
        left[0] -= 1
        return Fault.error(503) if left[0] > 0 else None

    live.emulator.faults = away
    await live.stop()
    left[0] = 3  # the next start is refused a few times
    await live.start()
    left[0] = 8
    mai.phone.send("/lich")
    await mai.sees("chưa đăng ký")
    await whole(live)
    assert Secrets().found_in(caplog.text) == []


async def test_a_flood_wait_is_obeyed(go: GoLive) -> None:
    live = await go(limits=None, rate=30)
    [mai] = await converse(live, 1)
    clock = live.emulator.world.gate._clock
    refused: list[float] = []
    sent: list[float] = []

    def flood(method: str, params: dict[str, Any]) -> Fault | None:
        if method != "sendMessage":
            return None
        if not refused:
            refused.append(clock())
            return Fault.flood(7)
        sent.append(clock())
        return None

    live.emulator.faults = flood
    await mai.says("/trogiup", "Trợ giúp")
    assert sent[0] - refused[0] >= 7
    assert len(sent) == 1


async def test_another_poller_takes_turns_and_nothing_is_lost(go: GoLive, caplog: pytest.LogCaptureFixture) -> None:
    """409: Telegram ends the poll of whoever asked first. The other one confirms nothing here."""
    live = await go(limits=None, rate=0)
    url = f"{live.emulator.api}/bot{TOKEN}/getUpdates"
    async with aiohttp.ClientSession() as session:
        for number in range(3):
            polls = live.emulator.counts["getUpdates"]
            async with session.post(url, json={"timeout": 0}) as response:
                assert response.status == 200
            await until(lambda: live.emulator.counts["getUpdates"] >= polls + 2, "the bot polls again")  # noqa: B023
            hand = await live.agreed(f"Người {number}")
            assert len([m for m in hand.phone.messages if m.from_bot]) == 2, "the notice and the question, each once"
    await live.quiet()
    assert [r.levelno for r in caplog.records if "another process polls" in r.message] == [logging.ERROR] * 3
    assert Secrets().found_in(caplog.text) == []


async def test_stopping_in_the_middle_of_it_all_loses_nothing(go: GoLive) -> None:
    live = await go(limits=None, rate=0)
    live.emulator.latency = 0.02
    talk = asyncio.create_task(converse(live, 8))
    for share in (8, 20, 36):  # of 48
        await until(lambda: len(live.emulator.sent_log) >= share, "they talk", 20)  # noqa: B023
        seconds = await live.stop()
        assert seconds < 3
        await live.start()
    await talk
    await whole(live)
    assert await doubled(live) == Counter(), "a clean stop waits for what is on the wire"


async def test_the_wire_is_checked(go: GoLive) -> None:
    """The table of the Bot API is at hand, and it finds what is wrong."""
    live = await go()
    if live.wire._table is None:
        pytest.skip("no table of the Bot API here: nothing was checked")
    await live.agreed()
    assert live.wire.checked["sendMessage"] > 0
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "đ" * 33, "bogus": 1}]]}
    wrongs = live.wire._table.wrongs("sendMessage", {"text": "x" * 4097, "reply_markup": markup, "chat": 1})
    assert len(wrongs) == 5
