"""The first leads of a workspace get one message with four steps, and it follows them."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import MONDAY
from tests.programs.conftest import Tea, click, serve_tea
from tests.programs.test_making import programs_of
from tests.world import World


@pytest.fixture
async def first_day(sqlite_url: str, tea: Tea) -> AsyncIterator[World]:
    """Installed a moment ago; Linus and Hana are named in PERENNIAL_LEADS, Ada is an admin nobody named."""
    world = World(sqlite_url, now=MONDAY)
    linus, hana = world.person("Linus", tz="Europe/Lisbon"), world.person("Hana", tz="Asia/Tokyo")
    world.person("Ada", is_admin=True)
    world.settings["perennial_leads"] = f"{linus},{hana}"
    async with world:
        serve_tea(world, tea)
        yield world


async def test_four_steps_are_ticked_off_as_they_are_done(first_day: World):
    world, linus, hana = first_day, first_day.users["Linus"], first_day.users["Hana"]
    await world.settle()
    (greeting,) = world.messages_to(linus)
    assert greeting["text"].startswith("Perennial is here.")
    assert len(world.messages_to(hana)) == 1
    assert world.messages_to(world.users["Ada"]) == []
    place = {"channel": world.slack.open_dm(world.slack.bot_user_id, linus), "ts": greeting["ts"]}

    async def ticked() -> int:
        await world.move(seconds=10)
        (shown,) = world.messages_to(linus)
        (theirs,) = world.messages_to(hana)
        assert str(shown["blocks"]).count("white_check_mark") == str(theirs["blocks"]).count("white_check_mark")
        return str(shown["blocks"]).count("white_check_mark")

    assert await ticked() == 0
    channel = world.slack.add_channel("tea", creator=linus)
    await click(world, linus, **place, action_id="programs.first_channel")
    form = world.slack.modals(linus)[-1]
    assert (await world.acts.submit(linus, form["id"], {"channel": {"channel": channel}})).errors == {}
    assert await ticked() == 1
    await click(world, linus, **place, action_id="programs.first_program")
    form = world.slack.modals(linus)[-1]
    assert (await world.acts.submit(linus, form["id"], {"name": {"name": "Tea"}})).errors == {}
    assert (await programs_of(world))[0].channel == channel
    await world.acts.close(linus, world.slack.modals(linus)[-1]["id"])
    assert await ticked() == 2
    await click(world, linus, **place, action_id="programs.first_dates")
    await world.acts.submit(linus, world.slack.modals(linus)[-1]["id"], {})
    assert await ticked() == 3
    await click(world, linus, **place, action_id="programs.first_invite")
    assert await ticked() == 4
    assert world.messages_to(linus)[0]["text"].startswith("All four steps are done.")
    assert any("Would you like to join?" in message["text"] for message in world.slack.history(channel))


async def test_a_restart_greets_nobody_twice(first_day: World, tea: Tea):
    await first_day.settle()
    assert first_day.side is not None
    await first_day.side.stop()
    await first_day.start_bot()
    serve_tea(first_day, tea)
    await first_day.move(hours=1)
    assert len(first_day.messages_to(first_day.users["Linus"])) == 1


async def test_the_steps_stand_on_a_leads_home_tab_too_while_there_is_no_program(first_day: World):
    linus = first_day.users["Linus"]
    await first_day.acts.open_home(linus)
    await first_day.settle()
    assert "programs.first_channel" in str(first_day.slack.home(linus))


async def test_where_nobody_is_named_nobody_is_written_to(tea_world: World):
    await tea_world.move(hours=1)
    assert tea_world.messages_to(tea_world.users["Linus"]) == []


async def test_the_buttons_of_the_four_steps_are_for_leads(first_day: World):
    eve = first_day.person("Eve")
    await first_day.settle()
    await first_day.acts.open_home(eve)
    await first_day.settle()
    for action_id in ("first_channel", "first_program", "first_dates", "first_invite"):
        await click(first_day, eve, action_id=f"programs.{action_id}", value="1", anyway=True)
        assert "Only a lead" in str(first_day.slack.modals(eve)[-1])
        await first_day.acts.close(eve, first_day.slack.modals(eve)[-1]["id"])
