"""People who get nudges, and what tests do in their place."""

from typing import Any

from sqlalchemy import select

from bot.features.nudges.models import Nudge, NudgeRhythm
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member
from bot.members.models import Workspace as Installed
from tests.world import World

Doc = dict[str, Any]


async def join(
    world: World,
    name: str,
    *,
    tz: str = "Europe/Lisbon",
    offers: tuple[str, ...] = (),
    wants: tuple[str, ...] = (),
    budget: int = 4,
    **facts: Any,
) -> str:
    """Somebody who joined by their own yes; their Slack id."""
    user = world.person(name, tz=tz, **facts)
    now = world.clock()
    async with world.bot.database.transaction() as session:
        workspace = (await session.execute(select(Installed))).scalar_one()
        member = await members.meet(session, workspace.id, user, name=name)
        member.tz, member.seen_at, member.weekly_budget = tz, now, budget
        member.is_admin = bool(facts.get("is_admin"))
        await session.flush()
        await changes.set_skills(session, member, changes.Skills(offers, wants, ()))
        await changes.join(session, member, now=now)
    return user


async def member_of(world: World, user: str) -> Member:
    async with world.bot.database.reading() as session:
        return (await session.execute(select(Member).where(Member.slack_id == user))).scalar_one()


async def nudges_of(world: World, user: str) -> list[Nudge]:
    """What was chosen for somebody, oldest first, whatever became of it."""
    async with world.bot.database.reading() as session:
        query = select(Nudge).join(Member, Member.id == Nudge.member_id).where(Member.slack_id == user)
        return list((await session.execute(query.order_by(Nudge.day))).scalars())


async def rhythm_of(world: World, user: str) -> NudgeRhythm:
    async with world.bot.database.reading() as session:
        query = select(NudgeRhythm).join(Member, Member.id == NudgeRhythm.member_id).where(Member.slack_id == user)
        return (await session.execute(query)).scalar_one()


async def first_nudge(world: World, user: str) -> Doc:
    """Let time pass until somebody has a nudge; the message it came in."""
    for _ in range(8):
        await world.move(days=1)
        found = [message for message in world.messages_to(user) if menu_of(message)]
        if found:
            return found[-1]
    raise LookupError("no nudge came")


def menu_of(message: Doc) -> Doc | None:
    """The three dots of a nudge."""
    elements = [each for block in message.get("blocks", []) for each in block.get("elements", [])]
    return next((each for each in elements if each.get("type") == "overflow"), None)


async def press(world: World, user: str, action_id: str, *, ts: str | None = None, **how: Any) -> Any:
    """Press a button of a direct message (the newest, if none is named), and let what follows arrive."""
    channel = world.slack.open_dm(world.slack.bot_user_id, user)
    ts = ts or world.last_message_to(user)["ts"]
    reply = await world.acts.click(user, channel=channel, ts=ts, action_id=action_id, **how)
    assert world.side is not None
    await world.side.quiet()
    await world.move(seconds=5)
    return reply


async def dots(world: World, user: str, what: str, *, ts: str | None = None) -> Any:
    """Choose from the three dots of a nudge: why, less, stop, often."""
    message = next(each for each in reversed(world.messages_to(user)) if ts in (None, each["ts"]))
    menu = menu_of(message)
    assert menu is not None, "this message has no menu"
    chosen = next(each["value"] for each in menu["options"] if each["value"].startswith(f"{what}:"))
    return await press(world, user, menu["action_id"], ts=message["ts"], selected=chosen)


def words(message: Doc) -> str:
    """What a message or view says, small print included."""
    said = [block["text"]["text"] for block in message.get("blocks", []) if "text" in block]
    said += [each["text"] for block in message["blocks"] if block["type"] == "context" for each in block["elements"]]
    return " ".join(said)
