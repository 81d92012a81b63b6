"""/start, the notice on personal data, which commune, which post."""

from bot.turn import Turn, before_consent, choice, item, step
from handlers import home, pool
from handlers.codes import looks_like_code, open_code
from handlers.identify import prove
from storage import mail, people
from storage.units import Place

PAGE = 8  # a page of places: with "more" and "back" it fits nine numbered lines
NEAR = 4  # likely places shown after a slip


@before_consent
@step
async def begin(turn: Turn) -> None:
    """/start, perhaps with a code. Harmless when repeated."""
    if turn.chat.group:
        await open_code(turn, turn.argument)
        return
    if turn.chat.consent != turn.programme.notice.version:
        await welcome(turn)
        return
    if turn.argument:
        await open_code(turn, turn.argument)
        return
    await home.show(turn)


@before_consent
@step
async def welcome(turn: Turn) -> None:
    """Who is asking and why, and the notice on personal data. Nothing else is asked before it is answered."""
    if turn.argument or turn.incoming.kind == "text":
        code = turn.argument or (turn.text if looks_like_code(turn.text) else "")
        if code:
            turn.chat.start_draft(code=code[:64])
    if await pool.led_elsewhere(turn):
        return
    notice = turn.programme.notice
    turn.say("welcome", programme=turn.programme.name)
    if turn.programme.sample:
        turn.say("sample-note", note=turn.programme.sample_note)
    turn.ask(
        "notice",
        choice("agree", agree),
        choice("refuse", refuse),
        controller=notice.controller,
        purpose=notice.purpose,
        kinds=", ".join(notice.kinds),
        seen_by=notice.seen_by,
        days=notice.message_days,
        years=f"{notice.data_days / 365:.0f}",
        keep=True,
    )


@before_consent
@step
async def agree(turn: Turn) -> None:
    """She agrees: kept with version and time. Then what she came for."""
    version = turn.programme.notice.version
    if turn.chat.consent != version:
        turn.chat.consent = version
        await people.record_consent(turn.tx, turn.chat.id, version, "agreed", turn.at)
        await mail.agreed(turn.tx, turn.chat.id, version)  # at once: a notice of this very batch may be for her
        turn.audit("consent.agreed", f"chat:{turn.chat.id}", version=version)
    code = str(turn.chat.draft.pop("code", ""))
    if code:
        await open_code(turn, code)
    else:
        await home.show(turn)


@before_consent
@step
async def refuse(turn: Turn) -> None:
    """She does not agree: nothing is kept of her but that she said no."""
    if turn.chat.consent is None:
        version = turn.programme.notice.version
        await people.record_consent(turn.tx, turn.chat.id, version, "refused", turn.at)
        turn.close()
    turn.ask("refused", choice("see-notice", welcome))


# Which commune ----------------------------------------------------------------------------------


async def ask_commune(turn: Turn) -> None:
    """The first question of a registration."""
    turn.close()
    turn.ask("which-commune", choice("pick-district", pick_district), hear=hear_commune)


@step
async def hear_commune(turn: Turn) -> None:
    """A commune as people type it: found, asked back, or not found and said so."""
    if looks_like_code(turn.text) and await open_code(turn, turn.text, guess=True):
        return
    places = await turn.places()
    found = places.find(turn.text[:200])
    served = [p for p in found.places if p.in_scope]
    if len(served) == 1 and found.how in ("exact", "folded"):
        await ask_post(turn, served[0].id)
        return
    if not served and len(districts := places.find_district(turn.text[:200])) == 1:
        await pick_commune(turn, districts[0].id)
        return
    if served:
        _which_of(turn, "which-of-near" if found.how == "near" else "which-of", served)
        return
    key = "outside-scope" if found.places and found.how != "near" else "no-such-commune"
    name = found.places[0].label() if found.places else turn.text[:50]
    turn.ask(key, choice("pick-district", pick_district), hear=hear_commune, name=name)


def _which_of(turn: Turn, key: str, places: list[Place]) -> None:
    offers = [item(p.label(), ask_post, commune=p.id) for p in places[:PAGE]]
    turn.ask(key, *offers, choice("pick-district", pick_district), hear=hear_commune)


@step
async def pick_district(turn: Turn, page: int = 0) -> None:
    """The districts, a page at a time."""
    districts = (await turn.places()).districts()
    shown = districts[page * PAGE : (page + 1) * PAGE]
    offers = [item(d.name, pick_commune, district=d.id) for d in shown]
    if len(districts) > (page + 1) * PAGE:
        offers.append(choice("more", pick_district, page=page + 1))
    turn.ask("which-district", *offers, hear=hear_commune)


@step
async def pick_commune(turn: Turn, district: int, page: int = 0) -> None:
    """The communes of a district, a page at a time."""
    places = await turn.places()
    communes = places.communes(district)
    shown = communes[page * PAGE : (page + 1) * PAGE]
    offers = [item(p.name, ask_post, commune=p.id) for p in shown]
    if len(communes) > (page + 1) * PAGE:
        offers.append(choice("more", pick_commune, district=district, page=page + 1))
    found = places.district(district)
    name = found.name if found else ""
    turn.ask("which-commune-of", *offers, choice("pick-district", pick_district), hear=hear_commune, district=name)


# Which post -------------------------------------------------------------------------------------


@step
async def ask_post(turn: Turn, commune: int) -> None:
    """The programme's posts."""
    place = (await turn.places()).get(commune)
    if place is None or not place.in_scope:
        turn.say("commune-changed")
        await ask_commune(turn)
        return
    offers = [item(post.name, prove, commune=commune, post=post.code) for post in turn.programme.posts]
    turn.ask("which-post", *offers, hear=hear_post, carry={"commune": commune}, commune=place.label())


@step
async def hear_post(turn: Turn, commune: int) -> None:
    """A post as people call it."""
    found = turn.programme.find_post(turn.text[:100])
    if len(found) == 1:
        await prove(turn, commune, found[0].code)
        return
    turn.again("no-such-post")
