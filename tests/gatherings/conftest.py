"""A small kind of gathering for these tests: supper, once a week, planned three weeks ahead, with a dozen seats."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Perennial
from bot.db import Database
from bot.gatherings import rounds
from bot.gatherings.kinds import GatheringKind
from bot.gatherings.models import Gathering
from bot.gatherings.rounds import Details
from bot.members.models import Workspace
from bot.messages import Block
from bot.programs import store as programs
from bot.programs.kinds import OptionsRead, ProgramKind
from bot.programs.models import Program, Round
from bot.registry import Tools
from bot.settings import Settings
from bot.slack import blocks
from tests.programs.conftest import Tea, person, program, workspace
from tests.world import World

__all__ = ["person", "workspace"]
AHEAD = timedelta(weeks=3)


class SupperOptions(BaseModel):
    """How many chairs."""

    seats: int | None = 12
    minutes: int = 20


@dataclass
class Supper:
    """What the kind was told; as a kind of program it has the rest from tea."""

    told: list[str] = field(default_factory=list)
    details: Details = field(
        default_factory=lambda: Details(
            minutes=20, seats=12, place="Kitchen, third floor", link="https://call.example/1"
        )
    )
    announced_before: timedelta | None = None

    def gathering_kind(self) -> GatheringKind:
        return GatheringKind(
            name="supper",
            noun="supper",
            untitled="Supper",
            lines=self.lines,
            member_rows=self.member_rows,
            host_rows=self.host_rows,
            planned=partial(self._note, "planned"),
            moved=partial(self._note, "moved"),
            called_off=partial(self._note, "called off"),
            over=partial(self._note, "over"),
            announced_before=self.announced_before,
        )

    def program_kind(self) -> ProgramKind:
        tea = Tea()
        return ProgramKind(
            name="supper",
            title="Supper",
            about="People eat together and somebody tells something.",
            options=SupperOptions,
            option_fields=lambda options: [],
            read_options=lambda state, before: OptionsRead(before.model_dump()),
            invitation_lines=lambda program: ["Twenty minutes."],
            notice=tea.notice,
            lead_buttons=self.buttons,
            summary=self.summary,
            seated_last=tea.seated_last,
            undo=tea.undo,
            stop=tea.stop,
            on_join=tea.on_join,
            on_leave=tea.on_leave,
            ahead=lambda program: AHEAD,
            planned=rounds.planned,
        )

    async def lines(self, session: AsyncSession, gathering: Gathering) -> list[str]:
        return ["Told by Femi."]

    async def member_rows(self, session: AsyncSession, gathering: Gathering, member_id: int) -> list[Block]:
        return [blocks.context("Bring a spoon.")]

    async def host_rows(self, session: AsyncSession, gathering: Gathering) -> list[Block]:
        return [blocks.context("You cook.")]

    async def buttons(self, session: AsyncSession, of: Program, draft: Round | None) -> list[Block]:
        return []

    async def summary(self, session: AsyncSession, of: Program) -> str:
        return ""

    async def describe(self, session: AsyncSession, of: Program, row: Round) -> Details:
        return self.details

    async def _note(self, what: str, session: AsyncSession, gathering: Gathering, now: datetime) -> None:
        self.told.append(what)


@pytest.fixture
def supper() -> Supper:
    return Supper()


@pytest.fixture
async def kitchen(database: Database, supper: Supper) -> Database:
    """Both databases in turn, with supper as the only kind of gathering."""
    database.lent["gathering_kinds"] = {"supper": supper.gathering_kind()}
    database.lent["program_kinds"] = {"supper": supper.program_kind()}
    return database


@pytest.fixture
async def tools(kitchen: Database, store_url: str) -> AsyncIterator[Tools]:
    """What a job is lent, on that database, with a clock the test may set."""
    settings = Settings(_env_file=None, slack_bot_token="xoxb-t", slack_signing_secret="s", database_url=store_url)
    process = Perennial(settings, kitchen.vault)
    yield replace(process.tools, database=kitchen)
    await process.close()


def serve_supper(world: World, supper: Supper) -> None:
    """The bot knows supper, as a feature would have told it."""
    registry = world.bot.registry
    registry.gathering_kinds["supper"] = supper.gathering_kind()
    registry.program_kinds["supper"] = supper.program_kind()
    plan = partial(rounds.plan_due, "supper", supper.describe)
    registry.schedule.when_due("plan suppers", plan, next_due=rounds.next_due("supper"))


@pytest.fixture
async def supper_world(world: World, supper: Supper) -> AsyncIterator[World]:
    """A workspace where Linus leads, and suppers are known."""
    serve_supper(world, supper)
    world.person("Linus", is_admin=True, tz="Europe/Lisbon")
    await world.settle()
    yield world


async def supper_program(session: AsyncSession, workspace_id: int, now: datetime, **facts: object) -> Program:
    """Supper every Tuesday at ten in Lisbon, running."""
    made = await program(session, workspace_id, **{"kind": "supper", "name": "Supper club", **facts})
    await programs.reschedule(session, made, now)
    return made


async def the_workspace(session: AsyncSession) -> Workspace:
    return (await session.execute(select(Workspace))).scalar_one()
