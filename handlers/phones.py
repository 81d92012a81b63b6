"""One person, several chats: a second phone or messenger by a code of her own, a new phone by a code of an admin."""

from datetime import timedelta

from bot.turn import Turn, choice, firm, item, step
from handlers import home
from storage import links, people, rights
from storage.fold import words
from storage.people import Seat
from storage.units import Place

OWN_VALID, NEW_VALID = timedelta(minutes=30), timedelta(days=7)


@step
async def add(turn: Turn, person: int | None = None) -> None:
    """/themmay: a code with which another chat becomes hers too."""
    persons = {w.person: w.name for w in await turn.whos()}
    if person is not None and person not in persons:
        turn.say("not-your-seat")
        await home.show(turn)
        return
    if not persons:
        turn.say("not-registered")
        await home.begin_registration(turn)
        return
    if person is None and len(persons) > 1:
        turn.ask("for-whom", *[item(name, add, person=number) for number, name in persons.items()])
        return
    number = person or next(iter(persons))
    code = await rights.make_code(turn.tx, "person", turn.now, OWN_VALID, person=number)
    turn.audit("chat.code_made", f"person:{number}")
    turn.say("phone-code", code=_spaced(code), minutes=OWN_VALID.seconds // 60, name=persons[number])
    turn.seal()


def _spaced(code: str) -> str:
    return f"{code[:4]} {code[4:]}"


# A new phone ------------------------------------------------------------------------------------


async def _areas(turn: Turn) -> set[int]:
    """Where this chat may give out codes: an admin everywhere (0), a coordinator in her area; empty: nowhere."""
    roles = await rights.roles(turn.tx, turn.chat.id)
    return {role.area or 0 for role in roles if role.role in ("admin", "coordinator")}


def _covers(areas: set[int], place: Place) -> bool:
    return bool(areas & {0, place.id, place.district_id or 0})


@step
async def change(turn: Turn) -> None:
    """/doimay: an admin or a coordinator gives somebody a new phone; anybody else is told whom to call."""
    if not await _areas(turn):
        turn.ask("newphone-call", choice("home-link", add), choice("go-home", home.show))
        return
    turn.ask("newphone-whose", choice("go-home", home.show), hear=hear_whose)


@step
async def hear_whose(turn: Turn) -> None:
    """`PCT xã Trung Lý`: whose phone it is, by post and commune."""
    areas = await _areas(turn)
    posts = turn.programme.find_post(turn.text[:200])
    places = [p for p in (await turn.places()).find(_without(turn, turn.text[:200])).places if p.in_scope]
    if not areas or len(posts) != 1 or not places:
        turn.again("newphone-unclear")
        return
    offers = []
    for place in places[:6]:
        seat = await people.seat(turn.tx, place.id, posts[0].code)
        if seat is not None and seat.confirmed and _covers(areas, place):
            offers.append(item(f"{seat.name} – {place.label()}", ask_sure, seat=seat.id))
    if not offers:
        turn.again("newphone-none")
        return
    turn.ask("newphone-who", *offers, choice("go-home", home.show), hear=hear_whose)


def _without(turn: Turn, text: str) -> str:
    """What is left of a text when the post's words are taken out: the commune."""
    folded = f" {words(text)} "
    for post in turn.programme.posts:
        for form in sorted(post.spellings(), key=len, reverse=True):
            folded = folded.replace(f" {form} ", " ")
    return folded.strip() or text


async def _seat(turn: Turn, number: int) -> Seat | None:
    areas, seat = await _areas(turn), await people.seat_by_id(turn.tx, number)
    place = (await turn.places()).get(seat.unit_id) if seat is not None and seat.confirmed else None
    if seat is not None and place is not None and _covers(areas, place):
        return seat
    turn.say("newphone-none" if areas else "no-right")
    await home.show(turn)
    return None


@step
async def ask_sure(turn: Turn, seat: int) -> None:
    """Her old chats are cut off at once. Sure?"""
    found = await _seat(turn, seat)
    if found is not None:
        turn.ask("newphone-sure", firm("newphone-yes", cut, seat=seat), choice("go-home", home.show), name=found.name)


@step
async def cut(turn: Turn, seat: int) -> None:
    """The old chats speak for her no more; the code makes the new one hers."""
    found = await _seat(turn, seat)
    if found is None:
        return
    for row in await people.chats(turn.tx, found.person):
        await turn.tell_chat(row["chat"], "newphone-cut", name=found.name)
        await links.revoke(turn.tx, row["chat"], turn.at)
    await people.unlink(turn.tx, found.person, None, turn.at)
    turn.people_changed = True
    code = await rights.make_code(turn.tx, "person", turn.now, NEW_VALID, person=found.person)
    turn.audit("chat.cut", f"person:{found.person}", seat=seat)
    turn.say("newphone-code", name=found.name, code=_spaced(code), days=NEW_VALID.days)
    turn.seal()
