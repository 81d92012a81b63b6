"""`./run doctor zalo` against the pretend Zalo: what it says when all is as documented, and when not."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.emulator import ZaloEmulator
from bot.settings import Settings
from bot.zalo_doctor import examine
from locales import Texts

TOKEN = "1400000000000000001:secret-of-the-doctor"
ROOT = Path(__file__).parent.parent.parent


def settings(zalo: ZaloEmulator, tokens: str = TOKEN) -> Settings:
    return Settings(
        _env_file=None,
        zalo_tokens=SecretStr(tokens),
        zalo_api=zalo.api,
        programme=ROOT / "programmes" / "thanh-hoa-135-2020",
    )  # type: ignore[call-arg]


async def test_as_documented(capsys: pytest.CaptureFixture[str]) -> None:
    async with ZaloEmulator([TOKEN]) as zalo:
        phone = zalo.phone()
        phone.send("chào")
        assert await examine(settings(zalo), Texts(strict=True), phone.user_id) == 0
    said = capsys.readouterr().out
    assert said.count("Đúng như tài liệu") == 6
    assert "Chưa đặt webhook" in said
    assert "secret" not in said


async def test_otherwise_than_documented(capsys: pytest.CaptureFixture[str]) -> None:
    async with ZaloEmulator([TOKEN]) as zalo:
        zalo.settings.length = "characters"
        phone = zalo.phone()
        phone.send("chào")
        assert await examine(settings(zalo), Texts(strict=True), phone.user_id) == 1
    assert "KHÁC tài liệu: units" in capsys.readouterr().out


async def test_a_wrong_token_and_none(capsys: pytest.CaptureFixture[str]) -> None:
    async with ZaloEmulator([TOKEN]) as zalo:
        assert await examine(settings(zalo, "1400000000000000001:another-secret"), Texts(strict=True), None) == 1
        assert await examine(settings(zalo, ""), Texts(strict=True), None) == 2
    said = capsys.readouterr().out
    assert "không nhận token" in said
    assert "ZALO_TOKENS" in said
    assert "another-secret" not in said
