"""Whatever a press, a form or a place carries, forged or from another release, its person gets a real answer."""

from dataclasses import replace

import pytest

from bot.slack import blocks, home
from bot.slack.failures import APOLOGY
from tests.members.walk import join, member
from tests.world import World

FORM = blocks.modal("A form", [blocks.section("Whatever was open.")], callback_id="open", close="Close")
PLACES = ["", "nonsense", "²", "-1", "9" * 30, "1:nonsense", f"page:{'9' * 19}", "1"]


async def press(world: World, user: str, action_id: str, value: str) -> str:
    """What stands before somebody who pressed that in a form, which is closed afterwards."""
    client = await world.bot.client_for(1)
    await client.views_open(trigger_id=world.slack.new_trigger(user), view=FORM)
    (form,) = world.slack.modals(user)
    await world.acts.click(user, action_id=action_id, view_id=form["id"], value=value, anyway=True)
    shown = world.slack.modals(user)
    if shown:
        await world.acts.close(user, shown[-1]["id"], all_views=True)
    return str(shown)


@pytest.mark.parametrize("value", ["nonsense", "9" * 30, f"1:{'9' * 19}"])
async def test_no_value_makes_a_listener_fail(world: World, value: str):
    lead = world.person("Lead", is_admin=True)
    await join(world, lead)
    known = sorted(id_ for kind, id_ in world.bot.registry.bolt._by_id._taken if kind == "action")
    assert len(known) > 200
    assert [id_ for id_ in known if APOLOGY in await press(world, lead, id_, value)] == []


async def test_no_place_leaves_a_page_undrawn(world: World):
    lead = world.person("Lead", is_admin=True)
    await join(world, lead)
    me, registry = await member(world, lead), world.bot.registry
    assert registry.viewer is not None
    async with world.bot.database.reading() as session:
        viewer = await registry.viewer(session, 1, me.id, world.clock())
        assert viewer is not None
        for place in (f"{name}:{rest}" for name in sorted(registry.home.pages) for rest in PLACES):
            drawn = await home.draw(registry, world.bot.tools, session, replace(viewer, place=place))
            assert home.NOT_DRAWN not in str(drawn), place
