"""What can happen to a member: joining, pausing, leaving, leading; each inside the caller's transaction."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.members import vocabulary
from bot.members.models import Member
from bot.members.rules import end_of_pause
from bot.slack import home

Passage = Callable[[AsyncSession, int, int, datetime], Awaitable[None]]


@dataclass(frozen=True)
class About:
    """Who somebody is: their team by name, the function they work in, how far they have come."""

    team: str
    function: str
    level: int


@dataclass(frozen=True)
class Skills:
    """What somebody offers, wants to learn and likes, as they would write it."""

    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hours:
    """When somebody works, and how many unasked messages a week they welcome."""

    start: int  # minutes after local midnight
    end: int
    days: tuple[int, ...]  # Monday is 0
    weekly_budget: int


def today_of(member: Member, now: datetime) -> date:
    """Which day it is where they are."""
    return now.astimezone(ZoneInfo(member.tz)).date()


async def join(session: AsyncSession, member: Member, *, now: datetime) -> bool:
    """They said yes. False where they were in already."""
    if member.joined_at is not None and member.left_at is None:
        return False
    member.joined_at, member.left_at = now, None
    await session.flush()
    await _tell(session, "joined", member, now)
    return True


async def set_about(session: AsyncSession, member: Member, about: About, *, now: datetime | None = None) -> None:
    """Keep who they are; a team nobody named before is added. `now`: they change it, rather than say it on their way in."""
    found = await vocabulary.ids_of(session, member.workspace_id, "team", [about.team]) if about.team else []
    before, team_id = (member.team_id, member.function), found[0] if found else None
    member.team_id, member.function, member.level = team_id, about.function, about.level
    if now is not None and all(before) and team_id and about.function and before != (team_id, about.function):
        member.role_changed_at = now


async def set_skills(session: AsyncSession, member: Member, skills: Skills) -> None:
    """Keep what they offer, want and like; words nobody used before are added."""
    for direction, words in (("offers", skills.offers), ("wants", skills.wants)):
        ids = await vocabulary.ids_of(session, member.workspace_id, "skill", words)
        await vocabulary.keep_skills(session, member, direction, ids)
    ids = await vocabulary.ids_of(session, member.workspace_id, "interest", skills.interests)
    await vocabulary.keep_interests(session, member, ids)


def set_hours(member: Member, hours: Hours) -> None:
    """Keep when they work; the end of a pause moves along."""
    member.hours_start, member.hours_end, member.work_days = hours.start, hours.end, sorted(hours.days)
    member.weekly_budget = hours.weekly_budget
    plan_end_of_pause(member)


def plan_end_of_pause(member: Member) -> None:
    """Set when they are told that their pause is over; again after their zone, hours or days have changed."""
    member.pause_ends_at = None
    if member.paused_until is not None:
        member.pause_ends_at = end_of_pause(member.paused_until, member.tz, member.work_days, member.hours_start)


def pause(member: Member, until: date, *, reason: str = "asked") -> None:
    """Leave them alone until a day, on which they are back by themselves and told so."""
    member.paused_until, member.pause_reason = until, reason
    plan_end_of_pause(member)


async def rest(session: AsyncSession, member: Member, until: date, *, now: datetime, reason: str = "asked") -> None:
    """The same, and whoever holds something for them hears of it: what waits for them is handed on."""
    pause(member, until, reason=reason)
    await session.flush()
    await _tell(session, "paused", member, now)


def resume(member: Member) -> date | None:
    """They are back now; the day until which they were away, so that it can be undone."""
    until = member.paused_until
    member.paused_until = member.pause_reason = member.pause_ends_at = None
    return until


async def leave(session: AsyncSession, member: Member, *, now: datetime) -> bool:
    """They leave Perennial: nothing reaches them any more, what they wrote about themselves waits for their return."""
    if member.joined_at is None or member.left_at is not None:
        return False
    member.left_at = now
    resume(member)
    await _is_gone(session, member, now)
    return True


async def deactivate(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Slack says that the account is deactivated: whatever waits for them is withdrawn."""
    if member.deactivated_at is None:
        member.deactivated_at, member.is_lead = now, False
        await _is_gone(session, member, now)


async def _is_gone(session: AsyncSession, member: Member, now: datetime) -> None:
    """Rows are locked in one order by everybody: the member's, then a feature's own, then cards and commitments."""
    await outbox.withdraw(session, member.workspace_id, subject_of(member), now=now)
    await session.flush()
    await _tell(session, "left", member, now)
    await _tell(session, "left_after", member, now)


async def _tell(session: AsyncSession, what: str, member: Member, now: datetime) -> None:
    passages: list[Passage] = session.info.get(what, [])
    for passage in passages:
        await passage(session, member.workspace_id, member.id, now)
    await home.redraw(session, member.workspace_id, [member.id], now=now)


def subject_of(member: Member) -> str:
    """The subject of messages that are about a member's own settings."""
    return f"member:{member.id}"
