"""What members wrote for others can be reported, hidden everywhere and put back: a summary, a question they proposed."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.models import Delivery
from bot.features.roundtables.written import jobs, reporting, store
from bot.gatherings.ballots import reporting as proposals
from bot.gatherings.models import Proposal
from bot.members.private import forget_key
from bot.programs import rounds
from bot.programs import store as programs
from tests.features.reflections.writing import member_of
from tests.features.roundtables import company
from tests.features.roundtables.company import TEN, to_the_end
from tests.members import walk
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
        assert "is not shown: it was reported" in company.thread(world, channel)[0]["text"]
    assert world.last_message_to(moderator)["text"] == "A moderator looks at your summary."
    await company.press(world, moderator, "roundtables.sum_up")
    assert "This round is hidden after a report" in world.last_message_to(moderator)["text"]
    async with world.bot.database.transaction() as session:
        await reporting.restore(session, 1, 1, world.clock())
    await world.move(minutes=1)
    assert "Names a client." in str(company.thread(world, channels[0])[0]["blocks"])


async def test_a_summary_stays_reportable_as_long_as_it_stands(any_world: World):
    world = any_world
    channels, _, moderator = await to_the_end(world)
    await company.press(world, moderator, "roundtables.sum_up")
    await company.hand_in(world, moderator, "Names a client.")
    await world.move(days=16)
    assert (await company.rounds(world))[0].step == store.DONE
    async with world.bot.database.transaction() as session:
        assert await reporting.look(session, 1, 1, world.clock()) is not None
        await reporting.hide(session, 1, 1, world.clock())
    await world.move(minutes=1)
    for channel in channels:
        assert "is not shown: it was reported" in company.thread(world, channel)[0]["text"]
    async with world.bot.database.transaction() as session:
        await reporting.restore(session, 1, 1, world.clock())
    await world.move(minutes=1)
    for channel in channels:
        assert "Names a client." in str(company.thread(world, channel)[0]["blocks"])


async def test_a_summary_whose_writers_record_was_erased_can_be_hidden_and_a_line_takes_its_place(world: World):
    channels, _, moderator = await to_the_end(world)
    await company.press(world, moderator, "roundtables.sum_up")
    await company.hand_in(world, moderator, "Names a client.")
    await world.move(minutes=1)
    async with world.bot.database.transaction() as session:
        await forget_key(session, 1, (await member_of(world, moderator)).id)
    async with world.bot.database.transaction() as session:
        written = await reporting.look(session, 1, 1, world.clock())
        assert written is not None and written.words == reporting.ERASED
        await reporting.hide(session, 1, 1, world.clock())
    await world.move(minutes=1)
    assert "is not shown: it was reported" in company.thread(world, channels[0])[0]["text"]
    async with world.bot.database.transaction() as session:
        await reporting.restore(session, 1, 1, world.clock())
    await world.move(minutes=1)
    assert "Two people answered, in two channels." in company.thread(world, channels[0])[0]["text"]


async def test_a_summary_is_hidden_also_where_the_question_above_it_was_deleted(world: World):
    channels, _, moderator = await to_the_end(world)
    await company.press(world, moderator, "roundtables.sum_up")
    await company.hand_in(world, moderator, "Names a client.")
    await world.move(minutes=1)
    root = company.question(world, channels[0])["ts"]
    world.slack.delete_message(channels[0], root)
    await world.acts.quiet()
    await world.settle()
    async with world.bot.database.transaction() as session:
        await reporting.hide(session, 1, 1, world.clock())
    await world.move(minutes=1)
    assert "Names a client." not in str(world.slack.thread(channels[0], root))


async def chosen(world: World, *names: str) -> tuple[list[str], list[str], Proposal]:
    """A question that a member proposed and others voted for, posted in two channels."""
    channels, program_id = await company.found(world, names=("design", "sales"), vote=True)
    users = await company.people(world, program_id, channels, *names)
    await world.move_to(TEN - timedelta(days=3))
    proposal = await company.propose(world, users[0], channels[0], "Who talks too much?")
    await company.vote(world, users[1], channels[0], proposal)
    await world.move_to(TEN)
    await world.move(seconds=20)
    return channels, users, proposal


async def hide(world: World, proposal: Proposal) -> None:
    async with world.bot.database.transaction() as session:
        await proposals.hide(session, 1, proposal.id, world.clock())
    await world.move(minutes=1)


async def put_back(world: World, proposal: Proposal) -> None:
    async with world.bot.database.transaction() as session:
        await proposals.restore(session, 1, proposal.id, world.clock())
    await world.move(minutes=1)


async def test_a_members_question_that_is_reported_is_hidden_everywhere_and_comes_back(any_world: World):
    world = any_world
    channels, (_, ben), proposal = await chosen(world, "Ada", "Ben")
    posts = {channel: company.question(world, channel)["ts"] for channel in channels}

    def shown() -> list[str]:
        return [world.slack.thread(channel, ts)[0]["text"] for channel, ts in posts.items()]

    assert f"'value': 'report:proposal:{proposal.id}'" in str(company.question(world, channels[1])["blocks"])
    async with world.bot.database.reading() as session:
        written = await proposals.look(session, 1, proposal.id, world.clock())
        assert written is not None
        assert (written.words, written.author_id) == ("Who talks too much?", proposal.member_id)
    await hide(world, proposal)
    assert (
        shown()
        == ["This question is not shown: it was reported, and stays hidden unless a moderator puts it back."] * 2
    )
    assert "Who talks" not in company.ballot(world, channels[0])["text"]
    await world.move(days=4)
    assert "Two sentences are enough" not in str(world.messages_to(ben))
    await put_back(world, proposal)
    assert shown() == ["Who talks too much?"] * 2
    assert "You chose: Who talks too much?" in company.ballot(world, channels[0])["text"]


async def test_it_is_hidden_in_reminders_in_the_request_to_sum_up_and_above_the_summary_too(any_world: World):
    world = any_world
    channels, users, proposal = await chosen(world, "Ada", "Ben", "Cleo")
    await world.move(days=4)
    for each in users:
        assert "Who talks" in str(world.messages_to(each))
    await hide(world, proposal)
    for each in users:
        assert "Who talks" not in str(world.messages_to(each))
    await put_back(world, proposal)
    for each in users:
        assert "Two sentences are enough" in str(world.messages_to(each))

    for each in users[:2]:
        await company.writes(world, each, channels[0], "Said.")
    await world.move_to(company.CLOSES)
    await world.move(minutes=1)
    (moderator,) = company.asked(world, *users)
    await hide(world, proposal)
    assert company.asked(world, *users) == []
    assert "Who talks" not in str(world.messages_to(moderator))
    await put_back(world, proposal)
    assert company.asked(world, *users) == [moderator]
    assert "This round is closed. What was written stays in its thread." in str(world.messages_to(users[0]))

    await company.press(world, moderator, "roundtables.sum_up")
    await company.hand_in(world, moderator, "Together.")
    await world.move(minutes=1)
    root = company.question(world, channels[0])["ts"]
    await hide(world, proposal)
    assert "Who talks" not in str(world.slack.thread(channels[0], root))
    assert "Together." in str(world.slack.thread(channels[0], root))
    await put_back(world, proposal)
    assert "Who talks" in str(company.thread(world, channels[0]))


async def test_a_question_that_is_on_its_way_while_it_is_hidden_says_so_where_it_arrives(any_world: World):
    world = any_world
    channels, program_id = await company.found(world, names=("design", "sales"), vote=True)
    (ada, ben) = await company.people(world, program_id, channels, "Ada", "Ben")
    await world.move_to(TEN - timedelta(days=3))
    proposal = await company.propose(world, ada, channels[0], "Who talks too much?")
    await company.vote(world, ben, channels[0], proposal)
    await world.move_to(TEN - timedelta(minutes=30))
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        row = await rounds.send_now(session, program, world.clock())
        row.sends_at = world.clock() - timedelta(minutes=1)
    assert await jobs.post(world.bot.tools) == 1
    async with world.bot.database.transaction() as session:
        (first,) = [key for key in await _prompts(session) if key.endswith(":1")]
        held = update(Delivery).where(Delivery.dedupe_key == first)
        await session.execute(held.values(state="parked", ready_at=None))  # Slack's answer to it was lost
        await proposals.hide(session, 1, proposal.id, world.clock())
    await world.settle()
    assert [each["text"] for each in world.slack.history(channels[1])] == [
        "This question is not shown: it was reported, and stays hidden unless a moderator puts it back."
    ]
    async with world.bot.database.transaction() as session:
        about = Delivery.dedupe_key.startswith("roundtable:1:prompt:1:")
        assert (await session.execute(select(Delivery.state).where(about))).scalar_one() == "queued"


async def test_a_question_can_be_reported_after_whoever_proposed_it_left(world: World):
    channels, (ada, *_), proposal = await chosen(world, "Ada", "Ben")
    await walk.open_home(world, ada)
    await walk.press(world, ada, action_id="members.leave", anyway=True)
    await world.settle()
    async with world.bot.database.reading() as session:
        written = await proposals.look(session, 1, proposal.id, world.clock())
    assert written is not None and written.author_id is None
    assert "report:" in str(company.question(world, channels[0])["blocks"])


async def test_one_that_was_hidden_after_it_was_chosen_is_never_posted(world: World):
    channels, program_id = await company.found(world, names=("design",), vote=True)
    ada, ben = await company.people(world, program_id, channels, "Ada", "Ben")
    await world.move_to(TEN - timedelta(days=3))
    proposal = await company.propose(world, ada, channels[0], "Who talks too much?")
    await company.vote(world, ben, channels[0], proposal)
    await world.move_to(TEN - timedelta(minutes=30))
    await hide(world, proposal)
    await world.move_to(TEN)
    await world.move(seconds=20)
    assert company.question(world, channels[0])["text"] != "Who talks too much?"


async def test_one_of_our_own_questions_is_nobodys_to_report(world: World):
    channels, _ = await company.found(world, names=("design",))
    await world.move_to(TEN)
    await world.move(seconds=20)
    assert "report:" not in str(company.question(world, channels[0])["blocks"])


async def _prompts(session: AsyncSession) -> list[str]:
    query = select(Delivery.dedupe_key).where(Delivery.kind == "roundtables.prompt")
    return list((await session.execute(query)).scalars())


async def test_a_summary_is_hidden_also_where_its_channel_has_another_id_since(world: World):
    channels, _, moderator = await to_the_end(world)
    await company.press(world, moderator, "roundtables.sum_up")
    await company.hand_in(world, moderator, "Names a client.")
    await world.move(minutes=1)
    moved = world.slack.change_channel_id(channels[0])
    await world.acts.quiet()
    await world.settle()
    async with world.bot.database.transaction() as session:
        await reporting.hide(session, 1, 1, world.clock())
    await world.move(minutes=1)
    for channel in (moved, channels[1]):
        assert "is not shown: it was reported" in company.thread(world, channel)[0]["text"]


async def test_whoever_was_to_be_asked_while_a_question_was_hidden_is_asked_once_it_is_back(any_world: World):
    world = any_world
    channels, users, proposal = await chosen(world, "Ada", "Ben")
    for each in users:
        await company.writes(world, each, channels[0], "Said.")
    async with world.bot.database.transaction() as session:
        roundtable = await store.get(session, 1, 1, lock=True)
        roundtable.step, roundtable.due_at = store.CLOSE, world.clock()
    assert await jobs.tend(world.bot.tools) == 1  # it is somebody's turn, and nothing has left
    await hide(world, proposal)
    assert company.asked(world, *users) == []
    await put_back(world, proposal)
    assert len(company.asked(world, *users)) == 1
    await hide(world, proposal)
    assert company.asked(world, *users) == []
