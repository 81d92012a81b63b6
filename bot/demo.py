"""`./run demo`: the bot, a pretend Telegram and the sample programme in one process, with phones in the browser."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.emulator import STRICT, Emulator
from locales import DEFAULT
from storage.database import Database, Tx
from storage.importing.sample import load_sample
from storage.phones import show
from storage.rights import make_code

if TYPE_CHECKING:
    from bot.app import App

TOKEN = "135135135:demo-token-of-the-pretend-telegram"  # noqa: S105 - opens nothing but this demo
OFFICIAL, OTHER, ADMIN = 1001, 1002, 1900


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
    emulator = Emulator(TOKEN, "ghidanh_mau_bot", bot_name=app.programme.agency.short, limits=STRICT)
    emulator.port = app.settings.demo_port
    try:
        await _start(emulator)
        await _people(app, db, emulator)
        app.settings = app.settings.model_copy(update={"telegram_api": emulator.api})
        print(app.texts.say(DEFAULT, "demo-open"))
        print(f"\n    {emulator.page_url}\n", flush=True)
        await app.serve()
    finally:
        await emulator.stop()
        await db.close()


async def _start(emulator: Emulator) -> None:
    try:
        await emulator.start()
    except OSError:  # the port is taken: any other will do
        emulator.port = 0
        await emulator.start()


async def _people(app: "App", db: Database, emulator: Emulator) -> None:
    """The phones of the page, and the codes their owners would have on paper."""
    example = await db.transact(_example)
    codes = await db.transact(lambda tx: _codes(tx, example))
    say, link = app.texts.say, "https://t.me/ghidanh_mau_bot"
    official = emulator.phone(
        OFFICIAL, example.name, phone_number=example.phone, title=str(say(DEFAULT, "demo-official"))
    )
    emulator.phone(OTHER, "Người Mới", phone_number="+84900000000", title=str(say(DEFAULT, "demo-stranger")))
    admin = emulator.phone(ADMIN, "Quản Trị", title=str(say(DEFAULT, "demo-admin")))
    emulator.group(str(say(DEFAULT, "demo-board")), [admin])
    where = f"{app.programme.post(example.post).name}, {example.commune}, {example.district}"
    emulator.note(app.programme.sample_note)
    emulator.note(
        str(
            say(
                DEFAULT,
                "demo-note-official",
                name=example.name,
                where=where,
                phone=show(example.phone),
                code=codes["seat"],
            )
        ),
        f"{link}?start={codes['seat']}",
        official,
    )
    emulator.note(str(say(DEFAULT, "demo-note-admin")), f"{link}?start={codes['admin']}", admin)
    emulator.note(str(say(DEFAULT, "demo-note-board")), f"{link}?startgroup={codes['board']}")


async def _example(tx: Tx) -> Example:
    row = await tx.one(
        "SELECT h.id, p.name, p.phone, s.post, lower(u.type) || ' ' || u.name AS commune,"
        " lower(d.type) || ' ' || d.name AS district"
        " FROM holding h JOIN person p ON p.id = h.person_id JOIN seat s ON s.id = h.seat_id"
        " JOIN unit u ON u.id = s.unit_id JOIN unit d ON d.id = u.parent_id"
        " WHERE h.until IS NULL AND p.phone IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM person q WHERE q.phone = p.phone AND q.id <> p.id)"
        " AND NOT EXISTS (SELECT 1 FROM holding o WHERE o.person_id = p.id AND o.id <> h.id)"
        " ORDER BY (h.confirmed_at IS NOT NULL), h.id LIMIT 1"
    )
    if row is None:
        raise RuntimeError("the sample programme has no official with a phone of her own")
    return Example(row["name"], row["phone"], row["post"], row["commune"], row["district"], row["id"])


async def _codes(tx: Tx, example: Example) -> dict[str, str]:
    now, valid = datetime.now(UTC), timedelta(days=30)
    return {
        "seat": await make_code(tx, "seat", now, valid, holding=example.holding),
        "admin": await make_code(tx, "grant", now, valid, role="admin"),
        "board": await make_code(tx, "board", now, valid),
    }
