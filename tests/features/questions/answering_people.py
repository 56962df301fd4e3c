"""How people are asked and answer in tests of routing: as they would, by signed requests."""

from typing import Any

from sqlalchemy import select

from bot.features.questions.models import Asked
from playground.events import Reply
from tests.features.questions.asking_people import kept, member_of, thread_of
from tests.features.reflections.writing import dm
from tests.members import walk
from tests.world import World

Doc = dict[str, Any]


async def asked_rows(world: World, question_id: int) -> list[Asked]:
    """Everybody who was asked, in order."""
    async with world.bot.database.reading() as session:
        query = select(Asked).where(Asked.question_id == question_id).order_by(Asked.id)
        return list((await session.execute(query)).scalars())


async def states(world: World, question_id: int, *users: str) -> list[str | None]:
    """How it stands between a question and each of these people."""
    rows = {each.member_id: each.state for each in await asked_rows(world, question_id)}
    return [rows.get((await member_of(world, user)).id) for user in users]


async def press(world: World, user: str, action_id: str, message: Doc | None = None, **more: Any) -> Reply:
    """Press a button in the direct messages, of the newest message unless another is named."""
    shown = message or world.last_message_to(user)
    reply = await walk.press(world, user, channel=dm(world, user), ts=shown["ts"], action_id=action_id, **more)
    await world.settle()
    await world.move(minutes=1)
    return reply


def said_to_asker(world: World, asker: str) -> list[str]:
    """What stands in the thread of the asker's own question, as a lock screen shows it."""
    (root,) = [each for each in world.messages_to(asker) if each["text"].startswith("You asked")]
    return [each["text"] for each in thread_of(world, asker, root)]


__all__ = ["asked_rows", "dm", "kept", "press", "said_to_asker", "states"]
