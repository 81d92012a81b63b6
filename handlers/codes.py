"""What a code opens: a seat, a role, the Board's group, or a session's page."""

import re
from datetime import timedelta

from bot.message import abilities
from bot.turn import Turn, choice, step
from handlers import home
from handlers.menu import OPERATOR_MENU
from locales.calendar import utc_text
from storage import people, rights

TRIES, LOCK = 5, timedelta(hours=1)  # a chat that guesses is not heard for an hour
_SHAPE = re.compile(r"[0-9A-Z]{4}[ -]?[0-9A-Z]{4}", re.IGNORECASE)
SESSION = "lop_"


def looks_like_code(text: str) -> bool:
    """Whether a typed text has the shape of a personal code."""
    return _SHAPE.fullmatch(text.strip()) is not None


async def open_code(turn: Turn, code: str, *, guess: bool = False) -> bool:
    """Open what a code opens. False when it opens nothing.

    guess: the text was typed where a name was asked for and only looks like a code; nothing is said if it is none.
    """
    if code.startswith(SESSION) and not turn.chat.group:
        return await _open_session(turn, code.removeprefix(SESSION))
    locked = turn.chat.locked_until is not None and turn.chat.locked_until > turn.at
    found = None if locked else await rights.find_code(turn.tx, code, turn.at)
    if found is None:
        if not locked:
            _count_wrong(turn)
        if not guess and not turn.chat.group:
            turn.say("code-locked" if locked else "code-wrong")
            await home.show(turn)
        return False
    grouped = turn.chat.group or (found["purpose"] == "board" and not abilities(turn.chat.id).groups)
    if grouped != (found["purpose"] == "board"):
        turn.say("code-elsewhere-group" if found["purpose"] == "board" else "code-elsewhere-private")
        return True
    turn.chat.wrong_codes = 0
    if found["purpose"] == "seat":
        await _open_seat(turn, code, found["holding_id"])
    elif found["purpose"] == "person":
        await _open_person(turn, code, found["person_id"])
    elif found["purpose"] == "grant":
        await _open_grant(turn, code, found["role"], found["area_id"])
    else:
        await _open_board(turn, code)
    return True


def _count_wrong(turn: Turn) -> None:
    turn.chat.wrong_codes += 1
    if turn.chat.wrong_codes >= TRIES:
        turn.chat.wrong_codes = 0
        turn.chat.locked_until = utc_text(turn.now + LOCK)


async def _open_session(turn: Turn, code: str) -> bool:
    from handlers.enrol import open_link  # noqa: PLC0415 - enrolling leads back home

    await open_link(turn, code)
    return True


async def _open_seat(turn: Turn, code: str, holding: int) -> None:
    from handlers.identify import ask_is_it_you  # noqa: PLC0415 - identifying leads back to codes

    seat = await people.seats_of_holder(turn.tx, holding)
    if seat is None:
        turn.say("code-outdated")
        await home.show(turn)
        return
    await ask_is_it_you(turn, seat, "code", rights.digest(code))


async def _open_person(turn: Turn, code: str, person: int) -> None:
    """This chat is hers too from now on."""
    if not await rights.use_code(turn.tx, rights.digest(code), turn.chat.id, turn.at):
        turn.say("code-wrong")
        return
    await people.link_all(turn.tx, turn.chat.id, person, turn.at)
    turn.people_changed, turn.chat.whos = True, None
    turn.actor = f"person:{person}"
    turn.audit("chat.linked", f"person:{person}")
    turn.say("phone-linked")
    if await rights.roles(turn.tx, turn.chat.id):
        turn.offer_commands(OPERATOR_MENU)
    await home.show(turn)


async def _open_grant(turn: Turn, code: str, role: str, area: int | None) -> None:
    """A role is given to whoever speaks through this chat; a stranger becomes a person by the messenger's name."""
    if not await rights.use_code(turn.tx, rights.digest(code), turn.chat.id, turn.at):
        turn.say("code-wrong")
        return
    await _give(turn, role, area)
    turn.say("granted", role=turn.words(f"role-{role}"))
    turn.offer_commands(OPERATOR_MENU)
    await home.show(turn)


async def _give(turn: Turn, role: str, area: int | None) -> None:
    whos = await turn.whos()
    person = whos[0].person if whos else await people.add(turn.tx, turn.chat.title, None, "grant", turn.at)
    await people.link(turn.tx, turn.chat.id, person, None, turn.at)
    await rights.grant(turn.tx, person, role, area, turn.at)
    turn.people_changed = True
    turn.chat.whos = None
    turn.audit("grant.given", f"person:{person}", role=role, area=area)


async def _open_board(turn: Turn, code: str) -> None:
    """The Board's group, or, on a messenger without groups, a member of the Board in private."""
    from handlers.board import bind  # noqa: PLC0415 - the Board's summaries lead home

    if await rights.use_code(turn.tx, rights.digest(code), turn.chat.id, turn.at):
        if not turn.chat.group:
            await _give(turn, "board", None)
        await bind(turn)


@step
async def type_code(turn: Turn) -> None:
    """She has a code on paper and wants to type it."""
    turn.ask("type-code", choice("go-home", home.show), hear=hear_code)


@step
async def hear_code(turn: Turn) -> None:
    """The code she typed."""
    await open_code(turn, turn.text[:64])
