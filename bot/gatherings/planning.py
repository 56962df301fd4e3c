"""A gathering is planned, moved to another date, or called off; its feature follows, and so does everybody told."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.gatherings import rules, store, subjects
from bot.gatherings.errors import HasBegun, InThePast
from bot.gatherings.kinds import gathering_kind_of, kind_of_program
from bot.gatherings.models import Gathering
from bot.gatherings.seating import check_open
from bot.programs.models import Program


async def plan(
    session: AsyncSession,
    program: Program,
    starts_at: datetime,
    *,
    minutes: int,
    local_date: date | None = None,
    title: str | None = None,
    about: str | None = None,
    place: str | None = None,
    link: str | None = None,
    seats: int | None = None,
    now: datetime,
) -> Gathering:
    """A new one of a program, hosted by its owner; its feature begins what it does ahead of it."""
    kind = kind_of_program(session, program)
    if starts_at <= now:
        raise InThePast
    gathering = Gathering(
        workspace_id=program.workspace_id,
        program_id=program.id,
        kind=program.kind,
        local_date=local_date,
        title=title,
        about=about,
        starts_at=starts_at,
        tz=program.tz,
        minutes=minutes,
        place=place,
        link=link,
        seats=seats,
        host_id=program.owner_id,
        channel=program.channel,
        state=store.PLANNED,
        step=rules.STEPS[0],
        due_at=rules.announced_at(starts_at, kind.announced_before, now),
        sequence=0,
        version=1,
        created_at=now,
    )
    session.add(gathering)
    await session.flush()
    await kind.planned(session, gathering, now)
    return gathering


async def move(session: AsyncSession, gathering: Gathering, starts_at: datetime, *, now: datetime) -> None:
    """Another date for a locked one: what waits to be sent is taken back, and its reminders begin anew."""
    check_open(gathering)
    if gathering.starts_at <= now:
        raise HasBegun
    gathering.starts_at = starts_at
    gathering.sequence += 1
    await _begin_telling(session, gathering, "moved", now)
    await gathering_kind_of(session, gathering).moved(session, gathering, now)


async def call_off(session: AsyncSession, gathering: Gathering, *, now: datetime) -> None:
    """A locked one will not take place: nobody is reminded of it any more."""
    check_open(gathering)
    gathering.state = store.CALLED_OFF
    await _begin_telling(session, gathering, "called_off", now)
    await gathering_kind_of(session, gathering).called_off(session, gathering, now)


async def change(session: AsyncSession, gathering: Gathering, *, now: datetime) -> None:
    """A locked one has another title, place, link or length: its reminders stay, and everybody told hears of it."""
    check_open(gathering)
    await _begin_telling(session, gathering, "changed", now)
    if follow := gathering_kind_of(session, gathering).changed:
        await follow(session, gathering, now)


async def _begin_telling(session: AsyncSession, gathering: Gathering, what: str, now: datetime) -> None:
    """What is not true any more is taken back at once; the clock then tells everybody, some hundreds at a time."""
    gathering.version += 1
    gathering.step, gathering.due_at = rules.telling(what, gathering.step), now
    for change in rules.TELLING:
        await outbox.withdraw(session, gathering.workspace_id, subjects.news(gathering.id, change), now=now)
    if what != "changed":
        await outbox.withdraw(session, gathering.workspace_id, subjects.of(gathering.id), now=now)
    await session.flush()
