"""What can go wrong with a written roundtable: a lost channel, a stopped program, a moderator who left, two windows."""

import json
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.features.roundtables.written import kind, nudging, reporting, store
from bot.programs import rounds
from bot.programs import store as programs
from bot.programs.models import Program, Round
from tests.features.reflections.writing import member_of
from tests.features.roundtables import company
from tests.features.roundtables.company import TEN
from tests.members import walk
from tests.world import World

CLOSES = datetime.fromisoformat("2026-03-16T10:01:00+00:00")


async def to_the_end(world: World) -> tuple[list[str], list[str], str]:
    """Three people, two of whom wrote; the channels, the people, and whose turn it is."""
    channels, program_id = await company.found(world, names=("design", "sales"))
    users = await company.people(world, program_id, channels, "Ada", "Ben", "Cleo")
    await world.move_to(TEN)
    await world.move(seconds=20)
    await company.writes(world, users[0], channels[0], "One.")
    await company.writes(world, users[1], channels[1], "Two.")
    await world.move_to(CLOSES)
    await world.move(minutes=1)
    (moderator,) = company.asked(world, *users)
    return channels, users, moderator


async def test_a_channel_that_can_not_be_posted_in_is_told_to_the_owner_and_the_others_have_their_question(
    any_world: World,
):
    world = any_world
    channels, program_id = await company.found(world)
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        program.options = program.options | {"channels": [*channels[1:], "C0NOWHERE"]}  # no event told of it
    await world.move_to(TEN)
    await world.move(minutes=1)
    for channel in channels:
        assert company.question(world, channel)
    news = [each["text"] for each in world.messages_to(world.users["Lead"]) if "could not be" in each["text"]]
    assert len(news) == 1
    assert "<#C0NOWHERE>" in news[0]
    async with world.bot.database.reading() as session:
        (round_,) = await company.rounds(world)
        assert [each.state for each in await store.threads(session, round_)] == ["open", "open", "open", "lost"]


async def test_a_channel_that_was_archived_or_removed_the_bot_is_taken_out_at_once(world: World):
    channels, program_id = await company.found(world)
    world.slack.archive(channels[1])
    world.slack.leave(world.slack.bot_user_id, channels[2])
    await world.acts.quiet()
    await world.settle()
    await world.move(minutes=1)
    news = " ".join(each["text"] for each in world.messages_to(world.users["Lead"]))
    assert f"<#{channels[1]}> was archived, so Across teams goes on without it." in news
    assert f"<#{channels[2]}> has removed me, so Across teams goes on without it." in news
    async with world.bot.database.reading() as session:
        assert (await programs.get(session, 1, program_id)).options["channels"] == []
    await world.move_to(TEN)
    await world.move(minutes=1)
    assert "The same question is in" not in walk.said(company.question(world, channels[0]))


async def test_a_channel_with_another_id_keeps_its_thread(world: World):
    channels, program_id = await company.found(world, names=("design", "sales"))
    (ada,) = await company.people(world, program_id, channels, "Ada")
    await world.move_to(TEN)
    await world.move(seconds=20)
    moved = [world.slack.change_channel_id(each) for each in channels]
    await world.acts.quiet()
    await world.settle()
    for channel in moved:
        await company.writes(world, ada, channel, "Still heard.")
    assert [each.channel for each in await company.replies(world)] == moved
    async with world.bot.database.reading() as session:
        program = await programs.get(session, 1, program_id)
        assert [program.channel, *program.options["channels"]] == moved


async def test_a_paused_program_posts_nothing_though_its_round_was_claimed(world: World):
    channels, program_id = await company.found(world, names=("design",))
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        await rounds.send_now(session, program, world.clock())
        program.state = "paused"
    await world.move(minutes=20)
    assert world.slack.history(channels[0]) == []
    assert await company.round_states(world) == ["stopped"]


async def test_a_stopped_round_gets_no_reminder_and_no_last_line(world: World):
    channels, program_id = await company.found(world, names=("design",))
    (ada,) = await company.people(world, program_id, channels, "Ada")
    await world.move_to(TEN)
    await world.move(seconds=20)
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        row = (await session.execute(select(Round))).scalar_one()
        assert "stays where it was posted" in await rounds.stop_round(session, row, program, world.clock())
        program.state = "paused"
    await world.move(days=7)
    assert company.thread(world, channels[0]) == []
    assert "Open until" not in str(world.messages_to(ada))


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
    await world.move_to(CLOSES)
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
    await world.move_to(CLOSES)
    await world.move(minutes=1)
    (moderator,) = company.asked(world, *users)
    await company.press(world, moderator, "roundtables.sum_up")
    drafted = walk.modal(world, moderator)["blocks"][1]["element"]["initial_value"]
    assert drafted == "Two people answered, in two channels.\n• “In public.” (Ada)"


@pytest.mark.parametrize("text", ["0", "14", "", "x", "²"])
def test_a_round_is_open_between_one_day_and_thirteen(text: str):
    state = {kind.OPEN: {kind.OPEN: {"type": "plain_text_input", "value": text}}}
    assert kind.read_options(state, kind.RoundtableOptions()).errors == {kind.OPEN: "Write a number from 1 to 13."}


async def test_a_lead_chooses_further_channels_and_hears_which_one_will_not_do(world: World):
    lead = world.person("Lead", is_admin=True, tz="Europe/Lisbon")
    one, two, gone = (world.slack.add_channel(name, creator=lead) for name in ("one", "two", "gone"))
    world.slack.archive(gone)
    await walk.open_home(world, lead)
    await walk.press(world, lead, action_id="programs.new")
    first = walk.modal(world, lead)
    (field,) = [block for block in first["blocks"] if block["type"] == "input"]
    chosen = {field["block_id"]: {field["element"]["action_id"]: "roundtables"}}
    assert (await world.acts.submit(lead, first["id"], chosen)).ok
    form = walk.modal(world, lead)
    values = {"name": {"name": "Across teams"}, "channel": {"channel": one}}
    assert (await world.acts.submit(lead, form["id"], values)).errors == {}
    await world.settle()
    options = walk.modal(world, lead)
    refused = await world.acts.submit(lead, options["id"], {kind.CHANNELS: {kind.CHANNELS: [two, gone]}}, anyway=True)
    assert "archived" in refused.errors[kind.CHANNELS]
    taken = {kind.CHANNELS: {kind.CHANNELS: [two]}, kind.PROMPTS: {kind.PROMPTS: ["vote"]}}
    assert (await world.acts.submit(lead, options["id"], taken)).errors == {}
    await world.settle()
    async with world.bot.database.reading() as session:
        program = (await session.execute(select(Program))).scalar_one()
    assert (program.state, program.options) == (
        "active", {"open_days": 4, "channels": [two], "vote": True, "gaps": False}
    )  # fmt: skip
    assert world.slack.bot_user_id in world.slack.members(two)


async def test_a_reported_summary_is_hidden_can_not_be_changed_and_comes_back(any_world: World):
    world = any_world
    channels, _, moderator = await to_the_end(world)
    await company.press(world, moderator, "roundtables.sum_up")
    await company.hand_in(world, moderator, "Names a client.")
    await world.move(minutes=1)
    (said,) = company.thread(world, channels[0])
    assert "'value': 'report:roundtable:1'" in str(said["blocks"])
    async with world.bot.database.transaction() as session:
        written = await reporting.look(session, 1, 1, world.clock())
        assert written is not None
        assert (written.words, written.author_id) == ("Names a client.", (await member_of(world, moderator)).id)
        await reporting.hide(session, 1, 1, world.clock())
        await reporting.tell(session, 1, 1, "A moderator looks at your summary.", world.clock())
    await world.move(minutes=1)
    for channel in channels:
        assert "not shown for now" in company.thread(world, channel)[0]["text"]
    assert world.last_message_to(moderator)["text"] == "A moderator looks at your summary."
    await company.press(world, moderator, "roundtables.sum_up")
    assert "A moderator looks at this summary first" in world.last_message_to(moderator)["text"]
    async with world.bot.database.transaction() as session:
        await reporting.restore(session, 1, 1, world.clock())
    await world.move(minutes=1)
    assert "Names a client." in str(company.thread(world, channels[0])[0]["blocks"])


async def test_many_are_reminded_in_batches_and_each_once(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(nudging, "BATCH", 2)
    channels, program_id = await company.found(world, names=("design",))
    users = await company.people(world, program_id, channels, "Ada", "Ben", "Cleo", "Dan", "Eve")
    await world.move_to(TEN)
    await world.move(days=5)
    for each in users:
        assert str(world.messages_to(each)).count("Two sentences are enough") == 1
    assert (await company.rounds(world))[0].step == store.CLOSE
