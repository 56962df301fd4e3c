"""Somebody writes to the bot instead of pressing a button: they are answered, and nothing is kept."""

from sqlalchemy import select

from bot.delivery.models import InboxRow
from bot.members.talk import views
from tests.goldens import Golden
from tests.world import World


async def write(world: World, user: str, text: str) -> None:
    channel = await world.acts.open_messages(user)
    await world.acts.post(user, channel, text)
    await world.settle()


async def test_a_message_to_the_bot_is_answered_with_what_it_understands(world: World):
    ada = world.person("Ada")
    await write(world, ada, "hello <!channel> can you help me?")
    assert "I only understand buttons and commands" in world.last_message_to(ada)["text"]


async def test_many_lines_get_one_answer_an_hour(world: World):
    ada = world.person("Ada")
    for line in ("hello", "are you there", "anybody"):
        await write(world, ada, line)
    answers = [message for message in world.messages_to(ada) if message["user"] != ada]
    assert len(answers) == 1
    await world.move(hours=1)
    await write(world, ada, "still there?")
    assert len([message for message in world.messages_to(ada) if message["user"] != ada]) == 2


async def test_what_was_written_is_emptied_once_it_is_handled(world: World):
    ada = world.person("Ada")
    await write(world, ada, "a canary nobody should find")
    async with world.bot.database.reading() as session:
        rows = (await session.execute(select(InboxRow).where(InboxRow.type == "message"))).scalars().all()
    assert [(row.state, row.payload) for row in rows] == [("done", None)]


async def test_a_reply_in_a_thread_and_an_edit_are_not_answered(world: World):
    ada = world.person("Ada")
    await write(world, ada, "hello")
    channel = await world.acts.open_messages(ada)
    await world.acts.post(ada, channel, "a reply", thread_ts=world.last_message_to(ada)["ts"])
    await world.move(hours=2)
    assert len([message for message in world.messages_to(ada) if message["user"] != ada]) == 1


def test_the_answer_reads_well_for_members_and_for_others(golden: Golden):
    golden("members/talk_joined", views.words("/mentor", joined=True))
    golden("members/talk_new", views.words("/mentor", joined=False))
