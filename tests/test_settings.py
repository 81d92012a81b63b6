"""Settings: wrong or unknown ones stop the start, and all are documented."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PROGRAMME", str(ROOT / "programmes" / "thanh-hoa-135-2020"))


def test_the_defaults_are_good() -> None:
    settings = load()
    assert settings.telegram_token is None
    assert settings.database == "sqlite:///data/ghi-danh.db"
    assert settings.send_rate == 30


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RETENTION_DAYS", "3"),
        ("RETENTION_DAYS", "nhiều"),
        ("SEND_RATE", "-1"),
        ("LOG_LEVEL", "LOUD"),
        ("TIMEZONE", "Asia/Thanh_Hoa"),
        ("DATABASE_URL", "mysql://x"),
        ("TELEGRAM_API", "api.telegram.org"),
        ("PROGRAMME", "/nowhere"),
        ("BOARD_HOUR", "24"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load()


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEND_RATE", "x")
    monkeypatch.setenv("BOARD_HOUR", "x")
    monkeypatch.setenv("TELEGRAM_TOKN", "x")
    with pytest.raises(SettingsError) as caught:
        load()
    assert all(name in str(caught.value) for name in ("SEND_RATE", "BOARD_HOUR", "TELEGRAM_TOKN"))


def test_an_unknown_setting_in_the_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SENDRATE=3\n")
    with pytest.raises(SettingsError, match="SENDRATE"):
        load()


def test_the_token_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456:very-secret-token-of-a-bot")
    settings = load()
    assert "secret" not in repr(settings)
    assert "secret" not in str(settings.model_dump())


def test_the_example_documents_every_setting_and_its_default() -> None:
    text = (ROOT / ".env.example").read_text()
    documented = dict(re.findall(r"^#([A-Z_]+)=(.*)$", text, re.M))
    assert set(documented) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if field.default is not None:
            assert documented[name.upper()] == str(field.default)
