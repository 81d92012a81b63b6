"""Virtual people on the emulator's side of the wire, and the two ways in which they make a load."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import count

from bench.programme import SESSIONS, Seat
from bot.emulator import Emulator
from bot.emulator.records import Change, Chat, Message, User

Journey = Generator[None, Message, None]
"""Says or presses something, yields until the bot's message is there, goes on with it."""

Journeys = Callable[["Person"], Journey | None]
"""What somebody new does; None: nobody comes any more."""

FIRST_USER = 10_001


class Person:
    """Somebody with a chat; no screen, so that thousands cost nothing."""

    def __init__(self, emulator: Emulator, number: int) -> None:
        self.world = emulator.world
        self.user = User(number, f"Người {number}", language_code="vi")
        self.chat: Chat = self.world.add_user(self.user)

    def say(self, text: str) -> None:
        self.world.hear(self.chat, self.user, {"text": text})

    def share(self, phone: str) -> None:
        contact = {"phone_number": phone, "first_name": self.user.first_name, "user_id": self.user.id}
        self.world.hear(self.chat, self.user, {"contact": contact})

    def press(self, message: Message, label: str) -> None:
        for button in (button for row in message.buttons() for button in row):
            if button["text"].startswith(label):
                self.world.press(self.chat, self.user, message, button["callback_data"])
                return
        raise LookupError(f"no button {label!r} under: {message.data['text']}")


def registration(person: Person, seat: Seat) -> Journey:
    """The whole way of an official, 9 messages: from /start to a place in a session."""
    person.say("/start")
    person.press((yield), "Đồng ý")
    message = yield
    person.say(seat.commune)
    message = yield
    if seat.place in str(message.data.get("reply_markup")):  # two communes fold to one name: asked back
        person.press(message, seat.place)
        message = yield
    person.press(message, seat.post)
    yield
    if person.user.id % 2:
        person.share(seat.phone)
    else:
        person.say(seat.code)
    person.press((yield), "Đúng")
    person.press((yield), "Đăng ký lớp")
    message = yield
    person.press(message, message.buttons()[person.user.id % SESSIONS][0]["text"])
    person.press((yield), "Đăng ký")
    yield


def registrations(seats: Iterable[Seat]) -> Journeys:
    """Everybody registers for a seat of their own, as long as there are some."""
    left: Iterator[Seat] = iter(seats)

    def begin(person: Person) -> Journey | None:
        seat = next(left, None)
        return registration(person, seat) if seat else None

    return begin


def chatter(person: Person) -> Journey:
    """Whoever talks to an echo."""
    for number in count():
        person.say(f"Tin nhắn số {number}")
        yield


class Crowd:
    """People before one bot; keeps how long each of their messages waited for its answer."""

    def __init__(self, emulator: Emulator, journeys: Journeys, people: int) -> None:
        self._emulator, self._journeys, self._most = emulator, journeys, people
        self._numbers = count(FIRST_USER)
        self._waiting: dict[int, tuple[Journey, float]] = {}
        self._ready: deque[tuple[int, Journey, Message]] = deque()
        self._closed = False
        self.finished = 0
        self.waits: list[float] = []
        self._trouble: Exception | None = None
        emulator.watch(self._look)

    # What people do -----------------------------------------------------------------------------

    def newcomer(self) -> None:
        """Somebody new writes for the first time."""
        person = Person(self._emulator, next(self._numbers))
        journey = self._journeys(person)
        if journey is not None:
            self._go_on(person.user.id, journey, None)

    def _go_on(self, chat: int, journey: Journey, message: Message | None) -> None:
        self._waiting[chat] = journey, time.perf_counter()
        try:
            next(journey) if message is None else journey.send(message)
        except StopIteration:  # it was her last: somebody else comes
            del self._waiting[chat]
            self.finished += 1
            self.newcomer()
        except Exception as error:
            self.fail(error)

    def fail(self, trouble: Exception) -> None:
        """Tell whoever waits for this crowd."""
        self._trouble = self._trouble or trouble

    def _look(self, change: Change) -> None:
        if change.kind not in ("message", "edited") or change.chat_id not in self._waiting:
            return
        message = self._emulator.world.chats[change.chat_id].messages[change.message_id]
        if message.sender_id != self._emulator.world.bot.id or "remove_keyboard" in (message.reply_markup or {}):
            return  # what only takes a keyboard away is no answer
        journey, since = self._waiting.pop(change.chat_id)
        self.waits.append(time.perf_counter() - since)
        if self._closed:  # after this call was answered, as a person would
            asyncio.get_running_loop().call_soon(self._go_on, change.chat_id, journey, message)
        else:
            self._ready.append((change.chat_id, journey, message))

    # The load -----------------------------------------------------------------------------------

    def all_at_once(self) -> None:
        """A closed loop: everybody goes on as soon as they are answered."""
        self._closed = True
        for _ in range(self._most):
            self.newcomer()

    async def at_rate(self, rate: float, seconds: float, seed: int = 1) -> None:
        """An open loop: messages come at random moments, so many a second, whether or not the bot keeps up."""
        chance = random.Random(seed)
        now = time.perf_counter()
        end = now + seconds
        while now < end and self._trouble is None:
            if self._ready and len(self._ready) + len(self._waiting) >= self._most:
                self._go_on(*self._ready.popleft())
            else:
                self.newcomer()
            now += chance.expovariate(rate)
            await asyncio.sleep(max(0.0, now - time.perf_counter()))
        await asyncio.sleep(0.3)  # the last answers
        if self._trouble is not None:
            raise self._trouble

    async def until(self, answers: int, timeout: float = 300.0) -> None:
        """Wait until that many messages were answered."""
        await reached(lambda: len(self.waits) >= answers or self._trouble is not None, timeout)
        if self._trouble is not None:
            raise self._trouble


async def reached(holds: Callable[[], bool], timeout: float, pause: float = 0.002) -> None:
    """Wait until something holds. It is asked from time to time: an event for each answer would cost more."""
    end = time.perf_counter() + timeout
    while not holds():
        if time.perf_counter() > end:
            raise TimeoutError
        await asyncio.sleep(pause)
