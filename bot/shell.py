"""What the command line does. Each command takes the app and its options and returns the exit code.

What only one of them needs (emulator, spreadsheets) it imports itself: `serve` starts a fifth sooner, 7 MiB smaller.
"""

import argparse
import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.hold import holding
from bot.telegram import Telegram
from locales import DEFAULT
from storage import audit, lanes
from storage.database import Database, DatabaseError, Tx
from storage.rights import make_code

LINK_VALID = timedelta(days=2)
INVITATION_VALID = timedelta(days=90)


class AreaError(Exception):
    """The name of an area is not clear; the message says so to who typed it."""


def demo_settings() -> Mapping[str, Any]:
    """The demo needs no token, and never touches a real programme's data."""
    from bot.demo import TOKEN, ZALO_TOKEN  # noqa: PLC0415 - see above

    folder = Path(os.environ.get("DATA_DIR", "data")) / "demo"
    return {
        "telegram_token": TOKEN, "telegram_mode": "polling", "zalo_tokens": ZALO_TOKEN, "zalo_mode": "polling",
        "zalo_links": "", "public_url": "", "data_dir": folder, "database_url": "",
    }  # fmt: skip


def _say(app: App, key: str, **values: Any) -> None:
    print(app.texts.say(DEFAULT, key, **values))


async def demo(app: App, options: argparse.Namespace) -> int:
    """The bot with the sample programme, on a pretend Telegram with phones in the browser."""
    from bot import demo as demonstration  # noqa: PLC0415 - see above

    app.listen_to_signals()
    with holding(app.settings.database):
        await demonstration.run(app, keep=options.keep)
    return 0


@asynccontextmanager
async def _open(app: App) -> AsyncIterator[Database]:
    db = await app.open()
    try:
        yield db
    finally:
        await db.close()


async def serve(app: App, _: argparse.Namespace) -> int:
    """The bot on the real Telegram, on Zalo, or on both."""
    if app.settings.telegram_token is None and not app.settings.zalo_bots:
        _say(app, "shell-no-token")
        return 2
    app.listen_to_signals()
    with holding(app.settings.database):
        async with _open(app):
            await app.serve()
    return 0


async def import_(app: App, options: argparse.Namespace) -> int:
    """Rehearse or apply an import."""
    from storage.importing import run_import  # noqa: PLC0415 - see above

    async with _open(app) as db:
        now = datetime.now(UTC)
        report = await run_import(
            db, app.programme, options.kind, options.file, options.apply, app.texts, options.file.parent, now,
            force=options.force, zone=app.settings.zone,
        )  # fmt: skip
    print(report.text())
    return 0 if report.ok else 1


async def export(app: App, options: argparse.Namespace) -> int:
    """The invitation sheet: a personal code and its link for every holder who has not confirmed."""
    link = await _bot_link(app)
    async with _open(app) as db:
        area = await _area(app, db, options.area)
        count = await db.transact(lambda tx: _invite(app, tx, options.file, link, area))
    _say(app, "shell-exported", count=count, file=str(options.file))
    return 0


async def _invite(app: App, tx: Tx, file: Path, link: str, area: int | None) -> int:
    """New codes and their sheet, or neither: older codes end only when the new ones are on paper."""
    from reports import invitations  # noqa: PLC0415 - see above

    rows = await invitations.issue(tx, datetime.now(UTC), INVITATION_VALID, area)
    month = f"{datetime.now(app.settings.zone):%Y-%m}"
    found = [use for use in await lanes.usage(tx, app.settings.pool, month) if use.lane.link]
    rooms = [(use.lane, max(0, use.lane.people - use.people) if use.lane.people else len(rows)) for use in found]
    zalo = invitations.spread(len(rows), rooms)
    await asyncio.to_thread(invitations.write, file, rows, link, app.programme, app.texts, zalo)
    return len(rows)


async def grant(app: App, options: argparse.Namespace) -> int:
    """Print a one-time link; whoever opens it has the right."""
    if options.role == "board" and options.area:
        _say(app, "shell-board-no-area")
        return 1
    link = await _bot_link(app)
    async with _open(app) as db:
        area = await _area(app, db, options.area)
        code = await db.transact(lambda tx: _grant_code(tx, options.role, area))
    parameter = "startgroup" if options.role == "board" else "start"
    kind = ("board" if options.role == "board" else "person") if link else "code"
    _say(app, f"shell-granted-{kind}", hours=LINK_VALID.days * 24)
    print(f"{link}?{parameter}={code}" if link else f"/start {code}")
    return 0


async def _grant_code(tx: Tx, role: str, area: int | None) -> str:
    now = datetime.now(UTC)
    purpose = "board" if role == "board" else "grant"
    code = await make_code(tx, purpose, now, LINK_VALID, role=role, area=area)
    entry = audit.Entry("shell", "grant.offered", f"role:{role}", {"area": area})
    await audit.append(tx, [entry], now.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return code


async def _area(app: App, db: Database, name: str | None) -> int | None:
    """The unit a name means; None, when no name is given, is the whole province.

    Raises:
        AreaError: the name means none, or more than one.
    """
    if name is None:
        return None

    async def find(tx: Tx) -> list[int]:
        places = await app.house.places(tx)
        districts = [district.id for district in places.find_district(name)]
        return districts or [place.id for place in places.find(name).places if place.in_scope]

    found = await db.transact(find)
    if len(found) != 1:
        raise AreaError(str(app.texts.say(DEFAULT, "shell-no-such-area", name=name)))
    return found[0]


async def _bot_link(app: App) -> str:
    """`https://t.me/name` when a token is set and Telegram answers, else empty."""
    token = app.settings.telegram_token
    if token is None:
        return ""
    channel = Telegram(token.get_secret_value(), app.settings.telegram_api, str)
    try:
        async with channel.bot:
            return f"https://t.me/{channel.bot.username}"
    except Exception as error:
        print(f"Telegram: {type(error).__name__}", file=sys.stderr)
        return ""


async def backup(app: App, options: argparse.Namespace) -> int:
    """Copy the SQLite file while the bot runs."""
    path = _sqlite_path(app)
    await asyncio.to_thread(_copy, path, options.file)
    _say(app, "shell-backed-up", file=str(options.file))
    return 0


async def restore(app: App, options: argparse.Namespace) -> int:
    """Put a backup in place of the database; what was there, damaged or not, is kept beside it."""
    path = _sqlite_path(app)
    _check(options.file)
    with holding(app.settings.database):
        kept = path.with_suffix(f".{datetime.now(UTC):%Y%m%d-%H%M%S}.db")
        if path.exists():
            for ending in ("", "-wal", "-shm"):
                if (found := Path(f"{path}{ending}")).exists():
                    found.rename(f"{kept}{ending}")
            _say(app, "shell-kept", file=str(kept))
        await asyncio.to_thread(_copy, options.file, path)
    _say(app, "shell-restored", file=str(options.file))
    return 0


def _sqlite_path(app: App) -> Path:
    url = app.settings.database
    if not url.startswith("sqlite:///"):
        raise DatabaseError(str(app.texts.say(DEFAULT, "shell-use-pg-dump")))
    return Path(url.removeprefix("sqlite:///"))


def _check(path: Path) -> None:
    if not path.is_file():
        raise DatabaseError(f"{path}: there is no such file")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as found:
            if found.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise DatabaseError(f"{path}: this backup is damaged")
            found.execute("SELECT count(*) FROM migration")
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{path}: this is no backup of Ghi Danh ({error})") from error


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise DatabaseError(f"{source}: there is no such file")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{target}: cannot be written as a copy of {source.name} ({error})") from error


async def doctor(app: App, options: argparse.Namespace) -> int:
    """Look at settings, programme, database and Telegram, and say what is right and what is not."""
    if options.what == "zalo":
        from bot.zalo_doctor import examine  # noqa: PLC0415 - see above

        return await examine(app.settings, app.texts, options.chat)
    _say(app, "shell-doctor-programme", name=app.programme.name, seats=app.programme.seats)
    async with _open(app) as db:
        async with db.reading() as tx:
            seats = await tx.value("SELECT count(*) FROM seat")
        _say(app, "shell-doctor-database", engine=db.name, seats=seats)
        whole = await _say_audit(app, db)
    if app.settings.zalo_bots:
        _say(app, "shell-doctor-zalo", count=len(app.settings.zalo_bots))
    if app.settings.telegram_token is None:
        if not app.settings.zalo_bots:
            _say(app, "shell-no-token")
        return 0 if whole else 1
    link = await _bot_link(app)
    _say(app, "shell-doctor-telegram" if link else "shell-doctor-no-telegram", link=link)
    return 0 if link and whole else 1


async def audit_(app: App, _: argparse.Namespace) -> int:
    """Is the audit whole?"""
    async with _open(app) as db:
        return 0 if await _say_audit(app, db) else 1


async def _say_audit(app: App, db: Database) -> bool:
    async with db.reading() as tx:
        broken = await audit.first_break(tx)
    _say(app, "shell-audit-whole" if broken is None else "shell-audit-broken", row=broken or 0)
    return broken is None
