"""Remembers programs: their dates, who joined them, and the days nothing happens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.db import in_parts, insert_new
from bot.errors import Gone
from bot.members.models import Member, Workspace
from bot.members.store import pool_filter, present
from bot.programs import rules
from bot.programs.kinds import ahead_of, planned_of
from bot.programs.models import Enrolment, FirstHour, Holiday, Program, Round

LIVING = ("draft", "active", "paused")
UNDER_WAY = ("claimed", "matched", "written", "sealed")


def cadence_of(program: Program) -> rules.Cadence:
    """The program's typed fields as the rules read them."""
    return rules.Cadence(
        tz=program.tz,
        starts_on=program.starts_on,
        weekday=program.weekday,
        at_minute=program.at_minute,
        every_weeks=program.every_weeks,
        month_week=program.month_week,
    )


async def get(session: AsyncSession, workspace_id: int, program_id: int, *, lock: bool = False) -> Program:
    """A program of this workspace; Gone where there is none. Locked, it is read afresh."""
    return await lookup.get(session, Program, workspace_id, program_id, lock=lock)


async def living(
    session: AsyncSession, workspace_id: int, *, states: Sequence[str] = LIVING, channel: str | None = None
) -> list[Program]:
    """The workspace's programs that have not ended, oldest first; of one channel only, if one is given."""
    query = select(Program).where(Program.workspace_id == workspace_id, Program.state.in_(states)).order_by(Program.id)
    if channel is not None:
        query = query.where(Program.channel == channel)
    return list((await session.execute(query)).scalars())


def _running() -> ColumnElement[bool]:
    """Programs that do something: active, in a workspace that still has Perennial and a token that works."""
    installed = select(Workspace.id).where(Workspace.state == "active")
    return and_(Program.state == "active", Program.workspace_id.in_(installed))


async def due(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace id, program id) of those whose round is to be opened."""
    query = (
        select(Program.workspace_id, Program.id)
        .where(_running(), Program.due_at <= now)
        .order_by(Program.due_at)
        .limit(limit)
    )
    return [(row.workspace_id, row.id) for row in await session.execute(query)]


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next round is to be opened."""
    return (await session.execute(select(func.min(Program.due_at)).where(_running()))).scalar_one()


async def notices_due(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace id, program id) of those whose members are to hear that it is tomorrow."""
    query = (
        select(Program.workspace_id, Program.id)
        .where(_running(), Program.notice_at <= now)
        .order_by(Program.notice_at)
        .limit(limit)
    )
    return [(row.workspace_id, row.id) for row in await session.execute(query)]


async def next_notice(session: AsyncSession) -> datetime | None:
    """When the next such notice is to be given."""
    return (await session.execute(select(func.min(Program.notice_at)).where(_running()))).scalar_one()


async def holidays(session: AsyncSession, workspace_id: int) -> dict[date, str]:
    """The company's holidays and their names, soonest first."""
    query = select(Holiday).where(Holiday.workspace_id == workspace_id).order_by(Holiday.day)
    return {holiday.day: holiday.name for holiday in (await session.execute(query)).scalars()}


async def add_holiday(session: AsyncSession, workspace_id: int, day: date, name: str) -> bool:
    """Have nothing happen on a day; False where that was known."""
    row = {"workspace_id": workspace_id, "day": day, "name": name}
    return bool(await insert_new(session, Holiday, [row], unique=("workspace_id", "day"), returning=Holiday.day))


async def remove_holiday(session: AsyncSession, workspace_id: int, day: date) -> bool:
    """The day is a working day after all; False where it was one."""
    found = await session.get(Holiday, (workspace_id, day))
    if found is None:
        return False
    await session.delete(found)
    await session.flush()
    return True


async def coming_dates(session: AsyncSession, program: Program, now: datetime, *, count: int = 3) -> list[date]:
    """The next dates as the program stands now."""
    cadence = cadence_of(program)
    after = rules.earliest(now, cadence, done=await last_date(session, program), skipped=program.skip_through)
    closed = await holidays(session, program.workspace_id)
    return rules.next_dates(cadence, closed, after=after, count=count)


async def next_moment(session: AsyncSession, program: Program, now: datetime) -> datetime | None:
    """When people meet next: what is planned first, else the next date; a round that opens ahead is nobody's date."""
    if ahead_of(session, program) is None:
        return program.due_at
    if planned := await planned_of(session, program, now):
        return planned[0].starts_at
    return rules.moment(program.next_date, program.at_minute, program.tz) if program.next_date else None


async def last_date(session: AsyncSession, program: Program) -> date | None:
    """The date of the newest round that was opened by the calendar."""
    query = select(func.max(Round.local_date)).where(Round.program_id == program.id, Round.state != "draft")
    return (await session.execute(query)).scalar_one()


async def draft_of(session: AsyncSession, program: Program) -> Round | None:
    """The stored draft of the next round; there is at most one."""
    query = select(Round).where(Round.program_id == program.id, Round.state == "draft")
    return (await session.execute(query)).scalar_one_or_none()


async def newest_round(session: AsyncSession, program: Program) -> Round | None:
    """The newest round that was opened, whatever became of it."""
    query = (
        select(Round)
        .where(Round.program_id == program.id, Round.state != "draft")
        .order_by(Round.number.desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def get_round(session: AsyncSession, workspace_id: int, round_id: int, *, lock: bool = False) -> Round:
    """A round of this workspace; Gone where there is none."""
    return await lookup.get(session, Round, workspace_id, round_id, lock=lock)


async def reschedule(session: AsyncSession, program: Program, now: datetime) -> None:
    """Set the next date, when it opens and when people hear of it; nothing, unless the program is active."""
    before = (program.next_date, program.due_at)
    found = await coming_dates(session, program, now, count=1) if program.state == "active" else []
    if not found:
        program.next_date = program.due_at = program.notice_at = None
        return
    cadence = cadence_of(program)
    program.next_date = found[0]
    program.due_at = rules.moment(found[0], program.at_minute, program.tz)
    ahead = ahead_of(session, program)
    if ahead is not None:
        program.due_at, program.notice_at = max(program.due_at - ahead, now), None
        return
    if (program.next_date, program.due_at) == before:
        return  # people who were told need not be told again
    closed = await holidays(session, program.workspace_id)
    program.notice_at = max(rules.notice_moment(found[0], cadence, closed), now)
    if draft := await draft_of(session, program):
        draft.local_date = found[0]


@dataclass(frozen=True)
class Roster:
    """Who takes part: member ids, by name. `paused` and `skipping` are among `joined`."""

    joined: list[int]
    paused: list[int]
    skipping: list[int]
    names: dict[int, str]


async def roster(session: AsyncSession, program: Program, on: date) -> Roster:
    """Everybody who joined and is still here, and who of them sits out on a day."""
    query = (
        select(Member, Enrolment.skip_date)
        .join(Enrolment, Enrolment.member_id == Member.id)
        .where(
            Enrolment.program_id == program.id,
            Enrolment.workspace_id == program.workspace_id,
            Enrolment.state == "joined",
            present(),
        )
        .order_by(Member.name, Member.id)
    )
    rows = (await session.execute(query)).all()
    return Roster(
        joined=[member.id for member, _ in rows],
        paused=[member.id for member, _ in rows if member.paused_until and member.paused_until > on],
        skipping=[member.id for member, skip in rows if skip == on],
        names={member.id: member.name for member, _ in rows},
    )


async def joined_members(
    session: AsyncSession, program: Program, on: date, *, beyond: int = 0, limit: int | None = None
) -> list[int]:
    """Ids of those who would be seated on a day, in order: joined, here, neither paused nor skipping that date."""
    query = (
        select(Enrolment.member_id)
        .join(Member, Member.id == Enrolment.member_id)
        .where(
            Enrolment.program_id == program.id,
            Enrolment.workspace_id == program.workspace_id,
            Enrolment.state == "joined",
            Enrolment.skip_date.is_distinct_from(on),
            Enrolment.member_id > beyond,
            pool_filter(on),
        )
        .order_by(Enrolment.member_id)
        .limit(limit)
    )
    return [member_id async for some in in_parts(session, query) for (member_id,) in some]


async def enrolment(session: AsyncSession, program: Program, member_id: int, *, lock: bool = False) -> Enrolment | None:
    """How a member stands to a program, if they ever said."""
    query = select(Enrolment).where(
        Enrolment.workspace_id == program.workspace_id,
        Enrolment.program_id == program.id,
        Enrolment.member_id == member_id,
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def enrol(session: AsyncSession, program: Program, member_id: int, state: str, now: datetime) -> bool:
    """Write down what a member said; False where that is what they had said before."""
    row = {
        "program_id": program.id,
        "member_id": member_id,
        "workspace_id": program.workspace_id,
        "state": state,
        "since": now,
    }
    unique = ("program_id", "member_id")
    if await insert_new(session, Enrolment, [row], unique=unique, returning=Enrolment.member_id):
        return True
    found = await enrolment(session, program, member_id, lock=True)
    assert found is not None, "it was taken a moment ago"
    if found.state == state:
        return False
    found.state, found.since, found.skip_date = state, now, None
    return True


async def enrolments_of(session: AsyncSession, workspace_id: int, member_id: int, state: str) -> list[Program]:
    """The living programs to which a member stands in a certain way."""
    query = (
        select(Program)
        .join(Enrolment, Enrolment.program_id == Program.id)
        .where(
            Program.workspace_id == workspace_id,
            Program.state.in_(LIVING),
            Enrolment.member_id == member_id,
            Enrolment.state == state,
        )
        .order_by(Program.id)
    )
    return list((await session.execute(query)).scalars())


async def open_to(session: AsyncSession, workspace_id: int, member_id: int) -> list[Program]:
    """Active programs that a member could join. Those they declined stay findable; they are only not asked again."""
    said = select(Enrolment.program_id).where(Enrolment.member_id == member_id, Enrolment.state == "joined")
    query = (
        select(Program)
        .where(Program.workspace_id == workspace_id, Program.state == "active", Program.id.not_in(said))
        .order_by(Program.id)
    )
    return list((await session.execute(query)).scalars())


async def members_by_id(session: AsyncSession, workspace_id: int, member_ids: Sequence[int]) -> dict[int, Member]:
    """These people of this workspace."""
    query = select(Member).where(Member.workspace_id == workspace_id, Member.id.in_(member_ids))
    return {member.id: member for member in (await session.execute(query)).scalars()}


async def workspace_of(session: AsyncSession, workspace_id: int) -> Workspace:
    """The workspace itself."""
    found = await session.get(Workspace, workspace_id)
    if found is None:
        raise Gone
    return found


async def first_hour(session: AsyncSession, workspace_id: int, *, lock: bool = False) -> FirstHour | None:
    """The first hour of a workspace's leads, once it has begun."""
    query = select(FirstHour).where(FirstHour.workspace_id == workspace_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def ungreeted(session: AsyncSession) -> list[int]:
    """Workspaces whose first leads have not been greeted."""
    query = (
        select(Workspace.id)
        .outerjoin(FirstHour, FirstHour.workspace_id == Workspace.id)
        .where(FirstHour.workspace_id.is_(None), Workspace.state == "active")
        .order_by(Workspace.id)
        .limit(200)
    )
    return list((await session.execute(query)).scalars())


async def next_greeting(session: AsyncSession) -> datetime | None:
    """When the next workspace's leads are to be greeted: as soon as it is installed."""
    query = (
        select(func.min(Workspace.installed_at))
        .outerjoin(FirstHour, FirstHour.workspace_id == Workspace.id)
        .where(FirstHour.workspace_id.is_(None), Workspace.state == "active")
    )
    return (await session.execute(query)).scalar_one()
