"""/hoso: what is kept of me; see it, correct it, take it away. Erasing and withdrawing are in `erasing`."""

from bot.turn import Turn, choice, item, step
from handlers import home
from locales import Html
from reports.record import Record
from storage import forgetting, phones, privacy, rights
from storage.fold import tidy
from storage.privacy import Kept

NAME_LONGEST = 80


async def mine(turn: Turn, person: int) -> Kept | None:
    """What is kept of a person of this chat; of anybody else nothing, and that is said."""
    found = await privacy.kept(turn.tx, person, turn.chat.id)
    if found is None:
        turn.say("profile-not-here")
        await home.show(turn)
    return found


async def names(turn: Turn) -> dict[int, str]:
    """The persons of this chat, by number."""
    return {who.person: who.name for who in await turn.whos()}


# Seeing -----------------------------------------------------------------------------------------


@step
async def show(turn: Turn, person: int | None = None) -> None:
    """What is kept; on a shared phone, first whose."""
    from handlers import erasing  # noqa: PLC0415 - erasing leads back here

    persons = await names(turn)
    if person is None and len(persons) == 1:
        person = next(iter(persons))
    if person is not None:
        await _show(turn, person, full_phone=False)
    elif persons:
        _show_all(turn, persons, await _posts_by_person(turn))
    else:
        offers = [choice("register", home.begin_registration), choice("profile-withdraw", erasing.ask_withdraw)]
        turn.ask("profile-none", *offers, choice("go-home", home.show), days=turn.house.retention_days)


async def _posts_by_person(turn: Turn) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for who in await turn.whos():
        if who.seat:
            found.setdefault(who.person, []).append(f"{turn.programme.post(who.post).short}, {who.commune}")
    return {person: "; ".join(posts) for person, posts in found.items()}


def _show_all(turn: Turn, persons: dict[int, str], posts: dict[int, str]) -> None:
    none = turn.words("profile-no-post")
    lines = [turn.words("profile-line", name=name, posts=posts.get(n, none)) for n, name in persons.items()]
    turn.say("profile-body", body=Html("\n".join([turn.words("profile-head-all"), *lines])))
    turn.ask(
        "profile-whose", *[item(name, show, person=n) for n, name in persons.items()], choice("go-home", home.show)
    )


@step
async def show_phone(turn: Turn, person: int) -> None:
    """The same, with the telephone in full."""
    await _show(turn, person, full_phone=True)


async def _show(turn: Turn, person: int, *, full_phone: bool) -> None:
    from handlers import erasing  # noqa: PLC0415 - erasing leads back here

    kept = await mine(turn, person)
    if kept is None:
        return
    lines = _record(turn).lines(kept, days=turn.house.retention_days, full_phone=full_phone)
    turn.say("profile-body", body=Html("\n".join([turn.words("profile-head"), *lines])))
    offers = [choice("profile-edit", edit, person=person), choice("profile-take", take, person=person)]
    if kept.phone and not full_phone:
        offers.append(choice("profile-show-phone", show_phone, person=person))
    offers += [
        choice("profile-withdraw", erasing.ask_withdraw),
        choice("profile-erase", erasing.ask_erase, person=person),
    ]
    turn.ask("profile-what", *offers, choice("go-home", home.show))


def _record(turn: Turn) -> Record:
    return Record(turn.house.texts, turn.chat.locale, turn.house.timezone, _post_names(turn))


def _post_names(turn: Turn) -> dict[str, str]:
    return {post.code: post.name for post in turn.programme.posts}


# Taking away ------------------------------------------------------------------------------------


@step
async def take(turn: Turn, person: int) -> None:
    """All of it as a file, made when it is sent."""
    if await mine(turn, person) is None:
        return
    turn.attach(
        "mydata",
        person=person,
        chat=turn.chat.id,
        zone=str(turn.house.timezone),
        days=turn.house.retention_days,
        posts=_post_names(turn),
    )
    turn.audit("data.taken", f"person:{person}")
    turn.ask("profile-taken", choice("profile-back", show, person=person), choice("go-home", home.show))


# Correcting -------------------------------------------------------------------------------------


@step
async def edit(turn: Turn, person: int) -> None:
    """What is to be corrected?"""
    if await mine(turn, person) is None:
        return
    turn.ask(
        "profile-edit-what",
        choice("profile-edit-name", edit_name, person=person),
        choice("profile-edit-phone", edit_phone, person=person),
        choice("profile-back", show, person=person),
    )


@step
async def edit_name(turn: Turn, person: int) -> None:
    """The right name?"""
    if await mine(turn, person) is None:
        return
    turn.chat.start_draft()
    back = choice("profile-back", show, person=person)
    turn.ask("profile-new-name", back, hear=hear_name, carry={"person": person})


@step
async def hear_name(turn: Turn, person: int) -> None:
    """A name as she typed it; one word is a name too."""
    name = tidy(turn.text)
    if (
        len(name) > NAME_LONGEST
        or not any(c.isalpha() for c in name)
        or any(c.isdigit() or c in "<>{}|=" for c in name)
    ):
        turn.again("profile-bad-name")
        return
    turn.chat.start_draft(person=person, name=name)
    _sure(turn, person, "profile-sure-name", name)


@step
async def edit_phone(turn: Turn, person: int) -> None:
    """The right telephone?"""
    if await mine(turn, person) is None:
        return
    turn.chat.start_draft()
    back = choice("profile-back", show, person=person)
    turn.ask("profile-new-phone", back, hear=hear_phone, carry={"person": person}, contact=True)


@step
async def hear_phone(turn: Turn, person: int) -> None:
    """A number, typed or shared."""
    contact = turn.incoming.kind == "contact"
    found = phones.read(str(turn.incoming.body.get("phone", "")) if contact else turn.text)
    if found is None:
        turn.again("profile-bad-phone")
        return
    own = contact and bool(turn.incoming.body.get("own"))
    turn.chat.start_draft(person=person, phone=found.e164, shared=own)
    _sure(turn, person, "profile-sure-phone", phones.show(found.e164))


def _sure(turn: Turn, person: int, key: str, value: str) -> None:
    yes, no = choice("profile-sure-yes", change, person=person), choice("profile-sure-no", show, person=person)
    turn.ask(key, yes, no, value=value)


@step
async def change(turn: Turn, person: int) -> None:
    """The correction is effective at once, and the admins are told. What is replaced is struck out of old messages."""
    kept = await mine(turn, person)
    if kept is None:
        return
    draft = turn.chat.draft
    turn.chat.start_draft()
    if draft.get("person") == person and draft.get("name") not in (None, kept.name):
        await _rename(turn, kept, draft["name"])
    elif draft.get("person") == person and draft.get("phone") not in (None, kept.phone):
        await _rephone(turn, kept, draft["phone"], bool(draft.get("shared")))
    await _show(turn, person, full_phone=False)


async def _rename(turn: Turn, kept: Kept, name: str) -> None:
    await privacy.rename(turn.tx, kept.person, name)
    turn.people_changed, turn.chat.whos = True, None
    turn.audit("person.renamed", f"person:{kept.person}")
    turn.say("profile-changed-name", value=name)
    if kept.name.casefold() not in name.casefold():
        await forgetting.later(turn.tx, turn.incoming.id, turn.at, words=privacy.forms_of_name(kept.name))
    await _tell(turn, kept, "profile-told-name", name)


async def _rephone(turn: Turn, kept: Kept, phone: str, shared: bool) -> None:
    await privacy.rephone(turn.tx, kept.person, phone, shared)
    turn.audit("person.rephoned", f"person:{kept.person}", shared=shared)
    turn.say("profile-changed-phone", value=phones.show(phone))
    await forgetting.later(turn.tx, turn.incoming.id, turn.at, words=privacy.forms_of_phone(kept.phone))
    await _tell(turn, kept, "profile-told-phone", phones.mask(phone))


async def _tell(turn: Turn, kept: Kept, key: str, value: str) -> None:
    for post in kept.posts[:1]:
        words = {"post": turn.programme.post(post.post).name, "commune": post.commune}
        for row in await rights.chats_with(turn.tx, "admin"):
            if row["id"] != turn.chat.id:
                await turn.tell_chat(row["id"], key, value=value, **words)
