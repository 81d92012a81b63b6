"""What never reaches a log."""

import io
import logging

import pytest

from bot.logs import redact, set_up


@pytest.mark.parametrize(
    "secret",
    [
        "https://api.telegram.org/bot123456789:AAHkQ2rJ7v_x-yzABCDEFGHIJKLMNOPQRSTU/getMe",
        "token 123456789:AAHkQ2rJ7v_x-yzABCDEFGHIJKLMNOPQRSTU",
        "số 0912345678",
        "số 0912 345 678",
        "số +84912345678",
        "postgresql://bot:matkhau@host/db",
    ],
)
def test_secrets_are_taken_out(secret: str) -> None:
    said = redact(secret)
    for part in ("AAHk", "912345678", "345 678", "matkhau"):
        assert part not in said


@pytest.mark.parametrize(
    "text", ["L1048576: ValueError at hear_name:120", "2026-11-20T05:00:00Z 120 ms", "id 104857600000"]
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text


def test_the_set_up_redacts_and_silences_chatty_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:]
    try:
        set_up("INFO")
        handler = logging.getLogger().handlers[0]
        assert isinstance(handler, logging.StreamHandler)
        stream = handler.stream = io.StringIO()
        logging.getLogger("bot").warning("gọi %s", "0912345678")
        logging.getLogger("httpx").info("GET https://api.telegram.org/bot1:x/getMe")
        assert "[phone]" in stream.getvalue()
        assert "getMe" not in stream.getvalue()
    finally:
        logging.getLogger().handlers[:] = before
