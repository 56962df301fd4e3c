"""A few people who joined, what they take on, and what they press: what the tests of load use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.db import Database
from bot.delivery import outbox
from bot.members import changes
from bot.members import store as members
from bot.members.changes import Skills
from bot.members.commitments import store
from bot.members.commitments.views import no_more_button
from bot.members.models import Workspace
from bot.members.pauses.views import ENDED
from bot.messages import Block, Content, Message, People
from bot.slack import blocks
from playground.events import Reply
from tests.members import walk
from tests.world import World


@dataclass
class Mentors:
    """`ids` are member ids by name."""

    world: World
    workspace_id: int
    ids: dict[str, int]

    @property
    def database(self) -> Database:
        return self.world.bot.database

    async def take(self, name: str, kind: str, *numbers: int) -> None:
        async with self.database.transaction() as session:
            for number in numbers:
                await store.take(
                    session, self.workspace_id, self.ids[name], kind, f"{kind}:{number}", now=self.world.clock()
                )

    async def end(self, subject: str) -> None:
        async with self.database.transaction() as session:
            await store.end(session, self.workspace_id, subject, now=self.world.clock())

    async def leave(self, name: str) -> None:
        async with self.database.transaction() as session:
            member = await members.by_id(session, self.workspace_id, self.ids[name])
            assert member is not None
            await changes.leave(session, member, now=self.world.clock())

    async def ask(self, name: str) -> None:
        """A message of a feature: somebody may claim something, or say that it is enough for now."""
        user, now = self.world.users[name], self.world.clock()
        key = f"asked:{user}:{now.isoformat()}"
        shown = [blocks.section("Ben asks about pricing."), blocks.actions(no_more_button())]
        async with self.database.transaction() as session:
            to, said = People((user,), (self.ids[name],)), Content("Ben asks about pricing.", shown)
            await outbox.enqueue(session, Message(self.workspace_id, ENDED, key, to, key, now, said), now=now)
        await self.settle()

    async def press(self, name: str, action_id: str, *, anyway: bool = False, **which: Any) -> Reply:
        """A button of the newest message, or of what only this person sees below it."""
        user = self.world.users[name]
        channel = self.world.slack.open_dm(self.world.slack.bot_user_id, user)
        reply = await walk.press(
            self.world, user, action_id=action_id, channel=channel, ts=self.last(name)["ts"], anyway=anyway, **which
        )
        await self.settle()
        return reply

    async def press_home(self, name: str, action_id: str, **which: Any) -> Reply:
        reply = await walk.press(self.world, self.world.users[name], action_id=action_id, **which)
        await self.settle()
        return reply

    async def submit(self, name: str, values: dict[str, Any]) -> Reply:
        """Hand in the form on top; block id → what is written or chosen there."""
        user = self.world.users[name]
        form = walk.modal(self.world, user)
        filled = {
            block["block_id"]: {block["element"]["action_id"]: values[block["block_id"]]}
            for block in form["blocks"]
            if block["type"] == "input" and block["block_id"] in values
        }
        reply = await self.world.acts.submit(user, form["id"], filled)
        await self.settle()
        return reply

    async def home(self, name: str, place: str = "front") -> str:
        """Every word of the Home tab at this place."""
        await walk.open_home(self.world, self.world.users[name])
        await walk.press(self.world, self.world.users[name], action_id="members.go", value=place, anyway=True)
        await self.settle()
        return self.look(name)

    def look(self, name: str) -> str:
        return walk.said(walk.look(self.world, self.world.users[name]))

    def blocks(self, name: str) -> Sequence[Block]:
        return list(walk.look(self.world, self.world.users[name])["blocks"])

    def last(self, name: str) -> dict[str, Any]:
        return self.world.last_message_to(self.world.users[name])

    async def settle(self) -> None:
        await self.world.settle()
        await self.world.move(seconds=6)


async def found(
    world: World, *names: str, offers: dict[str, tuple[str, ...]] | None = None, functions: dict[str, str] | None = None
) -> Mentors:
    """These people joined, and Lead, who leads; `offers` and `functions` by name."""
    ids = {}
    for name in (*names, "Lead"):
        world.person(name, tz="Europe/Lisbon", is_admin=name == "Lead")
    async with world.bot.database.transaction() as session:
        workspace = (await session.execute(select(Workspace))).scalar_one()
        for name in (*names, "Lead"):
            member = await members.meet(session, workspace.id, world.users[name], name=name)
            member.name, member.tz, member.seen_at = name, "Europe/Lisbon", world.clock()
            member.function = (functions or {}).get(name, "")
            await changes.join(session, member, now=world.clock())
            await changes.set_skills(session, member, Skills((offers or {}).get(name, ())))
            ids[name] = member.id
        workspace_id = workspace.id
    return Mentors(world, workspace_id, ids)
