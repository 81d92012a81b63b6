"""Messages of the kinds that people send and bots seldom expect."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable

from bot.emulator.errors import Json
from bot.emulator.world import World

TINY_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def voice(world: World) -> Json:
    """A short voice message."""
    file = world.keep_file("voice.ogg", b"OggS pretend voice", "audio/ogg")
    return {"voice": {**file.json(), "duration": 4, "mime_type": file.mime}}


def sticker(world: World) -> Json:
    """A sticker."""
    file = world.keep_file("sticker.webp", b"RIFF pretend sticker", "image/webp")
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {"sticker": {**file.json(), **shape, "emoji": "👍"}}


def poll(_: World) -> Json:
    """A poll of two options."""
    options = [
        {"persistent_id": str(number), "text": text, "voter_count": 0} for number, text in enumerate(("Có", "Không"))
    ]
    settings = dict.fromkeys(("is_closed", "allows_multiple_answers", "allows_revoting", "members_only"), False)
    return {
        "poll": {
            "id": "1",
            "question": "Họp chiều nay?",
            "options": options,
            "total_voter_count": 0,
            "is_anonymous": True,
            "type": "regular",
            **settings,
        }
    }


def location(_: World) -> Json:
    """The square of Thanh Hóa city."""
    return {"location": {"latitude": 19.8067, "longitude": 105.7768}}


def forwarded(text: str, author: str) -> Json:
    """A text of somebody whose account stays hidden."""
    origin = {"type": "hidden_user", "date": int(time.time()), "sender_user_name": author}
    return {"text": text, "forward_origin": origin}


CONTENTS: dict[str, Callable[[World], Json]] = {
    "voice": voice,
    "sticker": sticker,
    "poll": poll,
    "location": location,
}
