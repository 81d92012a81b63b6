"""Where Zalo is not documented, or was seen to behave in more than one way: a switch for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StatusMode = Literal["always200", "mirror"]
Spelling = Literal["error_code", "errorCode"]
EmptyPoll = Literal["408", "empty"]


@dataclass(slots=True)
class Settings:
    """May be changed at any time; the defaults are what was seen most, or what is hardest on a bot."""

    # -- answers
    status_mode: StatusMode = "always200"  # or the HTTP status repeats the error code
    include_error_code_zero: bool = False  # a success says `"error_code": 0`
    error_spelling: Spelling = "error_code"
    error_as_text: bool = False  # the code as a string
    empty_poll: EmptyPoll = "408"  # or `"result": {}`
    unknown_chat: int = 403  # the error for a chat that never wrote

    # -- what may be sent
    length: Literal["utf16", "characters"] = "utf16"
    longest: int = 2000
    fetch_photos: bool = True  # of addresses on this machine; others are believed

    # -- updates
    media: Literal["live", "docs"] = "live"  # the picture's field: `photo_url` or `photo`
    abandoned_polls_eat: bool = True  # a poll whose client went away still takes one update
    offline_seconds: float | None = None  # after so long without a poll or a webhook, messages vanish

    # -- webhook
    flat_webhook: bool = True  # or wrapped as `{"ok": true, "result": …}`
    webhook_copies: int = 1  # how often each update is delivered
    redeliver: bool = False  # until a 2xx; otherwise what is not taken is lost
    redeliver_seconds: float = 0.2
    webhook_timeout: float = 10.0
    empty_probe: bool = True  # setWebhook and testWebhook call with an empty body, else with a sample
    allow_local_webhook: bool = True  # addresses on this machine, also for pictures
    webhook_calls_per_day: int | None = 100

    # -- quota
    over_users: Literal["ignored", "refused", "swallowed"] = "ignored"
    # The person too many: ignored = the bot never hears them; refused = it hears them and its sends get
    # a 429; swallowed = it hears them, its sends succeed, and the phone shows nothing.
    count_inbound: bool = False  # people's messages count into the month too
