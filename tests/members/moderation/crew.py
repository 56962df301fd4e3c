"""A few people, and notes they leave for each other: a kind of thing that exists only here and can be reported for real."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.delivery import outbox
from bot.members import changes
from bot.members import store as members
from bot.members.models import Workspace
from bot.members.moderation import decide, decider, report_button, report_option, tell_member
from bot.members.moderation import store as reports
from bot.members.moderation.models import Moderator, Report
from bot.messages import Block, Channel, Content, Kind, Message, MessageClass
from bot.registry import Reportable, Tools, Written
from bot.slack import blocks
from bot.slack.act import Act
from playground.events import Reply
from tests.members import walk
from tests.world import World

NOTES = Table(
    "notes_of_tests", MetaData(),
    Column("id", Integer, primary_key=True), Column("workspace_id", Integer), Column("author_id", Integer),
    Column("words", String), Column("hidden", Boolean), Column("there", Boolean),
)  # fmt: skip
POSTED = Kind("tests.note", MessageClass.ANSWER)
WORDS = "You people never learn"


async def look(session: AsyncSession, workspace_id: int, note_id: int, now: datetime) -> Written | None:
    query = select(NOTES).where(NOTES.c.workspace_id == workspace_id, NOTES.c.id == note_id, NOTES.c.there)
    row = (await session.execute(query)).one_or_none()
    return Written(blocks.escape(row.words), row.author_id, "a note") if row is not None else None


async def hide(session: AsyncSession, workspace_id: int, note_id: int, now: datetime) -> None:
    await session.execute(update(NOTES).where(NOTES.c.id == note_id).values(hidden=True))


async def restore(session: AsyncSession, workspace_id: int, note_id: int, now: datetime) -> None:
    await session.execute(update(NOTES).where(NOTES.c.id == note_id).values(hidden=False))


async def tell(session: AsyncSession, workspace_id: int, note_id: int, what: str, now: datetime) -> None:
    row = (await session.execute(select(NOTES).where(NOTES.c.id == note_id))).one()
    if row.author_id:
        await tell_member(session, workspace_id, row.author_id, f"note:{note_id}", what, now)


async def extra(session: AsyncSession, workspace_id: int, note_id: int) -> list[Block]:
    return [blocks.button("Close the thread", "tests.close", f"note:{note_id}")]


async def close_thread(ack: Any, act: Act, tools: Tools) -> None:
    """What a feature's own moderator button does: asks who presses, then decides."""
    async with tools.database.transaction() as session:
        member, report = await decider(session, act, act.value, tools.clock())
        await session.execute(update(NOTES).values(words="closed"))
        await decide(session, report, member, "upheld", tools.clock())
    await ack()


@dataclass
class Crew:
    """`ids` are member ids by name, `users` Slack ids."""

    world: World
    workspace_id: int
    ids: dict[str, int]
    users: dict[str, str]
    channel: str
    posts: dict[int, str] = field(default_factory=dict)  # note id: ts

    @property
    def database(self) -> Database:
        return self.world.bot.database

    async def note(self, author: str | None, words: str = WORDS) -> int:
        """Somebody's note, read by everybody in a channel, with [Report] beside it and once more behind three dots."""
        async with self.database.transaction() as session:
            row = {"workspace_id": self.workspace_id, "author_id": self.ids[author] if author else None}
            values = row | {"words": words, "hidden": False, "there": True}
            note_id = (await session.execute(insert(NOTES).values(**values).returning(NOTES.c.id))).scalar_one()
            subject = f"note:{note_id}"
            shown = [
                blocks.section(words, accessory=blocks.overflow("tests.more", [report_option(subject)])),
                blocks.actions(report_button(subject)),
            ]
            message = Message(
                self.workspace_id, POSTED.name, subject, Channel(self.channel), subject, self.world.clock(),
                Content(words, shown),
            )  # fmt: skip
            await outbox.enqueue(session, message, now=self.world.clock())
        await self.world.settle()
        await self.world.move(seconds=2)
        history = self.world.slack.history(self.channel, viewer=next(iter(self.users.values())))
        self.posts[note_id] = max(each["ts"] for each in history if not each.get("is_ephemeral"))
        return note_id

    async def is_hidden(self, note_id: int) -> bool:
        async with self.database.reading() as session:
            return bool((await session.execute(select(NOTES.c.hidden).where(NOTES.c.id == note_id))).scalar_one())

    async def take_away(self, note_id: int) -> None:
        async with self.database.transaction() as session:
            await session.execute(update(NOTES).where(NOTES.c.id == note_id).values(there=False))

    async def press_report(self, name: str, note_id: int, **how: Any) -> Reply:
        what = {"action_id": "moderation.report"} | how
        user = self.users[name]
        return await walk.press(self.world, user, channel=self.channel, ts=self.posts[note_id], **what)

    async def report(self, name: str, note_id: int, why: str = "") -> str:
        """Press [Report] and hand the form in; what is read next, or the error."""
        assert (await self.press_report(name, note_id)).ok
        form = walk.modal(self.world, self.users[name])
        reply = await self.world.acts.submit(self.users[name], form["id"], {"why": {"moderation.write": why}})
        await self.settle()
        said = " ".join(reply.errors.values()) if reply.errors else walk.said(walk.modal(self.world, self.users[name]))
        await self.world.acts.close(self.users[name], form["id"], all_views=True)
        return said

    def answer(self, name: str) -> str:
        """What the bot said to somebody alone in the channel, last."""
        seen = self.world.slack.history(self.channel, viewer=self.users[name])
        own = sorted((each for each in seen if each.get("is_ephemeral")), key=lambda each: float(each["ts"]))
        return str(own[-1]["text"]) if own else ""

    def dm(self, name: str) -> str:
        return self.world.slack.open_dm(self.world.slack.bot_user_id, self.users[name])

    def said_to(self, name: str) -> list[str]:
        """Every message to somebody, as it reads now."""
        return [walk.said(each) for each in self.world.messages_to(self.users[name])]

    async def press(self, name: str, action_id: str, *, message: Any = None, **how: Any) -> Reply:
        message = message or self.world.last_message_to(self.users[name])
        reply = await walk.press(
            self.world, self.users[name], action_id=action_id, channel=self.dm(name), ts=message["ts"], **how
        )
        await self.settle()
        return reply

    async def home(self, name: str, place: str = "front") -> dict[str, Any]:
        await walk.open_home(self.world, self.users[name])
        await walk.press(self.world, self.users[name], action_id="members.go", value=place, anyway=True)
        await self.settle()
        return walk.look(self.world, self.users[name])

    async def press_home(self, name: str, action_id: str, **how: Any) -> Reply:
        reply = await walk.press(self.world, self.users[name], action_id=action_id, **how)
        await self.settle()
        return reply

    async def moderate(self, *names: str) -> None:
        """These people moderate."""
        async with self.database.transaction() as session:
            for name in names:
                session.add(
                    Moderator(member_id=self.ids[name], workspace_id=self.workspace_id, since=self.world.clock())
                )

    async def change(self, name: str, how: Any) -> None:
        """Something happens to a member: leaving, a deactivation, a pause."""
        async with self.database.transaction() as session:
            member = await members.by_id(session, self.workspace_id, self.ids[name], lock=True)
            assert member is not None
            done = how(session, member)
            if done is not None:
                await done
        await self.settle()

    async def reports(self) -> list[Report]:
        async with self.database.reading() as session:
            return list((await session.execute(select(Report).order_by(Report.id))).scalars())

    async def age_decision(self, **span: float) -> None:
        """The last decision was made so long ago; living through a month would take seconds."""
        async with self.database.transaction() as session:
            report = await session.get_one(Report, (await self.reports())[-1].id)
            assert report.decided_at is not None
            report.decided_at -= timedelta(**span)

    async def reason(self) -> str:
        async with self.database.reading() as session:
            return reports.reason_of(session, (await self.reports())[-1])

    async def settle(self) -> None:
        await self.world.settle()
        await self.world.move(seconds=6)


def open_doors(world: World) -> None:
    """Notes can be reported from now on; to be said again after the bot was started anew."""
    registry = world.bot.registry
    registry.reportable["note"] = Reportable(look, hide, restore, tell, extra)
    registry.kinds.add(POSTED)
    registry.bolt.action("tests.close")(close_thread)


async def found(world: World, *names: str, lead: bool = True) -> Crew:
    """These people joined, in the middle of a working day; Lea leads, and joined as well."""
    everybody = (*(names or ("Ada", "Ben", "Mia", "Omar")), *(("Lea",) if lead else ()))
    for name in everybody:
        world.person(name, tz="Europe/Lisbon", is_admin=name == "Lea")
    open_doors(world)
    async with world.bot.database.writer.begin() as connection:
        await connection.run_sync(NOTES.create)
    ids = {}
    async with world.bot.database.transaction() as session:
        workspace = (await session.execute(select(Workspace))).scalar_one()
        for name in everybody:
            member = await members.meet(session, workspace.id, world.users[name], name=name)
            member.name, member.tz, member.seen_at = name, "Europe/Lisbon", world.clock()
            member.is_admin = name == "Lea"
            await changes.join(session, member, now=world.clock())
            ids[name] = member.id
    channel = world.slack.add_channel(
        "notes", creator=world.users[everybody[0]], members=[*world.users.values(), world.slack.bot_user_id]
    )
    await world.move(hours=2)
    return Crew(world, workspace.id, ids, {name: world.users[name] for name in everybody}, channel)
