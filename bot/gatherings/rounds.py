"""Rounds of programs that plan ahead: each becomes a gathering on its date, once, and is over with that."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings import planning, store, words
from bot.gatherings.facts import hosts
from bot.gatherings.hosting import acting as hosting
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.programs import rules as calendar
from bot.programs import store as programs
from bot.programs.kinds import Planned
from bot.programs.models import Program, Round
from bot.registry import NextDue, Tools
from bot.scheduler import one_by_one

CLAIMED = "claimed"


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a feature says of a date that is to be planned, mostly from its program's options."""

    minutes: int
    title: str | None = None
    about: str | None = None
    place: str | None = None
    link: str | None = None
    seats: int | None = None


Describe = Callable[[AsyncSession, Program, Round], Awaitable[Details]]


def next_due(kind: str) -> NextDue:
    """When the next round of such a program is to become a gathering, as the schedule asks."""

    async def look(session: AsyncSession) -> datetime | None:
        query = select(func.min(Round.due_at)).join(Program, Program.id == Round.program_id).where(*_claimed(kind))
        return (await session.execute(query)).scalar_one()

    return look


async def plan_due(kind: str, describe: Describe, tools: Tools) -> int:
    """The job: every round of such programs that is due becomes a gathering, each in a transaction of its own."""
    query = (
        select(Round.workspace_id, Round.id)
        .join(Program, Program.id == Round.program_id)
        .where(*_claimed(kind), Round.due_at <= tools.clock())
        .order_by(Round.due_at, Round.id)
        .limit(50)
    )
    async with tools.database.reading() as session:
        due = [(row.workspace_id, row.id) for row in await session.execute(query)]
    return await one_by_one(tools, due, partial(_plan_one, tools, describe))


def _claimed(kind: str) -> tuple[ColumnElement[bool], ...]:
    return Program.kind == kind, Round.state == CLAIMED, Round.due_at.is_not(None)


async def _plan_one(tools: Tools, describe: Describe, found: tuple[int, int]) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        row = await programs.get_round(session, *found)
        program = await programs.get(session, row.workspace_id, row.program_id, lock=True)  # no session moves meanwhile
        row = await programs.get_round(session, *found, lock=True)
        if row.state != CLAIMED or row.due_at is None or row.due_at > now:
            return
        await plan_round(session, row, program, await describe(session, program, row), now=now)


async def plan_round(
    session: AsyncSession, row: Round, program: Program, details: Details, *, now: datetime
) -> Gathering | None:
    """The gathering of a locked round of a locked program, made the first time; the round is closed by it, in the same transaction.

    None where the program stopped meanwhile or the moment is too near: the round is stopped then and says why.
    """
    if row.local_date is None or program.state != "active":
        row.local_date = None  # should the program go on, that date is planned then
        _stop(row, "its program had stopped")
        return None
    starts_at = calendar.moment(row.local_date, program.at_minute, program.tz)
    gathering = await store.on_date(session, program, row.local_date)
    if gathering is None and starts_at <= now:
        _stop(row, "its moment had passed")
        return None
    if gathering is None:
        gathering = await planning.plan(
            session,
            program,
            starts_at,
            minutes=details.minutes,
            local_date=row.local_date,
            title=details.title,
            about=details.about,
            place=details.place,
            link=details.link,
            seats=details.seats,
            now=now,
        )
        await _warn(session, gathering, now)
    row.state, row.due_at, row.lease_until, row.closes_at = "closed", None, None, starts_at
    return gathering


async def _warn(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Another one of the program was moved onto this date: whoever hosts decides which of them moves."""
    other = await hosting.over_another(session, [gathering], {gathering.id: gathering.starts_at})
    if other is None:
        return
    text = (
        f"*{words.title(session, gathering)}* on {words.plain_moment(gathering.starts_at, gathering.tz)} is over another "
        f"session of its program, {words.title(session, other)}. Move one of them on its page, or call it off."
    )
    people = sorted(hosts(gathering)) or [each.id for each in await members.leads(session, gathering.workspace_id)]
    await hosting.tell_hosts(session, gathering, people, text, key="over-another", now=now)


def _stop(row: Round, why: str) -> None:
    row.state, row.due_at, row.lease_until, row.note = "stopped", None, None, why


async def planned(session: AsyncSession, program: Program, now: datetime) -> list[Planned]:
    """What a program has planned: `ProgramKind.planned` of every kind of program that has gatherings."""
    found = await store.coming_up(session, program.workspace_id, now, program_id=program.id)
    return [Planned(each.starts_at, words.title(session, each), words.place_of(each.id)) for each in found]
