"""/tonghop: what admins, the Board and coordinators read of the province, a district or a commune."""

from collections.abc import Sequence
from typing import TypeVar

from bot.turn import Offer, Step, Turn, choice, item, step
from reports import classes, coverage
from reports.summary import Writer
from storage import board, sight
from storage.sight import Area, Sight
from storage.units import Place

PAGE = 12  # lines of a page of districts, communes or posts
PAGE_SESSIONS = 8
ITEMS = 6  # districts offered at once: with the other choices no more than nine
T = TypeVar("T")


async def may_see(turn: Turn) -> Sight | None:
    """What this chat may see. A private chat without a right is told so; any other group than the Board's: nothing."""
    if turn.chat.group:
        return Sight((0,), False) if await board.bound_chat(turn.tx, turn.chat.id) else None
    found = await sight.of_person(turn.tx, turn.chat.id)
    if found is None:
        from handlers import home  # noqa: PLC0415 - home leads here

        turn.say("no-right")
        await home.show(turn)
    return found


def writer(turn: Turn, locale: str | None = None) -> Writer:
    """Figures in the words of this chat, or of another language."""
    programme = turn.programme
    note = programme.sample_note if programme.sample else ""
    return Writer(turn.house.texts, locale or turn.chat.locale, turn.house.timezone, note)


async def _area(turn: Turn, unit: int | None) -> tuple[Sight, Area] | None:
    """The area asked for (None: all that may be seen), or None when something else was said or asked."""
    seen = await may_see(turn)
    if seen is None:
        return None
    if unit is None and len(seen.areas) > 1:
        await _ask_own(turn, seen)
        return None
    area = await sight.area(turn.tx, seen, seen.areas[0] if unit is None else unit)
    if area is None:
        turn.say("summary-not-this")
        return None
    return seen, area


async def _ask_own(turn: Turn, seen: Sight) -> None:
    areas = [await sight.area(turn.tx, seen, unit) for unit in seen.areas]
    turn.ask("summary-which-own", *[item(a.name, show, area=a.id) for a in areas if a], hear=hear)


# The summary ------------------------------------------------------------------------------------


@step
async def show(turn: Turn, area: int | None = None) -> None:
    """The summary of all that may be seen, or of the area chosen or typed behind the command."""
    if turn.argument:
        await _narrow(turn, turn.argument)
        return
    found = await _area(turn, area)
    if found is None:
        return
    figures = await coverage.read(turn.tx, found[1], turn.now, turn.today)
    turn.say("summary-body", body=writer(turn).whole(figures))
    _ask_more(turn, *found)


def _ask_more(turn: Turn, seen: Sight, area: Area, *first: Offer) -> None:
    """What else there is of this area, and of others."""
    offers = [*first, *_views(area)]
    if area.level == "commune" and seen.covers(area.parent, 0):
        offers.append(choice("summary-by-commune", by_commune, area=area.parent))
    if area.level != "province" and seen.everywhere:
        offers.append(choice("summary-whole", show, area=0))
    if turn.chat.group:
        turn.ask("summary-more-group", *offers)
        return
    turn.ask("summary-more-what", *offers, *_private_offers(seen, area), hear=hear)


def _views(area: Area) -> list[Offer]:
    views: list[tuple[str, Step]] = [("summary-by-post", by_post), ("summary-by-session", by_session)]
    if area.level == "province":
        views = [("summary-by-district", by_district), *views, ("summary-by-least", by_least)]
    elif area.level == "district":
        views = [("summary-by-commune", by_commune), *views, ("summary-by-least", by_least)]
    return [choice(key, then, area=area.id) for key, then in views]


def _private_offers(seen: Sight, area: Area) -> list[Offer]:
    from handlers import board as groups  # noqa: PLC0415 - the groups are sent what is here
    from handlers import home  # noqa: PLC0415 - home leads here

    sending = [choice("summary-send", groups.ask_send), choice("summary-groups", groups.show)]
    return [*(sending if seen.admin and area.level == "province" else []), choice("go-home", home.show)]


# Narrowing --------------------------------------------------------------------------------------


@step
async def hear(turn: Turn) -> None:
    """A district or a commune was typed."""
    await _narrow(turn, turn.text)


async def _narrow(turn: Turn, text: str) -> None:
    seen = await may_see(turn)
    if seen is None:
        return
    turn.argument = ""
    found, near, unserved = await _meant(turn, text[:200])
    mine = [(unit, name) for unit, parent, name in found if seen.covers(unit, parent)]
    if len(mine) == 1 and not near:
        await show(turn, mine[0][0])
    elif mine:
        turn.ask(
            "summary-which", *[item(name, show, area=unit) for unit, name in mine[:ITEMS]], hear=hear, name=text[:50]
        )
    elif found or unserved:
        key = "summary-not-yours" if found else "summary-not-served"
        _again(turn, key, found[0][2] if found else unserved)
    else:
        _again(turn, "summary-no-such", text[:50])


def _again(turn: Turn, key: str, name: str) -> None:
    if turn.chat.group or not turn.again(key, name=name):
        turn.say(key, name=name)


async def _meant(turn: Turn, text: str) -> tuple[list[tuple[int, int, str]], bool, str]:
    """Districts, then communes of the programme (id, parent, name); whether only near; a commune it does not serve."""
    places = await turn.places()
    served = {district.id for district in places.districts()}
    districts = [(d.id, 0, d.full) for d in places.find_district(text) if d.id in served]
    found = places.find(text)
    near = found.how == "near"
    communes = [] if near and districts else [_commune(place) for place in found.places if place.in_scope]
    unserved = found.places[0].label() if found.places and not near else ""
    return districts + communes, near and not districts, unserved


def _commune(place: Place) -> tuple[int, int, str]:
    return place.id, place.district_id or 0, place.label()


# Views ------------------------------------------------------------------------------------------


@step
async def by_district(turn: Turn, area: int, page: int = 0) -> None:
    """Every district on a line; a press on one leads to its summary."""
    if (found := await _area(turn, area)) is None:
        return
    parts, page, pages = _cut(await coverage.by_district(turn.tx, found[1]), page, PAGE)
    lines: list[str] = [writer(turn).part(part) for part in parts]
    offers = [item(part.name, show, area=int(part.key)) for part in parts]
    offers += [*_turning(turn, lines, by_district, found[1], page, pages), choice("summary-back", show, area=area)]
    turn.say("summary-body", body=writer(turn).page("summary-title-districts", found[1], turn.now, lines))
    turn.ask("summary-which-district", *offers, hear=None if turn.chat.group else hear)


@step
async def by_commune(turn: Turn, area: int, page: int = 0) -> None:
    """Every commune of a district on a line."""
    if (found := await _area(turn, area)) is None:
        return
    parts = await coverage.by_commune(turn.tx, found[1])
    _parts(turn, found, "summary-title-communes", parts, by_commune, page)


@step
async def by_least(turn: Turn, area: int, page: int = 0) -> None:
    """The communes where the fewest have confirmed."""
    if (found := await _area(turn, area)) is None:
        return
    parts = coverage.least_covered(await coverage.by_commune(turn.tx, found[1]))
    _parts(turn, found, "summary-title-least", parts, by_least, page)


@step
async def by_post(turn: Turn, area: int) -> None:
    """Every post on a line."""
    if (found := await _area(turn, area)) is None:
        return
    parts = await coverage.by_post(turn.tx, found[1], turn.programme)
    lines = [writer(turn).part(part) for part in parts]
    _page(turn, found, "summary-title-posts", lines)


@step
async def by_session(turn: Turn, area: int, page: int = 0) -> None:
    """Every session with its places and its feedback."""
    if (found := await _area(turn, area)) is None:
        return
    scores = await classes.scores(turn.tx)
    shown, page, pages = _cut(await classes.sessions(turn.tx, found[1], turn.today), page, PAGE_SESSIONS)
    lines: list[str] = [writer(turn).session(s, found[1], scores.get(s.id)) for s in shown]
    _page(turn, found, "summary-title-sessions", lines, *_turning(turn, lines, by_session, found[1], page, pages))


def _parts(
    turn: Turn, found: tuple[Sight, Area], key: str, parts: Sequence[coverage.Part], view: Step, page: int
) -> None:
    shown, page, pages = _cut(parts, page, PAGE)
    lines: list[str] = [writer(turn).part(part) for part in shown]
    _page(turn, found, key, lines, *_turning(turn, lines, view, found[1], page, pages))


def _page(turn: Turn, found: tuple[Sight, Area], key: str, lines: Sequence[str], *more: Offer) -> None:
    seen, area = found
    turn.say("summary-body", body=writer(turn).page(key, area, turn.now, lines))
    _ask_more(turn, seen, area, *more, choice("summary-back", show, area=area.id))


def _cut(things: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """One page of them, its number and how many there are; a page that is gone is the last."""
    pages = max(1, -(-len(things) // size))
    page = min(max(page, 0), pages - 1)
    return things[page * size : (page + 1) * size], page, pages


def _turning(turn: Turn, lines: list[str], view: Step, area: Area, page: int, pages: int) -> list[Offer]:
    """The way to the next page, and below the lines which page this is."""
    if pages == 1:
        return []
    lines.append(turn.words("summary-page", page=page + 1, pages=pages))
    return [choice("more", view, area=area.id, page=(page + 1) % pages)]
