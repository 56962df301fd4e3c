"""A channel with a supper planned in it, and the people around it: what tests of gatherings through Slack use."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from icalendar import Calendar
from sqlalchemy import select

from bot.delivery.models import Delivery
from bot.gatherings.models import Gathering, Seat
from bot.members import changes
from bot.members import store as members
from playground.events import Reply
from tests.features.goals import people as company
from tests.features.goals.people import People
from tests.gatherings.conftest import supper_program
from tests.members import walk
from tests.world import World

Doc = dict[str, Any]


@dataclass
class Table(People):
    """`channel`: where suppers are announced; Lead leads and owns the program."""

    channel: str = ""
    program_id: int = 0

    async def gathering(self, place: int = 0) -> Gathering:
        """The nth that was planned."""
        async with self.database.reading() as session:
            return list((await session.execute(select(Gathering).order_by(Gathering.id))).scalars())[place]

    async def seats(self) -> dict[str, str]:
        """What everybody said, by name, of any gathering."""
        names = {each: name for name, each in self.ids.items()}
        async with self.database.reading() as session:
            return {names[each.member_id]: each.state for each in (await session.execute(select(Seat))).scalars()}

    def said_in_channel(self) -> list[Doc]:
        found = [each for each in self.world.slack.history(self.channel) if not each.get("is_ephemeral")]
        return sorted(found, key=lambda message: float(message["ts"]))

    def post(self, nth: int = 0) -> Doc:
        """The nth announcement, as it reads now."""
        return [each for each in self.said_in_channel() if "gatherings." in json.dumps(each)][nth]

    def thread(self) -> list[str]:
        return [str(each["text"]) for each in self.world.slack.thread(self.channel, self.post()["ts"])[1:]]

    async def press_post(self, name: str, action_id: str, nth: int = 0) -> Reply:
        """Press a button of the announcement, and let what follows arrive."""
        reply = await walk.press(
            self.world, self.users[name], action_id=action_id, channel=self.channel, ts=self.post(nth)["ts"]
        )
        await self.settle()
        return reply

    def whispered(self, name: str) -> Doc:
        """The newest thing only they see in the channel."""
        seen = self.world.slack.history(self.channel, viewer=self.users[name])
        return max((each for each in seen if each.get("is_ephemeral")), key=lambda each: float(each["ts"]))

    def texts(self, name: str) -> list[str]:
        return [str(each["text"]) for each in self.messages(name)]

    async def files(self, name: str) -> list[tuple[str, int]]:
        """The method and number of each calendar file somebody was given, oldest first."""
        found = []
        for each in self.messages(name):
            for file in each.get("files", []):
                calendar = Calendar.from_ical(self.world.slack.file_content(file["id"]))
                (event,) = calendar.walk("VEVENT")
                found.append((str(calendar["METHOD"]), int(event["SEQUENCE"])))
        return found

    async def queued(self, kind: str) -> list[Delivery]:
        async with self.database.reading() as session:
            query = select(Delivery).where(Delivery.kind == kind).order_by(Delivery.id)
            return list((await session.execute(query)).scalars())

    async def deactivate(self, name: str) -> None:
        async with self.database.transaction() as session:
            member = await members.by_id(session, self.workspace_id, self.ids[name], lock=True)
            assert member is not None
            await changes.deactivate(session, member, now=self.world.clock())


async def laid(world: World, *names: str, starts_on: date = date(2026, 3, 17), **facts: Any) -> Table:
    """Supper is planned for a Tuesday at ten in Lisbon, two weeks ahead; nobody has said anything so far."""
    people = await company.found(world, *names)
    channel = world.slack.add_channel(
        "suppers", creator=people.users["Lead"], members=[world.slack.bot_user_id, *people.users.values()]
    )
    async with world.bot.database.transaction() as session:
        given = {"starts_on": starts_on, "every_weeks": 4, "owner_id": people.ids["Lead"], "channel": channel} | facts
        made = await supper_program(session, people.workspace_id, world.clock(), **given)
        program_id = made.id
    await world.settle()
    return Table(world, people.workspace_id, people.ids, people.users, channel, program_id)


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime.fromisoformat(f"2026-{month:02}-{day:02}T{hour:02}:{minute:02}:00+00:00")
