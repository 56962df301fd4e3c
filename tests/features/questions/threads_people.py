"""How people answer in tests: asked past the router, writing in threads as they would, by signed requests."""

import re
from datetime import timedelta
from typing import Any

from bot.features.questions import lifecycle, messages, store
from bot.features.questions.models import Answer, Asked
from bot.features.questions.routing import holding
from bot.features.questions.rules import Draft, Words
from bot.features.questions.threads import store as answers
from bot.members import store as members
from tests.features.questions.asking_people import Doc, joined, kept, member_of, thread_of
from tests.features.reflections.writing import dm, press, reply_to
from tests.world import World

CARRIED = re.compile(r"\*[^*]+\* (answers|adds|went through it)|_This was hidden")

__all__ = ["ask", "dm", "joined", "kept", "member_of", "press", "reply_to", "thread_of"]


async def ask(
    world: World, user: str, question: str = "How do I say no to a client?", *, alias: str = "", **draft: Any
) -> int:
    """Somebody asks, past the form, and whom to ask is left to the test; the question's id."""
    words = {"words": Words(question), "kind": "question", "pace": "days", "audience": "everyone"}
    async with world.bot.database.transaction() as session:
        workspace_id = (await member_of(world, user)).workspace_id
        member = await members.by_slack_id(session, workspace_id, user)
        assert member is not None
        row = await lifecycle.start(session, member, Draft(**(words | draft)), alias=alias, now=world.clock())
        row.due_at = None
    await world.settle()
    return row.id


async def put_to(world: World, number: int, user: str, *, state: str = "claimed", role: str = "mentor") -> Doc:
    """Somebody is asked within their hours, and has said so much to it; the message they were asked with."""
    if world.clock().hour < 9:
        await world.move_to(world.clock().replace(hour=9, minute=5))
    now = world.clock()
    async with world.bot.database.transaction() as session:
        found = await member_of(world, user)
        member = await members.by_slack_id(session, found.workspace_id, user)
        assert member is not None
        question = await store.get(session, member.workspace_id, number, lock=True)
        asked = Asked(
            workspace_id=member.workspace_id, question_id=number, member_id=member.id, step=0, role=role,
            state="asked", reasons=[], asked_at=now,
        )  # fmt: skip
        session.add(asked)
        await session.flush()
        await messages.ask(session, question, asked, member, now=now, expires_at=now + timedelta(days=2))
    await world.settle()
    await world.move(seconds=3)
    if state == "claimed":
        async with world.bot.database.transaction() as session:
            question = await store.get(session, member.workspace_id, number, lock=True)
            taker = await members.by_id(session, member.workspace_id, member.id)
            assert taker is not None
            await holding.take(session, question, taker, now=world.clock())
        await world.settle()
        await world.move(seconds=3)
    return root_of(world, user, " asks: ", " would like ")


def root_of(world: World, user: str, *words: str) -> Doc:
    """The newest message in somebody's direct messages that begins a thread with any of these words."""
    roots = [each for each in world.messages_to(user) if each.get("thread_ts") in (None, each["ts"])]
    return [each for each in roots if any(each_one in each["text"] for each_one in words)][-1]


def asked_root(world: World, user: str) -> Doc:
    """The newest message that says how somebody's own question stands."""
    return root_of(world, user, "You asked: ")


async def writes(world: World, user: str, root: Doc, text: str) -> str:
    """Somebody writes in the thread under a message of theirs; the reply's ts."""
    return await reply_to(world, user, root, text)


async def post_in(world: World, user: str, channel: str, root_ts: str, text: str) -> str:
    """Somebody writes in a thread of a channel."""
    ts = await world.acts.post(user, channel, text, thread_ts=root_ts)
    await world.settle()
    await world.move(seconds=3)
    return ts


async def in_channel(world: World, number: int, *users: str, name: str = "help") -> tuple[str, str]:
    """A question gets a thread in a channel these people are in; the channel and the ts of its first message."""
    channel = world.slack.add_channel(name, creator=users[0], members=[*users, world.slack.bot_user_id])
    root = world.slack.post_message(channel, world.slack.bot_user_id, "Somebody asks", bot_id="B1")
    async with world.bot.database.transaction() as session:
        question = await store.get(session, 1, number, lock=True)
        question.channel, question.channel_ts = channel, root["ts"]
    await world.settle()
    return channel, str(root["ts"])


async def said(world: World, number: int, *states: str) -> list[Answer]:
    """What is kept of a question, in the order in which it was heard."""
    async with world.bot.database.reading() as session:
        return await answers.of_questions(session, 1, [number], states or (answers.KEPT,))


async def texts(world: World, number: int) -> list[str]:
    """The words that are kept of a question."""
    async with world.bot.database.reading() as session:
        question = await store.get(session, 1, number)
        found = await answers.of_questions(session, 1, [number])
        opened = await answers.texts_of(session, [(question, each) for each in found])
        return [opened[each.id] for each in found]


def carried_to(world: World, user: str, root: Doc) -> list[str]:
    """What others said, as it reads in somebody's thread, each message whole."""
    return [line for line in lines_to(world, user, root) if CARRIED.match(line)]


def lines_to(world: World, user: str, root: Doc) -> list[str]:
    """Everything the bot says in somebody's thread."""
    return [whole(each) for each in thread_of(world, user, root) if each["user"] == world.slack.bot_user_id]


def whole(message: Doc) -> str:
    """Every word of a message."""
    found = []
    for block in message.get("blocks", []):
        parts = [block.get("text"), *block.get("elements", []), block.get("accessory")]
        for part in parts:
            text = part.get("text") if isinstance(part, dict) else None
            found.append(text["text"] if isinstance(text, dict) else text)
    return " | ".join(each for each in found if each)


async def tell(world: World, event: dict[str, Any], event_id: str, **base: str) -> None:
    """An event as Slack would send it, at a moment of our choosing."""
    about = {"type": "message", "event_ts": "1.0"} | base
    assert (await world.acts.raw(about | event, event_id=event_id)).ok
    assert world.side is not None
    await world.side.quiet()
    await world.settle()
    await world.move(seconds=3)
