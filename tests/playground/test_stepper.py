"""Time in steps: what an act by hand made due is there when the reader looks up."""

from bot.delivery import outbox
from bot.features.questions.threads.messages import NOTED
from bot.messages import Content, Message, People
from tests.features.questions.asking_people import joined, member_of
from tests.world import World


async def test_after_an_act_all_that_it_made_due_in_one_conversation_is_there(world: World):
    (ada,) = await joined(world, "Ada")
    member, now = await member_of(world, ada), world.clock()
    to = People((ada,), (member.id,))
    async with world.bot.database.transaction() as session:
        for text in ("One.", "Two.", "Three.", "Four."):
            message = Message(member.workspace_id, NOTED.name, "questions:noted", to, text, now, Content(text))
            await outbox.enqueue(session, message, now=now)
    await world.stepper.let_a_moment_pass()
    assert [each["text"] for each in world.messages_to(ada)] == ["One.", "Two.", "Three.", "Four."]
