"""Remembers what somebody has answered so far, and what they said when they were here before."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import store
from bot.members.changes import About, Hours, Skills
from bot.members.models import JoiningDraft, Member

Part = About | Skills | Hours  # what one of the steps asks


@dataclass(frozen=True)
class Answers:
    """Everything the three steps ask, filled with what is known."""

    about: About
    skills: Skills
    hours: Hours
    given: frozenset[str] = frozenset()  # which steps were answered on this way in


async def answers_of(session: AsyncSession, member: Member) -> Answers:
    """What the member answered so far on this way in, over what they said before, over the defaults."""
    known = await said(session, member)
    draft = await session.get(JoiningDraft, member.id)
    if draft is None or draft.workspace_id != member.workspace_id:
        return known
    about = About(**draft.answers["about"]) if "about" in draft.answers else known.about
    skills = _skills(draft.answers["skills"]) if "skills" in draft.answers else known.skills
    hours = _hours(draft.answers["hours"]) if "hours" in draft.answers else known.hours
    return Answers(about, skills, hours, frozenset(draft.answers))


async def said(session: AsyncSession, member: Member) -> Answers:
    """What the member's record says now."""
    profile = (await store.profiles(session, member.workspace_id, [member.id]))[member.id]
    return Answers(
        About(profile.team, profile.function, profile.level),
        Skills(tuple(profile.offers.values()), tuple(profile.wants.values()), tuple(profile.interests.values())),
        Hours(member.hours_start, member.hours_end, tuple(member.work_days), member.weekly_budget),
    )


async def keep(session: AsyncSession, member: Member, step: str, answer: Part, now: datetime) -> None:
    """Remember one step's answer."""
    draft = await session.get(JoiningDraft, member.id, with_for_update=True)
    if draft is None:
        draft = JoiningDraft(member_id=member.id, workspace_id=member.workspace_id, answers={}, updated_at=now)
        session.add(draft)
    draft.answers = {**draft.answers, step: asdict(answer)}
    draft.updated_at = now


async def forget(session: AsyncSession, member: Member) -> None:
    """They are in, or gone: the draft has served."""
    draft = await session.get(JoiningDraft, member.id)
    if draft is not None:
        await session.delete(draft)


def _skills(stored: dict[str, Any]) -> Skills:
    return Skills(tuple(stored["offers"]), tuple(stored["wants"]), tuple(stored["interests"]))


def _hours(stored: dict[str, Any]) -> Hours:
    return Hours(stored["start"], stored["end"], tuple(stored["days"]), stored["weekly_budget"])
