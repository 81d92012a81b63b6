"""Is it you? A personal code or one's own shared number confirms at once; anything else becomes a claim."""

from bot.turn import Turn, choice, step
from handlers import home
from handlers.codes import looks_like_code, open_code
from storage import people, phones, rights
from storage.fold import tidy, words
from storage.people import Seat

NAME_LONGEST = 80
NOTIFY_EVERY = 10  # admins hear of the first open claim and of every tenth, not of each of hundreds


def _post(turn: Turn, seat: Seat) -> str:
    return turn.programme.post(seat.post).name


async def _commune(turn: Turn, unit_id: int) -> str:
    place = (await turn.places()).get(unit_id)
    return place.label() if place else ""


@step
async def prove(turn: Turn, commune: int, post: str) -> None:
    """How can she show that the seat is hers?"""
    seat = await people.seat(turn.tx, commune, post)
    if seat is None:
        turn.say("commune-changed")
        await home.show(turn)
        return
    if any(w.seat == seat.id for w in await turn.whos()):
        turn.say("already-here")
        await home.show(turn)
        return
    if not seat.holding:
        turn.say("seat-vacant", post=_post(turn, seat), commune=await _commune(turn, commune))
        _ask_name(turn, seat.id)
        return
    await _ask_proof(turn, seat)


async def _ask_proof(turn: Turn, seat: Seat) -> None:
    turn.ask(
        "prove",
        choice("no-proof", claim, seat=seat.id),
        hear=hear_proof,
        carry={"seat": seat.id},
        contact=True,
        post=_post(turn, seat),
        commune=await _commune(turn, seat.unit_id),
    )


@step
async def hear_proof(turn: Turn, seat: int) -> None:
    """A shared contact, a typed code, or a typed number (which proves nothing by itself)."""
    found = await people.seat_by_id(turn.tx, seat)
    if found is None:
        await home.show(turn)
    elif turn.incoming.kind == "contact":
        await _hear_contact(turn, found)
    elif looks_like_code(turn.text):
        await open_code(turn, turn.text)
    elif (typed := phones.read(turn.text)) is not None:
        turn.chat.start_draft(phone=typed.e164)
        turn.say("phone-unverified")
        _ask_name(turn, seat)
    else:
        turn.again("again-proof")


async def _hear_contact(turn: Turn, seat: Seat) -> None:
    if not turn.incoming.body.get("own"):
        turn.say("contact-not-own")
        await _ask_proof(turn, seat)
        return
    shared = phones.read(str(turn.incoming.body.get("phone", "")))
    number = shared.e164 if shared else None
    if number is not None and number == seat.phone:
        await ask_is_it_you(turn, seat, "contact", None)
        return
    turn.chat.start_draft(phone=number, shared=True)
    turn.say("contact-differs")
    _ask_name(turn, seat.id)


async def ask_is_it_you(turn: Turn, seat: Seat, how: str, code: str | None) -> None:
    """The proof fits: her name and seat are shown, and she confirms."""
    turn.ask(
        "is-it-you",
        choice("yes-me", confirm, holding=seat.holding, how=how, code=code),
        choice("not-me", not_me, seat=seat.id),
        name=seat.name,
        post=_post(turn, seat),
        commune=await _commune(turn, seat.unit_id),
    )


@step
async def confirm(turn: Turn, holding: int, how: str, code: str | None) -> None:
    """The post is confirmed. The proof is looked at anew: a seat may have passed on, a code may be used."""
    seat = await people.seats_of_holder(turn.tx, holding)
    here = seat is not None and any(w.seat == seat.id and w.person == seat.person for w in await turn.whos())
    if seat is not None and here and seat.confirmed:
        turn.say("confirmed-already")
    elif seat is None or (code is not None and not await rights.use_code(turn.tx, code, turn.chat.id, turn.at)):
        turn.say("code-outdated")
    else:
        await _confirmed(turn, seat, how)
        return
    await home.show(turn)


async def _confirmed(turn: Turn, seat: Seat, how: str) -> None:
    await people.confirm(turn.tx, seat.holding, how, turn.at)
    await people.link(turn.tx, turn.chat.id, seat.person, seat.id, turn.at)
    turn.people_changed, turn.chat.whos = True, None
    turn.actor = f"person:{seat.person}"
    turn.audit("seat.confirmed", f"seat:{seat.id}", how=how)
    turn.say("confirmed", name=seat.name, post=_post(turn, seat), commune=await _commune(turn, seat.unit_id))
    _next(turn, seat.id)


def _next(turn: Turn, seat: int) -> None:
    from handlers import enrol  # noqa: PLC0415 - enrolling leads back home

    turn.ask("what-next", choice("home-enrol", enrol.choose, seat=seat), choice("go-home", home.show), keep=True)


@step
async def not_me(turn: Turn, seat: int) -> None:
    """The list names somebody else: it is hers by claim, or she chose the wrong seat."""
    turn.ask(
        "not-me-then",
        choice("claim-it", claim, seat=seat),
        choice("other-seat", home.begin_registration),
        choice("go-home", home.show),
    )


# A claim ----------------------------------------------------------------------------------------


@step
async def claim(turn: Turn, seat: int) -> None:
    """She cannot prove it, or the list names another: an admin will decide."""
    turn.chat.start_draft()
    turn.say("claim-why")
    _ask_name(turn, seat)


def _ask_name(turn: Turn, seat: int) -> None:
    turn.ask("claim-name", choice("go-home", home.show), hear=hear_name, carry={"seat": seat})


def _is_name(turn: Turn, text: str) -> bool:
    """Whether it may be somebody's name, and not "I have none" or a number."""
    refusals = {words(w) for w in turn.house.texts.words(turn.chat.locale, "no-proof")}
    letters, digits = any(c.isalpha() for c in text), any(c.isdigit() for c in text)
    return letters and not digits and len(text) <= NAME_LONGEST and words(text) not in refusals


@step
async def hear_name(turn: Turn, seat: int) -> None:
    """Her full name, as she types it; one word is a name too."""
    name = tidy(turn.text)
    if not _is_name(turn, name):
        turn.again("again-name")
        return
    turn.chat.draft["name"] = name
    if turn.chat.draft.get("phone"):
        await _send_claim(turn, seat)
        return
    turn.ask(
        "claim-phone", choice("no-phone", hear_no_phone, seat=seat), hear=hear_phone, carry={"seat": seat}, contact=True
    )


@step
async def hear_phone(turn: Turn, seat: int) -> None:
    """Her phone: typed, or her own contact."""
    contact = turn.incoming.kind == "contact"
    if contact and not turn.incoming.body.get("own"):
        turn.again("contact-not-own")
        return
    found = phones.read(str(turn.incoming.body.get("phone", "")) if contact else turn.text)
    if found is None:
        turn.again("again-phone")
        return
    turn.chat.draft |= {"phone": found.e164, "shared": contact}
    await _send_claim(turn, seat)


@step
async def hear_no_phone(turn: Turn, seat: int) -> None:
    """No phone of her own: the claim goes without one."""
    if not turn.chat.draft.get("name"):
        _ask_name(turn, seat)
        return
    await _send_claim(turn, seat)


async def _send_claim(turn: Turn, number: int) -> None:
    seat = await people.seat_by_id(turn.tx, number)
    if seat is None or any(w.seat == number for w in await turn.whos()):
        turn.say("already-here")
        await home.show(turn)
        return
    draft = turn.chat.draft
    phone, shared = draft.get("phone"), bool(draft.get("shared"))
    person = await people.add(turn.tx, draft["name"], phone, "chat", turn.at)
    opened = await people.open_claim(turn.tx, number, person, turn.chat.id, draft["name"], phone, shared, turn.at)
    await people.link(turn.tx, turn.chat.id, person, number, turn.at)
    turn.chat.start_draft()
    turn.people_changed, turn.chat.whos = True, None
    turn.actor = f"person:{person}"
    turn.audit("claim.opened", f"claim:{opened}", seat=number)
    turn.say("claim-sent", name=draft["name"], post=_post(turn, seat), commune=await _commune(turn, seat.unit_id))
    _next(turn, number)
    await _notify(turn, opened)


async def _notify(turn: Turn, opened: int) -> None:
    from handlers import approve  # noqa: PLC0415 - approving tells the claimant, who is led home

    waiting = await people.count_claims(turn.tx, None)
    if waiting != 1 and waiting % NOTIFY_EVERY:
        return
    for row in await rights.chats_with(turn.tx, "admin"):
        if row["id"] != turn.chat.id:
            await turn.tell_chat(row["id"], "claims-wait", choice("home-approve", approve.show), count=waiting)
