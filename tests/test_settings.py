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
        ("ZALO_TOKENS", "123:abc,nonsense"),
        ("ZALO_TOKENS", "123:abc,123:def"),
        ("ZALO_TOKENS", "123:a/b"),
        ("ZALO_API", "bot-api.zaloplatforms.com"),
        ("ZALO_MODE", "both"),
        ("ZALO_MODE", "webhook"),
        ("TELEGRAM_MODE", "webhook"),
        ("ZALO_SECRET", "short"),
        ("ZALO_SECRET", "có dấu tiếng Việt"),
        ("TELEGRAM_SECRET", "a b"),
        ("PUBLIC_URL", "http://ghidanh.vn"),
        ("PUBLIC_URL", "ghidanh.vn"),
        ("WEB_PORT", "99999"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load()


def test_a_wrong_zalo_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZALO_TOKENS", "140:very-hidden,very-hidden-too")
    with pytest.raises(SettingsError) as caught:
        load()
    assert "very-hidden" not in str(caught.value)


def test_several_zalo_bots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZALO_TOKENS", "140:abc, 141:def,")
    assert load().zalo_bots == ["140:abc", "141:def"]


def test_the_web_server_runs_when_it_is_reached_from_outside_or_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not load().serves_web
    monkeypatch.setenv("WEB_PORT", "8136")
    assert load().serves_web
    monkeypatch.delenv("WEB_PORT")
    monkeypatch.setenv("PUBLIC_URL", "https://ghidanh.vn/")
    assert load().serves_web
    assert load().public_url == "https://ghidanh.vn"


def test_a_webhook_needs_an_address_and_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZALO_MODE", "webhook")
    monkeypatch.setenv("ZALO_SECRET", "mot-hai-ba-bon")
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        load()
    monkeypatch.setenv("PUBLIC_URL", "https://ghidanh.vn")
    assert load().zalo_mode == "webhook"


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
    assert "very-secret" not in repr(settings)
    assert "very-secret" not in str(settings.model_dump())


def test_the_example_documents_every_setting_and_its_default() -> None:
    text = (ROOT / ".env.example").read_text()
    documented = dict(re.findall(r"^#([A-Z_]+)=(.*)$", text, re.M))
    assert set(documented) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        if field.default is not None:
            assert documented[name.upper()] == str(field.default)


def test_the_pool_of_zalo_bots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZALO_TOKENS", "140:abc,141:def")
    assert [(lane.id, lane.link, lane.people, lane.messages) for lane in load().pool] == [
        ("zalo:140", "", 50, 3000),
        ("zalo:141", "", 50, 3000),
    ]
    monkeypatch.setenv("ZALO_LINKS", "https://zalo.me/a")
    with pytest.raises(SettingsError, match="ZALO_LINKS"):
        load()
    monkeypatch.setenv("ZALO_LINKS", "https://zalo.me/a, https://zalo.me/b")
    assert load().pool[1].link == "https://zalo.me/b"
