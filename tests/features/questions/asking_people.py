"""How people ask and answer in tests of questions."""

from typing import Any

from bot.features.questions import lifecycle
from bot.features.questions.models import Question
from bot.features.questions.rules import Draft, Words
from bot.members import store as members
from tests.features.reflections.writing import joined, member_of
from tests.world import World

__all__ = ["ask", "joined", "member_of", "thread_of"]

Doc = dict[str, Any]


async def ask(
    world: World, user: str, question: str = "How do I say no to a client?", *, alias: str = "", **draft: Any
) -> int:
    """Somebody asks, past the form; the question's id."""
    said = Draft(**({"words": Words(question), "kind": "question", "pace": "days", "audience": "everyone"} | draft))
    async with world.bot.database.transaction() as session:
        workspace_id = (await member_of(world, user)).workspace_id
        member = await members.by_slack_id(session, workspace_id, user)
        assert member is not None
        row = await lifecycle.start(session, member, said, alias=alias, now=world.clock())
    await world.settle()
    return row.id


async def kept(world: World, question_id: int) -> Question:
    """A question as it stands in the database."""
    async with world.bot.database.reading() as session:
        found = await session.get(Question, question_id)
        assert found is not None
        return found


def thread_of(world: World, user: str, root: Doc) -> list[Doc]:
    """What stands in the thread under a message of somebody's direct messages."""
    channel = world.slack.open_dm(world.slack.bot_user_id, user)
    return world.slack.thread(channel, root["ts"], viewer=user)[1:]
