"""The command line, as an administrator uses it."""

import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "programmes" / "thanh-hoa-135-2020"


class Shell:
    """`./run …` in a data folder of its own, without a token."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, **environment: str) -> tuple[int, str]:
        settings = {"DATA_DIR": str(self.folder / "data"), "PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "error"}
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *words],
            env=settings | environment, cwd=self.folder, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """With the sample programme's lists."""
    for kind, name in (("units", "units.csv"), ("scope", "mau_pham_vi.csv"), ("roster", "mau_danh_sach.csv")):
        code, said = shell("import", kind, str(SAMPLE / name), "--apply")
        assert code == 0, said
    return shell


def test_serve_without_a_token_says_what_is_missing(shell: Shell) -> None:
    code, said = shell("serve")
    assert code == 2
    assert "TELEGRAM_TOKEN" in said
    assert "./run demo" in said
    assert "Traceback" not in said


def test_wrong_settings_stop_the_start(shell: Shell) -> None:
    code, said = shell("doctor", SEND_RATE="many", TELEGRAM_TOKN="x")
    assert code == 2
    assert "SEND_RATE" in said
    assert "TELEGRAM_TOKN" in said
    assert "Traceback" not in said


def test_messages_are_not_kept_longer_than_the_notice_says(shell: Shell) -> None:
    code, said = shell("doctor", RETENTION_DAYS="400")
    assert code == 2
    assert "RETENTION_DAYS" in said


def test_an_import_is_rehearsed_until_it_is_applied(shell: Shell) -> None:
    units = str(SAMPLE / "units.csv")
    code, said = shell("import", "units", units)
    assert code == 0
    assert "--apply" in said
    assert shell("import", "units", units, "--apply")[0] == 0
    assert shell("import", "units", units, "--apply")[0] == 0


def test_a_grant_is_a_one_time_code_and_only_its_digest_is_kept(filled: Shell) -> None:
    code, said = filled("grant", "admin")
    assert code == 0
    [printed] = re.findall(r"/start ([0-9A-Z]{8})\b", said)
    for path in (filled.folder / "data").iterdir():
        assert printed.encode() not in path.read_bytes()
    assert filled("grant", "coordinator", "--area", "muong lat")[0] == 0
    code, said = filled("grant", "coordinator", "--area", "không có huyện này")
    assert code == 1
    assert "Không rõ địa bàn" in said


def test_the_invitation_sheet(filled: Shell) -> None:
    target = filled.folder / "giay_moi.xlsx"
    code, said = filled("export", "invitations", str(target), "--area", "Mường Lát")
    assert code == 0, said
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows
    assert {row[0] for row in rows} == {"Mường Lát"}
    assert all(re.fullmatch(r"[0-9A-Z]{4} [0-9A-Z]{4}", str(row[4])) for row in rows)
    assert len({row[4] for row in rows}) == len(rows)


def test_the_sheet_leads_to_the_zalo_bots_with_room(filled: Shell) -> None:
    target = filled.folder / "giay_moi.xlsx"
    pool = {
        "ZALO_TOKENS": "1400000000000000001:secret-a,1400000000000000002:secret-b",
        "ZALO_LINKS": "https://zalo.example/a,https://zalo.example/b",
        "ZALO_PEOPLE": "3",
    }
    code, said = filled("export", "invitations", str(target), "--area", "Mường Lát", **pool)
    assert code == 0, said
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    links = [row[6] or "" for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert links[:7] == ["https://zalo.example/a"] * 3 + ["https://zalo.example/b"] * 3 + [""]


def test_back_up_and_restore(filled: Shell) -> None:
    saved = filled.folder / "saved.db"
    assert filled("backup", str(saved))[0] == 0
    assert filled("import", "sessions", str(SAMPLE / "units.csv"))[0] == 1  # the wrong file: refused in words
    database = filled.folder / "data" / "ghi-danh.db"
    database.write_bytes(b"damaged")
    code, said = filled("doctor")
    assert code == 2
    assert "restore" in said
    database.unlink()
    code, said = filled("restore", str(saved))
    assert code == 0, said
    code, said = filled("audit", "verify")
    assert code == 0
    assert "nguyên vẹn" in said


def test_a_restore_from_what_is_no_backup_touches_nothing(filled: Shell) -> None:
    wrong = filled.folder / "x.db"
    wrong.write_bytes(b"no database")
    before = (filled.folder / "data" / "ghi-danh.db").read_bytes()
    assert filled("restore", str(wrong))[0] == 2
    assert filled("restore", str(filled.folder / "none.db"))[0] == 2
    assert (filled.folder / "data" / "ghi-danh.db").read_bytes() == before


def test_the_doctor_says_how_things_stand(filled: Shell) -> None:
    code, said = filled("doctor")
    assert "496" in said
    assert "nguyên vẹn" in said
    assert code == 0
