"""A company with roundtables: channels of several teams, a program, and people who join it and write."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bot.features.roundtables.models import Roundtable, RoundtableReply
from bot.gatherings.models import Proposal
from bot.members.models import Workspace
from bot.programs import store as programs
from bot.programs.models import Program, Round
from playground.events import Reply
from tests.features.reflections.writing import joined
from tests.features.reflections.writing import member_of as member_of
from tests.members import walk as walk
from tests.world import World

Doc = dict[str, Any]
CHANNELS = ("design", "sales", "support")
TEN = datetime.fromisoformat("2026-03-10T10:00:10+00:00")  # the hour of the first prompt
CLOSES = datetime.fromisoformat("2026-03-16T10:01:00+00:00")


async def found(world: World, *, names: tuple[str, ...] = CHANNELS, **options: Any) -> tuple[list[str], int]:
    """Channels with the bot in them, and a program that posts every fourth Tuesday at ten; the channels and the program's id."""
    lead = world.person("Lead", is_admin=True, tz="Europe/Lisbon")
    channels = [world.slack.add_channel(name, creator=lead, members=[world.slack.bot_user_id]) for name in names]
    async with world.bot.database.transaction() as session:
        workspace = (await session.execute(select(Workspace))).scalar_one()
        program = Program(
            workspace_id=workspace.id, kind="roundtables", name="Across teams", channel=channels[0], state="active",
            tz="Europe/Lisbon", every_weeks=4, starts_on=date(2026, 3, 10), weekday=1, at_minute=600,
            options={"channels": channels[1:]} | options, created_at=world.clock(),
        )  # fmt: skip
        session.add(program)
        await session.flush()
        await programs.reschedule(session, program, world.clock())
        return channels, program.id


async def people(world: World, program_id: int, channels: list[str], *names: str) -> list[str]:
    """People who are in Perennial, in every one of these channels, and joined the program."""
    users = await joined(world, *names)
    for user in users:
        for channel in channels:
            await world.acts.join(user, channel)
        await enrol(world, program_id, user)
    await world.settle()
    return users


async def enrol(world: World, program_id: int, user: str) -> None:
    """They said yes to the program."""
    member = await member_of(world, user)
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, member.workspace_id, program_id)
        await programs.enrol(session, program, member.id, "joined", world.clock())


def question(world: World, channel: str) -> Doc:
    """The newest prompt in a channel."""
    posts = [each for each in world.slack.history(channel) if "Perennial reads this thread" in str(each.get("blocks"))]
    return max(posts, key=lambda each: float(each["ts"]))


def ballot(world: World, channel: str) -> Doc:
    """The newest vote in a channel."""
    posts = [each for each in world.slack.history(channel) if "Which question shall" in str(each.get("text"))]
    return max(posts, key=lambda each: float(each["ts"]))


async def propose(world: World, user: str, channel: str, text: str) -> Proposal:
    """Somebody proposes a question; the proposal."""
    await walk.press(world, user, channel=channel, ts=ballot(world, channel)["ts"], action_id="gatherings.propose")
    form = walk.modal(world, user)
    assert (await world.acts.submit(user, form["id"], {"text": {"text": text}})).ok
    await world.settle()
    await world.move(seconds=5)
    async with world.bot.database.reading() as session:
        return (await session.execute(select(Proposal).where(Proposal.text == text))).scalar_one()


async def vote(world: World, user: str, channel: str, proposal: Proposal, *, anyway: bool = False) -> None:
    """Somebody votes for it."""
    value, ts = f"{proposal.ballot_id}:{proposal.id}", ballot(world, channel)["ts"]
    await walk.press(world, user, channel=channel, ts=ts, action_id="gatherings.vote", value=value, anyway=anyway)


async def writes(world: World, user: str, channel: str, text: str) -> str:
    """Somebody answers in the thread; their message's ts."""
    ts = await world.acts.post(user, channel, text, thread_ts=question(world, channel)["ts"])
    await world.settle()
    return ts


async def reacts(world: World, user: str, channel: str, ts: str, name: str = "heart", *, add: bool = True) -> None:
    """Somebody reacts to a message, or takes it back."""
    assert await world.acts.react(user, channel, ts, name, add=add)
    await world.settle()


def thread(world: World, channel: str) -> list[Doc]:
    """What the bot said in the thread of the newest prompt, oldest first."""
    said = world.slack.thread(channel, question(world, channel)["ts"])
    return [each for each in said[1:] if each["user"] == world.slack.bot_user_id]


def asked(world: World, *users: str) -> list[str]:
    """Who of them was asked to sum up and has the buttons still."""
    return [each for each in users if any("roundtables.pass" in str(m.get("blocks")) for m in world.messages_to(each))]


async def press(world: World, user: str, action_id: str) -> Reply:
    """Press a button in the newest direct message that has it."""
    message = [each for each in world.messages_to(user) if f"'{action_id}'" in str(each.get("blocks"))][-1]
    dm = world.slack.open_dm(world.slack.bot_user_id, user)
    reply = await walk.press(world, user, channel=dm, ts=message["ts"], action_id=action_id)
    await world.settle()
    return reply


async def hand_in(world: World, user: str, words: str, *, view_id: str = "") -> Reply:
    """Send the summary's form."""
    assert world.side is not None
    filled = {"words": {"words": words}}
    reply = await world.acts.submit(user, view_id or walk.modal(world, user)["id"], filled)
    await world.side.quiet()
    await world.settle()
    return reply


async def replies(world: World) -> list[RoundtableReply]:
    """What is remembered of every thread, oldest first."""
    async with world.bot.database.reading() as session:
        return list((await session.execute(select(RoundtableReply).order_by(RoundtableReply.id))).scalars())


async def rounds(world: World) -> list[Roundtable]:
    async with world.bot.database.reading() as session:
        return list((await session.execute(select(Roundtable).order_by(Roundtable.round_id))).scalars())


async def round_states(world: World) -> list[str]:
    async with world.bot.database.reading() as session:
        return list((await session.execute(select(Round.state).order_by(Round.id))).scalars())


async def to_the_end(world: World) -> tuple[list[str], list[str], str]:
    """Three people, two of whom wrote; the channels, the people, and whose turn it is."""
    channels, program_id = await found(world, names=("design", "sales"))
    users = await people(world, program_id, channels, "Ada", "Ben", "Cleo")
    await world.move_to(TEN)
    await world.move(seconds=20)
    await writes(world, users[0], channels[0], "One.")
    await writes(world, users[1], channels[1], "Two.")
    await world.move_to(CLOSES)
    await world.move(minutes=1)
    (moderator,) = asked(world, *users)
    return channels, users, moderator
