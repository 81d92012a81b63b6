"""What Zalo says when it refuses."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class RefusalError(Exception):
    """An error of the Bot Platform; the server turns it into the answer that the settings ask for."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


def bad_request(reason: str) -> RefusalError:
    """400: the request itself is wrong."""
    return RefusalError(400, f"Bad request: {reason}")


def unauthorized() -> RefusalError:
    """401: nobody's token."""
    return RefusalError(401, "Unauthorized")


def not_found() -> RefusalError:
    """404: no such method, or no webhook ever."""
    return RefusalError(404, "Not Found")


def timeout() -> RefusalError:
    """408: nobody wrote while the poll waited."""
    return RefusalError(408, "Request timeout")


def too_many_setups() -> RefusalError:
    """426: the day's webhook calls are used up."""
    return RefusalError(426, "Webhook setup quota exceeded")


def quota_exceeded() -> RefusalError:
    """429: the month's messages, or the bot's people, are used up."""
    return RefusalError(429, "Quota exceeded")
