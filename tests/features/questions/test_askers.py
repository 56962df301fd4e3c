"""Whoever asks has a thread of their own, and under an alias stands nowhere in clear."""

from datetime import timedelta

from bot.features.questions import askers, lifecycle, messages, store
from bot.features.questions.asking import store as asking
from bot.features.questions.rules import Draft, Words
from bot.members import private
from bot.members import store as members
from bot.messages import Content
from tests.features.questions.asking_people import ask, joined, kept, member_of, thread_of
from tests.world import World


async def test_what_is_said_to_an_asker_stands_in_the_thread_of_their_question(any_world: World):
    (ana,) = await joined(any_world, "Ana")
    number = await ask(any_world, ana)
    async with any_world.bot.database.transaction() as session:
        question = await store.get(session, (await member_of(any_world, ana)).workspace_id, number, lock=True)
        await messages.tell(session, question, Content("Hana took it."), now=any_world.clock(), key="first")
    await any_world.settle()
    await any_world.move(minutes=1)
    root = any_world.last_message_to(ana)
    assert root["text"] == "You asked: How do I say no to a client?"
    assert "Hana took it." in [each["text"] for each in thread_of(any_world, ana, root)]


async def test_a_word_in_the_thread_waits_for_the_message_it_stands_under(world: World):
    (ana,) = await joined(world, "Ana")
    member = await member_of(world, ana)
    async with world.bot.database.transaction() as session:
        asker = await members.by_slack_id(session, member.workspace_id, ana)
        assert asker is not None
        draft = Draft(Words("Who decides?"), "question", "days", "everyone")
        question = await lifecycle.start(session, asker, draft, now=world.clock())
        await messages.tell(session, question, Content("At once."), now=world.clock(), key="first")
    await world.settle()
    await world.move(minutes=1)
    root = world.last_message_to(ana)
    assert "At once." in [each["text"] for each in thread_of(world, ana, root)]


async def test_under_an_alias_no_column_names_the_asker(any_world: World):
    (ana,) = await joined(any_world, "Ana")
    number = await ask(any_world, ana, alias="Quiet Heron")
    row = await kept(any_world, number)
    member = await member_of(any_world, ana)
    assert row.asker_id is None
    async with any_world.bot.database.reading() as session:
        assert askers.asker_of(session, row).member_id == member.id
        assert [each.id for each in await store.mine(session, row.workspace_id, member.id)] == [number]
        subject = askers.subject_of(session, number)
        assert askers.question_in(session, subject) == number
    assert str(number) not in subject.removeprefix("questions.mine:").split(":")


async def test_an_alias_is_nobody_elses_while_its_question_can_still_be_opened_again(world: World):
    (ana,) = await joined(world, "Ana")
    number = await ask(world, ana, alias="Quiet Heron")
    async with world.bot.database.transaction() as session:
        question = await store.get(session, (await kept(world, number)).workspace_id, number, lock=True)
        await lifecycle.end(session, question, "closed", closing="asker", now=world.clock())
    for days, taken in ((29, {"Quiet Heron"}), (32, set())):
        async with world.bot.database.reading() as session:
            later = world.clock() + timedelta(days=days)
            assert await asking.aliases_in_use(session, question.workspace_id, now=later) == taken


async def test_an_alias_shares_no_mark_with_what_else_its_asker_wrote(world: World):
    (ana,) = await joined(world, "Ana")
    named, hidden = [await kept(world, await ask(world, ana, alias=alias)) for alias in ("", "Quiet Heron")]
    assert named.asker_hash != hidden.asker_hash
    assert named.body[:8] != hidden.body[:8], "the id of the key a text was sealed with says whose it is"
    member = await member_of(world, ana)
    async with world.bot.database.reading() as session:
        seal = await private.open_seal(session, member.workspace_id, member.id)
        mine = await store.mine(session, member.workspace_id, member.id)
    assert {each.id for each in mine} == {named.id, hidden.id}
    assert seal.seal("a goal", "goal:1")[:4] not in (named.body[:4], hidden.body[:4])
