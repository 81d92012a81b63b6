"""The limits of a messenger, kept."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pace import BURST, Pace

CHATS = [f"telegram:{n}" for n in range(1, 80)]


def play(pace: Pace, wishes: list[tuple[str, bool]], start: float = 100.0) -> list[tuple[float, str]]:
    """Send each wish as early as the pace allows, in turn; the moments at which they left."""
    now, sent = start, []
    for chat, group in wishes:
        now = max(now, pace.next_slot(), pace.ready(chat, group, now))
        while pace.ready(chat, group, now) > now:
            now = pace.ready(chat, group, now)
        pace.took(chat, group, now)
        sent.append((now, chat))
    return sent


def most_within(times: list[float], window: float) -> int:
    return max((sum(1 for t in times if first <= t < first + window) for first in times), default=0)


@settings(max_examples=50)
@given(st.lists(st.sampled_from(CHATS), min_size=1, max_size=200))
def test_never_more_than_thirty_in_any_second(chats: list[str]) -> None:
    sent = play(Pace(30), [(chat, False) for chat in chats])
    assert most_within([at for at, _ in sent], 1.0) <= 30


@settings(max_examples=50)
@given(st.integers(1, 30))
def test_a_chat_gets_a_short_burst_and_then_one_a_second(count: int) -> None:
    times = [at for at, _ in play(Pace(30), [(CHATS[0], False)] * count)]
    assert most_within(times, 0.01) <= BURST
    assert most_within(times, 5.0) <= BURST + 5


def test_a_group_gets_at_most_twenty_a_minute() -> None:
    times = [at for at, _ in play(Pace(30), [("telegram:-1", True)] * 60)]
    assert most_within(times, 60.0) <= 19


def test_thirty_a_second_is_nearly_reached() -> None:
    sent = play(Pace(30), [(f"telegram:{n}", False) for n in range(3000)])
    seconds = sent[-1][0] - sent[0][0]
    assert 2970 / seconds >= 0.99 * 30


def test_a_restart_remembers_the_last_second() -> None:
    pace = Pace(30)
    pace.remember([99.99] * 30)
    assert pace.next_slot() > 100.9


def test_an_idle_chat_fills_its_allowance_again() -> None:
    pace = Pace(30)
    play(pace, [(CHATS[0], False)] * BURST)
    assert pace.ready(CHATS[0], False, 100.0) > 100.0
    assert pace.ready(CHATS[0], False, 104.0) <= 104.0


def test_a_refusal_of_a_quiet_bot_holds_only_that_chat() -> None:
    pace = Pace(30)
    pace.hold(CHATS[0], 3, 100.0)
    assert pace.ready(CHATS[0], False, 100.0) == 103.0
    assert pace.next_slot() == 0.0


def test_a_refusal_of_a_busy_bot_holds_everybody() -> None:
    pace = Pace(30)
    play(pace, [(chat, False) for chat in CHATS[:20]])
    pace.hold(CHATS[0], 3, 100.5)
    assert pace.next_slot() == 103.5


def test_unpaced_is_unpaced() -> None:
    pace = Pace(0)
    assert {at for at, _ in play(pace, [(CHATS[0], False)] * 100)} == {100.0}


def test_mass_mail_goes_evenly() -> None:
    pace, now, times = Pace(30), 100.0, []
    for number in range(90):
        now = max(now, pace.next_slot(), pace.next_mass())
        pace.took(f"telegram:{number}", False, now, mass=True)
        times.append(now)
    assert max(b - a for a, b in pairwise(times)) < 0.04
    assert most_within(times, 0.1) <= 4


def test_what_arrives_late_counts_from_then() -> None:
    pace = Pace(2)
    pace.took(CHATS[0], False, 100.0)
    pace.landed(100.0, 100.02)  # as usual
    pace.took(CHATS[1], False, 100.1)
    pace.took(CHATS[2], False, 101.1)
    pace.landed(100.1, 100.22)  # a tenth of a second later than usual
    assert 101.2 < pace.next_slot() < 101.21


def test_a_hung_answer_holds_nobody_for_long() -> None:
    pace = Pace(1)
    pace.took(CHATS[0], False, 100.0)
    pace.landed(100.0, 109.0)
    assert pace.next_slot() <= 102.1


def test_a_reply_of_two_messages_waits_for_two_slots() -> None:
    pace = Pace(3)
    for number, at in enumerate((100.0, 100.5)):
        pace.took(CHATS[number], False, at)
    assert pace.next_slot() == 0.0
    assert 101.0 < pace.next_slot(2) < 101.1
    pace.took(CHATS[2], False, 101.1, 2)
    assert 101.5 < pace.next_slot() < 101.6
    assert pace.ready(CHATS[2], False, 101.1, 2) > 102.0
