"""A vote on tea: a program with a channel, a kind of ballot that remembers what was chosen, and a few people."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings.ballots import acting
from bot.gatherings.ballots.kinds import BallotKind
from bot.gatherings.models import Ballot, Proposal
from bot.members.models import Workspace
from bot.programs.models import Program
from tests.members import walk
from tests.world import World

OURS = [("green", "Green tea"), ("black", "Black tea")]


@dataclass
class Teas:
    """What was chosen, each time something was counted."""

    counted: list[list[str]] = field(default_factory=list)
    moderated: list[tuple[list[str], str]] = field(default_factory=list)

    def kind(self) -> BallotKind:
        return BallotKind(
            name="tea",
            proposes="tea",
            hint="For example: White tea",
            counted=self.remember,
            moderated=self.remember_moderated,
        )

    async def remember(self, session: AsyncSession, ballot: Ballot, won: Any, now: datetime) -> None:
        self.counted.append([each.text for each in won])

    async def remember_moderated(
        self, session: AsyncSession, ballot: Ballot, won: Any, one: Any, now: datetime
    ) -> None:
        self.moderated.append(([each.text for each in won], one.text))


@dataclass
class Room:
    """A world with a channel, a program and people in it."""

    world: World
    channel: str
    program_id: int
    teas: Teas

    async def open(self, number: int = 1, **more: Any) -> int:
        """A ballot that closes in three days."""
        now = self.world.clock()
        async with self.world.bot.database.transaction() as session:
            program = await session.get(Program, self.program_id)
            assert program is not None
            ballot = await acting.open_ballot(
                session, program, f"tea:{number}", "Which tea is next?", closes_at=now + timedelta(days=3), now=now,
                **({"own": OURS} | more),
            )  # fmt: skip
            found = ballot.id
        await self.world.settle()
        return found

    def post(self, number: int = 0) -> dict[str, Any]:
        """A ballot as it stands in the channel, newest first."""
        return [each for each in self.world.slack.history(self.channel) if "tea is next" in each["text"]][number]

    async def press(self, user: str, action_id: str, value: str | None = None) -> Any:
        reply = await walk.press(
            self.world, user, channel=self.channel, ts=self.post()["ts"], action_id=action_id, value=value, anyway=True
        )
        await self.world.settle()
        return reply

    async def vote(self, user: str, text: str) -> Any:
        found = await self.proposal(text)
        return await self.press(user, "gatherings.vote", f"{found.ballot_id}:{found.id}")

    async def propose(self, user: str, text: str) -> Any:
        await self.press(user, "gatherings.propose")
        reply = await self.world.acts.submit(user, walk.modal(self.world, user)["id"], {"text": {"text": text}})
        await self.world.move(seconds=5)  # a conversation takes about one message a second
        return reply

    async def report(self, user: str, text: str) -> None:
        """Choose a proposal from whichever of the three-dots menus below holds it."""
        menus = [each for block in self.post()["blocks"] for each in block.get("elements", []) if "options" in each]
        menu, chosen = next(
            (menu, each) for menu in menus for each in menu["options"] if each["text"]["text"] == f"Report: {text}"
        )
        action_id, selected, ts = menu["action_id"], chosen["value"], self.post()["ts"]
        await walk.press(self.world, user, channel=self.channel, ts=ts, action_id=action_id, selected=selected)

    async def proposal(self, text: str) -> Proposal:
        async with self.world.bot.database.reading() as session:
            query = select(Proposal).where(Proposal.text == text).order_by(Proposal.id.desc()).limit(1)
            return (await session.execute(query)).scalar_one()

    def answer(self, user: str) -> str:
        """What only they read in the channel, newest first."""
        return str(self.world.slack.history(self.channel, viewer=user)[0]["text"])


async def room(world: World) -> Room:
    teas = Teas()
    world.bot.registry.ballots["tea"] = teas.kind()
    lead = world.person("Lead", is_admin=True)
    channel = world.slack.add_channel("tea", creator=lead, members=[world.slack.bot_user_id])
    async with world.bot.database.transaction() as session:
        workspace = (await session.execute(select(Workspace))).scalar_one()
        program = Program(
            workspace_id=workspace.id, kind="tea", name="Tea", channel=channel, state="active", tz="Europe/Lisbon",
            every_weeks=1, starts_on=date(2026, 3, 6), weekday=4, at_minute=600, options={}, created_at=world.clock(),
        )  # fmt: skip
        session.add(program)
        await session.flush()
        return Room(world, channel, program.id, teas)


async def person(at: Room, name: str) -> str:
    user = at.world.person(name)
    await at.world.acts.join(user, at.channel)
    await at.world.settle()
    return user
