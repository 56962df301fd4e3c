"""Remembers rhythms and prompts: who is due, what was asked before, and where each question stands."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.errors import Gone
from bot.features.reflections.models import Prompt, Rhythm
from bot.features.reflections.prompts import rules
from bot.features.reflections.prompts.rules import Hours, Pace
from bot.members.models import Member

HISTORY = 120  # prompts that choosing looks back at: more than 60 days of them


async def due(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace id, member id) of those to be asked."""
    query = (
        select(Rhythm.workspace_id, Rhythm.member_id)
        .where(Rhythm.due_at <= now)
        .order_by(Rhythm.due_at, Rhythm.member_id)
        .limit(limit)
    )
    return [(row.workspace_id, row.member_id) for row in await session.execute(query)]


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next person is to be asked."""
    return (await session.execute(select(func.min(Rhythm.due_at)))).scalar_one()


async def rhythm_of(session: AsyncSession, workspace_id: int, member_id: int, *, lock: bool = False) -> Rhythm | None:
    """How often somebody is asked, if they ever chose that."""
    query = select(Rhythm).where(Rhythm.workspace_id == workspace_id, Rhythm.member_id == member_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


def pace_in(rhythm: Rhythm | None) -> Pace:
    """The pace of a row; off where there is none."""
    return Pace() if rhythm is None else Pace(rhythm.pace, tuple(rhythm.days), rhythm.at_minute)


def hours_of(member: Member) -> Hours:
    """When a member works, as the rules read it."""
    return Hours(member.tz, member.hours_start, member.hours_end, tuple(member.work_days))


async def set_pace(session: AsyncSession, member: Member, pace: Pace, *, now: datetime, undo: bool = False) -> Rhythm:
    """Ask at this pace from now on; with `undo`, what was before is remembered."""
    row = {
        "member_id": member.id,
        "workspace_id": member.workspace_id,
        "pace": "off",
        "days": list(pace.days),
        "at_minute": pace.at_minute,
    }
    await insert_new(session, Rhythm, [row], unique=("member_id",), returning=Rhythm.member_id)
    rhythm = await rhythm_of(session, member.workspace_id, member.id, lock=True)
    assert rhythm is not None, "it is there by now"
    rhythm.before = {"pace": rhythm.pace, "days": list(rhythm.days)} if undo else None
    rhythm.pace, rhythm.days, rhythm.at_minute = pace.pace, list(pace.days), pace.at_minute
    plan(rhythm, member, now)
    await session.flush()
    return rhythm


def plan(rhythm: Rhythm, member: Member, now: datetime) -> None:
    """Set when they are asked next."""
    rhythm.due_at = rules.next_prompt(pace_in(rhythm), hours_of(member), now=now, last_on=rhythm.last_on)


async def history(session: AsyncSession, workspace_id: int, member_id: int) -> list[tuple[str, date]]:
    """(slug, local date) of what somebody was asked, newest first; what never reached them does not count."""
    query = (
        select(Prompt.slug, Prompt.local_date)
        .where(Prompt.workspace_id == workspace_id, Prompt.member_id == member_id, Prompt.state != "dropped")
        .order_by(Prompt.local_date.desc(), Prompt.id.desc())
        .limit(HISTORY)
    )
    return [(row.slug, row.local_date) for row in await session.execute(query)]


async def put(session: AsyncSession, rhythm: Rhythm, slug: str, day: date, *, expires_at: datetime) -> Prompt | None:
    """A question that is on its way; None where they were asked that day already."""
    row = {
        "workspace_id": rhythm.workspace_id,
        "member_id": rhythm.member_id,
        "slug": slug,
        "local_date": day,
        "state": "waiting",
        "tells": rhythm.told_at is None,
        "expires_at": expires_at,
    }
    ids = await insert_new(session, Prompt, [row], unique=("member_id", "local_date"), returning=Prompt.id)
    return await session.get(Prompt, ids[0]) if ids else None


async def get(session: AsyncSession, workspace_id: int, prompt_id: int) -> Prompt | None:
    """A prompt by its id, for messages about it."""
    query = select(Prompt).where(Prompt.workspace_id == workspace_id, Prompt.id == prompt_id)
    return (await session.execute(query)).scalar_one_or_none()


async def own(
    session: AsyncSession, workspace_id: int, member_id: int, prompt_id: int, *, lock: bool = False
) -> Prompt:
    """A prompt for whoever was asked; Gone for everybody else."""
    query = select(Prompt).where(
        Prompt.workspace_id == workspace_id, Prompt.member_id == member_id, Prompt.id == prompt_id
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        raise Gone("That question is not yours to answer, or no longer there. You can write in your journal any time.")
    return found


async def open_now(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> Prompt | None:
    """The newest question that was put to somebody and waits for an answer."""
    query = (
        select(Prompt)
        .where(
            Prompt.workspace_id == workspace_id,
            Prompt.member_id == member_id,
            Prompt.state == "put",
            Prompt.expires_at > now,
        )
        .order_by(Prompt.local_date.desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def waiting(session: AsyncSession, workspace_id: int, member_id: int) -> list[Prompt]:
    """Questions that have not left yet."""
    query = select(Prompt).where(
        Prompt.workspace_id == workspace_id, Prompt.member_id == member_id, Prompt.state == "waiting"
    )
    return list((await session.execute(query)).scalars())


async def at_place(
    session: AsyncSession, workspace_id: int, channel: str, thread_ts: str, slack_id: str
) -> Prompt | None:
    """The question in whose thread somebody writes, provided that it was put to them."""
    query = (
        select(Prompt)
        .join(Member, Member.id == Prompt.member_id)
        .where(
            Prompt.workspace_id == workspace_id,
            Prompt.channel == channel,
            Prompt.ts == thread_ts,
            Member.slack_id == slack_id,
        )
    )
    return (await session.execute(query)).scalar_one_or_none()
