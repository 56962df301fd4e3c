"""A question to three teams: proposed, voted for, posted, quiet, answered, summed up by whoever's turn it is, kept."""

from datetime import datetime

from sqlalchemy import select

from bot.archive.models import Insight
from bot.features.roundtables.models import RoundtableReaction
from tests.features.roundtables import company
from tests.features.roundtables.company import TEN
from tests.members import walk
from tests.world import World

FRIDAY = datetime.fromisoformat("2026-03-06T10:00:20+00:00")
LONG = "We wrote the day after the launch what we would not do again, and read it aloud before the next one."


async def test_a_question_goes_to_three_teams_and_comes_back_as_a_summary_and_a_card(any_world: World):
    world = any_world
    channels, program_id = await company.found(world, vote=True)
    users = await company.people(world, program_id, channels, "Ada", "Ben", "Cleo", "Dan")
    ada, ben, cleo, dan = users
    await world.move_to(FRIDAY)
    await world.move(seconds=20)
    proposal = await company.propose(world, dan, channels[0], "What did you read aloud, and to whom?")
    for each in (ada, ben):
        await company.vote(world, each, channels[0], proposal)
    await world.move_to(TEN)
    await world.move(seconds=20)
    assert "You chose: What did you read aloud" in company.ballot(world, channels[0])["text"]
    posts = [company.question(world, each) for each in channels]
    assert {each["text"] for each in posts} == {"What did you read aloud, and to whom?"}
    assert "Open until Monday 16 March" in walk.said(posts[0])  # four days later is a Saturday
    assert f"<#{channels[1]}>" in walk.said(posts[0])
    assert "Members voted for this one." in walk.said(posts[0])

    await company.writes(world, ada, channels[0], LONG)
    await world.move(days=3, hours=2)  # the middle: one of four wrote
    assert "Open until" not in str(world.messages_to(ada))
    for each in (ben, cleo, dan):
        assert "Two sentences are enough" in str(world.messages_to(each))
    await company.writes(world, ben, channels[1], "(not kept) Our client would know herself in this.")
    asking = await company.writes(world, cleo, channels[2], "I ask <@" + ada + "> first.")
    for each in (ada, ben):
        await company.reacts(world, each, channels[2], asking, "bulb")
    await company.reacts(world, cleo, channels[2], asking)  # one's own, which counts nothing
    await world.move_to(datetime.fromisoformat("2026-03-16T10:01:00+00:00"))
    await world.move(minutes=2)
    assert await company.round_states(world) == ["closed"]
    (first,) = company.asked(world, *users)
    await company.press(world, first, "roundtables.pass")
    await world.move(minutes=1)
    (moderator,) = company.asked(world, *users)
    assert moderator != first
    assert "somebody else sums this one up" in str(world.messages_to(first))

    await company.press(world, moderator, "roundtables.sum_up")
    drafted = walk.modal(world, moderator)["blocks"][1]["element"]["initial_value"]
    assert drafted.splitlines() == [
        "Three people answered, in three channels.",
        "• “I ask @Ada first.” (Cleo)",  # short, and two people reacted to it
        f"• “{LONG}” (Ada)",
    ]
    assert "two people to “I ask @Ada first.”" in walk.said(walk.modal(world, moderator))
    await company.hand_in(world, moderator, "Read it aloud <!channel> & early.")
    await world.move(minutes=1)
    for channel in channels:
        (summary,) = company.thread(world, channel)
        assert "Read it aloud &lt;!channel&gt; &amp; early." in str(summary["blocks"])
        assert "react" not in walk.said(summary)

    await company.press(world, moderator, "roundtables.keep")
    async with world.bot.database.reading() as session:
        card = (await session.execute(select(Insight))).scalar_one()
    assert (card.source_kind, card.source, card.state) == ("roundtable", "roundtable:1", "draft")
    await world.move(days=15)
    assert [each.body for each in await company.replies(world)] == [None] * 3
    assert (await company.rounds(world))[0].summary is not None  # it stands there, and can be reported
    async with world.bot.database.reading() as session:
        assert (await session.execute(select(RoundtableReaction))).all() == []
