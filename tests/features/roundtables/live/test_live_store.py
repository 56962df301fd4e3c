"""Tables on both databases: what counts as having met, and a seating that is taken up where a crash left it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.delivery.models import Delivery
from bot.features.roundtables.live import acting, inputs, jobs, seats, store, topics, views, work
from bot.features.roundtables.live import gathering as live_gathering
from bot.gatherings import planning, seating
from bot.gatherings import store as gatherings
from bot.gatherings.ballots import acting as ballot_acts
from bot.gatherings.ballots import reporting
from bot.gatherings.ballots import store as ballots
from bot.gatherings.coming import acting as coming
from bot.gatherings.models import Gathering
from bot.members.apart import store as apart
from bot.members.models import Member
from bot.programs.models import Program
from bot.registry import Tools
from bot.settings import Settings
from playground.bot_side import MovedClock
from tests.gatherings.table import at
from tests.programs.conftest import person, program, workspace

START = at(17, 10)


class Hall:
    """A program, people and moved time, without Slack."""

    def __init__(self, database: Database) -> None:
        database.lent["gathering_kinds"] = {live_gathering.KIND.name: live_gathering.KIND}
        database.lent["ballots"] = {topics.KIND.name: topics.KIND}
        self.database = database
        self.clock = MovedClock(START - timedelta(hours=25))
        settings = Settings(_env_file=None, slack_bot_token="xoxb-test", slack_signing_secret="s")
        self.cpu = ThreadPoolExecutor(1)
        self.tools = Tools(settings, database, self.clock, client_for=None, cpu=self.cpu)  # type: ignore[arg-type]
        self.people: list[int] = []

    async def open(self, many: int, team_id: str = "T1", **options: Any) -> Program:
        async with self.database.transaction() as session:
            found = await workspace(session, team_id)
            made = await program(session, found.id, kind="live_roundtables", channel=None, options=options)
            for number in range(many):
                member = await person(session, found.id, f"{team_id}x{number}", tz="Europe/Lisbon")
                self.people.append(member.id)
            return made

    async def plan(self, of: Program, starts_at=START, come=None) -> Gathering:
        now = self.clock()
        async with self.database.transaction() as session:
            made = await planning.plan(session, of, starts_at, minutes=45, now=now)
            for member_id in self.people if come is None else come:
                await seating.come(session, made, member_id, now=now)
            return made

    async def tables(self, of: Gathering) -> dict[int, list[int]]:
        async with self.database.reading() as session:
            return seats.by_table(await seats.sitting(session, of))

    async def queued(self) -> list[tuple[int, str]]:
        async with self.database.reading() as session:
            query = select(Delivery).where(Delivery.kind == "roundtables.table").order_by(Delivery.id)
            return [(each.member_ids[0], each.state) for each in (await session.execute(query)).scalars()]

    async def hold(self, of: Gathering) -> None:
        async with self.database.transaction() as session:
            gathering = await gatherings.get(session, of.workspace_id, of.id, lock=True)
            gathering.state = gatherings.OVER

    async def claim(self, of: Gathering) -> jobs.Claimed:
        claimed = await jobs.claim(self.tools, of.workspace_id, of.id)
        assert claimed is not None
        return claimed


@pytest.fixture
def hall(database: Database):
    made = Hall(database)
    yield made
    made.cpu.shutdown()


async def test_who_sat_together_in_this_program_has_met_except_those_who_say_they_were_not_there(hall: Hall):
    of = await hall.open(6)
    first = await hall.plan(of)
    hall.clock.move_to(START - timedelta(hours=24))
    assert await jobs.look_at_tables(hall.tools) == 1
    assert await hall.tables(first) == {1: hall.people}
    await hall.hold(first)
    async with hall.database.transaction() as session:
        seat = await gatherings.seat_of(session, first, hall.people[0])
        assert seat is not None
        seat.came = False
    elsewhere = await hall.plan(await hall.open(0, "T2"), come=[])
    later = await hall.plan(of, START + timedelta(days=7))
    async with hall.database.reading() as session:
        assert await seats.past_tables(session, later) == [[hall.people[1:]]]
        assert await seats.past_tables(session, elsewhere) == []
        gathered = await _gather(session, later)
    pairs = {tuple(each[:2]): each[2] for each in gathered["inputs"]["history"]["met"]}
    assert len(pairs) == 10 and set(pairs.values()) == {1}


async def _gather(session: AsyncSession, of: Gathering) -> dict:
    gathering, live = await store.get(session, of.workspace_id, of.id)
    return await inputs.gather(session, live, gathering, START)


async def test_whoever_left_or_only_waits_for_a_chair_is_not_seated(hall: Hall):
    of = await hall.open(8)
    made = await hall.plan(of, come=hall.people[:7])
    async with hall.database.transaction() as session:
        await gatherings.say(session, made, hall.people[7], gatherings.WAITING, hall.clock())
        gone = await session.get_one(Member, hall.people[0])
        gone.deactivated_at = hall.clock()
    hall.clock.move_to(START - timedelta(hours=24))
    await jobs.look_at_tables(hall.tools)
    assert await hall.tables(made) == {1: hall.people[1:7]}


@pytest.mark.parametrize("step", ["frozen", "drawn", "written", "half told"])
async def test_a_seating_is_taken_up_where_a_crash_left_it(hall: Hall, step: str, monkeypatch: pytest.MonkeyPatch):
    of = await hall.open(12)
    made = await hall.plan(of)
    hall.clock.move_to(START - timedelta(hours=24))
    monkeypatch.setattr(seats, "PART", 5)
    claimed = await hall.claim(made)
    packed = await jobs.freeze(hall.tools, claimed)
    assert packed is not None
    if step != "frozen":
        await jobs.keep(hall.tools, claimed, work.seat(packed))
    if step in ("written", "half told"):
        assert await jobs.write(hall.tools, claimed)
    if step == "half told":
        assert await jobs.tell_some(hall.tools, claimed)
        assert len(await hall.queued()) == 5
    # The process ends here. Until its lease is over nobody else takes it up.
    assert await jobs.look_at_tables(hall.tools) == 0
    hall.clock.move_to(hall.clock() + jobs.LEASE)
    assert await jobs.look_at_tables(hall.tools) == 1
    assert [len(table) for table in (await hall.tables(made)).values()] == [4, 4, 4]
    assert sorted(member_id for member_id, _ in await hall.queued()) == hall.people
    async with hall.database.reading() as session:
        _, live = await store.get(session, made.workspace_id, made.id)
    assert (live.state, live.inputs, live.drawn, live.version) == (store.WAITING, None, None, 2)
    assert live.due_at == START - timedelta(hours=12)


async def test_a_host_who_moves_somebody_while_people_are_being_seated_is_not_overruled(hall: Hall):
    of = await hall.open(12)
    made = await hall.plan(of, come=hall.people[:11])
    hall.clock.move_to(START - timedelta(hours=24))
    await jobs.look_at_tables(hall.tools)
    async with hall.database.transaction() as session:
        await seating.come(session, made, hall.people[11], now=hall.clock())
    hall.clock.move_to(START - timedelta(hours=12))
    claimed = await hall.claim(made)
    packed = await jobs.freeze(hall.tools, claimed)
    assert packed is not None
    await jobs.keep(hall.tools, claimed, work.seat(packed))
    before = await hall.tables(made)
    moved, number = before[1][0], 2
    async with hall.database.transaction() as session:
        _, live = await store.get(session, made.workspace_id, made.id, lock=True)
        live.version += 1
        await seats.move(session, made, moved, number, live.version)
    assert not await jobs.write(hall.tools, claimed)
    await jobs.look_at_tables(hall.tools)
    after = await hall.tables(made)
    assert moved in after[2]
    assert sorted(each for table in after.values() for each in table) == hall.people


@pytest.mark.parametrize("step", ["frozen", "drawn", "half told"])
async def test_whoever_comes_while_people_are_being_seated_is_seated_with_them_and_everybody_hears_once(
    hall: Hall, step: str, monkeypatch: pytest.MonkeyPatch
):
    made = await hall.plan(await hall.open(12), come=[])
    async with hall.database.transaction() as session:
        for member_id in hall.people[:11]:
            await seating.come(session, made, member_id, now=hall.clock())
    hall.clock.move_to(START - timedelta(hours=24))
    monkeypatch.setattr(seats, "PART", 5)
    claimed = await hall.claim(made)
    packed = await jobs.freeze(hall.tools, claimed)
    assert packed is not None
    if step != "frozen":
        await jobs.keep(hall.tools, claimed, work.seat(packed))
    if step == "half told":
        assert await jobs.write(hall.tools, claimed) and await jobs.tell_some(hall.tools, claimed)
    hall.clock.move_to(hall.clock() + timedelta(seconds=1))
    async with hall.database.transaction() as session:
        gathering = await gatherings.get(session, made.workspace_id, made.id, lock=True)
        await coming.say_yes(session, gathering, hall.people[11], now=hall.clock())
    # Whoever had it in hand goes on, and finds that it is not theirs any more.
    await jobs.keep(hall.tools, claimed, work.seat(packed))
    assert not await jobs.write(hall.tools, claimed)
    assert not await jobs.tell_some(hall.tools, claimed)
    assert await jobs.look_at_tables(hall.tools) == 1
    assert sorted(each for table in (await hall.tables(made)).values() for each in table) == hall.people
    assert sorted(member_id for member_id, state in await hall.queued() if state == "queued") == hall.people


async def test_whoever_comes_and_goes_again_before_all_were_told_keeps_nobody_from_hearing(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
):
    made = await hall.plan(await hall.open(12), come=[])
    async with hall.database.transaction() as session:
        for member_id in hall.people[:11]:
            await seating.come(session, made, member_id, now=hall.clock())
    hall.clock.move_to(START - timedelta(hours=24))
    monkeypatch.setattr(seats, "PART", 5)
    claimed = await hall.claim(made)
    packed = await jobs.freeze(hall.tools, claimed)
    assert packed is not None
    await jobs.keep(hall.tools, claimed, work.seat(packed))
    assert await jobs.write(hall.tools, claimed) and await jobs.tell_some(hall.tools, claimed)
    async with hall.database.transaction() as session:
        gathering = await gatherings.get(session, made.workspace_id, made.id, lock=True)
        await coming.say_yes(session, gathering, hall.people[11], now=hall.clock())
        await coming.say_no(session, gathering, hall.people[11], now=hall.clock())
    assert await jobs.look_at_tables(hall.tools) == 1
    assert sorted(member_id for member_id, state in await hall.queued() if state == "queued") == hall.people[:11]
    async with hall.database.reading() as session:
        _, live = await store.get(session, made.workspace_id, made.id)
        assert (live.state, live.due_at) == (store.WAITING, START - timedelta(hours=12))


async def test_whoever_said_at_the_last_moment_that_they_cannot_come_has_met_nobody(hall: Hall):
    of = await hall.open(6)
    first = await hall.plan(of)
    hall.clock.move_to(START - timedelta(hours=24))
    await jobs.look_at_tables(hall.tools)
    async with hall.database.transaction() as session:
        await gatherings.say(session, first, hall.people[0], gatherings.CANNOT, hall.clock())
    await hall.hold(first)
    later = await hall.plan(of, START + timedelta(days=7))
    async with hall.database.reading() as session:
        assert await seats.past_tables(session, later) == [[hall.people[1:]]]


async def test_a_vote_on_topics_is_counted_before_a_roundtable_that_was_moved_forward(hall: Hall):
    made = await hall.plan(await hall.open(3), START + timedelta(days=30))
    async with hall.database.transaction() as session:
        gathering = await gatherings.get(session, made.workspace_id, made.id, lock=True)
        await planning.move(session, gathering, START + timedelta(days=3), now=hall.clock())
    async with hall.database.reading() as session:
        ballot = await ballots.about(session, made.workspace_id, topics.subject_of(made))
    assert ballot is not None
    assert hall.clock() < ballot.closes_at == ballot.due_at < START + timedelta(days=3)


async def test_those_who_keep_apart_never_share_a_table_and_it_is_sealed_while_people_are_seated(hall: Hall):
    of = await hall.open(12)
    made = await hall.plan(of)
    async with hall.database.transaction() as session:
        owner = await session.get_one(Member, hall.people[0])
        others = [(await session.get_one(Member, each)).slack_id for each in hall.people[1:6]]
        await apart.keep(session, owner, others)
    hall.clock.move_to(START - timedelta(hours=24))
    claimed = await hall.claim(made)
    packed = await jobs.freeze(hall.tools, claimed)
    async with hall.database.reading() as session:
        _, live = await store.get(session, made.workspace_id, made.id)
        assert live.inputs is not None and packed is not None and packed[:40] not in live.inputs
    hall.clock.move_to(hall.clock() + jobs.LEASE)
    await jobs.look_at_tables(hall.tools)
    mine = next(table for table in (await hall.tables(made)).values() if hall.people[0] in table)
    assert set(mine).isdisjoint(hall.people[1:6])


async def test_without_tables_nobody_is_seated(hall: Hall):
    made = await hall.plan(await hall.open(8, table_size=None))
    hall.clock.move_to(START - timedelta(hours=1))
    assert await jobs.look_at_tables(hall.tools) == 0
    assert await hall.tables(made) == {}
    async with hall.database.reading() as session:
        assert await store.next_due(session) is None


async def test_nobody_is_seated_once_it_has_begun(hall: Hall):
    made = await hall.plan(await hall.open(8))
    hall.clock.move_to(START)
    await jobs.look_at_tables(hall.tools)
    assert await hall.tables(made) == {}
    async with hall.database.reading() as session:
        assert await store.next_due(session) is None


async def test_a_host_puts_nobody_at_a_table_that_is_not_or_is_crowded(hall: Hall):
    made = await hall.plan(await hall.open(14))
    hall.clock.move_to(START - timedelta(hours=24))
    await jobs.look_at_tables(hall.tools)
    (full, *others) = (await hall.tables(made)).items()
    number, sitting = full
    coming_over = [each for _, table in others for each in table][: 9 - len(sitting)]
    answers = []
    async with hall.database.transaction() as session:
        gathering, live = await store.get(session, made.workspace_id, made.id, lock=True)
        for member_id in coming_over:
            who = (await session.get_one(Member, member_id)).slack_id
            move = partial(acting.move, session, gathering, live, who, now=hall.clock())
            assert list(await move(99, seen=live.version)) == [views.WHERE]
            answers.append(await move(number, seen=live.version))
    assert answers[:-1] == [{}] * (8 - len(sitting))
    assert answers[-1] == {views.WHERE: f"Table {number} has 8 people already. Choose another one."}
    assert len((await hall.tables(made))[number]) == 8
    told = [member_id for member_id, state in await hall.queued() if state == "queued"]
    assert sorted(told) == hall.people  # what waited to be said of their old tables was taken back


async def test_a_topic_that_is_hidden_leaves_the_agenda_until_it_is_put_back(hall: Hall):
    of = await hall.open(3)
    made = await hall.plan(of, START + timedelta(days=30))
    async with hall.database.transaction() as session:
        ballot = await ballots.about(session, made.workspace_id, topics.subject_of(made), lock=True)
        assert ballot is not None
        first, second = (await ballots.up(session, ballot))[:2]
        for member_id, topic in zip(hall.people, (second, second, first), strict=True):
            await ballots.vote(session, ballot, member_id, topic.id, hall.clock())
        await ballot_acts.count(session, ballot, now=hall.clock())
    for act, left in ((reporting.hide, [first.text]), (reporting.restore, [second.text, first.text])):
        async with hall.database.transaction() as session:
            await act(session, made.workspace_id, second.id, hall.clock())
        async with hall.database.reading() as session:
            live = await store.find(session, made.workspace_id, made.id)
            assert live is not None and live.topics == left
