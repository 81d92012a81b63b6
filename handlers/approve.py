"""/duyet: open claims with the evidence side by side, and a decision."""

from bot.turn import Turn, choice, firm, item, step
from handlers import home, leaving
from handlers.home import masked
from locales.calendar import from_utc
from storage import people, rights
from storage.fold import fold, tidy
from storage.people import Claim

REASONS = ("reject-not-holder", "reject-wrong-post", "reject-unknown")


async def _area(turn: Turn) -> tuple[int, int | None] | None:
    """Who decides and for which area: an admin for all, a coordinator for her own; None: no right."""
    roles = await rights.roles(turn.tx, turn.chat.id)
    for wanted in ("admin", "coordinator"):
        for role in roles:
            if role.role == wanted:
                return role.person, role.area
    return None


async def _allowed(turn: Turn) -> tuple[int, int | None] | None:
    found = await _area(turn)
    if found is None:
        turn.say("no-right")
        await home.show(turn)
    return found


@step
async def show(turn: Turn, after: int = 0) -> None:
    """The oldest open claim (after the one put off), and how many there are."""
    allowed = await _allowed(turn)
    if allowed is None:
        return
    claims = await people.open_claims(turn.tx, allowed[1], 200)
    if not claims:
        turn.ask("claims-none", choice("go-home", home.show))
        return
    claim = next((c for c in claims if c.id > after), claims[0])
    _evidence(turn, claim, await _place(turn, claim))
    offers = [choice("approve", approve, claim=claim.id), choice("reject", ask_reason, claim=claim.id)]
    if len(claims) > 1:
        offers.append(choice("later", show, after=claim.id))
    turn.ask("claim-decide", *offers, choice("go-home", home.show), count=len(claims))


async def _place(turn: Turn, claim: Claim) -> str:
    place = (await turn.places()).get(claim.commune_id)
    return place.label() if place else ""


def _evidence(turn: Turn, claim: Claim, commune: str) -> None:
    post = turn.programme.post(claim.post).name
    opened = from_utc(claim.opened_at).astimezone(turn.house.timezone)
    turn.say("claim-head", post=post, commune=commune, at=opened.strftime("%H:%M %d/%m/%Y"))
    if claim.holder:
        held = "claim-roster-confirmed" if claim.holder_confirmed else "claim-roster"
        turn.say(held, name=claim.holder, phone=masked(claim.holder_phone))
    else:
        turn.say("claim-roster-vacant")
    verified = "phone-verified" if claim.phone_shared else "phone-typed"
    phone = turn.words(verified, phone=masked(claim.phone)) if claim.phone else turn.words("phone-none")
    turn.say("claim-says", name=claim.name, phone=phone)
    if claim.holder:
        same_phone = claim.phone is not None and claim.phone == claim.holder_phone
        same_name = fold(claim.holder) == fold(claim.name)
        turn.say("claim-compare", name=turn.words(_same(same_name)), phone=turn.words(_same(same_phone)))
    if claim.rivals:
        turn.say("claim-rivals", count=claim.rivals)


def _same(equal: bool) -> str:
    return "same" if equal else "differs"


@step
async def approve(turn: Turn, claim: int) -> None:
    """The seat is hers. A person of the same name on the roster becomes one with her; anybody else gives way."""
    allowed = await _allowed(turn)
    found = await people.claim(turn.tx, claim, allowed[1]) if allowed else None
    if allowed is None:
        return
    if found is None or not await people.decide(turn.tx, claim, "approved", allowed[0], "", turn.at):
        turn.say("claim-closed")
        await show(turn)
        return
    turn.actor = f"person:{allowed[0]}"
    await _hand_over(turn, found)
    turn.audit("claim.approved", f"claim:{claim}", seat=found.seat, person=found.person)
    post, commune = turn.programme.post(found.post).name, await _place(turn, found)
    await turn.tell_chat(found.chat, "claim-approved", choice("go-home", home.show), post=post, commune=commune)
    for rival in await people.rival_claims(turn.tx, found.seat, claim):
        await _refuse(turn, rival["id"], allowed[0], turn.words("reject-other-approved"))
    turn.people_changed = True
    turn.say("approved-toast", name=found.name)
    await show(turn, after=claim)


async def _hand_over(turn: Turn, claim: Claim) -> None:
    seat = await people.seat_by_id(turn.tx, claim.seat)
    if seat is not None and seat.holding and fold(seat.name) == fold(claim.name):
        await people.merge(turn.tx, claim.person, seat.person, claim.phone, turn.at)
        await people.confirm(turn.tx, seat.holding, "claim", turn.at)
        return
    if seat is not None and seat.holding:
        # The place stays the seat's: whoever holds the seat now has it.
        told = await turn.tell(seat.person, "seat-passed", post=turn.programme.post(seat.post).name)
        turn.audit("seat.passed", f"seat:{seat.id}", was=seat.person, told=told)
        await people.unlink(turn.tx, seat.person, seat.id, turn.at)
        await leaving.pass_on(turn, seat.id, claim.person)
    await people.take_seat(turn.tx, claim.seat, claim.person, "claim", turn.at)


@step
async def ask_reason(turn: Turn, claim: int) -> None:
    """Why not? The claimant is told the reason."""
    allowed = await _allowed(turn)
    if allowed is None:
        return
    found = await people.claim(turn.tx, claim, allowed[1])
    if found is None or found.state != "open":
        turn.say("claim-closed")
        await show(turn)
        return
    reasons = [item(turn.words(key), sure_reject, claim=claim, reason=str(turn.words(key))) for key in REASONS]
    turn.ask(
        "reject-why", *reasons, choice("back", show, after=claim - 1), hear=hear_reason, carry={"claim": claim},
        name=found.name,
    )  # fmt: skip


@step
async def hear_reason(turn: Turn, claim: int) -> None:
    """A reason in the admin's own words."""
    await sure_reject(turn, claim, tidy(turn.text)[:300])


@step
async def sure_reject(turn: Turn, claim: int, reason: str) -> None:
    """Sure? It frees places and cannot be undone."""
    allowed = await _allowed(turn)
    found = await people.claim(turn.tx, claim, allowed[1]) if allowed else None
    if found is None:
        return
    turn.ask(
        "reject-sure",
        firm("reject", reject, claim=claim, reason=reason),
        choice("back", show, after=claim - 1),
        name=found.name,
        reason=reason,
    )


@step
async def reject(turn: Turn, claim: int, reason: str) -> None:
    """The claim is refused; the provisional places are freed and the claimant told why and whom to call."""
    allowed = await _allowed(turn)
    if allowed is None:
        return
    found = await people.claim(turn.tx, claim, allowed[1])
    turn.actor = f"person:{allowed[0]}"
    if found is None or not await _refuse(turn, claim, allowed[0], reason):
        turn.say("claim-closed")
    else:
        turn.say("rejected-toast", name=found.name)
    await show(turn, after=claim)


async def _refuse(turn: Turn, number: int, by: int, reason: str) -> bool:
    found = await people.claim(turn.tx, number, None)
    if found is None or not await people.decide(turn.tx, number, "rejected", by, reason, turn.at):
        return False
    await leaving.leave_all(turn, found.person, found.seat, "claim-rejected")
    await people.unlink(turn.tx, found.person, found.seat, turn.at)
    turn.people_changed = True
    turn.audit("claim.rejected", f"claim:{number}", seat=found.seat, person=found.person)
    post = turn.programme.post(found.post).name
    offer = choice("register", home.begin_registration)
    await turn.tell_chat(found.chat, "claim-rejected", offer, post=post, reason=reason)
    return True
