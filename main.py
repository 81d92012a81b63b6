"""The command line of Ghi Danh. `./run help` lists what it can do."""

import argparse
import gc
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import uvloop

from bot import logs, shell
from bot.app import App, Menus
from bot.channel import TokenRefusedError
from bot.hold import InUseError
from bot.settings import Settings, SettingsError, load
from handlers.book import BOOK, MAKERS, dues
from handlers.menu import MENU
from locales import DEFAULT, Texts
from storage.database import DatabaseError
from storage.programme import ProgrammeError

ROOT = Path(__file__).resolve().parent
Command = Callable[[App, argparse.Namespace], Awaitable[int]]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run", description="Ghi Danh: đăng ký tập huấn qua Telegram và Zalo")
    commands = parser.add_subparsers(dest="command", required=True, metavar="lệnh")

    def add(name: str, what: str, run: Command) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=what, description=what)
        command.set_defaults(run=run)
        return command

    demo = add("demo", "chạy thử với dữ liệu mẫu, không cần token", shell.demo)
    demo.add_argument("--keep", action="store_true", help="giữ dữ liệu của lần chạy thử trước")
    add("serve", "chạy với Telegram, Zalo thật (cần TELEGRAM_TOKEN hoặc ZALO_TOKENS)", shell.serve)
    imported = add("import", "nhập danh sách từ XLSX hoặc CSV; không có --apply thì chỉ kiểm tra", shell.import_)
    imported.add_argument("kind", choices=["roster", "scope", "sessions", "units"])
    imported.add_argument("file", type=Path)
    imported.add_argument("--apply", action="store_true", help="ghi vào cơ sở dữ liệu")
    imported.add_argument("--force", action="store_true", help="thay cả người đã tự xác nhận")
    exported = add("export", "xuất giấy mời có mã cá nhân (XLSX)", shell.export)
    exported.add_argument("what", choices=["invitations"])
    exported.add_argument("file", type=Path)
    exported.add_argument("--area", help="tên huyện hoặc xã; không ghi: cả tỉnh")
    grant = add("grant", "in đường liên kết dùng một lần để cấp quyền", shell.grant)
    grant.add_argument("role", choices=["admin", "organiser", "coordinator", "board"])
    grant.add_argument("--area", help="tên huyện hoặc xã; không ghi: cả tỉnh")
    backup = add("backup", "sao lưu cơ sở dữ liệu SQLite", shell.backup)
    backup.add_argument("file", type=Path)
    restore = add("restore", "phục hồi từ bản sao lưu", shell.restore)
    restore.add_argument("file", type=Path)
    doctor = add("doctor", "kiểm tra cấu hình và cơ sở dữ liệu; doctor zalo: thử bot Zalo thật", shell.doctor)
    doctor.add_argument("what", nargs="?", choices=["zalo"])
    doctor.add_argument("--chat", help="mã chat của một người đã nhắn bot, để gửi tin thử (chỉ với doctor zalo)")
    audit = add("audit", "kiểm tra nhật ký", shell.audit_)
    audit.add_argument("what", choices=["verify"])
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused, 2 something outside is wrong."""
    options = _parser().parse_args(arguments)
    # Relative settings (data, programmes, .env) are the project's; a file named on the command line is the caller's.
    if getattr(options, "file", None) is not None:
        options.file = options.file.resolve()
    os.chdir(ROOT)
    os.umask(0o077)  # what is written here is about people
    try:
        settings = load(**(shell.demo_settings() if options.command == "demo" else {}))
        logs.set_up(settings.log_level)
        return uvloop.run(_run(settings, options))
    except (SettingsError, ProgrammeError, DatabaseError, shell.AreaError) as error:
        print(error, file=sys.stderr)
        return 1 if isinstance(error, shell.AreaError) else 2
    except InUseError as error:
        print(Texts().say(DEFAULT, "shell-in-use", file=str(error)), file=sys.stderr)
    except TokenRefusedError as error:
        name, who = ("TELEGRAM_TOKEN", "Telegram") if error.lane == "telegram" else ("ZALO_TOKENS", "Zalo")
        print(f"{name}: {who} does not know the token of {error.lane}", file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or type(error).__name__}: {error.strerror}", file=sys.stderr)
    return 2


async def _run(settings: Settings, options: argparse.Namespace) -> int:
    app = App(settings, BOOK, dues(settings.board_hour, settings.retention_days, settings.pool), MAKERS, Menus(MENU))
    # What the start has built stays. Python's collector walking it again and again was an eighth of all CPU.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    code: int = await options.run(app, options)
    return code


if __name__ == "__main__":
    sys.exit(main())
