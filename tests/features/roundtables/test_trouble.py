"""What can go wrong with a written roundtable: a lost channel, a stopped program, a form filled in wrongly."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.delivery import queries
from bot.delivery.models import Delivery
from bot.features.roundtables.written import kind, nudging, store
from bot.members.models import Member
from bot.programs import open_days, rounds
from bot.programs import store as programs
from bot.programs.models import Program, Round
from tests.features.roundtables import company
from tests.features.roundtables.company import TEN
from tests.members import walk
from tests.world import World


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


async def test_a_question_that_a_lead_has_sent_again_is_heard_and_closed_like_the_others(world: World):
    channels, program_id = await company.found(world, names=("design",))
    ada, ben = await company.people(world, program_id, channels, "Ada", "Ben")
    world.server.faults.fail("chat.postMessage", error="not_in_channel")
    await world.move_to(TEN)
    await world.move(seconds=20)
    async with world.bot.database.transaction() as session:
        failed = (await session.execute(select(Delivery.id).where(Delivery.kind == "roundtables.prompt"))).scalar_one()
        assert await queries.retry(session, 1, failed, now=world.clock())
    await world.settle()
    for each in (ada, ben):
        await company.writes(world, each, channels[0], "Said.")
    assert len(await company.replies(world)) == 2
    await world.move_to(company.CLOSES)
    await world.move(minutes=1)
    assert len(company.asked(world, ada, ben)) == 1


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


@pytest.mark.parametrize("text", ["0", "14", "", "x", "²"])
def test_a_round_is_open_between_one_day_and_thirteen(text: str):
    state = {open_days.FIELD: {open_days.FIELD: {"type": "plain_text_input", "value": text}}}
    assert kind.read_options(state, kind.RoundtableOptions()).errors == {
        open_days.FIELD: "Write a number from 1 to 13."
    }


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


async def test_many_are_reminded_in_batches_and_each_once(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(nudging, "BATCH", 2)
    channels, program_id = await company.found(world, names=("design",))
    users = await company.people(world, program_id, channels, "Ada", "Ben", "Cleo", "Dan", "Eve")
    await world.move_to(TEN)
    await world.move(days=5)
    for each in users:
        assert str(world.messages_to(each)).count("Two sentences are enough") == 1
    assert (await company.rounds(world))[0].step == store.CLOSE


async def test_a_reminder_that_waited_says_nothing_once_it_is_not_quiet_any_more(world: World):
    channels, program_id = await company.found(world, names=("design",))
    ada, ben, late = await company.people(world, program_id, channels, "Ada", "Ben", "Cleo")
    async with world.bot.database.transaction() as session:
        members = {each.slack_id: each for each in (await session.execute(select(Member))).scalars()}
        members[late].work_days = [0]  # Monday: the middle of the round is on a Friday
    await world.move_to(TEN)
    await world.move(days=3, hours=2)
    assert "Two sentences are enough" in str(world.messages_to(ada))
    for each in (ada, ben):
        await company.writes(world, each, channels[0], "Said.")
    await world.move_to(company.CLOSES - timedelta(seconds=50))
    assert "Two sentences are enough" not in str(world.messages_to(late))


async def test_an_ended_program_takes_its_open_vote_back(world: World):
    channels, program_id = await company.found(world, names=("design",), vote=True)
    lead, (ada,) = world.users["Lead"], await company.people(world, program_id, channels, "Ada")
    await world.move_to(TEN - timedelta(days=3))
    proposal = await company.propose(world, ada, channels[0], "Who talks too much?")
    await walk.open_home(world, lead)
    await walk.press(world, lead, action_id="programs.end", value=str(program_id), anyway=True)
    await world.settle()
    await world.move(minutes=1)
    assert company.ballot(world, channels[0])["text"].endswith("This vote is off, because its program has ended.")
    await company.vote(world, ada, channels[0], proposal, anyway=True)
    assert "This vote is over" in world.slack.history(channels[0], viewer=ada)[0]["text"]


async def test_a_round_closes_on_no_holiday_and_holidays_are_not_counted_for_its_summary(world: World):
    channels, program_id = await company.found(world, names=("design",))
    users = await company.people(world, program_id, channels, "Ada", "Ben")
    monday, tuesday, wednesday = (date(2026, 3, day) for day in (16, 17, 18))
    async with world.bot.database.transaction() as session:
        for day in (monday, wednesday):
            assert await programs.add_holiday(session, 1, day, "Spring")
    await world.move_to(TEN)
    await world.move(seconds=20)
    assert "Open until Tuesday 17 March" in walk.said(company.question(world, channels[0]))
    for each in users:
        await company.writes(world, each, channels[0], "Said.")
    await world.move_to(company.CLOSES + timedelta(days=1, minutes=1))
    (moderator,) = company.asked(world, *users)
    assert "Friday 20 March" in str(world.messages_to(moderator))  # Thursday and Friday
    assert (await company.rounds(world))[0].closes_at.date() == tuesday
