"""Two acts on one round at the same moment, and one whose post is still on its way; on PostgreSQL, where both can be."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.models import Delivery
from bot.features.roundtables.models import Roundtable
from bot.features.roundtables.written import jobs, moderating, store
from bot.programs import rounds
from bot.programs import store as programs
from bot.programs.models import Round
from tests.conftest import MONDAY
from tests.features.questions.test_at_once import begun
from tests.features.roundtables import company
from tests.features.roundtables.company import TEN
from tests.world import World

pytestmark = pytest.mark.postgres
TURN = "roundtables.turn"


@pytest.fixture
async def world(migrated_postgres_url: str) -> AsyncIterator[World]:
    async with World(migrated_postgres_url, now=MONDAY) as built:
        yield built


async def close(world: World) -> None:
    """The clock says that a round is over."""
    assert await jobs.tend(world.bot.tools) == 1


async def over_now(world: World) -> None:
    """The newest round closes at this moment."""
    async with world.bot.database.transaction() as session:
        roundtable = (await session.execute(select(Roundtable))).scalar_one()
        roundtable.step, roundtable.due_at = store.CLOSE, world.clock()


async def test_a_lead_stops_a_round_while_it_closes(world: World):
    channels, program_id = await company.found(world, names=("design",))
    await world.move_to(TEN)
    await world.move(seconds=20)
    await over_now(world)
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        row = (await session.execute(select(Round).with_for_update())).scalar_one()
        closing = await begun(world, close(world))
        await rounds.stop_round(session, row, program, world.clock())
    await closing
    await world.settle()
    assert await company.round_states(world) == ["stopped"]
    assert company.thread(world, channels[0]) == []


async def test_a_question_that_was_not_posted_before_its_round_closed_never_is(world: World):
    channels, program_id = await company.found(world, names=("design", "sales"))
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        row = await rounds.send_now(session, program, world.clock())
        row.sends_at = world.clock() - timedelta(minutes=1)
    assert await jobs.post(world.bot.tools) == 1
    await over_now(world)
    await close(world)
    await world.settle()
    assert [world.slack.history(each) for each in channels] == [[], []]


async def test_a_request_that_leaves_while_its_reader_steps_back_is_changed_behind_it(world: World):
    channels, program_id = await company.found(world, names=("design",))
    users = await company.people(world, program_id, channels, "Ada", "Ben")
    await world.move_to(TEN)
    await world.move(seconds=20)
    for each in users:
        await company.writes(world, each, channels[0], "Said.")
    await over_now(world)
    await close(world)
    async with world.bot.database.transaction() as session:
        request = (await session.execute(select(Delivery).where(Delivery.kind == TURN).with_for_update())).scalar_one()
        stepping_back = await begun(world, step_back(world, request.member_ids[0]))
        request.state, request.ready_at = "sending", world.clock() + timedelta(minutes=1)  # a worker takes it up
    await stepping_back
    async with world.bot.database.reading() as session:
        changes = select(Delivery.target_id).where(Delivery.kind == f"{TURN}_changed")
        assert list((await session.execute(changes)).scalars()) == [request.id]


async def step_back(world: World, member_id: int) -> None:
    async with world.bot.database.transaction() as session:
        await moderating.stepped_back(session, 1, member_id, world.clock())
