"""The language transcripts are written in: phones that say, press and see, on a real database.

The wire is left out here (the emulator tests have it): what a phone says goes into the inbox as a channel would put
it there, and what it sees is read from the outbox as a channel would read it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from json import loads
from typing import Any

from bot.heart import Book, Heart
from bot.markup import plain
from bot.message import Incoming, Kind, abilities
from bot.turn import House
from storage import people
from storage.database import Database, Tx
from storage.rights import grant, make_code

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # a Friday, 12:00 in Viet Nam


LANES = {"telegram": "telegram", "zalo": "zalo:1400000000000000001"}


@dataclass
class Seen:
    """A message on a phone's screen."""

    id: int
    text: str
    buttons: list[str]
    contact: bool
    edits: str | None
    toast: str
    attachment: dict[str, Any] | None


class Talk:
    """A town of phones before one bot."""

    def __init__(self, db: Database, house: House, book: Book, channel: str = "telegram") -> None:
        self.db, self.house = db, house
        self.lane = LANES[channel]
        self.now = NOON
        self.heart = Heart(db, house, book, lambda: self.now, lambda: None)
        self._numbers = count(1)
        self._users = count(1001)

    def pass_time(self, **units: float) -> None:
        """Time goes by; nothing else happens."""
        self.now += timedelta(**units)

    def phone(self, name: str = "Lò Thị Mai", locale: str = "vi", channel: str = "") -> "Phone":
        """A new phone whose owner has never written."""
        return Phone(self, f"{LANES.get(channel, self.lane)}:{next(self._users)}", name, locale)

    def group(self, title: str = "Ban Dân tộc") -> "Phone":
        """A group chat with the bot in it."""
        return Phone(self, f"telegram:-{next(self._users)}", title, "vi", group=True)

    async def due(self, *keys: str) -> None:
        """The clock says these are due."""
        await self.heart.store([Incoming("clock", key, "", "due") for key in keys])
        await self.answer()

    async def answer(self) -> None:
        """Everything that waits is answered."""
        while await self.heart.answer_waiting():
            pass

    async def official(self, commune: str, post: str, name: str = "Lò Thị Mai", **phone: Any) -> "Phone":
        """An official of the sample programme who has agreed to the notice and confirmed her post by her code."""
        mai = self.phone(name, **phone)
        code = await self.code(commune, post, name)
        await mai.says(f"/start {code}")
        await mai.presses("Đồng ý")
        await mai.presses("Đúng")
        return mai

    async def code(self, commune: str, post: str, name: str = "Lò Thị Mai") -> str:
        """A personal code for whoever holds the seat; a vacant one is given to `name` first."""
        seat = await self.seat(commune, post)

        async def make(tx: Tx) -> str:
            found = await people.seat_by_id(tx, seat)
            assert found is not None
            holding = found.holding
            if not holding:
                person = await people.add(tx, name, None, "roster", "2026-01-01T00:00:00Z")
                holding = await tx.value(
                    "INSERT INTO holding (seat_id, person_id, since) VALUES (:s, :p, '2026-01-01') RETURNING id",
                    s=seat,
                    p=person,
                )
            return await make_code(tx, "seat", self.now, timedelta(days=30), holding=holding)

        return await self.db.transact(make)

    async def seat(self, commune: str, post: str) -> int:
        """Number of a seat, by commune as typed and post code, name or abbreviation."""

        async def find(tx: Tx) -> int:
            places = [p for p in (await self.house.places(tx)).find(commune).places if p.in_scope]
            assert len(places) == 1, f"{commune}: {places}"
            [found] = self.house.programme.find_post(post)
            seat = await people.seat(tx, places[0].id, found.code)
            assert seat is not None
            return seat.id

        return await self.db.transact(find)

    async def admin(self, name: str = "Phạm Văn Quản", role: str = "admin", area: int | None = None) -> "Phone":
        """Somebody with a role, bound by a one-time link."""
        phone = self.phone(name)
        code = await self.db.transact(
            lambda tx: make_code(tx, "grant", self.now, timedelta(days=1), role=role, area=area)
        )
        await phone.says(f"/start {code}")
        if "Đồng ý" in phone.screen.buttons:
            await phone.presses("Đồng ý")
        return phone

    async def rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        """What the database holds."""
        return await self.db.transact(lambda tx: _rows(tx, sql, params))

    async def value(self, sql: str, **params: Any) -> Any:
        """The first value of a query."""
        return await self.db.transact(lambda tx: tx.value(sql, **params))

    async def grant(self, person: int, role: str, area: int | None = None) -> None:
        """Give a person a role."""
        await self.db.transact(lambda tx: grant(tx, person, role, area, "2026-01-01T00:00:00Z"))


async def _rows(tx: Tx, sql: str, params: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in await tx.all(sql, **params)]


@dataclass
class Phone:
    """One chat: what its owner does, and what is seen."""

    talk: Talk
    chat: str
    name: str
    locale: str
    group: bool = False
    _read: int = field(default=-1, init=False)
    seen: list[Seen] = field(default_factory=list, init=False)
    """What came since the last thing this phone did."""

    async def says(self, text: str) -> list[Seen]:
        """Type and send."""
        return await self.sends("text", text=text)

    async def sends(self, kind: Kind, **body: Any) -> list[Seen]:
        """Send anything."""
        body |= {"title": self.name, "locale": self.locale} | ({"group": True} if self.group else {})
        key = str(next(self.talk._numbers))
        await self.talk.heart.store([Incoming(self.chat.partition(":")[0], key, self.chat, kind, body)])
        await self.talk.answer()
        return await self.looks()

    async def shares(self, phone: str, *, own: bool = True) -> list[Seen]:
        """Share a contact."""
        assert abilities(self.chat).contact, "mark this test with pytest.mark.buttons"
        return await self.sends("contact", phone=phone, own=own)

    async def presses(self, label: str) -> list[Seen]:
        """Choose: by a press where there are buttons, by its number in the open question or its words where not."""
        for row in reversed(await self._messages()):
            choices = loads(row["choices"])
            labels = [c[0] for c in choices]
            if label in labels:
                place = labels.index(label)
                if not abilities(self.chat).buttons:
                    return await self.says(await self._typed(row["id"], place, choices[place]))
                if "contact" in loads(row["hints"]):
                    return await self.says(label)  # a key of the contact keyboard types its label
                return await self.presses_old(row["id"], place)
        if not abilities(self.chat).buttons and "Xem tiếp" in self.screen.buttons:
            await self.presses("Xem tiếp")  # numbered lines come nine at a time
            return await self.presses(label)
        raise AssertionError(f"{label} is on no message; the screen says: {self.screen}")

    async def _typed(self, message: int, place: int, chosen: list[Any]) -> str:
        """What somebody types who sees numbered lines: a notice is answered in words, and so is what is firm."""
        open_question = await self.talk.value("SELECT question FROM chat WHERE id = :chat", chat=self.chat)
        if open_question != message:
            return str(chosen[0])
        return "DONG Y" if chosen[4:] else str(place + 1)

    async def presses_old(self, message: int, place: int) -> list[Seen]:
        """Press a button of any message, once more or long after."""
        assert abilities(self.chat).buttons, "mark this test with pytest.mark.buttons"
        return await self.sends("press", message=message, choice=place, callback=f"cb{message}", wire=f"w{message}")

    async def looks(self) -> list[Seen]:
        """What has come since last looking."""
        self.seen = [_seen(row) for row in await self._messages() if row["id"] > self._read]
        self._read = max([self._read, *(s.id for s in self.seen)])
        return self.seen

    @property
    def screen(self) -> Seen:
        """The newest message."""
        assert self.seen, "nothing came"
        return self.seen[-1]

    @property
    def text(self) -> str:
        """All that came, as read."""
        return "\n".join(s.text for s in self.seen)

    def sees(self, *parts: str, buttons: Sequence[str] | None = None) -> None:
        """The newest answers say all of this (case aside), with just these buttons on the newest."""
        for part in parts:
            assert part.casefold() in self.text.casefold(), f"{part!r} is not in:\n{self.text}"
        if buttons is not None:
            assert self.screen.buttons == list(buttons)

    def sees_nothing_of(self, *parts: str) -> None:
        """None of this is said."""
        for part in parts:
            assert part.casefold() not in self.text.casefold(), f"{part!r} is in:\n{self.text}"

    async def _messages(self) -> list[dict[str, Any]]:
        return await self.talk.rows("SELECT * FROM outbox WHERE chat = :chat ORDER BY id", chat=self.chat)


def _seen(row: dict[str, Any]) -> Seen:
    assert not re.search(r"\{|\$|[\u2066-\u2069]", row["text"]), f"a placeholder was left: {row['text']}"
    hints = loads(row["hints"])
    buttons = [label for label, *_ in loads(row["choices"])]
    return Seen(
        row["id"],
        plain(row["text"]),
        buttons,
        "contact" in hints,
        row["edits"],
        hints.get("toast", ""),
        hints.get("attachment"),
    )


Answer = Callable[[], str]
