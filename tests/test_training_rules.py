"""Any order of enrolling and leaving keeps the rules: places, the waiting list, no two things at once."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import sessions, training
from storage.database import SqliteDatabase, Tx, open_database
from storage.migrate import migrate

SEATS, CAPACITIES = 4, (1, 2, 1)  # few, so that they meet
HALVES = (("2026-12-01am",), ("2026-12-01am", "2026-12-01pm"), ("2026-12-01pm",))  # the second clashes with both
BEGUN = "2026-11-30pm"

Act = tuple[str, int, int]
PAIRS = [(seat, session) for seat in range(1, SEATS + 1) for session in range(len(CAPACITIES))]
CROWD = st.permutations(PAIRS).map(lambda pairs: [("come", *pair) for pair in pairs])  # so that there is a waiting list
ACTS = st.lists(
    st.builds(
        lambda what, pair: (what, *pair),
        st.sampled_from(["come", "come", "leave", "leave", "leave", "leave_all", "pass_on", "grow"]),
        st.sampled_from(PAIRS),
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


@pytest.fixture(scope="module")
def plain_db(loop: asyncio.AbstractEventLoop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteDatabase]:
    path: Path = tmp_path_factory.mktemp("rules") / "rules.db"
    db = loop.run_until_complete(open_database(f"sqlite:///{path}"))
    assert isinstance(db, SqliteDatabase)
    loop.run_until_complete(migrate(db))
    yield db
    loop.run_until_complete(db.close())


class NothingKeptError(Exception):
    """Leaves the database as it was."""


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crowd=CROWD, acts=ACTS)
def test_any_order_keeps_the_rules(
    loop: asyncio.AbstractEventLoop, plain_db: SqliteDatabase, crowd: list[Act], acts: list[Act]
) -> None:
    async def play(tx: Tx) -> None:
        ids = await _town(tx)
        for moment, (what, who, where) in enumerate([*crowd, *acts]):
            waited = await _line(tx, "waiting")
            await _act(tx, what, who, ids[where], f"2026-11-20T00:00:{moment:02d}Z")
            await _check(tx)
            await _check_order(tx, waited)
        raise NothingKeptError

    with pytest.raises(NothingKeptError):
        loop.run_until_complete(plain_db.transact(play))


async def _town(tx: Tx) -> list[int]:
    """A commune whose every seat is held by the person of its number, and three sessions."""
    await tx.run(
        "INSERT INTO unit (id, level, code, name, type, folded, valid_from)"
        " VALUES (1, 'commune', '1', 'Một', 'Xã', 'mot', '2020')"
    )
    for number in range(1, SEATS + 1):
        await tx.run("INSERT INTO seat (id, unit_id, post) VALUES (:n, 1, :post)", n=number, post=f"p{number}")
        await tx.run(
            "INSERT INTO person (id, name, folded, origin, created_at) VALUES (:n, 'A', 'a', 'roster', '2020')",
            n=number,
        )
    for number, capacity in enumerate(CAPACITIES, start=1):
        await tx.run(
            "INSERT INTO session (id, code, title, place, capacity, deadline, state)"
            " VALUES (:n, :code, :code, 'P', :capacity, '2026-11-30', 'open')",
            n=number, code=f"S{number}", capacity=capacity,
        )  # fmt: skip
        for half in HALVES[number - 1]:
            await tx.run(
                "INSERT INTO session_half (session_id, day, part) VALUES (:n, :d, :p)",
                n=number,
                d=half[:10],
                p=half[10:],
            )
    return list(range(1, len(CAPACITIES) + 1))


async def _act(tx: Tx, what: str, who: int, session: int, at: str) -> None:
    if what == "come":
        await _come(tx, who, session, at)
    elif what == "leave":
        await _leave(tx, who, session, at)
    elif what == "leave_all":
        await training.cancel_all_of(tx, who, 0, "gone", at, BEGUN)
    elif what == "pass_on":
        await training.pass_on(tx, who, who % SEATS + 1, "passed", at, BEGUN)
    else:
        await tx.run("UPDATE session SET capacity = capacity + 1 WHERE id = :id", id=session)
        await training.move_up(tx, session, at, BEGUN)


async def _come(tx: Tx, who: int, session: int, at: str) -> None:
    """As the steps do it: look, then take or wait."""
    look = await sessions.look(tx, session, who, who, "p1", 1, 1)
    assert look is not None
    if look.enrolment or look.clash:
        return
    taken = await training.take(tx, session, who, who, at)
    assert (taken is None) == (look.session.left == 0)
    if taken is None:
        await training.wait(tx, session, who, who, at)
    else:
        assert taken[1] == look.session.taken + 1


async def _leave(tx: Tx, who: int, session: int, at: str) -> None:
    look = await sessions.look(tx, session, who, who, "p1", 1, 1)
    assert look is not None
    if look.enrolment:
        mine = training.Enrolment(look.enrolment, look.session, look.holder, "", who, look.state, look.number, False)
        await training.leave(tx, mine, "", at, BEGUN)


async def _check(tx: Tx) -> None:
    rows = await tx.all(
        "SELECT s.id, s.taken, s.capacity, count(*) FILTER (WHERE e.state = 'enrolled') AS enrolled"
        " FROM session s LEFT JOIN enrolment e ON e.session_id = s.id GROUP BY s.id"
    )
    for row in rows:
        assert row["taken"] == row["enrolled"] <= row["capacity"]
    # Nobody is in two things at once.
    assert not await tx.all(
        "SELECT e.person_id FROM enrolment e JOIN session_half h ON h.session_id = e.session_id"
        " WHERE e.state = 'enrolled' GROUP BY e.person_id, h.day, h.part HAVING count(*) > 1"
    )
    # Nobody who could move up waits before a free place.
    clash = sessions.clash("e.person_id", "s.id", "e.seat_id")
    assert not await tx.all(
        "SELECT e.id FROM enrolment e JOIN session s ON s.id = e.session_id"
        f" WHERE e.state = 'waiting' AND s.taken < s.capacity AND {clash} IS NULL"
    )


async def _line(tx: Tx, state: str) -> dict[int, tuple[int, str]]:
    """Enrolments in a state: session and since when."""
    rows = await tx.all("SELECT id, session_id, enrolled_at FROM enrolment WHERE state = :state", state=state)
    return {row["id"]: (row["session_id"], row["enrolled_at"]) for row in rows}


async def _check_order(tx: Tx, waited: dict[int, tuple[int, str]]) -> None:
    """Whoever moved up came before all who still wait, except those who have something else at that time."""
    moved = [(*of, number) for number, of in (await _line(tx, "enrolled")).items() if number in waited]
    clash = sessions.clash("e.person_id", "s.id", "e.seat_id")
    waiting = await tx.all(
        "SELECT e.id, e.session_id, e.enrolled_at FROM enrolment e JOIN session s ON s.id = e.session_id"
        f" WHERE e.state = 'waiting' AND {clash} IS NULL"
    )
    for session, since, number in moved:
        for row in waiting:
            assert row["session_id"] != session or (since, number) < (row["enrolled_at"], row["id"])
