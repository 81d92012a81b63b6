"""Figures for monitoring: counts only, no names and no texts."""

from collections.abc import Iterable, Sequence

from storage.database import Row, Tx


async def inbox(tx: Tx) -> dict[str, int]:
    """How many messages wait or failed."""
    rows = await tx.all("SELECT state, count(*) AS n FROM inbox WHERE state <> 'done' GROUP BY state")
    return {"waiting": 0, "failed": 0} | {row["state"]: row["n"] for row in rows}


async def outbox(tx: Tx, lanes: Iterable[str]) -> dict[tuple[str, str], int]:
    """How many messages of each lane are in which state, of those still kept."""
    found: dict[tuple[str, str], int] = {}
    for lane in lanes:
        rows = await tx.all(
            "SELECT state, count(*) AS n FROM outbox WHERE chat LIKE :chats GROUP BY state",
            chats=f"{lane}:%",
        )
        found |= {(lane, state): 0 for state in ("waiting", "sent", "refused", "given_up")}
        found |= {(lane, row["state"]): row["n"] for row in rows}
    return found


async def oldest(tx: Tx) -> Sequence[Row]:
    """Since when the oldest waiting message waits, on the way in and on the way out; None where none does."""
    return await tx.all(
        "SELECT 'inbox' AS box, min(received_at) AS since FROM inbox WHERE state = 'waiting'"
        " UNION ALL SELECT 'outbox', min(created_at) FROM outbox WHERE state = 'waiting'"
    )
