"""/tinhtrang: how the system is, for admins."""

from bot.turn import Turn, choice, step
from handlers import home, pool
from locales import Html
from locales.calendar import day, from_utc
from storage import health, sight
from storage.health import Health


@step
async def show(turn: Turn) -> None:
    """Messages that wait or were given up, failed turns, unreachable phones, the database."""
    if turn.chat.group:
        return
    seen = await sight.of_person(turn.tx, turn.chat.id)
    if seen is None or not seen.admin:
        turn.say("no-right")
        await home.show(turn)
        return
    found = await health.read(turn.tx, turn.now)
    lines = [turn.words("state-title", **_moment(turn, turn.at)), *_outbox(turn, found), *_failures(turn, found)]
    lines.append(turn.words("state-chats", n=found.chats, unreachable=found.unreachable))
    lines += await pool.state(turn)
    size = round(found.size / 1_000_000, 1)
    lines.append(turn.words("state-database", size=size, version=found.version, inbox=found.inbox, outbox=found.outbox))
    turn.say("summary-body", body=Html("\n".join(lines)))
    turn.ask("state-what", choice("state-again", show), choice("go-home", home.show))


def _moment(turn: Turn, at: str) -> dict[str, str]:
    local = from_utc(at).astimezone(turn.house.timezone)
    return {"time": f"{local:%H:%M}", "day": day(turn.house.texts, turn.chat.locale, local.date())}


def _outbox(turn: Turn, found: Health) -> list[Html]:
    counts = {"sent": found.sent, "waiting": found.waiting, "refused": found.refused, "given_up": found.given_up}
    lines = [turn.words("state-outbox", **counts)]
    if found.oldest:
        lines.append(turn.words("state-oldest", **_moment(turn, found.oldest)))
    for row in found.troubles:
        what = turn.words(f"state-{row['state']}")
        lines.append(
            turn.words("state-trouble", what=what, error=row["error"] or "", **_moment(turn, row["created_at"]))
        )
    return lines


def _failures(turn: Turn, found: Health) -> list[Html]:
    if not found.failed:
        return [turn.words("state-no-failures")]
    failures = [
        turn.words("state-failure", error=f["error"], **_moment(turn, f["received_at"])) for f in found.failures
    ]
    return [turn.words("state-failed", n=found.failed), *failures]
