"""Two hosts move two sessions of one program onto one moment, or one is planned there: one of them is seen to."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.gatherings import acts, jobs, rounds, rules, store
from bot.gatherings.hosting import acting
from bot.programs import store as programs
from bot.programs.models import Round
from tests.conftest import MONDAY
from tests.features.questions.test_at_once import begun
from tests.gatherings.conftest import Supper, serve_supper
from tests.gatherings.table import Table, at, laid
from tests.world import World

pytestmark = pytest.mark.postgres  # SQLite has one writer, so that nobody decides on what somebody else changes
MOMENT = at(18, 15)


@pytest.fixture
async def suppers(migrated_postgres_url: str, supper: Supper) -> AsyncIterator[Table]:
    """One a week, so that several are planned."""
    async with World(migrated_postgres_url, now=MONDAY) as world:
        serve_supper(world, supper)
        yield await laid(world, "Ada", every_weeks=1, starts_on=at(3, 0).date())


async def test_two_hosts_at_once_do_not_move_two_sessions_onto_one_moment(suppers: Table):
    await suppers.home("Lead", "gathering:2")
    await suppers.press_home("Lead", acts.MOVE)
    form = suppers.form("Lead")
    async with suppers.database.transaction() as session:
        program = await programs.get(session, suppers.workspace_id, suppers.program_id, lock=True)
        first = await store.get(session, suppers.workspace_id, 3, lock=True)
        assert first.program_id == program.id
        other = await begun(suppers.world, hand_in(suppers, form))
        assert not await acting.move(session, first, MOMENT.date(), 15 * 60, later=False, now=suppers.world.clock())
    (answers,) = await other
    assert "That is over another session of this program" in str(answers["errors"])
    assert (await suppers.gathering(1)).starts_at == at(10, 10)
    assert (await suppers.gathering(2)).starts_at == MOMENT


async def hand_in(table: Table, form: dict[str, object]) -> object:
    return await table.submit_elsewhere("Lead", form, {"day": "2026-03-18", "time": "15:00"})


async def test_a_session_that_is_planned_while_another_moves_there_is_seen_by_its_host(suppers: Table, supper: Supper):
    async with suppers.database.transaction() as session:
        row = Round(
            workspace_id=suppers.workspace_id, program_id=suppers.program_id, number=90, local_date=date(2026, 3, 31),
            state="claimed", opened_at=suppers.world.clock(), due_at=suppers.world.clock(),
        )  # fmt: skip
        session.add(row)
    async with suppers.database.transaction() as session:
        await programs.get(session, suppers.workspace_id, suppers.program_id, lock=True)
        first = await store.get(session, suppers.workspace_id, 3, lock=True)
        planner = await begun(suppers.world, plan(suppers, supper))
        day = date(2026, 3, 31)
        assert not await acting.move(session, first, day, 10 * 60, later=False, now=suppers.world.clock())
    await planner
    await suppers.settle()
    assert any("is over another session of its program" in each for each in suppers.texts("Lead"))


async def plan(table: Table, supper: Supper) -> None:
    assert await rounds.plan_due("supper", supper.describe, table.world.bot.tools) == 1


async def test_people_outside_a_channel_are_not_put_off_by_whoever_did_not_ask_slack_about_them(suppers: Table):
    await suppers.world.move_to(at(9, 10))
    due = (suppers.workspace_id, 2)
    async with suppers.database.transaction() as session:
        gathering = await store.get(session, *due, lock=True)
        gathering.step, gathering.due_at = "announce", suppers.world.clock()
    async with suppers.database.transaction() as session:  # another process takes it to its next step
        gathering = await store.get(session, *due, lock=True)
        late = await begun(suppers.world, jobs.take_step(suppers.world.bot.tools, due))
        gathering.step = rules.OUTSIDE
    await late
    assert ((left := await suppers.gathering(1)).step, left.due_at) == (rules.OUTSIDE, suppers.world.clock())
