"""A live roundtable planned in a channel, and people of several teams around it: what these tests use."""

from datetime import date
from typing import Any

from sqlalchemy import select

from bot.features.roundtables.live.models import LiveRoundtable, LiveSeat
from bot.gatherings import acts
from bot.members import store as members
from bot.members.apart import store as apart
from bot.members.models import Member, Team
from bot.programs import store as programs
from tests.features.goals import people as company
from tests.gatherings.table import Table
from tests.members import walk
from tests.programs.conftest import program
from tests.world import World

NAMES = (
    "Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gus", "Hana", "Ines", "Jon", "Kim", "Leo",
    "Mia", "Nils", "Olga", "Paul", "Quinn", "Rosa", "Sam", "Tom", "Uma", "Vera", "Will", "Xenia",
)  # fmt: skip
TEAMS = ("Sales", "Design", "Data")


class Room(Table):
    """Everybody joined; they are of Sales, Design and Data in turn, eight each."""

    async def live(self) -> LiveRoundtable:
        async with self.database.reading() as session:
            return (
                (await session.execute(select(LiveRoundtable).order_by(LiveRoundtable.gathering_id.desc())))
                .scalars()
                .first()
            )  # type: ignore[return-value]

    async def tables(self) -> dict[int | None, list[str]]:
        """Who sits where, by name."""
        names = {each: name for name, each in self.ids.items()}
        newest = (await self.live()).gathering_id
        found: dict[int | None, list[str]] = {}
        async with self.database.reading() as session:
            query = select(LiveSeat).where(LiveSeat.gathering_id == newest)
            for seat in (await session.execute(query.order_by(LiveSeat.number, LiveSeat.member_id))).scalars():
                found.setdefault(seat.number, []).append(names[seat.member_id])
        return found

    async def table_of(self, name: str) -> int | None:
        return next(number for number, table in (await self.tables()).items() if name in table)

    def told(self, name: str) -> list[str]:
        """What somebody read of their tables."""
        return [each for each in self.texts(name) if "You sit with" in each or "sit down at any" in each]

    async def come(self, *names: str, nth: int = 0) -> None:
        for name in names:
            ts = [each for each in self.said_in_channel() if acts.COME in str(each)][nth]["ts"]
            reply = await walk.press(self.world, self.users[name], action_id=acts.COME, channel=self.channel, ts=ts)
            assert reply.ok
        await self.settle()

    async def cannot(self, name: str) -> None:
        ts = next(each for each in self.said_in_channel() if acts.CANNOT in str(each))["ts"]
        await walk.press(self.world, self.users[name], action_id=acts.CANNOT, channel=self.channel, ts=ts)
        await self.settle()

    async def keep_apart(self, one: str, other: str) -> None:
        async with self.database.transaction() as session:
            owner = await members.by_id(session, self.workspace_id, self.ids[one])
            assert owner is not None
            await apart.keep(session, owner, [self.users[other]])


async def room(
    world: World, *names: str, starts_on: date = date(2026, 3, 10), every_weeks: int = 4, **options: Any
) -> Room:
    """A roundtable every fourth Tuesday at ten in Lisbon, planned a week ahead; nobody said anything so far."""
    people = await company.found(world, *(names or NAMES))
    channel = world.slack.add_channel(
        "roundtable", creator=people.users["Lead"], members=[world.slack.bot_user_id, *people.users.values()]
    )
    async with world.bot.database.transaction() as session:
        teams = [Team(workspace_id=people.workspace_id, name=name, slug=name.lower()) for name in TEAMS]
        session.add_all(teams)
        await session.flush()
        for place, name in enumerate(names or NAMES):
            member = await session.get_one(Member, people.ids[name])
            member.team_id = teams[place % len(teams)].id
        made = await program(
            session, people.workspace_id, kind="live_roundtables", name="Round the house", starts_on=starts_on,
            every_weeks=every_weeks, owner_id=people.ids["Lead"], channel=channel, options=options,
        )  # fmt: skip
        await programs.reschedule(session, made, world.clock())
        program_id = made.id
    await world.move(seconds=6)  # a channel gets one message a second
    return Room(world, people.workspace_id, people.ids, people.users, channel, program_id)
