"""What members wrote for others can be reported, hidden everywhere and put back: a summary, a question they proposed."""

from datetime import timedelta

from bot.features.roundtables.written import reporting, reporting_questions
from tests.features.reflections.writing import member_of
from tests.features.roundtables import company
from tests.features.roundtables.company import TEN, to_the_end
from tests.world import World


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
    assert "A moderator looks at this round first" in world.last_message_to(moderator)["text"]
    async with world.bot.database.transaction() as session:
        await reporting.restore(session, 1, 1, world.clock())
    await world.move(minutes=1)
    assert "Names a client." in str(company.thread(world, channels[0])[0]["blocks"])


async def test_a_members_question_that_is_reported_is_hidden_everywhere_and_comes_back(any_world: World):
    world = any_world
    channels, program_id = await company.found(world, names=("design", "sales"), vote=True)
    ada, ben = await company.people(world, program_id, channels, "Ada", "Ben")
    await world.move_to(TEN - timedelta(days=3))
    proposal = await company.propose(world, ada, channels[0], "Who talks too much?")
    await company.vote(world, ben, channels[0], proposal)
    await world.move_to(TEN)
    await world.move(seconds=20)
    posts = {channel: company.question(world, channel)["ts"] for channel in channels}

    def shown() -> list[str]:
        return [world.slack.thread(channel, ts)[0]["text"] for channel, ts in posts.items()]

    assert "'value': 'report:roundtable_question:1'" in str(company.question(world, channels[1])["blocks"])
    async with world.bot.database.transaction() as session:
        written = await reporting_questions.look(session, 1, 1, world.clock())
        assert written is not None
        assert (written.words, written.author_id) == ("Who talks too much?", proposal.member_id)
        await reporting_questions.hide(session, 1, 1, world.clock())
        await reporting_questions.tell(session, 1, 1, "A moderator looks at your question.", world.clock())
    await world.move(minutes=1)
    assert shown() == ["This question is not shown for now: a moderator is looking at it."] * 2
    assert world.last_message_to(ada)["text"] == "A moderator looks at your question."
    await world.move(days=4)
    assert "Two sentences are enough" not in str(world.messages_to(ben))
    async with world.bot.database.transaction() as session:
        await reporting_questions.restore(session, 1, 1, world.clock())
    await world.move(minutes=1)
    assert shown() == ["Who talks too much?"] * 2


async def test_one_of_our_own_questions_is_nobodys_to_report(world: World):
    channels, _ = await company.found(world, names=("design",))
    await world.move_to(TEN)
    await world.move(seconds=20)
    assert "report:" not in str(company.question(world, channels[0])["blocks"])
    async with world.bot.database.reading() as session:
        assert await reporting_questions.look(session, 1, 1, world.clock()) is None
