"""What people have taken on, on both databases: never over the cap, however many ask at once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.errors import Gone, PerennialError
from bot.members.commitments import acts, rooms, store
from bot.members.commitments.errors import ClosedForNow, NoRoom
from bot.members.commitments.models import Commitment
from bot.members.commitments.rules import COUNTS_FOR, WEIGHTS, Load, Taken, counts
from bot.members.models import Member, Workspace
from bot.vault import Vault, new_key
from tests.conftest import MONDAY

SECOND = timedelta(seconds=1)


class Desk:
    """Ada and Ben in one workspace, Eve in another, and what they do, a transaction each."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.where = {"Ada": 1, "Ben": 1, "Eve": 2}
        self.ids: dict[str, int] = {}

    async def people(self, *names: str) -> None:
        async with self.database.transaction() as session:
            found = [
                Member(
                    workspace_id=self.where.get(name, 1), slack_id=f"U{name}", name=name, seen_at=MONDAY,
                    joined_at=MONDAY,
                )
                for name in names
            ]  # fmt: skip
            session.add_all(found)
            await session.flush()
            self.ids |= {member.name: member.id for member in found}

    async def take(self, name: str, subject: str, *, kind: str = "question", now: datetime = MONDAY) -> Load:
        async with self.database.transaction() as session:
            return await store.take(session, self.where.get(name, 1), self.ids[name], kind, subject, now=now)

    async def take_or_say_why(self, name: str, subject: str, *, kind: str = "question") -> str:
        try:
            await self.take(name, subject, kind=kind)
        except PerennialError as error:
            return type(error).__name__
        return "taken"

    async def end(
        self, subject: str, *, name: str | None = None, now: datetime = MONDAY, workspace_id: int = 1
    ) -> None:
        async with self.database.transaction() as session:
            member_id = self.ids[name] if name else None
            await store.end(session, workspace_id, subject, now=now, member_id=member_id)

    async def undo(self, name: str, subject: str) -> None:
        async with self.database.transaction() as session:
            await store.undo(session, self.where[name], self.ids[name], subject)

    async def load(self, name: str, now: datetime = MONDAY) -> Load:
        async with self.database.reading() as session:
            workspace_id, member_id = self.where.get(name, 1), self.ids[name]
            return (await store.loads(session, workspace_id, [member_id], now=now))[member_id]

    async def change_cap(self, name: str, cap: int) -> None:
        async with self.database.transaction() as session:
            await acts.change_cap(session, await session.get_one(Member, self.ids[name]), cap, now=MONDAY)

    async def no_more(self, name: str) -> datetime:
        async with self.database.transaction() as session:
            return await acts.no_more(session, await session.get_one(Member, self.ids[name]), now=MONDAY)

    async def rows(self) -> list[Commitment]:
        async with self.database.reading() as session:
            return list((await session.execute(select(Commitment).order_by(Commitment.id))).scalars())


async def opened(url: str) -> AsyncIterator[Desk]:
    """Ada, Ben and Eve at a database of their own."""
    database = Database(url, Vault.from_setting(new_key()))
    async with database.transaction() as session:
        session.add_all(
            Workspace(team_id=f"T{number}", name="Tidewater", installed_at=MONDAY, options={}) for number in (1, 2)
        )
    found = Desk(database)
    await found.people("Ada", "Ben", "Eve")
    yield found
    await database.close()


@pytest.fixture
async def any_desk(store_url: str) -> AsyncIterator[Desk]:
    """On each database, for what happens at once."""
    async for desk in opened(store_url):
        yield desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    """On SQLite, for what happens one after the other."""
    async for desk in opened(sqlite_url):
        yield desk


async def test_of_fifty_claims_at_once_six_are_taken_and_never_more(any_desk: Desk):
    said = await asyncio.gather(*(any_desk.take_or_say_why("Ada", f"question:{number}") for number in range(50)))
    assert Counter(said) == {"taken": 6, "NoRoom": 44}
    assert await any_desk.load("Ada") == Load(6, 6)
    assert len(await any_desk.rows()) == 6


async def test_of_fifty_things_of_every_weight_at_once_no_point_goes_over(any_desk: Desk):
    await any_desk.change_cap("Ada", 7)
    kinds = ["mentorship", "question", "slot", "seat"]
    said = await asyncio.gather(
        *(any_desk.take_or_say_why("Ada", f"{kinds[n % 4]}:{n}", kind=kinds[n % 4]) for n in range(50))
    )
    rows = await any_desk.rows()
    assert (await any_desk.load("Ada")).points == 7 == sum(2 if row.kind == "mentorship" else 1 for row in rows)
    assert said.count("taken") == len(rows)


async def test_one_thing_asked_for_fifty_times_at_once_is_taken_once(any_desk: Desk):
    said = await asyncio.gather(*(any_desk.take_or_say_why("Ada", "question:1") for _ in range(50)))
    assert Counter(said) == {"taken": 50}
    assert len(await any_desk.rows()) == 1
    assert (await any_desk.load("Ada")).points == 1


async def test_one_circle_taken_by_fifty_people_at_once_weighs_one_for_each_and_ends_for_all(any_desk: Desk):
    names = [f"P{number}" for number in range(50)]
    await any_desk.people(*names)
    said = await asyncio.gather(*(any_desk.take_or_say_why(name, "seat:1", kind="seat") for name in names))
    assert Counter(said) == {"taken": 50}
    async with any_desk.database.reading() as session:
        everybody = await store.loads(session, 1, list(any_desk.ids.values()), now=MONDAY)
    assert sorted(load.points for load in everybody.values()) == [0, 0, 0] + [1] * 50
    await any_desk.end("seat:1")
    assert {row.ended_at for row in await any_desk.rows()} == {MONDAY}


async def test_claims_while_the_cap_is_lowered_stop_at_one_of_the_two(any_desk: Desk):
    said = await asyncio.gather(
        *(any_desk.take_or_say_why("Ada", f"question:{number}") for number in range(25)),
        any_desk.change_cap("Ada", 3),
        *(any_desk.take_or_say_why("Ada", f"question:{number}") for number in range(25, 50)),
    )
    load = await any_desk.load("Ada")
    assert 3 <= load.points == said.count("taken") <= 6
    assert load.cap == 3
    assert await any_desk.take_or_say_why("Ada", "question:99") == "NoRoom"


async def test_a_lower_cap_takes_nothing_away_and_stops_what_is_new(desk: Desk):
    for number in range(4):
        await desk.take("Ada", f"question:{number}")
    await desk.change_cap("Ada", 2)
    assert await desk.load("Ada") == Load(4, 2)
    assert [row.ended_at for row in await desk.rows()] == [None] * 4
    with pytest.raises(NoRoom):
        await desk.take("Ada", "question:9")
    assert (await desk.take("Ada", "question:1")).points == 4, "what they hold stays theirs"
    await desk.change_cap("Ada", 5)
    assert (await desk.take("Ada", "question:9")).points == 5


async def test_the_database_adds_up_what_the_rule_says(any_desk: Desk):
    spans = [timedelta(), SECOND, COUNTS_FOR - SECOND, COUNTS_FOR, COUNTS_FOR + SECOND, timedelta(days=60)]
    async with any_desk.database.transaction() as session:
        for number, (began, lasted, kind) in enumerate(product(spans, [None, *spans], ("question", "mentorship"))):
            began_at = MONDAY - began
            ended_at = None if lasted is None else min(MONDAY, began_at + lasted)
            session.add(
                Commitment(
                    workspace_id=1, member_id=any_desk.ids["Ada"], kind=kind, subject=f"{kind}:{number}",
                    started_at=began_at, ended_at=ended_at,
                )
            )  # fmt: skip
    rows = [Taken(row.kind, row.subject, row.started_at, row.ended_at) for row in await any_desk.rows()]
    for now in (MONDAY, MONDAY + SECOND, MONDAY + COUNTS_FOR - SECOND, MONDAY + COUNTS_FOR):
        weighing = [each for each in rows if counts(each, now)]
        assert (await any_desk.load("Ada", now)).points == sum(WEIGHTS[each.kind] for each in weighing)
        async with any_desk.database.reading() as session:
            taken = (await store.taken_by(session, 1, [any_desk.ids["Ada"]], now=now))[any_desk.ids["Ada"]]
        assert sorted(each.subject for each in taken) == sorted(each.subject for each in weighing)


async def test_a_mentorship_needs_room_for_two_points(desk: Desk):
    for number in range(5):
        await desk.take("Ada", f"question:{number}")
    with pytest.raises(NoRoom):
        await desk.take("Ada", "mentorship:1", kind="mentorship")
    assert (await desk.take("Ada", "slot:1", kind="slot")).points == 6


async def test_something_over_weighs_until_28_days_from_its_start(desk: Desk):
    await desk.take("Ada", "question:1")
    await desk.end("question:1", now=MONDAY + timedelta(hours=1))
    assert (await desk.load("Ada", MONDAY + COUNTS_FOR - SECOND)).points == 1
    assert (await desk.load("Ada", MONDAY + COUNTS_FOR)).points == 0


async def test_something_open_weighs_for_as_long_as_it_lasts(desk: Desk):
    await desk.take("Ada", "mentorship:1", kind="mentorship")
    later = MONDAY + timedelta(days=200)
    assert (await desk.load("Ada", later)).points == 2
    await desk.end("mentorship:1", now=later)
    assert (await desk.load("Ada", later)).points == 0


async def test_what_was_given_back_at_once_never_weighed(desk: Desk):
    await desk.take("Ada", "question:1")
    await desk.take("Ben", "question:1")
    await desk.undo("Ada", "question:1")
    assert (await desk.load("Ada")).points == 0
    assert (await desk.load("Ben")).points == 1
    await desk.undo("Ada", "question:1")
    assert len(await desk.rows()) == 1


async def test_taken_up_again_within_its_28_days_it_weighs_once_and_from_its_first_start(desk: Desk):
    later = MONDAY + timedelta(days=10)
    await desk.change_cap("Ada", 1)
    await desk.take("Ada", "question:1")
    await desk.end("question:1", now=MONDAY + SECOND)
    assert await desk.take("Ada", "question:1", now=later) == Load(1, 1)
    await desk.end("question:1", now=later + SECOND)
    assert (await desk.load("Ada", MONDAY + COUNTS_FOR)).points == 0


async def test_taken_up_again_after_them_it_begins_anew(desk: Desk):
    later = MONDAY + COUNTS_FOR
    await desk.take("Ada", "question:1")
    await desk.end("question:1", now=MONDAY + SECOND)
    await desk.take("Ada", "question:1", now=later)
    await desk.end("question:1", now=later + SECOND)
    assert (await desk.load("Ada", later + COUNTS_FOR - SECOND)).points == 1


async def test_giving_back_what_was_taken_up_again_leaves_the_first_time_weighing(desk: Desk):
    await desk.take("Ada", "question:1")
    await desk.end("question:1", now=MONDAY + SECOND)
    await desk.take("Ada", "question:1", now=MONDAY + timedelta(days=1))
    await desk.undo("Ada", "question:1")
    assert (await desk.load("Ada")).points == 1
    assert [row.ended_at for row in await desk.rows()] == [MONDAY + SECOND]


async def test_taken_ended_and_taken_again_in_one_transaction_it_is_open(desk: Desk):
    async with desk.database.transaction() as session:
        await store.take(session, 1, desk.ids["Ada"], "question", "question:1", now=MONDAY)
        await store.end(session, 1, "question:1", now=MONDAY)
        await store.take(session, 1, desk.ids["Ada"], "question", "question:1", now=MONDAY)
    assert [row.ended_at for row in await desk.rows()] == [None]


async def test_another_workspaces_seats_are_neither_counted_nor_touched(any_desk: Desk):
    await any_desk.take("Ada", "question:1")
    await any_desk.take("Eve", "question:1")
    await any_desk.end("question:1", workspace_id=2)
    assert [row.ended_at for row in await any_desk.rows()] == [None, MONDAY]
    async with any_desk.database.transaction() as session:
        await store.undo(session, 2, any_desk.ids["Ada"], "question:1")
        await store.end_all(session, 2, any_desk.ids["Ada"], MONDAY)
        assert (await store.loads(session, 2, [any_desk.ids["Ada"]], now=MONDAY))[any_desk.ids["Ada"]] == Load(0, 6)
        assert await store.taken_by(session, 2, [any_desk.ids["Ada"]], now=MONDAY) == {}
    async with any_desk.database.reading() as session:  # of so many that nobody is named
        ours, theirs = [await store.loads(session, each, range(1, 700), now=MONDAY) for each in (1, 2)]
    ada, eve = any_desk.ids["Ada"], any_desk.ids["Eve"]
    assert (ours[ada].points, ours[eve].points) == (1, 0)
    assert (theirs[ada].points, theirs[eve].points) == (0, 1)
    with pytest.raises(Gone):
        async with any_desk.database.transaction() as session:
            await store.take(session, 2, any_desk.ids["Ada"], "question", "question:2", now=MONDAY)
    assert await any_desk.load("Ada") == Load(1, 6)


async def test_who_closed_takes_nothing_new_until_the_28_days_are_over(desk: Desk):
    await desk.take("Ada", "question:1")
    until = await desk.no_more("Ada")
    assert until == MONDAY + timedelta(days=28)
    with pytest.raises(ClosedForNow):
        await desk.take("Ada", "question:2")
    assert (await desk.take("Ada", "question:1")).points == 1
    assert (await desk.take("Ada", "question:2", now=until)).points == 2


async def test_who_left_or_was_deactivated_takes_nothing(desk: Desk):
    async with desk.database.transaction() as session:
        (await session.get_one(Member, desk.ids["Ada"])).left_at = MONDAY
        (await session.get_one(Member, desk.ids["Ben"])).deactivated_at = MONDAY
    assert await desk.take_or_say_why("Ada", "question:1") == "Gone"
    assert await desk.take_or_say_why("Ben", "question:1") == "Gone"


async def test_a_room_is_made_once_however_many_change_it_at_once(any_desk: Desk):
    await asyncio.gather(*(any_desk.change_cap("Ada", cap) for cap in range(8)), any_desk.no_more("Ada"))
    async with any_desk.database.reading() as session:
        assert await rooms.closed_until(session, 1, any_desk.ids["Ada"]) == MONDAY + timedelta(days=28)
