"""Members say yes or no to programs, by their own act only."""

from typing import Any

from sqlalchemy import select

from bot.members import store as members
from bot.programs.models import Enrolment, Program
from tests.programs.conftest import Tea, click, enter, quiet
from tests.programs.test_leads import join, running
from tests.world import World


async def said(world: World, slack_id: str) -> str | None:
    """How somebody stands to the program."""
    async with world.bot.database.reading() as session:
        workspace_id = (await session.execute(select(Program.workspace_id))).scalars().first()
        assert workspace_id is not None
        member = await members.by_slack_id(session, workspace_id, slack_id)
        if member is None:
            return None
        query = select(Enrolment.state).where(Enrolment.member_id == member.id)
        return (await session.execute(query)).scalar_one_or_none()


async def invitation(world: World) -> tuple[str, dict[str, Any]]:
    """The channel and the invitation in it."""
    made = await running(world)
    await click(world, world.users["Linus"], action_id="programs.invite")
    await world.move(seconds=6)
    assert made.channel is not None
    return made.channel, next(m for m in world.slack.history(made.channel) if m.get("blocks"))


async def in_perennial(world: World, name: str, **facts: Any) -> str:
    """Somebody who joined Perennial."""
    slack_id = world.person(name, tz="Europe/Lisbon", **facts)
    await world.settle()
    async with world.bot.database.transaction() as session:
        workspace_id = (await session.execute(select(Program.workspace_id))).scalars().first()
        assert workspace_id is not None
        (await members.meet(session, workspace_id, slack_id)).joined_at = world.clock()
    return slack_id


def whispers(world: World, channel: str, user: str) -> list[str]:
    """What only one person sees in a channel, newest first."""
    seen = world.slack.history(channel, viewer=user)
    return [message["text"] for message in seen if message.get("is_ephemeral")]


async def test_a_member_joins_from_the_invitation_and_everybody_else_still_can(tea_world: World, tea: Tea):
    channel, post = await invitation(tea_world)
    ada = await in_perennial(tea_world, "Ada")
    await enter(tea_world, ada, channel)
    await click(tea_world, ada, channel=channel, ts=post["ts"], action_id="programs.join")
    assert await said(tea_world, ada) == "joined"
    assert len(tea.joined) == 1
    assert (
        "You are in *Tea*. The next one is on Tuesday 3 March, 10:00, your time."
        in whispers(tea_world, channel, ada)[0]
    )
    assert "programs.join" in str(tea_world.slack.message(channel, post["ts"]))
    await click(tea_world, ada, channel=channel, ts=post["ts"], action_id="programs.join")
    assert "already" in whispers(tea_world, channel, ada)[0]
    assert len(tea.joined) == 1
    await click(tea_world, ada, channel=channel, ts=post["ts"], action_id="programs.decline")
    assert await said(tea_world, ada) == "joined"


async def test_whoever_is_not_in_perennial_gets_the_three_steps_and_is_enrolled_by_the_last(tea_world: World, tea: Tea):
    channel, post = await invitation(tea_world)
    ada = tea_world.person("Ada", tz="Europe/Lisbon")
    await tea_world.settle()
    await enter(tea_world, ada, channel)
    await click(tea_world, ada, channel=channel, ts=post["ts"], action_id="programs.join")
    assert await said(tea_world, ada) == "waiting"
    assert tea.joined == []
    assert tea_world.slack.modals(ada)[-1]["callback_id"] == "members.join_about"
    async with tea_world.bot.database.transaction() as session:
        from bot.members import changes

        program = (await session.execute(select(Program))).scalar_one()
        member = await members.by_slack_id(session, program.workspace_id, ada)
        assert member is not None
        await changes.join(session, member, now=tea_world.clock())
    await tea_world.settle()
    assert await said(tea_world, ada) == "joined"
    assert len(tea.joined) == 1
    assert "You are in *Tea*" in tea_world.last_message_to(ada)["text"]


async def test_not_for_me_is_remembered_and_not_asked_again(tea_world: World):
    channel, post = await invitation(tea_world)
    ada = await in_perennial(tea_world, "Ada")
    await enter(tea_world, ada, channel)
    await quiet(tea_world)
    await click(tea_world, ada, channel=channel, ts=post["ts"], action_id="programs.decline")
    assert await said(tea_world, ada) == "declined"
    assert "won't ask you again" in whispers(tea_world, channel, ada)[0]
    tea_world.slack.leave(ada, channel)
    await enter(tea_world, ada, channel)
    await quiet(tea_world)
    assert len([text for text in whispers(tea_world, channel, ada) if "home to" in text]) == 1


async def test_entering_the_channel_offers_to_join_and_only_they_see_it(tea_world: World):
    channel, _ = await invitation(tea_world)
    ada = await in_perennial(tea_world, "Ada")
    await enter(tea_world, ada, channel)
    await quiet(tea_world)
    await tea_world.settle()
    (offer,) = [m for m in tea_world.slack.history(channel, viewer=ada) if m.get("is_ephemeral")]
    assert "This channel is home to *Tea*" in offer["text"]
    assert whispers(tea_world, channel, tea_world.users["Linus"]) == []
    assert await said(tea_world, ada) is None
    await click(tea_world, ada, channel=channel, ts=offer["ts"], action_id="programs.join")
    assert await said(tea_world, ada) == "joined"
    (answer,) = whispers(tea_world, channel, ada)
    assert "You are in *Tea*" in answer


async def test_bots_guests_and_the_bot_itself_are_offered_nothing(tea_world: World):
    channel, _ = await invitation(tea_world)
    robot = tea_world.person("Robot", is_bot=True)
    guest = tea_world.person("Guest", is_restricted=True)
    await tea_world.settle()
    for somebody in (robot, guest):
        await enter(tea_world, somebody, channel)
    await quiet(tea_world)
    await tea_world.settle()
    assert whispers(tea_world, channel, guest) == []


async def test_a_member_joins_skips_and_leaves_on_their_home_tab(tea_world: World, tea: Tea):
    await running(tea_world)
    ada = await in_perennial(tea_world, "Ada")
    await tea_world.acts.open_home(ada)
    await tea_world.settle()
    for action_id, state, shown in (
        ("programs.join", "joined", "Next: Tuesday 3 March, 10:00."),
        ("programs.skip", "joined", "You sit out Tuesday 3 March, 10:00."),
        ("programs.unskip", "joined", "Next: Tuesday 3 March, 10:00."),
        ("programs.leave", "left", "is open to you"),
    ):
        await click(tea_world, ada, action_id=action_id)
        await tea_world.move(seconds=6)
        assert await said(tea_world, ada) == state
        assert shown in str(tea_world.slack.home(ada))
    assert len(tea.joined) == len(tea.left) == 1


async def test_a_round_that_was_opened_can_not_be_skipped_any_more(tea_world: World):
    made = await running(tea_world)
    ada = await join(tea_world, made, "Ada")
    await tea_world.acts.open_home(ada)
    await tea_world.settle()
    await tea_world.move(days=1, hours=3)
    await click(tea_world, ada, action_id="programs.skip", value=f"{made.id}:2026-03-03", anyway=True)
    assert "That moment has passed" in str(tea_world.slack.modals(ada)[-1])


async def test_nobody_skips_or_leaves_what_they_are_not_in(tea_world: World, tea: Tea):
    made = await running(tea_world)
    ada = await in_perennial(tea_world, "Ada")
    await tea_world.acts.open_home(ada)
    await tea_world.settle()
    for action_id, value in (("programs.skip", f"{made.id}:2026-03-03"), ("programs.leave", str(made.id))):
        await click(tea_world, ada, action_id=action_id, value=value, anyway=True)
        assert "You are not in that program" in str(tea_world.slack.modals(ada)[-1])
        await tea_world.acts.close(ada, tea_world.slack.modals(ada)[-1]["id"])
    assert tea.left == []


async def test_a_guest_can_not_press_their_way_in(tea_world: World):
    channel, post = await invitation(tea_world)
    guest = tea_world.person("Guest", is_restricted=True)
    await tea_world.settle()
    await enter(tea_world, guest, channel)
    await click(tea_world, guest, channel=channel, ts=post["ts"], action_id="programs.join")
    assert await said(tea_world, guest) is None


async def test_leaving_perennial_leaves_every_program(tea_world: World, tea: Tea):
    made = await running(tea_world)
    ada = await join(tea_world, made, "Ada")
    async with tea_world.bot.database.transaction() as session:
        from bot.members import changes

        member = await members.by_slack_id(session, made.workspace_id, ada)
        assert member is not None
        await changes.leave(session, member, now=tea_world.clock())
    assert await said(tea_world, ada) == "left"
    assert len(tea.left) == 1
