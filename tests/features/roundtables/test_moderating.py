"""Whose turn it is to sum up: fair, passed on, followed by somebody else, or ended with a line; and two windows."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.features.roundtables.written import kind
from bot.members.commitments import acts
from bot.members.models import Member
from bot.programs import store as programs
from bot.programs.models import Program
from tests.features.roundtables import company
from tests.features.roundtables.company import TEN, to_the_end
from tests.members import walk
from tests.world import World


async def test_nobody_pressing_within_two_working_days_closes_it_with_a_number(world: World):
    channels, users, moderator = await to_the_end(world)
    for channel in channels:
        assert company.thread(world, channel) == []
    await world.move(days=2, minutes=1)
    for channel in channels:
        assert [each["text"] for each in company.thread(world, channel)] == [
            "This round is closed. Two people answered, in two channels. What was written stays here to be read."
        ]
    assert company.asked(world, *users) == []
    assert "nothing for you to do" in world.last_message_to(moderator)["text"]
    await walk.open_home(world, moderator)
    await walk.press(world, moderator, action_id="roundtables.sum_up", value="1", anyway=True)
    assert "closed with a line already" in walk.said(walk.modal(world, moderator))


async def test_one_voice_needs_no_summary(world: World):
    channels, program_id = await company.found(world, names=("design",))
    ada, ben = await company.people(world, program_id, channels, "Ada", "Ben")
    await world.move_to(TEN)
    await world.move(seconds=20)
    await company.writes(world, ada, channels[0], "Alone.")
    await world.move_to(company.CLOSES)
    await world.move(minutes=1)
    assert company.asked(world, ada, ben) == []
    assert "One person answered." in company.thread(world, channels[0])[0]["text"]
    async with world.bot.database.reading() as session:
        program = (await session.execute(select(Program))).scalar_one()
        assert await kind.summary(session, program) == "Round 1: one person answered."


@pytest.mark.parametrize("way", ["leaves the program", "leaves Perennial", "is deactivated", "pauses"])
async def test_a_moderator_who_leaves_is_followed_by_somebody_else(world: World, way: str):
    _, users, moderator = await to_the_end(world)
    if way == "leaves the program":
        await walk.open_home(world, moderator)
        await walk.press(world, moderator, action_id="programs.leave", value="1", anyway=True)
    elif way == "leaves Perennial":
        await walk.open_home(world, moderator)
        await walk.press(world, moderator, action_id="members.leave", anyway=True)
    elif way == "pauses":
        dm = world.slack.open_dm(world.slack.bot_user_id, moderator)
        await world.acts.command(moderator, dm, "pause for 2 weeks")
    else:
        world.slack.update_user(moderator, deleted=True)
        await world.acts.quiet()
    await world.settle()
    await world.move(minutes=1)
    rest = [each for each in users if each != moderator]
    assert len(company.asked(world, *rest)) == 1
    if way in ("leaves the program", "pauses"):
        assert company.asked(world, moderator) == []
        assert "goes on without your summary" in str(world.messages_to(moderator))


async def test_two_windows_post_one_summary(any_world: World):
    world = any_world
    channels, _, moderator = await to_the_end(world)
    await company.press(world, moderator, "roundtables.sum_up")
    sent = (await company.hand_in(world, moderator, "From the second window.")).request
    assert sent is not None
    assert (await world.acts.resend(sent)).body in (None, {}, "")  # Slack repeats it: no second window
    view = json.loads(json.dumps(sent.payload["view"]))
    view["id"], view["state"]["values"]["words"]["words"]["value"] = "V0OTHER", "From the first window."
    answer = await world.acts.resend(sent, payload=sent.payload | {"view": view})
    assert "posted from another window" in answer.body["errors"]["words"]
    await world.settle()
    await world.move(minutes=1)
    (said,) = company.thread(world, channels[0])
    assert "From the second window." in str(said)

    await company.press(world, moderator, "roundtables.sum_up")  # [Change the summary]
    form = walk.modal(world, moderator)
    assert form["blocks"][1]["element"]["initial_value"] == "From the second window."
    await company.hand_in(world, moderator, "Better.")
    await world.move(minutes=1)
    for channel in channels:
        (said,) = company.thread(world, channel)
        assert "Better." in str(said["blocks"])


async def test_a_summary_that_is_empty_or_too_long_stays_in_its_form(world: World):
    _, _, moderator = await to_the_end(world)
    await company.press(world, moderator, "roundtables.sum_up")
    empty = await company.hand_in(world, moderator, "   ")
    assert "Write a line or two" in empty.errors["words"]
    long = await company.hand_in(world, moderator, "&" * 1000)
    assert "2,400 characters" in long.errors["words"]


async def test_somebody_whose_turn_it_is_not_posts_nothing(world: World):
    channels, users, moderator = await to_the_end(world)
    eve = next(each for each in users if each != moderator)
    await walk.open_home(world, eve)
    for action_id in ("roundtables.sum_up", "roundtables.pass", "roundtables.keep"):
        await walk.press(world, eve, action_id=action_id, value="1", anyway=True)
        assert "Somebody else sums this round up now" in walk.said(walk.modal(world, eve))
        await world.acts.close(eve, walk.modal(world, eve)["id"], all_views=True)
        await walk.press(world, eve, action_id=action_id, value="999", anyway=True)
        assert "no longer exists" in walk.said(walk.modal(world, eve))
        await world.acts.close(eve, walk.modal(world, eve)["id"], all_views=True)
    assert company.thread(world, channels[0]) == []


async def test_a_private_channels_words_stay_there(world: World):
    channels, program_id = await company.found(world, names=("design", "sales"))
    lead = world.users["Lead"]
    closed = world.slack.add_channel("board", creator=lead, members=[world.slack.bot_user_id], is_private=True)
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        program.options = program.options | {"channels": [channels[1], closed]}
    users = await company.people(world, program_id, [*channels, closed], "Ada", "Ben", "Cleo")
    await world.move_to(TEN)
    await world.move(seconds=20)
    await company.writes(world, users[0], channels[0], "In public.")
    await company.writes(world, users[1], closed, "Behind the door.")
    await world.move_to(company.CLOSES)
    await world.move(minutes=1)
    (moderator,) = company.asked(world, *users)
    await company.press(world, moderator, "roundtables.sum_up")
    drafted = walk.modal(world, moderator)["blocks"][1]["element"]["initial_value"]
    assert drafted == "Two people answered, in two channels.\n• “In public.” (Ada)"


async def test_whoever_sits_a_round_out_is_neither_reminded_of_it_nor_asked_to_sum_it_up(world: World):
    channels, program_id = await company.found(world, names=("design",))
    users = await company.people(world, program_id, channels, "Ada", "Ben", "Cleo")
    await walk.open_home(world, users[2])
    await walk.press(world, users[2], action_id="programs.skip", value=f"{program_id}:2026-03-10", anyway=True)
    await world.settle()
    await world.move_to(TEN)
    await world.move(days=4)
    assert "Two sentences are enough" in str(world.messages_to(users[0]))
    assert "Two sentences are enough" not in str(world.messages_to(users[2]))
    for each in users[:2]:
        await company.writes(world, each, channels[0], "Said.")
    await world.move_to(company.CLOSES)
    await world.move(minutes=1)
    for _ in range(2):
        (moderator,) = company.asked(world, *users)
        assert moderator != users[2]
        await company.press(world, moderator, "roundtables.pass")
        await world.move(minutes=1)
    assert company.asked(world, *users) == []


async def test_whoever_works_on_no_day_before_it_is_due_or_takes_on_nothing_new_is_not_asked(world: World):
    channels, program_id = await company.found(world, names=("design",))
    users = await company.people(world, program_id, channels, "Ada", "Ben", "Cleo")
    fridays, full, rest = users
    async with world.bot.database.transaction() as session:
        members = {each.slack_id: each for each in (await session.execute(select(Member))).scalars()}
        members[fridays].work_days = [4]  # the summary of a Monday is due on Wednesday
        await acts.no_more(session, members[full], now=world.clock())
    await world.move_to(TEN)
    await world.move(seconds=20)
    for each in users:
        await company.writes(world, each, channels[0], "Said.")
    await world.move_to(company.CLOSES)
    await world.move(minutes=1)
    assert company.asked(world, *users) == [rest]


async def test_whoever_lets_it_lapse_is_not_asked_again_before_the_others(world: World):
    channels, program_id = await company.found(world, names=("design",))
    users = await company.people(world, program_id, channels, "Ada", "Ben")
    turns: list[str] = []
    for number in range(4):
        await world.move_to(TEN + timedelta(weeks=4 * number))
        await world.move(seconds=20)
        for each in users:
            await company.writes(world, each, channels[0], "Said.")
        await world.move_to(company.CLOSES + timedelta(weeks=4 * number, hours=1))
        (moderator,) = company.asked(world, *users)
        turns.append(moderator)
        if moderator != turns[0]:
            await company.press(world, moderator, "roundtables.sum_up")
            await company.hand_in(world, moderator, "Together.")
        await world.move(days=3)
    assert turns[0] == turns[2] != turns[1] == turns[3]
