"""A company that tells stories: a program with sessions every second Thursday at three, and people who joined it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.archive.models import Insight
from bot.features.storytelling.models import StorySession, Telling
from bot.gatherings import acts
from bot.gatherings.models import Gathering, Takeaway
from bot.gatherings.takeaways import views as asked
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member
from bot.programs import store as programs
from bot.programs.models import Program
from playground.events import Reply
from tests.features.goals import people as known
from tests.features.goals.people import People
from tests.members import walk
from tests.world import World

Doc = dict[str, Any]
FUNCTIONS = ("design", "sales", "engineering", "finance")
NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gita", "Hana", "Ivo", "Jana", "Kofi", "Lena")


@dataclass
class Company(People):
    """A world with a storytelling program in it; Lead owns it, hosts its sessions, and is not in its rota."""

    channel: str = ""
    program_id: int = 0

    def who(self, member_id: int) -> str:
        return next(name for name, each in self.ids.items() if each == member_id)

    async def begin_program(self, **options: Any) -> int:
        """One more program of stories on the same days, with everybody in it but Lead."""
        now = self.world.clock()
        async with self.database.transaction() as session:
            program = Program(
                workspace_id=self.workspace_id, kind="storytelling", name="Stories", channel=self.channel,
                state="active", tz="Europe/Lisbon", every_weeks=2, starts_on=date(2026, 3, 26), weekday=3,
                at_minute=15 * 60, options={"tellers": 2, "minutes": 30, "weeks_ahead": 3} | options,
                owner_id=self.ids["Lead"], created_at=now,
            )  # fmt: skip
            session.add(program)
            await session.flush()
            for name, member_id in self.ids.items():
                if name != "Lead":
                    await programs.enrol(session, program, member_id, "joined", now)
            await programs.reschedule(session, program, now)
            return program.id

    async def sessions(self) -> list[Gathering]:
        """Every one that was planned, soonest first."""
        async with self.database.reading() as session:
            return list((await session.execute(select(Gathering).order_by(Gathering.starts_at))).scalars())

    async def session(self, place: int = 0) -> Gathering:
        return (await self.sessions())[place]

    async def story(self, gathering: Gathering) -> StorySession:
        async with self.database.reading() as session:
            return await session.get_one(StorySession, gathering.id)

    async def turns(self, gathering: Gathering, *states: str) -> list[Telling]:
        async with self.database.reading() as session:
            query = select(Telling).where(Telling.gathering_id == gathering.id).order_by(Telling.asked_at, Telling.id)
            found = list((await session.execute(query)).scalars())
        return [each for each in found if not states or each.state in states]

    async def names(self, gathering: Gathering, *states: str) -> list[str]:
        """Whose turns these are."""
        return [self.who(each.member_id) for each in await self.turns(gathering, *states)]

    async def takeaways(self) -> list[Takeaway]:
        async with self.database.reading() as session:
            return list((await session.execute(select(Takeaway).order_by(Takeaway.id))).scalars())

    async def cards(self) -> list[Insight]:
        async with self.database.reading() as session:
            return list((await session.execute(select(Insight).order_by(Insight.id))).scalars())

    def message(self, name: str, action_id: str) -> Doc:
        """The newest direct message that has this button."""
        found = [each for each in self.messages(name) if f"'{action_id}'" in str(each.get("blocks"))]
        assert found, f"{name} has no message with {action_id}: {[each['text'] for each in self.messages(name)]}"
        return max(found, key=lambda each: float(each["ts"]))

    def texts(self, name: str) -> list[str]:
        return [str(each["text"]) for each in self.messages(name)]

    async def click(self, name: str, action_id: str, value: str | None = None, selected: str | None = None) -> Reply:
        """Press a button of one's newest direct message that has it, or choose behind its three dots."""
        where: dict[str, Any] = {"channel": self.dm(name), "ts": self.message(name, action_id)["ts"], "anyway": True}
        if selected is not None:
            where["selected"] = selected
        reply = await walk.press(self.world, self.users[name], action_id=action_id, value=value, **where)
        await self.world.move(seconds=3)
        return reply

    async def click_in_form(self, name: str, action_id: str) -> Reply:
        """Press a button of the form that is open."""
        reply = await walk.press(self.world, self.users[name], action_id=action_id, view_id=self.form(name)["id"])
        await self.world.move(seconds=3)
        return reply

    async def refused(self, name: str, action_id: str, value: str) -> str:
        """What somebody reads who presses what is not drawn for them."""
        await self.forge(name, action_id, value)
        words = walk.said(self.form(name))
        await self.world.acts.close(self.users[name], self.form(name)["id"])
        return words

    async def page(self, name: str, gathering: Gathering) -> str:
        """A session's page, as this person reads it."""
        return walk.said(await self.home(name, f"gathering:{gathering.id}"))

    def posts(self) -> list[Doc]:
        """The posts of sessions, the one that was planned first before the others."""
        found = [each for each in self.world.slack.history(self.channel) if _is_session(each)]
        return sorted(found, key=lambda each: float(each["ts"]))

    def thread(self, place: int = 0) -> list[Doc]:
        """What stands under a session's post."""
        return self.world.slack.thread(self.channel, self.posts()[place]["ts"])[1:]

    async def says_yes(self, name: str, place: int = 0) -> None:
        """[I'll come], under the post."""
        ts = self.posts()[place]["ts"]
        await walk.press(self.world, self.users[name], action_id=acts.COME, channel=self.channel, ts=ts)

    async def will_try(self, name: str, words: str) -> Reply:
        """A listener says what they will try, by the button of their own question."""
        await self.click(name, asked.SAY)
        reply = await self.submit(name, {"try": words})
        if not reply.errors:
            await self.world.acts.close(self.users[name], self.form(name)["id"])
        return reply

    async def deactivate(self, name: str) -> None:
        async with self.database.transaction() as session:
            await changes.deactivate(session, await self._locked(session, name), now=self.world.clock())

    async def pause(self, name: str, until: date) -> None:
        async with self.database.transaction() as session:
            await changes.rest(session, await self._locked(session, name), until, now=self.world.clock())

    async def _locked(self, session: Any, name: str) -> Member:
        member = await members.by_id(session, self.workspace_id, self.ids[name], lock=True)
        assert member is not None
        return member


def _is_session(message: Doc) -> bool:
    said = str(message)
    return "gatherings.come" in said or "is over" in said or "won't take place" in said


async def company(world: World, *, people: int = 6, **options: Any) -> Company:
    """Everybody is in Perennial and in the program; the first session is on Thursday, 26 March 2026."""
    crew = await known.found(world, *NAMES[:people])
    channel = world.slack.add_channel(
        "stories", creator=crew.users["Lead"], members=[world.slack.bot_user_id, *crew.users.values()]
    )
    async with world.bot.database.transaction() as session:
        for number, name in enumerate(NAMES[:people]):
            member = await session.get_one(Member, crew.ids[name])
            member.function, member.level = FUNCTIONS[number % 4], 1 + number % 3
    at = Company(world, crew.workspace_id, crew.ids, crew.users, channel)
    at.program_id = await at.begin_program(**options)
    return at


async def planned(world: World, **facts: Any) -> tuple[Company, Gathering]:
    """The same three weeks before its first session, whose tellers have just been asked."""
    at = await company(world, **facts)
    await world.move_to(moment("2026-03-05T15:00:10"))
    await world.move(seconds=30)
    return at, await at.session()


async def promised(world: World, **facts: Any) -> tuple[Company, Gathering, list[str]]:
    """The same with a yes from everybody who was asked; who that is."""
    at, first = await planned(world, **facts)
    tellers = await at.names(first, "asked")
    for name in tellers:
        await at.click(name, "storytelling.accept")
    return at, first, tellers


async def held(world: World, *listeners: str, **facts: Any) -> tuple[Company, Gathering, list[str]]:
    """The same a minute after it has ended; these people came to listen."""
    at, first, tellers = await promised(world, **facts)
    for name in listeners:
        await at.says_yes(name)
    await world.move_to(first.starts_at + timedelta(minutes=first.minutes, seconds=60))
    return at, first, tellers


def moment(text: str) -> datetime:
    """A UTC moment."""
    return datetime.fromisoformat(f"{text}+00:00")


def shown(message: Doc) -> Doc:
    """What a golden keeps of a message."""
    return {"text": message["text"], "blocks": message["blocks"]}
