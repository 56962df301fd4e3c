"""A small company in a program of introductions, for tests: people with facts, joined, and a program that is due."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.features.introductions.models import Introduction, IntroductionMember
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member, Workspace
from bot.programs import store as programs
from bot.programs.models import Program, Round
from tests.world import World

TEAMS = ["Data", "Sales", "Design", "Platform", "Support", "Finance", "People"]
FUNCTIONS = ["Engineering", "Sales", "Design", "Operations", "Support"]
SKILLS = ["SQL", "Negotiation", "Sketching", "Incident reviews", "Writing", "Budgets", "Interviews", "Saying no"]
INTERESTS = ["Jazz", "Chess", "Hiking", "Baking", "Cycling"]
ZONES = ["Europe/Lisbon", "Europe/Berlin", "Europe/Lisbon", "America/New_York", "Europe/Berlin"]
NAMES = [
    "Ada",
    "Ben",
    "Cleo",
    "Dan",
    "Eva",
    "Finn",
    "Gia",
    "Hal",
    "Ida",
    "Jon",
    "Kay",
    "Leo",
    "Mia",
    "Nik",
    "Oda",
    "Pim",
]


@dataclass
class Company:
    """Who works there; `ids` are member ids by name, `users` Slack ids by name."""

    world: World
    workspace_id: int
    program_id: int
    ids: dict[str, int]
    users: dict[str, str]
    channel: str

    @property
    def database(self) -> Database:
        return self.world.bot.database

    def name_of(self, slack_id: str) -> str:
        return next(name for name, user in self.users.items() if user == slack_id)

    async def round_now(self) -> Round:
        """Have the program's calendar open its round at this moment, and let everything settle."""
        await self.due_now()
        await self.world.settle()
        return await self.newest_round()

    async def due_now(self) -> None:
        now = self.world.clock()
        async with self.database.transaction() as session:
            program = await programs.get(session, self.workspace_id, self.program_id, lock=True)
            program.next_date, program.due_at, program.notice_at = now.date(), now, None

    async def newest_round(self) -> Round:
        async with self.database.reading() as session:
            program = await programs.get(session, self.workspace_id, self.program_id)
            found = await programs.newest_round(session, program)
            assert found is not None
            return found

    async def introductions(self, *states: str) -> list[tuple[Introduction, list[IntroductionMember]]]:
        """Every introduction in one of these states (any, if none is named), with its people."""
        async with self.database.reading() as session:
            query = select(Introduction).order_by(Introduction.id)
            found = [each for each in (await session.execute(query)).scalars() if not states or each.state in states]
            people = list((await session.execute(select(IntroductionMember))).scalars())
        return [(each, [row for row in people if row.introduction_id == each.id]) for each in found]

    async def group_of(self, name: str) -> tuple[Introduction, list[str]]:
        """The introduction somebody is in now, and with whom."""
        for introduction, people in reversed(await self.introductions("sent", "planned", "closed")):
            ids = [row.member_id for row in people]
            if self.ids[name] in ids:
                names = [each for each, member_id in self.ids.items() if member_id in ids and each != name]
                return introduction, sorted(names)
        raise LookupError(f"{name} is in no introduction")

    def messages_in(self, channel: str, viewer: str) -> list[dict[str, Any]]:
        found = [each for each in self.world.slack.history(channel, viewer=viewer) if not each.get("is_ephemeral")]
        return sorted(found, key=lambda message: float(message["ts"]))

    async def member(self, name: str) -> Member:
        async with self.database.reading() as session:
            return await session.get_one(Member, self.ids[name])


async def found(
    world: World,
    count: int = 6,
    *,
    zones: list[str] | None = None,
    every_weeks: int = 1,
    at_minute: int = 10 * 60,
    options: dict[str, Any] | None = None,
    facts: dict[str, dict[str, Any]] | None = None,
) -> Company:
    """People who joined, each with facts, in a weekly program of their own; nothing is due yet."""
    names = NAMES[:count] + [f"Person{number}" for number in range(len(NAMES), count)]
    lead = world.person("Lead", is_admin=True, tz="Europe/Lisbon")
    for index, name in enumerate(names):
        world.person(name, tz=(zones or ZONES)[index % len(zones or ZONES)], title=f"{FUNCTIONS[index % 5]} person")
    channel = world.slack.add_channel("introductions", creator=lead, members=[world.slack.bot_user_id])
    async with world.bot.database.transaction() as session:
        workspace = (await session.execute(select(Workspace))).scalar_one()
        ids = {
            name: await _joined(session, workspace.id, world, name, index, (facts or {}).get(name, {}))
            for index, name in enumerate(names)
        }
        program = Program(
            workspace_id=workspace.id,
            kind="introductions",
            name="Introductions",
            channel=channel,
            state="active",
            tz="Europe/Lisbon",
            every_weeks=every_weeks,
            starts_on=date(2026, 3, 9) if every_weeks == 1 else date(2026, 6, 1),
            weekday=0,
            at_minute=at_minute,
            options=options or {},
            created_at=world.clock(),
        )
        session.add(program)
        await session.flush()
        for member_id in ids.values():
            await programs.enrol(session, program, member_id, "joined", world.clock())
        await programs.reschedule(session, program, world.clock())
        program_id, workspace_id = program.id, workspace.id
    users = {name: world.users[name] for name in [*names, "Lead"]}
    return Company(world, workspace_id, program_id, ids, users, channel)


async def _joined(
    session: AsyncSession, workspace_id: int, world: World, name: str, index: int, facts: dict[str, Any]
) -> int:
    user = world.slack.user(world.users[name])
    now: datetime = world.clock()
    # Not inserted by hand: the sync may be writing the same person at this very moment.
    member = await members.meet(session, workspace_id, user["id"], name=name)
    member.name, member.title, member.tz, member.seen_at = name, user["profile"]["title"], user["tz"], now
    await session.flush()
    about = changes.About(facts.get("team", TEAMS[index % len(TEAMS)]), FUNCTIONS[index % 5], index % 5)
    await changes.set_about(session, member, about)
    skills = changes.Skills(
        offers=facts.get("offers", (SKILLS[index % 8], SKILLS[(index + 3) % 8])),
        wants=facts.get("wants", (SKILLS[(index + 1) % 8], SKILLS[(index + 5) % 8])),
        interests=facts.get("interests", (INTERESTS[index % 5], INTERESTS[(index + 2) % 5])),
    )
    await changes.set_skills(session, member, skills)
    if hours := facts.get("hours"):
        changes.set_hours(member, changes.Hours(hours[0], hours[1], (0, 1, 2, 3, 4), 4))
    await changes.join(session, member, now=now)
    return member.id


async def join_later(company: Company, name: str, index: int = 3) -> None:
    """Somebody new joins the program as a member would, by their own act, now."""
    world = company.world
    world.person(name, tz="Europe/Lisbon", title="New person")
    async with company.database.transaction() as session:
        company.ids[name] = await _joined(session, company.workspace_id, world, name, index, {})
    company.users[name] = world.users[name]
    async with company.database.transaction() as session:
        program = await programs.get(session, company.workspace_id, company.program_id)
        await programs.enrol(session, program, company.ids[name], "joined", world.clock())
        kind = world.bot.registry.program_kinds["introductions"]
        await kind.on_join(session, company.workspace_id, program.id, company.ids[name], world.clock())
