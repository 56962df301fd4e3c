"""What is remembered of goals, on both databases: sealed, in its workspace, and gone with its key."""

from datetime import timedelta
from time import perf_counter

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.errors import Gone, WrongSetting
from bot.features.goals import nudging, store
from bot.features.goals.models import Goal
from bot.features.goals.saying import Text
from bot.features.goals.steps import store as step_store
from bot.members import private
from bot.members.models import Member, Workspace
from tests.conftest import MONDAY


@pytest.fixture
async def people(database: Database) -> list[Member]:
    """Ada and Ben in one workspace, Eve in another."""
    async with database.transaction() as session:
        session.add_all(
            Workspace(team_id=f"T{number}", name="Tidewater", installed_at=MONDAY, options={}) for number in (1, 2)
        )
        await session.flush()
        found = [
            Member(workspace_id=where, slack_id=f"U{name}", name=name, seen_at=MONDAY, joined_at=MONDAY)
            for name, where in (("Ada", 1), ("Ben", 1), ("Eve", 2))
        ]
        session.add_all(found)
    return found


async def test_a_goal_is_sealed_and_opens_for_its_owner_alone(database: Database, people: list[Member]):
    ada, ben, eve = people
    async with database.transaction() as session:
        goal = await store.add(session, ada, Text("Learn to say no"), "month", MONDAY)
        await step_store.add_note(session, goal, "said no once", MONDAY)
    assert b"say no" not in goal.sealed
    async with database.reading() as session:
        assert (
            await store.read(session, await store.mine(session, ada, goal.id, lock=False))
        ).title == "Learn to say no"
        assert [each.text for each in await step_store.notes(session, goal)] == ["said no once"]
        for stranger in (ben, eve):
            with pytest.raises(Gone):
                await store.mine(session, stranger, goal.id, lock=False)
        assert await store.find(session, 2, goal.id) is None
        assert await store.standing(session, 2, ada.id) == []


async def test_a_sealed_text_moved_to_another_goal_does_not_open(database: Database, people: list[Member]):
    async with database.transaction() as session:
        one = await store.add(session, people[0], Text("One"), "month", MONDAY)
        other = await store.add(session, people[0], Text("Other"), "month", MONDAY)
        other.sealed = one.sealed
    async with database.reading() as session:
        with pytest.raises(WrongSetting):
            await store.read(session, other)


async def test_with_the_key_everything_is_gone_and_nothing_breaks(database: Database, people: list[Member]):
    ada = people[0]
    async with database.transaction() as session:
        await store.add(session, ada, Text("One"), "month", MONDAY)
        await private.forget_key(session, 1, ada.id)
    async with database.reading() as session:
        assert await store.standing(session, 1, ada.id) == []
        assert await nudging.themes_of_goals(session, 1, [ada.id], MONDAY) == {}


async def test_what_is_due_is_found_in_its_order(database: Database, people: list[Member]):
    async with database.transaction() as session:
        for days in (3, 1, 2):
            goal = await store.add(session, people[0], Text("One"), "month", MONDAY)
            goal.due_at = MONDAY + timedelta(days=days)
        await store.add(session, people[0], Text("Never"), "none", MONDAY)
    async with database.reading() as session:
        assert await store.next_due(session) == MONDAY + timedelta(days=1)
        assert await store.due(session, MONDAY) == []
        assert [goal_id for _, goal_id in await store.due(session, MONDAY + timedelta(days=2))] == [2, 3]


async def test_nudges_ask_for_five_hundred_people_at_once(database: Database, people: list[Member]):
    async with database.transaction() as session:
        many = [Member(workspace_id=1, slack_id=f"UP{number}", name="P", seen_at=MONDAY) for number in range(500)]
        session.add_all(many)
        await session.flush()
        for each in many:
            await store.add(session, each, Text("Give feedback"), "month", MONDAY)
    began = perf_counter()
    async with database.reading() as session:
        moments = await nudging.quiet_goals(session, 1, [each.id for each in many], MONDAY + timedelta(days=30))
    assert len(moments) == 500
    assert perf_counter() - began < 5  # a query for each of them would take longer on any machine
    async with database.reading() as session:
        assert len(list((await session.execute(select(Goal.id))).scalars())) == 500
