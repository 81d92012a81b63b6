"""Any order of taps, texts and whatever else phones can send: nothing breaks, everybody is answered, the rules hold.

Hypothesis writes the conversations, and shortens those that break something. They run on the transcript kit.
"""

import asyncio
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count
from json import loads
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.app import texts_of
from bot.clock import Clock
from bot.markup import length, plain
from bot.message import PLACES, Incoming, Kind, abilities
from bot.turn import STEPS, House
from handlers.book import BOOK, COMMANDS, dues
from storage import audit
from storage.database import Database, Tx, open_database
from storage.fold import fold
from storage.programme import Programme
from storage.rights import make_code
from tests.talk import NOON, Phone, Talk

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

SILENT = {"blocked", "unblocked", "migrated", "joined", "left"}
"""What a private chat sends that is deliberately not answered: nobody would read it, or nobody said anything."""

COMMUNES = [
    "Tam Chung",
    "trung ly",
    "XÃ TRUNG LÝ",
    "Trung Lí, Mường Lát",
    "Thành Sơn",
    "Hàm Rồng",
    "x. nhi son",
    "Nhi Sơnn",
]
WORDS = [
    "1", "2", "3", "9", "0", "số 2", "２", "1.", "5", "đồng ý", "dong y", "không", "ok", "dạ", "có", "huỷ", "về đầu",
    "PCT", "khuyến nông", "CT HND", "Vàng A Pó", "Thao", "0912 345 678", "0990 000 001", "đồng ý xóa", "đồng ý dừng",
    "xem tiếp", "quay lại", "đăng ký cho người khác", "trợ giúp", "mường lát", "bỏ qua", "xong", "tất cả", "?", "👍",
    "/start ABCD2345", "/start lop_MAU-03", "/start lop_x", "/tonghop mường lát", "/tonghop xyz", "/tong_hop", "/bogus",
    "/", "//", "/start@ghidanh_bot", "ABCD 2345", "K7XP29AB", "<b>x</b> & y", "</b>", "&lt;", "x" * 4096, "ă" * 4000,
    "\u200b", "\u202e1", "\ufeff", "a\x00b", "😀" * 200, "1" * 30, "-1", "1e9", "٣", "null", "None", "' OR 1=1 --",
]  # fmt: skip
JUNK = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{}$\u2066\u2067\u2068\u2069"), max_size=60)
TEXTS = st.one_of(
    st.sampled_from([f"/{name}" for name in COMMANDS]),
    st.sampled_from(COMMUNES),
    st.sampled_from(WORDS),
    st.sampled_from(COMMUNES + WORDS).map(lambda text: unicodedata.normalize("NFD", text)),
    JUNK.filter(lambda text: text.strip() != ""),
)
ODD: list[Kind] = ["file", "photo", "voice", "video", "sticker", "location", "poll", "other", "edited"]
PHONES = 8
WHO = st.integers(0, PHONES - 1)
SAYINGS: list[Callable[[str], str]] = [
    str,
    str.upper,
    fold,
    lambda s: unicodedata.normalize("NFD", s),
    lambda s: f" {s}. ",
]


class Chaos(RuleBasedStateMachine):
    """Eight phones before one bot: two officials, strangers on three kinds of phone, an admin, and two groups."""

    stage: ClassVar[Path]
    house: ClassVar[House]

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="ghidanh-chaos-"))
        shutil.copy(self.stage, self.folder / "chaos.db")
        self.run(self._open())

    async def _open(self) -> None:
        self.db = await open_database(f"sqlite:///{self.folder / 'chaos.db'}")
        await quick(self.db)
        self.talk = Talk(self.db, self.house, BOOK)
        self.talk._numbers = count(10_000)
        self.phones = cast_of(self.talk)
        self.clock = Clock(self.db, self.talk.heart.store, dues(7, 90), ZONE, lambda: self.talk.now)
        self.looked = int(await self.talk.value("SELECT max(id) FROM inbox"))

    def run(self, work: Any) -> Any:
        return self.loop.run(work)

    def teardown(self) -> None:
        with suppress(Exception):
            self.run(self.db.close())
        self.loop.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- what may happen

    @rule(who=WHO, place=st.integers(0, 9))
    def taps(self, who: int, place: int) -> None:
        """A button of the newest message that has any."""
        self.run(self._tap(self.phones[who], 0, place))

    @rule(who=WHO, back=st.integers(1, 9), place=st.integers(0, 9), times=st.integers(1, 3))
    def taps_an_old_one(self, who: int, back: int, place: int, times: int) -> None:
        """A button of an older message, perhaps in a hurry."""
        for _ in range(times):
            self.run(self._tap(self.phones[who], back, place))

    @rule(who=WHO, place=st.integers(0, 9), how=st.sampled_from(SAYINGS))
    def says_a_label(self, who: int, place: int, how: Callable[[str], str]) -> None:
        """The words of a button instead of the button."""
        self.run(self._label(self.phones[who], place, how))

    @rule(who=WHO, text=TEXTS)
    def says(self, who: int, text: str) -> None:
        """Types anything."""
        self.run(self._send(self.phones[who], "text", text=text.replace("\x00", "")))

    @rule(
        who=WHO,
        phone=st.sampled_from(["+84990000001", "84990000002", "+84912000111", "1", "", "chữ"]),
        own=st.booleans(),
    )
    def shares(self, who: int, phone: str, own: bool) -> None:
        """A contact, one's own or not."""
        if abilities(self.phones[who].chat).contact:
            self.run(self._send(self.phones[who], "contact", phone=phone, own=own))

    @rule(who=WHO, kind=st.sampled_from(ODD))
    def sends_no_words(self, who: int, kind: Kind) -> None:
        """Pictures, voices, corrections."""
        self.run(self._send(self.phones[who], kind))

    @rule(who=WHO, message=st.integers(-5, 2**62), place=st.integers(-1, 300))
    def forges(self, who: int, message: int, place: int) -> None:
        """A button that never was."""
        if abilities(self.phones[who].chat).buttons:
            self.run(self._send(self.phones[who], "press", message=message, choice=place, callback="x", wire="1"))

    @rule(who=WHO, code=st.sampled_from(["seat", "admin", "board", "coordinator"]))
    def opens_a_link(self, who: int, code: str) -> None:
        """A code that somebody was given; whoever opens it."""
        self.run(self._open_link(self.phones[who], code))

    @rule(who=WHO, out=st.booleans())
    def comes_or_goes(self, who: int, out: bool) -> None:
        """Blocked and unblocked; the bot removed from a group and added."""
        phone = self.phones[who]
        kinds: tuple[Kind, Kind] = ("left", "joined") if phone.group else ("blocked", "unblocked")
        if abilities(phone.chat).buttons:
            self.run(self._send(phone, kinds[0 if out else 1]))

    @rule(hours=st.sampled_from([0.1, 3, 14, 30, 24 * 6, 24 * 40, 24 * 95]))
    def time_passes(self, hours: float) -> None:
        """The clock looks at what is due."""
        self.talk.pass_time(hours=hours)
        self.run(self._sweep())

    @rule(taps=st.lists(st.tuples(WHO, st.integers(0, 5)), min_size=2, max_size=6))
    def all_at_once(self, taps: list[tuple[int, int]]) -> None:
        """Several phones in one batch."""
        self.run(self._batch(taps))

    # -- how it happens

    async def _send(self, phone: Phone, kind: Kind, /, **body: Any) -> None:
        await self._store(phone, kind, body)
        await self.talk.answer()

    async def _store(self, phone: Phone, kind: Kind, body: dict[str, Any]) -> None:
        body |= {"title": phone.name, "locale": phone.locale} | ({"group": True} if phone.group else {})
        channel = phone.chat.rpartition(":")[0]
        await self.talk.heart.store([Incoming(channel, str(next(self.talk._numbers)), phone.chat, kind, body)])

    async def _shown(self, phone: Phone, back: int) -> tuple[int, list[str]]:
        rows = await self.talk.rows(
            "SELECT id, choices FROM outbox WHERE chat = :chat AND choices <> '[]' ORDER BY id DESC LIMIT :n",
            chat=phone.chat, n=back + 1,
        )  # fmt: skip
        return (rows[-1]["id"], [c[0] for c in loads(rows[-1]["choices"])]) if rows else (0, [])

    async def _pressing(self, phone: Phone, back: int, place: int) -> tuple[Kind, dict[str, Any]]:
        message, labels = await self._shown(phone, back)
        if not labels:
            return "text", {"text": "/start"}
        if not abilities(phone.chat).buttons:
            return "text", {"text": str(place % len(labels) + 1)}
        return "press", {
            "message": message,
            "choice": place % len(labels),
            "callback": "cb",
            "wire": str(message % 1000),
        }

    async def _tap(self, phone: Phone, back: int, place: int) -> None:
        kind, body = await self._pressing(phone, back, place)
        await self._send(phone, kind, **body)

    async def _batch(self, taps: list[tuple[int, int]]) -> None:
        for who, place in taps:
            await self._store(self.phones[who], *await self._pressing(self.phones[who], 0, place))
        await self.talk.answer()

    async def _label(self, phone: Phone, place: int, how: Callable[[str], str]) -> None:
        _, labels = await self._shown(phone, 0)
        await self._send(phone, "text", text=how(labels[place % len(labels)]) if labels else "/start")

    async def _open_link(self, phone: Phone, what: str) -> None:
        async def make(tx: Tx) -> str:
            valid = timedelta(days=2)
            if what == "seat":
                holding = await tx.value("SELECT id FROM holding WHERE until IS NULL ORDER BY id LIMIT 1")
                return await make_code(tx, "seat", self.talk.now, valid, holding=holding)
            if what == "board":
                return await make_code(tx, "board", self.talk.now, valid)
            area = await tx.value("SELECT id FROM unit WHERE level = 'district' AND name = 'Mường Lát'")
            return await make_code(tx, "grant", self.talk.now, valid, role=what, area=None if what == "admin" else area)

        code = await self.db.transact(make)
        await self._send(phone, "text", text=f"/start {code}")

    async def _sweep(self) -> None:
        await self.clock.sweep()
        await self.talk.answer()

    # -- what must hold

    @invariant()
    def holds(self) -> None:
        self.run(self._check())

    async def _check(self) -> None:
        heard = await self.talk.rows("SELECT * FROM inbox WHERE id > :n ORDER BY id", n=self.looked)
        said = await self.talk.rows("SELECT * FROM outbox WHERE id >= :n ORDER BY id", n=(self.looked + 1) * PLACES)
        answered = {(row["id"] // PLACES, row["chat"]) for row in said if row["text"] or "toast" in loads(row["hints"])}
        for row in heard:
            assert row["state"] == "done", f"{row['kind']} {row['body']}: {row['error']}"
            if row["chat"] and ":-" not in row["chat"] and row["kind"] not in SILENT:
                assert (row["id"], row["chat"]) in answered, f"no answer to {row['kind']} {row['body']}"
        for row in said:
            check_words(row)
        self.looked = max([self.looked, *(row["id"] for row in heard)])
        [broken] = await self.talk.rows(BROKEN)
        assert not any(broken.values()), broken
        for row in await self.talk.rows("SELECT step FROM chat WHERE step IS NOT NULL"):
            assert row["step"] in STEPS
        if heard:
            async with self.db.reading() as tx:
                assert await audit.first_break(tx) is None


def check_words(row: dict[str, Any]) -> None:
    """A message of the outbox can be sent and read."""
    text = row["text"]
    assert not re.search(r"\{|\$[a-z]|[\u2066-\u2069]", text), f"a placeholder was left: {text}"
    assert length(text) <= 4096, f"too long: {text[:200]}"
    assert not text or plain(text).strip(), f"an empty message: {text!r}"
    for label, name, *_ in loads(row["choices"]):
        assert label.strip(), f"an empty button below {text}"
        assert name in STEPS, name


BROKEN = (
    "SELECT (SELECT count(*) FROM (SELECT seat_id FROM holding WHERE until IS NULL GROUP BY seat_id"
    " HAVING count(*) > 1) x) AS seats_with_two_holders,"
    " (SELECT count(*) FROM (SELECT 1 FROM enrolment WHERE state IN ('enrolled', 'waiting', 'offered')"
    " GROUP BY session_id, seat_id HAVING count(*) > 1) x) AS seats_enrolled_twice,"
    " (SELECT count(*) FROM session s WHERE s.taken > s.capacity OR s.taken <> (SELECT count(*) FROM enrolment e"
    " WHERE e.session_id = s.id AND e.state = 'enrolled')) AS sessions_miscounted,"
    " (SELECT count(*) FROM enrolment e JOIN session s ON s.id = e.session_id WHERE e.state = 'waiting'"
    " AND s.taken < s.capacity AND s.state = 'open' AND NOT EXISTS (SELECT 1 FROM session_half h"
    " WHERE h.session_id = s.id AND h.day <= :never) AND NOT EXISTS (SELECT 1 FROM enrolment o"
    " JOIN session_half a ON a.session_id = o.session_id JOIN session_half b ON b.day = a.day AND b.part = a.part"
    " WHERE o.person_id = e.person_id AND o.state = 'enrolled' AND b.session_id = s.id)) AS waiting_beside_free_places,"
    " (SELECT count(*) FROM holding h JOIN person p ON p.id = h.person_id WHERE h.until IS NULL"
    " AND p.erased_at IS NOT NULL) AS seats_of_erased_people,"
    " (SELECT count(*) FROM chat_person c JOIN person p ON p.id = c.person_id WHERE c.until IS NULL"
    " AND p.erased_at IS NOT NULL) AS phones_of_erased_people"
).replace(":never", "'0000'")


# The stage --------------------------------------------------------------------------------------


async def quick(db: Database) -> None:
    """Nobody cuts the power here."""
    await db._writer.execute_fetchall("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def cast_of(talk: Talk) -> list[Phone]:
    """The phones, the same in every run."""
    people = [talk.phone("Lò Thị Mai"), talk.phone("Hà Văn Thọ"), talk.phone("Người Lạ"), talk.phone("Ann", "en")]
    boss, silent = talk.phone("Phạm Văn Quản"), talk.phone("Vàng A Pó", channel="zalo")
    return [*people, boss, silent, talk.group("Ban Dân tộc"), talk.group("Xã nhà")]


async def _set_stage(path: Path, house: House) -> None:
    db = await open_database(f"sqlite:///{path}")
    await quick(db)
    talk = Talk(db, house, BOOK)
    mai, tho, *_, boss, _, board, other = cast_of(talk)
    [place] = await talk.rows(
        "SELECT u.name || ', ' || d.name AS name FROM seat s JOIN unit u ON u.id = s.unit_id"
        " JOIN unit d ON d.id = u.parent_id ORDER BY s.id LIMIT 1"
    )
    for phone, post in ((mai, "PCT"), (tho, "KNV")):
        await phone.says(f"/start {await talk.code(place['name'], post, phone.name)}")
        await phone.presses("Đồng ý")
        await phone.presses("Đúng")
    for phone, purpose, role in ((boss, "grant", "admin"), (board, "board", None)):
        code = await db.transact(
            lambda tx, p=purpose, r=role: make_code(tx, p, NOON, timedelta(days=1), role=r)  # type: ignore[misc]
        )
        await phone.says(f"/start {code}")
        if not phone.group:
            await phone.presses("Đồng ý")
    await other.sends("joined")
    # Places are few, so that they are fought for.
    await db.transact(lambda tx: tx.run("UPDATE session SET capacity = 1 WHERE state = 'open' AND taken = 0"))
    await db.close()


@pytest.fixture(scope="module")
def chaos(sqlite_sample: Path, programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Iterator[type[Chaos]]:
    stage = tmp_path_factory.mktemp("chaos") / "stage.db"
    shutil.copy(sqlite_sample, stage)
    house = House(texts_of(programme, strict=True), programme, ZONE, "https://t.me/ghidanh_bot")
    asyncio.run(_set_stage(stage, house))
    Chaos.stage, Chaos.house = stage, house
    yield Chaos


ALL = list(HealthCheck)


def test_any_order_of_anything(chaos: type[Chaos]) -> None:
    phases = (Phase.explicit, Phase.generate)  # what breaks is shortened by the long one
    profile = settings(
        max_examples=25, stateful_step_count=40, deadline=None, derandomize=True, phases=phases, database=None,
        suppress_health_check=ALL,
    )  # fmt: skip
    run_state_machine_as_test(chaos, settings=profile)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_any_order_of_anything_for_a_while(chaos: type[Chaos]) -> None:
    profile = settings(
        max_examples=250, stateful_step_count=80, deadline=None, database=None, suppress_health_check=ALL,
        print_blob=True,
    )  # fmt: skip
    run_state_machine_as_test(chaos, settings=profile)
