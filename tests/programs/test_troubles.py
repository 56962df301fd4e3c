"""What did not arrive: a lead sees the kind, the number and the reason, and may have it tried again."""

from tests.programs.conftest import click
from tests.programs.test_leads import home_text, join, press, running
from tests.world import World


async def test_a_post_that_failed_is_shown_and_tried_again(tea_world: World):
    made = await running(tea_world)
    assert made.channel is not None
    channel = tea_world.slack.channel(made.channel)
    channel["is_archived"] = True  # and the event about it got lost
    await press(tea_world, "programs.invite")
    await press(tea_world, "programs.back")
    assert "One message could not be delivered in the last two weeks." in home_text(tea_world)
    await press(tea_world, "programs.undelivered")
    shown = home_text(tea_world)
    assert "*Programs, invitation*: one message, because the channel doesn't let Perennial in." in shown
    assert "Would you like to join" not in shown
    channel["is_archived"] = False
    await press(tea_world, "programs.retry")
    assert "Everything of the last two weeks arrived." in home_text(tea_world)
    assert "Would you like to join?" in tea_world.slack.history(made.channel)[0]["text"]


async def test_only_leads_see_it_or_try_again(tea_world: World):
    made = await running(tea_world)
    assert made.channel is not None
    channel = tea_world.slack.channel(made.channel)
    channel["is_archived"] = True
    await press(tea_world, "programs.invite")
    eve = await join(tea_world, made, "Eve")
    await tea_world.acts.open_home(eve)
    await tea_world.settle()
    channel["is_archived"] = False
    for action_id in ("programs.undelivered", "programs.retry"):
        await click(tea_world, eve, action_id=action_id, value="programs.invitation", anyway=True)
        (refused,) = tea_world.slack.modals(eve)
        assert "Only a lead" in str(refused)
        await tea_world.acts.close(eve, refused["id"])
    await click(tea_world, eve, action_id="members.go", value="undelivered", anyway=True)
    await tea_world.move(seconds=6)
    assert "This page is for leads" in home_text(tea_world, "Eve")
    assert [m for m in tea_world.slack.history(made.channel) if m.get("blocks")] == []
