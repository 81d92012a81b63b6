"""What the clock has done in the background: old messages deleted, and erased names struck out."""

from datetime import timedelta

from bot.turn import Turn, step
from locales.calendar import utc_text
from storage import feedback, forgetting, mail, retention, rights
from storage.retention import due_retention

UNFINISHED = timedelta(days=7)  # an unnamed form left so long is not gone on with; its answers go

__all__ = ["due_retention", "forget", "sweep"]


@step
async def sweep(turn: Turn) -> None:
    """`retention:2026-06-05:90[:part]`: delete some; if there was much, the next part falls due at once."""
    _, day, days, *part = turn.incoming.key.split(":")
    if not part:
        await feedback.drop_old_drafts(turn.tx, utc_text(turn.now - UNFINISHED))
    gone = await retention.delete_some(turn.tx, retention.cutoff(turn.now, int(days)), retention.CHUNK)
    if gone:
        turn.audit("retention.swept", f"day:{day}", rows=gone)
    if gone >= retention.CHUNK:
        number = int(part[0]) + 1 if part else 2
        await mail.store(turn.tx, [_due(f"retention:{day}:{days}:{number}", turn.at)])


def _due(key: str, at: str) -> dict[str, str]:
    return {"channel": "clock", "key": key, "chat": "", "kind": "due", "body": "{}", "at": at}


@step
async def forget(turn: Turn) -> None:
    """After an erasure or a correction: what was said in these chats is blanked, and these words are struck out."""
    given = turn.incoming.body
    turn.forget()
    await forgetting.blank_chats(turn.tx, given["chats"], turn.incoming.id, given["before_reply"])
    await forgetting.strike(turn.tx, given["words"])


@step
async def refused(turn: Turn) -> None:
    """`refused:2026-06-05:zalo:140…`: a messenger knows a bot's token no more; the admins are told."""
    _, _, lane = turn.incoming.key.split(":", 2)
    turn.audit("lane.refused", f"lane:{lane}")
    for row in await rights.chats_with(turn.tx, "admin"):
        if not row["id"].startswith(f"{lane}:"):
            await turn.tell_chat(row["id"], "zalo-token-refused", bot=lane)
