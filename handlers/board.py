"""The Board's group chats: bound by a one-time link, sent the summary each day and when an admin says so."""

from datetime import date, datetime, timedelta

from bot.turn import Offer, Turn, choice, firm, item, step
from handlers import summary
from locales import Html
from locales.calendar import day, from_utc
from reports import coverage
from reports.coverage import Coverage
from reports.summary import figures
from storage import board, rights
from storage.board import BoardChat
from storage.sight import PROVINCE

LINK_DAYS = 3
due_board = board.due_board


# What happens in a group ------------------------------------------------------------------------


async def bind(turn: Turn) -> None:
    """The one-time link was opened in this group: it is the Board's from now on."""
    if not await board.bind(turn.tx, turn.chat.id, turn.at):
        turn.say("board-bound-already")
        return
    turn.audit("board.bound", f"chat:{turn.chat.id}")
    turn.say("board-bound", hour=f"{board.sending_hour(turn.house.board_hour):02d}:00")


@step
async def joined(turn: Turn) -> None:
    """The bot was added to a group: says once that a link is needed, in case it was not added by one."""
    turn.chat.reachable = True
    if turn.chat.draft.get("greeted") or await board.bound_chat(turn.tx, turn.chat.id):
        return
    turn.chat.draft["greeted"] = True
    turn.say("board-joined")


@step
async def left(turn: Turn) -> None:
    """The bot was removed from a group: nothing is sent there any more, and the admins are told."""
    turn.chat.reachable, turn.chat.draft = False, {}
    if await board.unbind(turn.tx, turn.chat.id, turn.at):
        turn.audit("board.unbound", f"chat:{turn.chat.id}", how="left")
        for row in await rights.chats_with(turn.tx, "admin"):
            await turn.tell_chat(row["id"], "board-left", title=turn.chat.title)


@step
async def migrated(turn: Turn) -> None:
    """The group has got another address (it became a supergroup); its binding goes with it."""
    new = str(turn.incoming.body.get("to", ""))
    if new and await board.move(turn.tx, turn.chat.id, new, turn.at):
        turn.audit("board.moved", f"chat:{turn.chat.id}", to=new)
    turn.chat.reachable = False


# Sending ----------------------------------------------------------------------------------------


@step
async def daily(turn: Turn) -> None:
    """The summary of the day falls due for one group (`board:2026-06-05:telegram:-100`)."""
    _, when, chat = turn.incoming.key.split(":", 2)
    local = turn.now.astimezone(turn.house.timezone)
    group = await board.bound_chat(turn.tx, chat)
    if group is None or group.sent_day == when or local.hour >= board.EVENING or when != turn.today.isoformat():
        return  # unbound or sent meanwhile, or so late that the next day's takes its place
    found = await coverage.read(turn.tx, PROVINCE, turn.now, turn.today)
    await _send(turn, group, "board-daily", found, when)


async def _send(turn: Turn, group: BoardChat, key: str, found: Coverage, when: str | None) -> None:
    writer = summary.writer(turn, group.locale)
    body = writer.whole(found, group.figures)
    await turn.tell_chat(group.chat, key, body=body, changed=_changed(turn, group, found))
    await board.sent(turn.tx, group.chat, figures(found), when)
    turn.audit("board.sent", f"chat:{group.chat}", how=key)


def _changed(turn: Turn, group: BoardChat, found: Coverage) -> Html:
    """Since when the changes are counted, or that there are none."""
    say = summary.writer(turn, group.locale).say
    if not group.figures:
        return say("board-first")
    now = figures(found)
    same = all(now[name] == was for name, was in group.figures.items() if name != "at" and name in now)
    at = from_utc(group.figures["at"]).astimezone(turn.house.timezone)
    return say("board-same" if same else "board-since", **_moment(turn, at, group.locale))


def _moment(turn: Turn, at: datetime, locale: str) -> dict[str, str]:
    return {"time": f"{at:%H:%M}", "day": day(turn.house.texts, locale, at.date())}


@step
async def ask_send(turn: Turn) -> None:
    """Gửi Ban: to how many groups? Sure?"""
    if not await _is_admin(turn):
        return
    groups = await board.bound(turn.tx)
    if not groups:
        await show(turn)
        return
    yes = firm("board-send-yes", send, asked=turn.at)
    turn.ask("board-send-sure", yes, choice("board-send-no", summary.show, area=0), n=len(groups))


@step
async def send(turn: Turn, asked: str) -> None:
    """The summary goes to every group that was not sent one since the question: a second press sends nothing."""
    if not await _is_admin(turn):
        return
    groups = [g for g in await board.bound(turn.tx) if g.figures.get("at", "") < asked]
    found = await coverage.read(turn.tx, PROVINCE, turn.now, turn.today)
    for group in groups:
        await _send(turn, group, "board-sent", found, None)
    turn.say("board-sent-to" if groups else "board-sent-before", n=len(groups))
    await summary.show(turn, 0)


async def _is_admin(turn: Turn) -> bool:
    """Whether an admin of the whole province speaks; anybody else is told."""
    seen = None if turn.chat.group else await summary.may_see(turn)
    if seen is not None and not seen.admin:
        turn.say("no-right")
    return seen is not None and seen.admin


# Which groups -----------------------------------------------------------------------------------


@step
async def show(turn: Turn) -> None:
    """The groups of the Board, each with a way to stop."""
    if not await _is_admin(turn):
        return
    groups = await board.bound(turn.tx)
    if groups:
        turn.say("board-list", n=len(groups))
    for group in groups:
        bound = from_utc(group.bound_at).astimezone(turn.house.timezone)
        turn.say("board-line", title=group.title, day=_day(turn, bound.date()))
    if not groups:
        turn.say("board-none")
    stops = [_stop(turn, group) for group in groups]
    turn.ask("board-what", choice("board-add", add), *stops, choice("summary-back", summary.show, area=0))


def _day(turn: Turn, when: date) -> str:
    return day(turn.house.texts, turn.chat.locale, when)


def _stop(turn: Turn, group: BoardChat) -> Offer:
    label = turn.words("board-stop", title=Html(group.title))  # a label is plain text, not markup
    return item(str(label), ask_stop, chat=group.chat)


@step
async def add(turn: Turn) -> None:
    """A one-time link for one more group. Its text is deleted as soon as it is sent."""
    if not await _is_admin(turn):
        return
    code = await rights.make_code(turn.tx, "board", turn.now, timedelta(days=LINK_DAYS))
    turn.audit("board.link", "code:board")
    link = turn.house.bot_link
    key = "board-link" if link else "board-link-code"
    turn.say(key, code=code, days=LINK_DAYS, **({"link": f"{link}?startgroup={code}"} if link else {}))
    turn.seal()


@step
async def ask_stop(turn: Turn, chat: str) -> None:
    """No more to this group. Sure?"""
    if not await _is_admin(turn):
        return
    group = await board.bound_chat(turn.tx, chat)
    if group is None:
        turn.say("board-gone")
        await show(turn)
        return
    turn.ask(
        "board-stop-sure", choice("board-stop-yes", stop, chat=chat), choice("board-stop-no", show), title=group.title
    )


@step
async def stop(turn: Turn, chat: str) -> None:
    """Nothing more is sent to this group, and the group is told."""
    if not await _is_admin(turn):
        return
    group = await board.bound_chat(turn.tx, chat)
    if group is not None and await board.unbind(turn.tx, chat, turn.at):
        turn.audit("board.unbound", f"chat:{chat}", how="admin")
        await turn.tell_chat(chat, "board-stopped-group")
        turn.say("board-stopped", title=group.title)
    else:
        turn.say("board-gone")
    await show(turn)
