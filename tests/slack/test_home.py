"""App Home is drawn for whoever looks: soon, seldom, and whole even where a part of it fails."""

from datetime import timedelta
from typing import Any

import pytest

from bot.messages import Block
from bot.registry import Viewer
from bot.slack import blocks, home
from tests.members.walk import join, look, member, open_home, press, said
from tests.world import World


async def published(world: World) -> int:
    return sum(call["method"] == "views.publish" for call in world.slack.api_calls(1000))


async def draw_again(world: World, user: str) -> None:
    row = await member(world, user)
    async with world.bot.database.transaction() as session:
        await home.redraw(session, row.workspace_id, [row.id], now=world.clock())


async def test_opening_it_ten_times_in_five_seconds_draws_it_twice_and_the_latest_wins(world: World):
    ada = world.person("Ada")
    for _ in range(10):
        await open_home(world, ada)
        await world.move(seconds=0.5)
    world.slack.update_user(ada, real_name="Ada Lovelace")
    await world.settle()
    assert await published(world) == 2
    await world.move(seconds=5)
    assert "Ada Lovelace" in said(look(world, ada))
    assert await published(world) == 3
    await world.move(minutes=5)
    assert await published(world) == 3


async def test_turning_a_page_never_waits(world: World):
    ada = world.person("Ada")
    await join(world, ada)
    await press(world, ada, action_id="members.go")
    await world.settle()
    assert "Hours and messages" in said(look(world, ada))
    await press(world, ada, action_id="members.go")
    await world.settle()
    assert "Good morning, Ada" in said(look(world, ada))


async def test_who_comes_back_later_starts_at_the_front(world: World):
    ada = world.person("Ada")
    await join(world, ada)
    await press(world, ada, action_id="members.go")
    await world.move(minutes=11)
    assert "Good morning, Ada" in said(await open_home(world, ada))


async def test_changes_are_drawn_only_for_who_looks(world: World):
    ada, ben = world.person("Ada"), world.person("Ben")
    await open_home(world, ada)
    await world.move(minutes=11)
    await open_home(world, ben)
    before = await published(world)
    await world.move(seconds=10)
    await draw_again(world, ada)
    await world.settle()
    assert await published(world) == before
    await draw_again(world, ben)
    await world.settle()
    assert await published(world) == before + 1


async def test_a_place_nobody_knows_is_the_front_page(world: World):
    ada = world.person("Ada")
    await open_home(world, ada)
    for place in ("", "nowhere:7", "settings", "x" * 2000):
        await press(world, ada, action_id="members.go", value=place, anyway=True)
        await world.settle()
        assert "Good morning, Ada" in said(look(world, ada))


async def test_the_messages_tab_draws_nothing(world: World):
    ada = world.person("Ada")
    await world.acts.open_messages(ada)
    await world.settle()
    assert world.slack.home(ada) is None


async def failing(session: Any, viewer: Viewer) -> list[Block]:
    from sqlalchemy import text

    await session.execute(text("SELECT * FROM nowhere"))
    return []


async def endless(session: Any, viewer: Viewer) -> list[Block]:
    return [blocks.divider()] * 99


async def fine(session: Any, viewer: Viewer) -> list[Block]:
    return [blocks.section("Still here.")]


async def test_a_section_that_fails_is_said_in_its_place_and_takes_no_other_with_it(any_world: World):
    ada = any_world.person("Ada")
    any_world.bot.registry.home.add(failing, position=98)
    any_world.bot.registry.home.add(fine, position=99)
    text = said(await open_home(any_world, ada))
    assert "This part could not be drawn just now." in text
    assert "Still here." in text
    assert "Good morning, Ada" in text


async def test_a_section_without_end_is_left_out_before_slack_refuses_everything(world: World):
    ada = world.person("Ada")
    world.bot.registry.home.add(endless, position=99)
    drawn = await open_home(world, ada)
    assert len(drawn["blocks"]) < 60


@pytest.mark.parametrize("trouble", ["rate", "down"])
async def test_what_slack_cannot_take_now_is_drawn_later_for_who_still_looks(world: World, trouble: str):
    ada = world.person("Ada")
    await world.settle()
    if trouble == "rate":
        world.server.faults.rate_limit("views.publish", retry_after=20)
    else:
        world.server.faults.drop_request("views.publish")
    await world.acts.open_home(ada)
    await world.settle()
    assert world.slack.home(ada) is None
    await world.move(seconds=31)
    assert "Good morning" in said(look(world, ada))


async def test_a_deactivated_account_is_not_drawn_for(world: World):
    ada = world.person("Ada")
    await open_home(world, ada)
    before = await published(world)
    row = await member(world, ada)
    world.slack.update_user(ada, deleted=True)
    await world.acts.quiet()
    async with world.bot.database.transaction() as session:
        await home.open_home(session, row.workspace_id, row.id, now=world.clock() + timedelta(seconds=9))
    await world.move(seconds=30)
    assert await published(world) == before
