"""Home, help, language, and whatever else a chat may hold that is no conversation."""

from collections.abc import Mapping

from bot.turn import Step, Turn, Who, before_consent, choice, item, step
from storage import rights
from storage.phones import mask

OPERATORS = ("admin", "organiser", "coordinator", "board")


def person_line(turn: Turn, who: Who) -> str:
    """`Lò Thị Mai – PCT UBND, xã Trung Lý`: whom a question is about."""
    return turn.words("person-line", name=who.name, post=turn.programme.post(who.post).short, commune=who.commune)


async def whom(turn: Turn, then: Step, seat: int | None, /, **carry: object) -> Who | None:
    """The person a step is for: the only one of this chat, or the one chosen. None when it had to ask or refuse."""
    seated = [w for w in await turn.whos() if w.seat]
    if seat is not None:
        found = next((w for w in seated if w.seat == seat), None)
        if found is None:
            turn.say("not-your-seat")
            await show(turn)
        return found
    if not seated:
        turn.say("not-registered")
        await begin_registration(turn)
        return None
    if len(seated) == 1:
        return seated[0]
    turn.ask("for-whom", *[item(person_line(turn, w), then, seat=w.seat, **carry) for w in seated])
    return None


@step
async def begin_registration(turn: Turn) -> None:
    """Start to register somebody through this chat."""
    from handlers.start import ask_commune  # noqa: PLC0415 - home and start lead to each other

    await ask_commune(turn)


@step
async def show(turn: Turn) -> None:
    """Home: who this chat stands for and what can be done."""
    turn.close()
    seated = [w for w in await turn.whos() if w.seat]
    roles = await rights.roles(turn.tx, turn.chat.id)
    if not seated and not roles:
        await begin_registration(turn)
        return
    for person in seated:
        state = "home-confirmed" if person.confirmed else "home-claimed"
        turn.say(state, person=person_line(turn, person), district=person.district)
    offers = _official_offers() if seated else []
    turn.ask("home", *offers, *_operator_offers(roles), *_common_offers(bool(seated)))


def _official_offers() -> list:  # type: ignore[type-arg]
    from handlers import enrol, feedback, schedule  # noqa: PLC0415 - they lead back home

    return [
        choice("home-enrol", enrol.choose),
        choice("home-schedule", schedule.show),
        choice("home-feedback", feedback.begin),
    ]


def _operator_offers(roles: list[rights.Role]) -> list:  # type: ignore[type-arg]
    from handlers import approve, summary  # noqa: PLC0415 - they lead back home

    names = {role.role for role in roles}
    offers = []
    if names & {"admin", "coordinator"}:
        offers.append(choice("home-approve", approve.show))
    if names:
        offers.append(choice("home-summary", summary.show))
    return offers


def _common_offers(seated: bool) -> list:  # type: ignore[type-arg]
    from handlers import profile  # noqa: PLC0415 - it leads back home

    another = choice("home-another" if seated else "register", begin_registration)
    return [another, choice("home-profile", profile.show), choice("home-help", help_)]


@step
async def cancel(turn: Turn) -> None:
    """/huy and 0: leave whatever was begun."""
    if turn.chat.question is not None and not turn.chat.group:
        turn.say("left-it")
    await show(turn)


@before_consent
@step
async def help_(turn: Turn) -> None:
    """What can be typed, and a human's telephone. The open question stays open."""
    turn.say("help", version=turn.programme.notice.version)
    if turn.programme.sample:
        turn.say("sample-note", note=turn.programme.sample_note)


@before_consent
@step
async def language(turn: Turn) -> None:
    """Which language?"""
    turn.ask("language", choice("language-vi", set_language, to="vi"), choice("language-en", set_language, to="en"))


@before_consent
@step
async def set_language(turn: Turn, to: str) -> None:
    """From now on in this language."""
    turn.chat.locale = to
    turn.say("language-set")
    if turn.chat.consent == turn.programme.notice.version:
        await show(turn)
    else:
        from handlers.start import welcome  # noqa: PLC0415 - home and start lead to each other

        await welcome(turn)


@step
async def unheard(turn: Turn) -> None:
    """Nothing matched: perhaps a code; else the open question again, kindly; or home."""
    from handlers.codes import looks_like_code, open_code  # noqa: PLC0415 - what a code opens leads back home

    if looks_like_code(turn.text) and await open_code(turn, turn.text, guess=True):
        return
    if turn.again("again-unheard"):
        return
    turn.say("unheard")
    await show(turn)


@step
async def stale(turn: Turn) -> None:
    """A button whose message is gone."""
    turn.toast("stale-toast")
    turn.say("stale")
    await show(turn)


def masked(phone: str | None) -> str:
    """A phone for a list: enough to know it by, not enough to call."""
    return mask(phone) if phone else "–"


# What is no words ---------------------------------------------------------------------------------


async def _odd(turn: Turn, key: str) -> None:
    if not turn.again(key):
        turn.say(key)


@step
async def odd_voice(turn: Turn) -> None:
    """A voice message: nobody listens to it here, but a human can be called."""
    await _odd(turn, "odd-voice")


@step
async def odd_picture(turn: Turn) -> None:
    """A picture, a film, a sticker."""
    await _odd(turn, "odd-picture")


@step
async def odd_file(turn: Turn) -> None:
    """A file nobody asked for."""
    await _odd(turn, "odd-file")


@step
async def odd_contact(turn: Turn) -> None:
    """A contact nobody asked for."""
    await _odd(turn, "odd-contact")


@step
async def odd_edited(turn: Turn) -> None:
    """A message changed after it was sent: it was answered as it was."""
    await _odd(turn, "odd-edited")


@step
async def odd_other(turn: Turn) -> None:
    """Anything else."""
    await _odd(turn, "odd-other")


@before_consent
@step
async def blocked(turn: Turn) -> None:
    """The person has blocked the bot: nothing is said, and nothing is sent any more."""
    turn.chat.reachable = False


@before_consent
@step
async def unblocked(turn: Turn) -> None:
    """The person lets the bot write again; she will write when she wants something."""
    turn.chat.reachable = True


ODD: Mapping[str, Step] = {
    "voice": odd_voice,
    "video": odd_picture,
    "photo": odd_picture,
    "sticker": odd_picture,
    "location": odd_other,
    "poll": odd_other,
    "other": odd_other,
    "file": odd_file,
    "contact": odd_contact,
    "edited": odd_edited,
}
