"""How people write, answer and look in tests of reflections: as they would, by signed requests."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot.features.reflections.journal import store as journal
from bot.features.reflections.journal.rules import Entry
from bot.features.reflections.models import Prompt, Reflection, Rhythm
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member, Workspace
from playground.events import Reply
from tests.members import walk
from tests.world import World

Doc = dict[str, Any]


async def joined(world: World, *names: str, offers: tuple[str, ...] = (), **facts: Any) -> list[str]:
    """Slack ids of people who are in, at their desks in Lisbon."""
    users = [world.person(name, **({"tz": "Europe/Lisbon"} | facts)) for name in names]
    async with world.bot.database.transaction() as session:
        workspace = (await session.execute(select(Workspace))).scalar_one()
        for name, user in zip(names, users, strict=True):
            member = await members.meet(session, workspace.id, user, name=name)
            member.name, member.tz, member.seen_at = name, world.slack.user(user)["tz"], world.clock()
            await changes.set_skills(session, member, changes.Skills(offers=offers))
            await changes.join(session, member, now=world.clock())
    await world.settle()
    return users


async def member_of(world: World, user: str) -> Member:
    async with world.bot.database.reading() as session:
        return (await session.execute(select(Member).where(Member.slack_id == user))).scalar_one()


async def asked_weekly(world: World, user: str, word: str = "weekly") -> None:
    """Turn questions on by the command."""
    channel = await world.acts.open_messages(user)
    assert (await world.acts.command(user, channel, f"reflect {word}")).ok
    await world.settle()


async def to_the_next_question(world: World, user: str) -> Doc:
    """Let time pass until the next question has been put; its message."""
    async with world.bot.database.reading() as session:
        member = await member_of(world, user)
        due_at = (await session.execute(select(Rhythm.due_at).where(Rhythm.member_id == member.id))).scalar_one()
    await world.move_to(due_at)
    await world.move(seconds=5)
    return question_to(world, user)


def question_to(world: World, user: str) -> Doc:
    """The newest question in somebody's direct messages."""
    return [each for each in world.messages_to(user) if "reflections." in str(each.get("blocks"))][-1]


def dm(world: World, user: str) -> str:
    return world.slack.open_dm(world.slack.bot_user_id, user)


async def press(world: World, user: str, message: Doc, action_id: str, selected: str | None = None) -> Reply:
    """Press a button of a message in the direct messages."""
    reply = await walk.press(
        world, user, channel=dm(world, user), ts=message["ts"], action_id=action_id, selected=selected
    )
    await world.settle()
    await world.move(seconds=3)
    return reply


async def press_home(
    world: World, user: str, action_id: str, value: str | None = None, block_id: str | None = None
) -> Reply:
    """Press a button on the Home tab."""
    reply = await walk.press(world, user, action_id=action_id, value=value, block_id=block_id)
    await world.settle()
    await world.move(seconds=6)
    return reply


async def go(world: World, user: str, place: str) -> str:
    """Turn to a page of the Home tab, drawn or not, and read it."""
    await world.acts.open_home(user)
    await world.settle()
    await walk.press(world, user, action_id="members.go", value=place, anyway=True)
    await world.settle()
    return walk.said(walk.look(world, user))


def words(text: str, *, mood: str | None = None, theme: str | None = None) -> Doc:
    """A filled-in form."""
    filled: Doc = {"words": {"words": text}}
    if mood:
        filled["mood"] = {"mood": mood}
    if theme:
        filled["theme"] = {"theme": theme}
    return filled


async def hand_in(world: World, user: str, values: Mapping[str, Any], *, anyway: bool = False) -> Reply:
    """Send the form that is open."""
    assert world.side is not None
    reply = await world.acts.submit(user, walk.modal(world, user)["id"], dict(values), anyway=anyway)
    await world.side.quiet()
    await world.settle()
    await world.move(seconds=3)
    return reply


async def write(world: World, user: str, text: str, **more: Any) -> Reply:
    """Write a reflection by the shortcut."""
    assert world.side is not None
    assert (await world.acts.shortcut(user, "reflections.write")).ok
    await world.side.quiet()
    reply = await hand_in(world, user, words(text, **more))
    await world.acts.close(user, walk.modal(world, user)["id"], all_views=True) if world.slack.modals(user) else None
    return reply


async def reply_to(world: World, user: str, message: Doc, text: str) -> str:
    """Reply in the thread of a message; the reply's ts."""
    ts = await world.acts.post(user, dm(world, user), text, thread_ts=message["ts"])
    await world.settle()
    await world.move(seconds=3)
    return ts


def thread_of(world: World, user: str, message: Doc) -> list[Doc]:
    """What the bot said in the thread under a message, oldest first."""
    said = world.slack.thread(dm(world, user), message["ts"], viewer=user)
    return [each for each in said if each["ts"] != message["ts"] and each["user"] == world.slack.bot_user_id]


async def entries(world: World, user: str) -> list[Entry]:
    """Somebody's journal, oldest first."""
    member = await member_of(world, user)
    async with world.bot.database.reading() as session:
        query = select(Reflection).where(Reflection.member_id == member.id).order_by(Reflection.id)
        return await journal.opened(session, list((await session.execute(query)).scalars()))


async def texts(world: World, user: str) -> list[str]:
    return [entry.words.text for entry in await entries(world, user)]


async def prompts(world: World, user: str) -> list[Prompt]:
    """The questions put to somebody, oldest first."""
    member = await member_of(world, user)
    async with world.bot.database.reading() as session:
        query = select(Prompt).where(Prompt.member_id == member.id).order_by(Prompt.id)
        return list((await session.execute(query)).scalars())
