"""Nudges on the Home tab and in Settings: what waits, what comes next, and what was said to the last ones."""

from typing import Any

from bot.features.nudges.answers import views
from bot.features.nudges.front import GO, LIBRARY, PLACE
from bot.features.nudges.library import built_in
from bot.members import changes
from bot.members import store as members
from tests.features.nudges.crew import dots, first_nudge, join, member_of, nudges_of, words
from tests.world import World


async def home(world: World, user: str, place: str = "front") -> str:
    await world.acts.open_home(user)
    await world.settle()
    await world.acts.click(user, action_id=GO, value=place, anyway=True)
    await world.settle()
    return look(world, user)


def look(world: World, user: str) -> str:
    view: dict[str, Any] | None = world.slack.home(user)
    assert view is not None
    return words(view)


async def test_the_front_page_says_when_the_next_one_comes_and_how_often(nudging: World):
    ada = await join(nudging, "Ada")
    shown = await home(nudging, ada)
    assert "The next one comes on" in shown
    assert "Twice a week." in shown


async def test_one_that_waits_is_answered_on_the_home_tab_and_its_message_changes_too(nudging: World):
    ada = await join(nudging, "Ada")
    await first_nudge(nudging, ada)
    (nudge,) = await nudges_of(nudging, ada)
    assert built_in()[nudge.slug].title in await home(nudging, ada)
    await nudging.acts.click(ada, action_id=views.DID, block_id=f"nudge-{nudge.id}")
    await nudging.settle()
    await nudging.move(seconds=10)
    assert "You did it." in words(nudging.last_message_to(ada))
    assert built_in()[nudge.slug].title not in look(nudging, ada)
    page = await home(nudging, ada, PLACE)
    assert f"*{built_in()[nudge.slug].title}*" in page
    assert "_You did it._" in page


async def test_the_page_shows_the_last_ten_with_what_was_said(nudging: World):
    ada = await join(nudging, "Ada", budget=10)
    await first_nudge(nudging, ada)
    await dots(nudging, ada, views.LESS)
    await nudging.move(days=42)
    had = [each for each in await nudges_of(nudging, ada) if each.state == "sent"]
    assert len(had) > 10
    page = await home(nudging, ada, PLACE)
    shown = [each for each in had if f"*{built_in()[each.slug].title}*" in page]
    assert [each.id for each in shown] == [each.id for each in had[-10:]]


async def test_settings_has_a_row_for_it(nudging: World):
    ada = await join(nudging, "Ada")
    assert "The next one comes on" in await home(nudging, ada, "settings")
    await nudging.acts.click(ada, action_id=views.OPEN_RHYTHM, block_id="nudges-rhythm")
    await nudging.settle()
    (form,) = nudging.slack.modals(ada)
    await nudging.acts.submit(ada, form["id"], {views.CADENCE: {views.CADENCE: "off"}})
    await nudging.move(seconds=10)
    assert "None are sent to you at the moment." in look(nudging, ada)


async def test_whoever_is_not_in_sees_none_of_it_and_a_lead_only_the_library(nudging: World):
    ada, lead = nudging.person("Ada"), nudging.person("Lead", is_admin=True)
    await nudging.move(minutes=1)
    assert "Nudges" not in await home(nudging, ada)
    assert "The library of nudges" in await home(nudging, lead)
    assert f"{len(built_in())} nudges." in await home(nudging, lead, LIBRARY)


async def test_whoever_left_sees_none_of_it(nudging: World):
    ada = await join(nudging, "Ada")
    await first_nudge(nudging, ada)
    who = await member_of(nudging, ada)
    async with nudging.bot.database.transaction() as session:
        member = await members.by_id(session, who.workspace_id, who.id, lock=True)
        assert member is not None
        await changes.leave(session, member, now=nudging.clock())
    assert "Nudges" not in await home(nudging, ada)
    assert "The last ones" not in await home(nudging, ada, PLACE)
