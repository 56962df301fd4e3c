"""A gathering is planned, moved to another date, or called off; its feature follows, and so does everybody told."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.gatherings import rules, store
from bot.gatherings.errors import HasBegun
from bot.gatherings.kinds import gathering_kind_of
from bot.gatherings.models import Gathering
from bot.gatherings.seating import check_open
from bot.programs.models import Program


def subject_of(gathering_id: int) -> str:
    """What messages of a gathering are filed under."""
    return f"gathering:{gathering_id}"


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
        due_at=now,
        sequence=0,
        version=1,
        created_at=now,
    )
    session.add(gathering)
    await session.flush()
    await gathering_kind_of(session, gathering).planned(session, gathering, now)
    return gathering


async def move(session: AsyncSession, gathering: Gathering, starts_at: datetime, *, now: datetime) -> None:
    """Another date for a locked one: what waits to be sent is taken back, and its reminders begin anew."""
    check_open(gathering)
    if gathering.starts_at <= now:
        raise HasBegun
    gathering.starts_at = starts_at
    gathering.sequence, gathering.version = gathering.sequence + 1, gathering.version + 1
    gathering.step, gathering.due_at = rules.next_step("announce", starts_at, gathering.minutes, now)
    await outbox.withdraw(session, gathering.workspace_id, subject_of(gathering.id), now=now)
    await session.flush()
    await gathering_kind_of(session, gathering).moved(session, gathering, now)


async def call_off(session: AsyncSession, gathering: Gathering, *, now: datetime) -> None:
    """A locked one will not take place: nobody is reminded of it any more."""
    check_open(gathering)
    gathering.state, gathering.step, gathering.due_at = store.CALLED_OFF, "done", None
    gathering.sequence, gathering.version = gathering.sequence + 1, gathering.version + 1
    await outbox.withdraw(session, gathering.workspace_id, subject_of(gathering.id), now=now)
    await session.flush()
    await gathering_kind_of(session, gathering).called_off(session, gathering, now)
