from __future__ import annotations

import aiohttp

from bot.emulator import STRICT, Emulator, Limits
from bot.emulator.limits import FloodGate


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def gate() -> tuple[FloodGate, Clock]:
    clock = Clock()
    return FloodGate(STRICT, clock), clock


def test_thirty_in_any_sliding_second_then_three_seconds_of_silence() -> None:
    flood, clock = gate()
    for chat in range(1, 31):
        assert flood.admit(chat) is None
        clock.now += 0.01
    assert flood.admit(31) == 3
    clock.now += 2.5
    assert flood.admit(32) == 1, "everything is refused meanwhile, and the rest is named"
    clock.now += 0.5
    assert flood.admit(33) is None


def test_the_window_slides_rather_than_resets() -> None:
    flood, clock = gate()
    for chat in range(1, 31):
        assert flood.admit(chat) is None
        clock.now += 1 / 30
    for chat in range(31, 61):  # one leaves the window for each that enters it
        clock.now += 1 / 30
        assert flood.admit(chat) is None
    assert flood.admit(61) == 3


def test_private_chat_takes_a_burst_of_five_and_then_one_a_second() -> None:
    flood, clock = gate()
    assert [flood.admit(7) for _ in range(6)] == [None] * 5 + [1]
    assert flood.admit(8) is None, "only that chat is refused"
    clock.now += 1
    assert [flood.admit(7), flood.admit(7)] == [None, 1]


def test_group_takes_twenty_a_minute() -> None:
    flood, clock = gate()
    for _ in range(20):
        assert flood.admit(-5) is None
        clock.now += 1
    assert flood.admit(-5) == 40
    assert flood.admit(5) is None
    clock.now += 40
    assert flood.admit(-5) is None


def test_no_limits() -> None:
    flood = FloodGate(None)
    assert all(flood.admit(1) is None for _ in range(1000))


async def test_over_http_with_the_counter() -> None:
    async with Emulator(limits=Limits(private_burst=1), clock=Clock()) as tg:
        phone = tg.phone()
        phone.start()
        async with aiohttp.ClientSession() as http:
            url = f"{tg.api}/bot{tg.token}/sendMessage"
            body = {"chat_id": phone.user_id, "text": "chào"}
            async with http.post(url, json=body) as first:
                assert first.status == 200
            async with http.post(url, json=body) as second:
                assert second.status == 429
                assert await second.json() == {
                    "ok": False,
                    "error_code": 429,
                    "description": "Too Many Requests: retry after 1",
                    "parameters": {"retry_after": 1},
                }
        assert tg.refusals == 1
        assert len(tg.sent_log) == 1
        assert tg.counts["sendMessage"] == 2


async def test_edits_count_but_refused_requests_do_not() -> None:
    async with Emulator(limits=Limits(private_burst=2), clock=Clock()) as tg:
        phone = tg.phone()
        phone.start()
        async with aiohttp.ClientSession() as http:

            async def call(method: str, **body: object) -> int:
                async with http.post(f"{tg.api}/bot{tg.token}/{method}", json=body) as answer:
                    return answer.status

            chat = phone.user_id
            assert await call("sendMessage", chat_id=chat, text="") == 400
            assert await call("sendMessage", chat_id=chat, text="một") == 200
            assert await call("editMessageText", chat_id=chat, message_id=2, text="một") == 400
            assert await call("editMessageText", chat_id=chat, message_id=2, text="hai") == 200
            assert await call("editMessageText", chat_id=chat, message_id=2, text="ba") == 429
