"""Erase a person's data; withdraw consent. What goes, what stays and why is said before; nothing is done by a digit."""

from bot.message import PLACES
from bot.turn import Turn, choice, firm, step
from handlers import home, leaving, profile
from storage import forgetting, people, privacy, rights
from storage.privacy import Erased, Kept


@step
async def ask_erase(turn: Turn, person: int) -> None:
    """What is erased, what stays and why. Sure?"""
    kept = await profile.mine(turn, person)
    if kept is None:
        return
    turn.say("profile-erase-what", name=kept.name)
    if others := await _others(turn, person):
        turn.say("profile-erase-others", names=others)
    no, yes = choice("profile-erase-no", profile.show, person=person), firm("profile-erase-yes", erase, person=person)
    turn.ask("profile-erase-sure", no, yes, hear=unsure, carry={"person": person})


async def _others(turn: Turn, person: int) -> str:
    return ", ".join(name for number, name in (await profile.names(turn)).items() if number != person)


@step
async def unsure(turn: Turn, person: int) -> None:
    """Anything but the word itself erases nothing."""
    await ask_erase(turn, person)


@step
async def erase(turn: Turn, person: int) -> None:
    """She is erased: places, seat, name, telephone, chats; then, in a turn of its own, what was said."""
    kept = await profile.mine(turn, person)
    if kept is None:
        return
    turn.audit("person.erased", f"person:{person}", seats=[post.seat for post in kept.posts])
    await leaving.leave_all(turn, person, 0, "erased")
    erased = await privacy.erase(turn.tx, person, turn.at)
    await _forget(turn, erased)
    await _withdraw_emptied(turn, erased)
    await _tell_vacated(turn, kept, erased)
    turn.people_changed, turn.chat.whos = True, None
    turn.close()
    if await turn.whos():
        turn.say("profile-erased-one")
        await home.show(turn)
    else:
        turn.chat.consent, turn.chat.title = None, ""
        turn.say("profile-erased")


async def _forget(turn: Turn, erased: Erased) -> None:
    turn.forget()
    number = turn.incoming.id
    await forgetting.later(
        turn.tx, number, turn.at, words=erased.words, chats=erased.chats, before_reply=number * PLACES
    )


async def _withdraw_emptied(turn: Turn, erased: Erased) -> None:
    """Where nobody is left, the consent is withdrawn with her, and that is kept as the proof."""
    version = turn.chat.consent or turn.programme.notice.version
    for chat in erased.chats:
        if not await privacy.speakers(turn.tx, chat):
            await people.record_consent(turn.tx, chat, version, "withdrawn", turn.at)


async def _tell_vacated(turn: Turn, kept: Kept, erased: Erased) -> None:
    for post in kept.posts:
        if post.seat not in erased.seats:
            continue
        words = {"post": turn.programme.post(post.post).name, "commune": post.commune}
        for row in await rights.chats_with(turn.tx, "admin"):
            if row["id"] != turn.chat.id:
                await turn.tell_chat(row["id"], "profile-vacated", **words)


# Withdrawing consent ----------------------------------------------------------------------------


@step
async def ask_withdraw(turn: Turn) -> None:
    """What withdrawing means. And the places?"""
    turn.say("profile-withdraw-what")
    persons = await profile.names(turn)
    if len(persons) > 1:
        turn.say("profile-withdraw-others", names=", ".join(persons.values()))
    turn.ask(
        "profile-withdraw-sure",
        choice("profile-withdraw-no", profile.show),
        choice("profile-withdraw-keep", withdraw),
        choice("profile-withdraw-cancel", withdraw_all),
    )


@step
async def withdraw(turn: Turn) -> None:
    """Nothing is sent any more that was not asked for; places stay."""
    await _withdraw(turn)


@step
async def withdraw_all(turn: Turn) -> None:
    """The same, and all places ahead are given back."""
    for person in await profile.names(turn):
        await leaving.leave_all(turn, person, 0, "withdrawn")
    turn.say("profile-withdrawn-cancelled")
    await _withdraw(turn)


async def _withdraw(turn: Turn) -> None:
    await privacy.withdraw(turn.tx, turn.chat.id, turn.chat.consent or "", turn.at)
    turn.audit("consent.withdrawn", f"chat:{turn.chat.id}", version=turn.chat.consent)
    turn.close()
    turn.chat.consent = None
    turn.say("profile-withdrawn")
