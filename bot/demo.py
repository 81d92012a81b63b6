"""`./run demo`: the bot, a pretend Telegram and Zalo and the sample programme, with phones in the browser."""

import socket
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.emulator import STRICT, Emulator, ZaloEmulator
from locales import DEFAULT
from storage.database import Database, Tx
from storage.importing.sample import load_sample
from storage.phones import show
from storage.rights import make_code

if TYPE_CHECKING:
    from bot.app import App

TOKEN = "135135135:demo-token-of-the-pretend-telegram"  # noqa: S105 - opens nothing but this demo
ZALO_TOKEN = "1400000000000000001:demo-token-of-the-pretend-zalo"  # noqa: S105 - the same
OFFICIAL, ADMIN = 1001, 1900


@dataclass(frozen=True)
class Example:
    """An official of the sample list whom the demo's first phone belongs to."""

    name: str
    phone: str
    post: str
    commune: str
    district: str
    holding: int


async def run(app: "App", *, keep: bool) -> None:
    """Serve until stopped. The phones of the page are new each time, and so are the data, unless they are kept."""
    if not keep:
        for path in app.settings.data_dir.glob("ghi-danh.db*"):
            path.unlink()
    db = await app.open()
    await load_sample(db, app.programme, app.settings.programme, datetime.now(UTC))
    name = app.programme.agency.short
    zalo = ZaloEmulator([ZALO_TOKEN], names=[f"Bot {name}"], users_per_bot=50, messages_per_month=3000)
    emulator = Emulator(TOKEN, "ghidanh_mau_bot", bot_name=name, limits=STRICT, port=app.settings.demo_port, zalo=zalo)
    try:
        await zalo.start()
        await _start(emulator)
        await _people(app, db, emulator, zalo)
        files = _free_port()
        app.settings = app.settings.model_copy(
            update={
                "telegram_api": emulator.api,
                "zalo_api": zalo.api,
                "public_url": f"http://127.0.0.1:{files}",
                "web_port": files,
            }
        )
        print(app.texts.say(DEFAULT, "demo-open"))
        print(f"\n    {emulator.page_url}\n", flush=True)
        await app.serve()
    finally:
        await emulator.stop()
        await zalo.stop()
        await db.close()


def _free_port() -> int:
    """A port for the one-time file links, which must be known before anything listens on it."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _start(emulator: Emulator) -> None:
    try:
        await emulator.start()
    except OSError:  # the port is taken: any other will do
        emulator.port = 0
        await emulator.start()


async def _people(app: "App", db: Database, emulator: Emulator, zalo: ZaloEmulator) -> None:
    """The phones of the page, and the codes their owners would have on paper."""
    one, two = await db.transact(_examples)
    codes = await db.transact(lambda tx: _codes(tx, one, two))
    link = "https://t.me/ghidanh_mau_bot"

    def say(key: str, **values: str) -> str:
        return str(app.texts.say(DEFAULT, key, **values))

    def where(example: Example) -> str:
        return f"{app.programme.post(example.post).name}, {example.commune}, {example.district}"

    official = emulator.phone(OFFICIAL, one.name, phone_number=one.phone, title=say("demo-official"))
    on_zalo = zalo.phone(name=two.name, title=say("demo-zalo"))
    admin = emulator.phone(ADMIN, "Quản Trị", title=say("demo-admin"))
    emulator.group(say("demo-board"), [admin])
    emulator.note(app.programme.sample_note)
    told = say("demo-note-official", name=one.name, where=where(one), phone=show(one.phone), code=codes["one"])
    emulator.note(told, f"{link}?start={codes['one']}", official)
    told = say("demo-note-zalo", name=two.name, where=where(two), code=codes["two"])
    emulator.note(told, codes["two"], on_zalo)
    emulator.note(say("demo-note-admin"), f"{link}?start={codes['admin']}", admin)
    emulator.note(say("demo-note-board"), f"{link}?startgroup={codes['board']}")


async def _examples(tx: Tx) -> list[Example]:
    """Two officials of the sample list who have a phone and a seat of their own."""
    rows = await tx.all(
        "SELECT h.id, p.name, p.phone, s.post, lower(u.type) || ' ' || u.name AS commune,"
        " lower(d.type) || ' ' || d.name AS district"
        " FROM holding h JOIN person p ON p.id = h.person_id JOIN seat s ON s.id = h.seat_id"
        " JOIN unit u ON u.id = s.unit_id JOIN unit d ON d.id = u.parent_id"
        " WHERE h.until IS NULL AND p.phone IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM person q WHERE q.phone = p.phone AND q.id <> p.id)"
        " AND NOT EXISTS (SELECT 1 FROM holding o WHERE o.person_id = p.id AND o.id <> h.id)"
        " ORDER BY (h.confirmed_at IS NOT NULL), h.id LIMIT 2"
    )
    if len(rows) < 2:
        raise RuntimeError("the sample programme has no two officials with phones of their own")
    return [Example(r["name"], r["phone"], r["post"], r["commune"], r["district"], r["id"]) for r in rows]


async def _codes(tx: Tx, one: Example, two: Example) -> dict[str, str]:
    now, valid = datetime.now(UTC), timedelta(days=30)
    return {
        "one": await make_code(tx, "seat", now, valid, holding=one.holding),
        "two": await make_code(tx, "seat", now, valid, holding=two.holding),
        "admin": await make_code(tx, "grant", now, valid, role="admin"),
        "board": await make_code(tx, "board", now, valid),
    }
