"""Who people are, as Slack says it: read page by page, then by events, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.members import store
from bot.members.models import Member, Workspace
from bot.members.sync import jobs
from bot.members.sync.rules import read_person
from playground.faults import Faults
from tests.members.walk import join, member
from tests.world import World


def user(**facts: Any) -> dict[str, Any]:
    return {"id": "U1", "team_id": "T1", "real_name": "Ada", "tz": "Europe/Lisbon", "profile": {}} | facts


@pytest.mark.parametrize(
    "facts",
    [
        {"id": "USLACKBOT"},
        {"is_bot": True},
        {"is_workflow_bot": True},
        {"is_stranger": True},
        {"team_id": "T2"},
    ],
)
def test_who_is_no_person_of_this_company_is_never_a_member(facts: dict[str, Any]):
    assert read_person(user(**facts), "T1") is None


def test_what_slack_says_is_read():
    said = user(
        is_restricted=True,
        is_owner=True,
        deleted=True,
        tz="Mars/Olympus",
        real_name="  Ada \n Lovelace ",
        profile={"title": "Engineer", "image_192": "https://a/192", "display_name": "ada"},
    )
    person = read_person(said, "T1")
    assert person is not None
    assert (person.name, person.title, person.tz) == ("Ada Lovelace", "Engineer", "UTC")
    assert (person.is_guest, person.is_admin, person.deactivated) == (True, True, True)
    assert person.avatar == "https://a/192"


def test_somebody_of_a_grid_belongs_to_each_of_its_workspaces():
    assert read_person(user(team_id="E1", enterprise_user={"teams": ["T1", "T2"]}), "T1") is not None


@pytest.mark.parametrize("tz", [None, "", "../etc/passwd", "/etc/passwd", "x" * 300, "\x00"])
def test_a_zone_that_is_none_is_utc(tz: str | None):
    person = read_person(user(tz=tz), "T1")
    assert person is not None
    assert person.tz == "UTC"


async def people(world: World) -> dict[str, Member]:
    async with world.bot.database.reading() as session:
        return {each.name: each for each in (await session.execute(select(Member))).scalars()}


async def installed(world: World) -> Workspace:
    async with world.bot.database.reading() as session:
        return (await session.execute(select(Workspace))).scalar_one()


async def calls(world: World, method: str) -> int:
    return sum(call["method"] == method for call in world.slack.api_calls(500))


async def test_everybody_is_read_page_by_page_at_the_pace_slack_allows(
    any_world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(jobs, "PAGE", 2)
    for name in ("Ada", "Ben", "Cem", "Dia"):
        any_world.person(name)
    any_world.person("Bot", is_bot=True)
    any_world.person("Old", deleted=True)
    any_world.person("Sam", team_id="T0OTHER")
    before = any_world.clock()
    await any_world.settle()
    assert await calls(any_world, "users.list") == 1
    assert (await installed(any_world)).sync_cursor
    await any_world.move(minutes=1)
    found = await people(any_world)
    assert {"Ada", "Ben", "Cem", "Dia", "Old"} == set(found)
    assert found["Old"].deactivated_at is not None
    done = await installed(any_world)
    assert done.sync_cursor is None
    assert done.sync_due_at is not None
    assert done.sync_due_at - before > timedelta(hours=23)


async def test_a_walk_goes_on_after_a_restart_and_begins_anew_after_an_hour(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(jobs, "PAGE", 2)
    for number in range(6):
        world.person(f"P{number}")
    await world.settle()
    cursor = (await installed(world)).sync_cursor
    await world.start_bot()
    assert (await installed(world)).sync_cursor == cursor
    world.clock.move_to(world.clock() + timedelta(hours=2))
    async with world.bot.database.reading() as session:
        assert await session.get(Workspace, 1) is not None
    await world.bot.scheduler.run(world.bot.registry.schedule.jobs["sync people"])
    assert (await installed(world)).sync_cursor == cursor  # the first page again, because cursors die
    await world.move(minutes=1)
    assert (await installed(world)).sync_cursor is None


async def test_slacks_429_is_waited_for(world: World):
    faults: Faults = world.server.faults
    faults.rate_limit("users.list", retry_after=40)
    await world.settle()
    due = (await installed(world)).sync_due_at
    assert due is not None
    assert due - world.clock() >= timedelta(seconds=40)
    world.person("Ada")
    await world.move(minutes=1)
    assert (await installed(world)).sync_due_at == due + timedelta(days=1)


async def test_trouble_is_not_hammered(world: World):
    world.server.faults.fail("users.list", status=500, times=2)
    await world.settle()
    due = (await installed(world)).sync_due_at
    assert due is not None
    assert due > world.clock()


async def test_a_change_arrives_at_once_and_an_old_one_too_late(world: World):
    ada = world.person("Ada", title="Engineer")
    await world.settle()
    world.slack.update_user(ada, title="Architect", tz="Asia/Tokyo")
    await world.settle()
    row = await member(world, ada)
    assert (row.title, row.tz) == ("Architect", "Asia/Tokyo")
    async with world.bot.database.transaction() as session:
        from bot.members.sync import store as sync

        person = read_person(user(id=ada, team_id="T0PERENNIAL", real_name="Old Ada"), "T0PERENNIAL")
        assert person is not None
        earlier = world.clock() - timedelta(minutes=5)
        assert await sync.keep(session, row.workspace_id, [person], now=world.clock(), said_at=earlier) == []
    assert (await member(world, ada)).name == "Ada"


async def test_a_deactivated_account_is_out_of_everything_and_told_to_who_asked(any_world: World):
    ada = any_world.person("Ada")
    await join(any_world, ada)
    gone: list[int] = []

    async def note(session: Any, workspace_id: int, member_id: int, now: Any) -> None:
        gone.append(member_id)

    any_world.bot.registry.left.append(note)
    row = await member(any_world, ada)
    for _ in range(2):
        any_world.slack.update_user(ada, deleted=True)
        await any_world.settle()
    assert gone == [row.id]
    async with any_world.bot.database.reading() as session:
        found = await session.execute(select(Member.id).where(store.pool_filter(any_world.clock().date())))
        assert found.all() == []
        assert not (await store.recipients(session, row.workspace_id, [row.id]))[row.id].reachable
    any_world.slack.update_user(ada, deleted=False)
    await any_world.settle()
    async with any_world.bot.database.reading() as session:
        found = await session.execute(select(Member.id).where(store.pool_filter(any_world.clock().date())))
        assert [each.id for each in found] == [row.id]


async def test_who_acts_before_slack_described_them_is_looked_up(world: World):
    await world.settle()
    ada = world.person("Ada", tz="Asia/Tokyo")
    await world.acts.quiet()
    async with world.bot.database.transaction() as session:
        row = await store.meet(session, 1, "U0NOBODY", name="nobody")
        found = await store.by_slack_id(session, 1, ada)
        assert found is not None
        found.seen_at = None
    await world.settle()
    described = await member(world, ada)
    assert described.seen_at == world.clock()
    async with world.bot.database.reading() as session:
        nobody = await store.by_id(session, 1, row.id)
        assert nobody is not None
        assert nobody.deactivated_at is not None


async def test_lookups_wait_as_long_as_slack_asks(world: World):
    await world.settle()
    world.server.faults.rate_limit("users.info", retry_after=30)
    async with world.bot.database.transaction() as session:
        await store.meet(session, 1, "U0NOBODY")
    await world.settle()
    before = await calls(world, "users.info")
    await world.settle()
    assert await calls(world, "users.info") == before
    await world.move(seconds=31)
    assert await calls(world, "users.info") == before + 1


async def test_uninstalled_and_revoked_stop_the_installation_in_either_order(world: World):
    ada = world.person("Ada")
    await world.settle()
    row = await member(world, ada)
    bot = world.slack.bot_user_id
    await world.acts.raw({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0OTHER"]}})
    await world.settle()
    assert (await installed(world)).state == "active"
    await world.acts.raw({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot]}})
    await world.settle()
    assert (await installed(world)).state == "stopped"
    await world.acts.raw({"type": "app_uninstalled"})
    await world.settle()
    gone = await installed(world)
    assert (gone.state, gone.bot_token) == ("uninstalled", None)
    async with world.bot.database.reading() as session:
        assert await store.viewer(session, row.workspace_id, row.id, world.clock()) is None
