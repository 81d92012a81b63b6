"""Logs: one line an event on standard error; tokens and phone numbers never reach them."""

import logging
import re
import sys

_SECRETS = (
    (re.compile(r"\b\d{5,20}:[A-Za-z0-9_-]{20,}"), "[token]"),
    (re.compile(r"bot\d+:[^/\s]+"), "bot[token]"),
    (re.compile(r"(?<![\d.:])(?:\+?84|0)\d[\d .]{7,11}\d(?!\d)"), "[phone]"),
    (re.compile(r"(postgres(?:ql)?://[^:/@\s]+:)[^@\s]+@"), r"\1[password]@"),
)


def redact(text: str) -> str:
    """The text without what no log may hold."""
    for pattern, shown in _SECRETS:
        text = pattern.sub(shown, text)
    return text


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def set_up(level: str) -> None:
    """Log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("httpx", "httpcore", "aiohttp.access", "telegram", "aiosqlite"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
