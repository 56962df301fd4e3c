"""A few people who joined, and how they set goals and press buttons: what the tests of goals use."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.db import Database
from bot.features.goals.models import Goal, GoalFollower
from bot.features.goals.rules import Text
from bot.features.goals.store import read
from bot.members import changes
from bot.members import store as members
from bot.members.models import Workspace
from playground import events_elements as fields
from playground import events_payloads as payloads
from playground.events import Reply
from tests.members import walk
from tests.world import World

TITLE = "Lead a design review"


@dataclass
class People:
    """`ids` are member ids by name, `users` Slack ids."""

    world: World
    workspace_id: int
    ids: dict[str, int]
    users: dict[str, str]

    @property
    def database(self) -> Database:
        return self.world.bot.database

    def dm(self, name: str) -> str:
        return self.world.slack.open_dm(self.world.slack.bot_user_id, self.users[name])

    def messages(self, name: str) -> list[dict[str, Any]]:
        return self.world.messages_to(self.users[name])

    def last(self, name: str) -> dict[str, Any]:
        return self.world.last_message_to(self.users[name])

    def form(self, name: str) -> dict[str, Any]:
        return walk.modal(self.world, self.users[name])

    async def goals(self) -> list[Goal]:
        async with self.database.reading() as session:
            return list((await session.execute(select(Goal).order_by(Goal.id))).scalars())

    async def goal(self) -> Goal:
        return (await self.goals())[-1]

    async def text(self) -> Text:
        async with self.database.reading() as session:
            return await read(session, await session.get_one(Goal, (await self.goal()).id))

    async def follower(self, name: str) -> GoalFollower | None:
        async with self.database.reading() as session:
            query = select(GoalFollower).where(GoalFollower.member_id == self.ids[name])
            return (await session.execute(query)).scalar_one_or_none()

    async def type(self, name: str, words: str) -> Reply:
        """A slash command, typed in one's own conversation with the bot."""
        assert self.world.side is not None
        reply = await self.world.acts.command(self.users[name], self.dm(name), words)
        await self.world.side.quiet()
        return reply

    async def press(self, name: str, action_id: str, value: str | None = None, *, message: Any = None) -> Reply:
        """Press a button of a message (the newest, unless another is given); a value picks one of several."""
        message = message or self.last(name)
        reply = await walk.press(
            self.world, self.users[name], action_id=action_id, value=value, channel=self.dm(name), ts=message["ts"]
        )
        await self.settle()
        return reply

    async def more(self, name: str, choice: str) -> Reply:
        """One of the choices behind the dots of the newest message."""
        reply = await walk.press(
            self.world, self.users[name], action_id="goals.more", selected=choice, channel=self.dm(name),
            ts=self.last(name)["ts"],
        )  # fmt: skip
        await self.settle()
        return reply

    async def press_home(self, name: str, action_id: str, value: str | None = None, **more: Any) -> Reply:
        reply = await walk.press(self.world, self.users[name], action_id=action_id, value=value, **more)
        await self.settle()
        return reply

    async def forge(self, name: str, action_id: str, value: str) -> Reply:
        """Press what is not drawn, on one's own Home tab."""
        await self.home(name)
        return await walk.press(self.world, self.users[name], action_id=action_id, value=value, anyway=True)

    async def submit(self, name: str, values: dict[str, Any], **how: Any) -> Reply:
        """Hand in the form on top; `values`: block id → what is written or chosen there."""
        form = self.form(name)
        filled = {}
        for block in form["blocks"]:
            if block["type"] == "input" and block["block_id"] in values:
                filled[block["block_id"]] = {block["element"]["action_id"]: values[block["block_id"]]}
        reply = await self.world.acts.submit(self.users[name], form["id"], filled, **how)
        await self.settle()
        return reply

    async def submit_elsewhere(self, name: str, form: dict[str, Any], values: dict[str, Any]) -> Any:
        """Hand in a form that stands open in another window; what the bot answers."""
        state = fields.starting_state(form["blocks"])
        for block_id, given in values.items():
            _, element = fields.find([each for each in form["blocks"] if each.get("block_id") == block_id], block_id)
            state[block_id][element["action_id"]] = fields.filled(element, given)
        payload = payloads.envelope(self.world.slack, self.users[name], "view_submission", response_urls=[])
        payload |= {
            "trigger_id": self.world.slack.new_trigger(self.users[name]),
            "view": {**form, "state": {"values": state}},
        }
        answer = await self.world.acts.raw(payload, kind="interactive")
        assert answer.status == 200
        await self.settle()
        return answer.body or {}

    async def home(self, name: str, place: str = "front") -> dict[str, Any]:
        """The Home tab as it is drawn at this place."""
        await walk.open_home(self.world, self.users[name])
        await walk.press(self.world, self.users[name], action_id="members.go", value=place, anyway=True)
        await self.settle()
        return walk.look(self.world, self.users[name])

    async def come_back(self, name: str) -> None:
        async with self.database.transaction() as session:
            member = await members.by_id(session, self.workspace_id, self.ids[name], lock=True)
            assert member is not None
            await changes.join(session, member, now=self.world.clock())

    async def leave(self, name: str) -> None:
        """They leave Perennial, as the button in Settings does it."""
        async with self.database.transaction() as session:
            member = await members.by_id(session, self.workspace_id, self.ids[name], lock=True)
            assert member is not None
            await changes.leave(session, member, now=self.world.clock())

    async def settle(self) -> None:
        await self.world.settle()
        await self.world.move(seconds=6)

    async def set_goal(self, name: str = "Ada", **fields: Any) -> Goal:
        """Through the real form; `followers` are names."""
        assert (await self.type(name, "goal")).ok
        given = {"title": TITLE, "rhythm": "two_weeks"} | fields
        if "followers" in given:
            given["followers"] = [self.users[each] for each in given["followers"]]
        reply = await self.submit(name, given)
        assert reply.ok, reply.errors or reply.problems
        await self.world.acts.close(self.users[name], self.form(name)["id"])
        return await self.goal()


async def found(world: World, *names: str, tz: str = "Europe/Lisbon") -> People:
    """These people joined; Lead leads, and joined as well."""
    everybody = (*(names or ("Ada", "Ben")), "Lead")
    ids = {}
    for name in everybody:
        world.person(name, tz=tz, is_admin=name == "Lead")
    async with world.bot.database.transaction() as session:
        workspace = (await session.execute(select(Workspace))).scalar_one()
        for name in everybody:
            member = await members.meet(session, workspace.id, world.users[name], name=name)
            member.name, member.tz, member.seen_at = name, tz, world.clock()
            await changes.join(session, member, now=world.clock())
            ids[name] = member.id
        workspace_id = workspace.id
    return People(world, workspace_id, ids, {name: world.users[name] for name in everybody})
