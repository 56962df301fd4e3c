"""A company that tells stories: a program with sessions every second Thursday at three, and people who joined it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bot.features.storytelling.models import StorySession, Takeaway, Telling
from bot.gatherings.models import Gathering
from bot.members.models import Member, Workspace
from bot.programs import store as programs
from bot.programs.models import Program
from tests.members import walk
from tests.world import World

FUNCTIONS = ("design", "sales", "engineering", "finance")


@dataclass
class Company:
    """A world with a storytelling program in it."""

    world: World
    channel: str
    program_id: int
    lead: str
    people: list[str] = field(default_factory=list)

    async def session(self, number: int = 0) -> Gathering:
        """A planned or held session, soonest first."""
        async with self.world.bot.database.reading() as session:
            query = select(Gathering).order_by(Gathering.starts_at).offset(number).limit(1)
            return (await session.execute(query)).scalar_one()

    async def sessions(self) -> list[Gathering]:
        async with self.world.bot.database.reading() as session:
            return list((await session.execute(select(Gathering).order_by(Gathering.starts_at))).scalars())

    async def story(self, gathering: Gathering) -> StorySession:
        async with self.world.bot.database.reading() as session:
            query = select(StorySession).where(StorySession.gathering_id == gathering.id)
            return (await session.execute(query)).scalar_one()

    async def turns(self, gathering: Gathering, *states: str) -> list[Telling]:
        async with self.world.bot.database.reading() as session:
            query = select(Telling).where(Telling.gathering_id == gathering.id).order_by(Telling.asked_at, Telling.id)
            found = list((await session.execute(query)).scalars())
            return [each for each in found if not states or each.state in states]

    async def takeaways(self, gathering: Gathering) -> list[Takeaway]:
        async with self.world.bot.database.reading() as session:
            query = select(Takeaway).where(Takeaway.gathering_id == gathering.id).order_by(Takeaway.id)
            return list((await session.execute(query)).scalars())

    async def user(self, member_id: int) -> str:
        async with self.world.bot.database.reading() as session:
            query = select(Member.slack_id).where(Member.id == member_id)
            return (await session.execute(query)).scalar_one()

    async def member_id(self, user: str) -> int:
        async with self.world.bot.database.reading() as session:
            return (await session.execute(select(Member.id).where(Member.slack_id == user))).scalar_one()

    def message(self, user: str, action_id: str) -> dict[str, Any]:
        """The newest direct message that has this button."""
        found = [each for each in self.world.messages_to(user) if action_id in str(each.get("blocks"))]
        assert found, (
            f"{user} has no message with {action_id}: {[each['text'] for each in self.world.messages_to(user)]}"
        )
        return max(found, key=lambda each: float(each["ts"]))

    async def press(self, user: str, action_id: str, *, value: str | None = None) -> Any:
        """Press a button of one's newest direct message that has it."""
        message = self.message(user, action_id)
        channel = self.world.slack.open_dm(self.world.slack.bot_user_id, user)
        reply = await walk.press(
            self.world, user, channel=channel, ts=message["ts"], action_id=action_id, value=value, anyway=True
        )
        await self.world.move(seconds=3)
        return reply

    async def submit(self, user: str, values: dict[str, Any]) -> Any:
        reply = await self.world.acts.submit(user, walk.modal(self.world, user)["id"], values)
        await self.world.move(seconds=3)
        return reply

    def thread(self, number: int = 0) -> list[dict[str, Any]]:
        """What stands under a session's post, oldest session first."""
        posts = [
            each
            for each in self.world.slack.history(self.channel)
            if "gatherings.come" in str(each) or "is over" in str(each) or "took place" in str(each)
        ]
        posts.sort(key=lambda each: float(each["ts"]))
        return self.world.slack.thread(self.channel, posts[number]["ts"])[1:]


async def company(world: World, *, people: int = 6, **options: Any) -> Company:
    """Everybody is in Perennial and in the program; the first session is on Thursday, 26 March 2026."""
    lead = world.person("Lead", is_admin=True, tz="Europe/Lisbon")
    channel = world.slack.add_channel("stories", creator=lead, members=[world.slack.bot_user_id])
    users = [world.person(f"Person {number:02}", tz="Europe/Lisbon") for number in range(people)]
    for user in (lead, *users):
        await world.acts.join(user, channel)
        await world.acts.open_home(user)
    await world.settle()
    now = world.clock()
    async with world.bot.database.transaction() as session:
        workspace = (await session.execute(select(Workspace))).scalar_one()
        found = list((await session.execute(select(Member).order_by(Member.id))).scalars())
        for number, member in enumerate(found):
            member.joined_at, member.function = now, FUNCTIONS[number % 4]
            member.level, member.tz = 1 + number % 3, "Europe/Lisbon"
        owner = next(each for each in found if each.slack_id == lead)
        program = Program(
            workspace_id=workspace.id, kind="storytelling", name="Stories", channel=channel, state="active",
            tz="Europe/Lisbon", every_weeks=2, starts_on=date(2026, 3, 26), weekday=3, at_minute=15 * 60,
            options={"tellers": 2, "minutes": 30, "weeks_ahead": 3} | options, owner_id=owner.id, created_at=now,
        )  # fmt: skip
        session.add(program)
        await session.flush()
        for member in found:
            if member.slack_id in users:
                await programs.enrol(session, program, member.id, "joined", now)
        await programs.reschedule(session, program, now)
        made = program.id
    return Company(world, channel, made, lead, users)


def moment(text: str) -> datetime:
    """A UTC moment."""
    return datetime.fromisoformat(f"{text}+00:00")
