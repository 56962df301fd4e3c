"""A small kind of program for these tests: tea, which seats everybody who joined and remembers what was asked of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.members.models import Member, Workspace
from bot.messages import Block
from bot.programs.kinds import OptionsRead, ProgramKind, State
from bot.programs.models import Enrolment, Program, Round
from bot.slack import blocks
from playground.events import Reply
from tests.goldens import Golden, golden
from tests.world import World

__all__ = ["Golden", "golden"]
MONDAY = datetime.fromisoformat("2026-03-02T08:00:00+00:00")


class TeaOptions(BaseModel):
    """How many cups."""

    cups: int = 2


@dataclass
class Tea:
    """What the kind of program was asked to do."""

    undone: list[int] = field(default_factory=list)
    stopped: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    keeps_drafts: bool = False
    seated: set[int] = field(default_factory=set)

    def kind(self) -> ProgramKind:
        return ProgramKind(
            name="tea",
            title="Tea",
            about="Everybody drinks tea.",
            options=TeaOptions,
            option_fields=self.fields,
            read_options=self.read,
            invitation_lines=lambda program: ["Twenty minutes and a cup."],
            notice=self.notice,
            lead_buttons=self.buttons,
            summary=self.summary,
            seated_last=self.seated_last,
            undo=self.undo,
            stop=self.stop,
            on_join=self.on_join,
            on_leave=self.on_leave,
        )

    def fields(self, options: BaseModel) -> list[Block]:
        assert isinstance(options, TeaOptions)
        cups = blocks.select("cups", [("Two", "2"), ("Three", "3"), ("Four", "4")], initial=str(options.cups))
        return [blocks.field("Cups", cups, block_id="cups")]

    def read(self, state: State, before: BaseModel) -> OptionsRead:
        cups = int(blocks.chosen(state, "cups"))
        return OptionsRead(errors={"cups": "Three is one too many."}) if cups == 3 else OptionsRead({"cups": cups})

    async def notice(self, session: AsyncSession, program: Program, member_id: int, day: date) -> str | None:
        return f"{blocks.escape(program.name)}: tea on {day:%A}."

    async def buttons(self, session: AsyncSession, program: Program, draft: Round | None) -> list[Block]:
        return [blocks.button("Preview", "tea.preview", str(program.id), style="primary")]

    async def summary(self, session: AsyncSession, program: Program) -> str:
        return f"Round {program.last_number} went well." if program.last_number else ""

    async def seated_last(self, session: AsyncSession, program: Program) -> set[int]:
        return self.seated

    async def undo(self, session: AsyncSession, opened: Round, now: datetime) -> bool:
        self.undone.append(opened.number)
        return self.keeps_drafts

    async def stop(self, session: AsyncSession, opened: Round, now: datetime) -> str:
        self.stopped.append(opened.number)
        return "two people got theirs."

    async def on_join(self, session: AsyncSession, workspace: int, program: int, member: int, now: datetime) -> None:
        self.joined.append(member)

    async def on_leave(self, session: AsyncSession, workspace: int, program: int, member: int, now: datetime) -> None:
        self.left.append(member)


@pytest.fixture
def tea() -> Tea:
    return Tea()


@pytest.fixture
async def store_with_tea(database: Database, tea: Tea) -> Database:
    """Both databases in turn, with tea as the only kind."""
    database.lent["program_kinds"] = {"tea": tea.kind()}
    return database


@pytest.fixture
async def tea_world(world: World, tea: Tea) -> AsyncIterator[World]:
    """A workspace where Linus leads and tea is the only kind; its first leads were greeted already."""
    serve_tea(world, tea)
    world.person("Linus", is_admin=True, tz="Europe/Lisbon")
    await world.settle()
    yield world


def serve_tea(world: World, tea: Tea) -> None:
    kinds = world.bot.registry.program_kinds
    kinds.clear()
    kinds["tea"] = tea.kind()


async def workspace(session: AsyncSession, team_id: str = "T1") -> Workspace:
    """A workspace as an installation leaves it."""
    made = Workspace(team_id=team_id, name="Tidewater", installed_at=MONDAY, options={}, bot_user_id="UBOT")
    session.add(made)
    await session.flush()
    return made


async def person(session: AsyncSession, workspace_id: int, name: str, **facts: Any) -> Member:
    """A member who joined."""
    given = {"joined_at": MONDAY, "seen_at": MONDAY, "slack_id": f"U{name.upper()}", **facts}
    made = Member(workspace_id=workspace_id, name=name, **given)
    session.add(made)
    await session.flush()
    return made


async def program(session: AsyncSession, workspace_id: int, **facts: Any) -> Program:
    """Tea every Tuesday at ten in Lisbon, running."""
    given = {
        "kind": "tea",
        "name": "Tea",
        "channel": "C1",
        "state": "active",
        "tz": "Europe/Lisbon",
        "every_weeks": 1,
        "starts_on": date(2026, 3, 2),
        "weekday": 1,
        "at_minute": 600,
        "options": {},
        "created_at": MONDAY,
        "last_number": 0,
        "version": 1,
        **facts,
    }
    made = Program(workspace_id=workspace_id, **given)
    session.add(made)
    await session.flush()
    return made


async def enrolled(session: AsyncSession, of: Program, member: Member, **facts: Any) -> None:
    """They said yes."""
    given = {"state": "joined", "since": MONDAY, **facts}
    session.add(Enrolment(workspace_id=of.workspace_id, program_id=of.id, member_id=member.id, **given))
    await session.flush()


async def click(world: World, user: str, **where: Any) -> Reply:
    """Press something and wait until the bot is through with it: Slack is answered earlier than that."""
    reply = await world.acts.click(user, **where)
    await quiet(world)
    return reply


async def enter(world: World, user: str, channel: str) -> None:
    """Walk into a channel, and wait until the bot has noticed."""
    world.slack.join(user, channel)
    await quiet(world)


async def quiet(world: World) -> None:
    assert world.side is not None
    await world.acts.quiet()
    await world.side.quiet()
