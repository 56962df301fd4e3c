"""Remembers who moderates, and who could look at a report."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member
from bot.members.moderation.models import Moderator
from bot.members.moderation.rules import Candidate


async def moderators(session: AsyncSession, workspace_id: int) -> list[Member]:
    """Who moderates and can: whoever left, was deactivated or became a guest can't; by name."""
    query = (
        select(Member)
        .join(Moderator, Moderator.member_id == Member.id)
        .where(
            Moderator.workspace_id == workspace_id,
            Member.workspace_id == workspace_id,
            Member.deactivated_at.is_(None),
            Member.left_at.is_(None),
            Member.is_guest.is_(False),
        )
        .order_by(Member.name, Member.id)
    )
    return list((await session.execute(query)).scalars())


async def candidates(session: AsyncSession, workspace_id: int, now: datetime) -> list[Candidate]:
    """Everybody who might look at a report: moderators, then leads."""
    moderating = await moderators(session, workspace_id)
    leading = [each for each in await members.leads(session, workspace_id) if each.left_at is None]
    named, lead_ids = {each.id for each in moderating}, {each.id for each in leading}
    people = [*moderating, *(each for each in leading if each.id not in named)]
    return [Candidate(each.id, each.id in named, each.id in lead_ids, _is_away(each, now)) for each in people]


async def turn_to(session: AsyncSession, workspace_id: int, but: int | None) -> list[str]:
    """The names of those whom somebody can talk to about a report: moderators, or leads where nobody else moderates."""
    others = [each for each in await moderators(session, workspace_id) if each.id != but]
    leads = [each for each in await members.leads(session, workspace_id) if each.id != but]
    return [each.name for each in others or leads]


async def add(session: AsyncSession, member: Member, now: datetime) -> None:
    """They moderate from now on."""
    row = {"member_id": member.id, "workspace_id": member.workspace_id, "since": now}
    await insert_new(session, Moderator, [row], unique=("member_id",), returning=Moderator.member_id)


async def remove(session: AsyncSession, workspace_id: int, member_ids: Sequence[int]) -> bool:
    """They moderate no longer; whether any of them did."""
    query = delete(Moderator).where(Moderator.workspace_id == workspace_id, Moderator.member_id.in_(list(member_ids)))
    return bool((await session.execute(query.returning(Moderator.member_id))).all())


def _is_away(member: Member, now: datetime) -> bool:
    return member.paused_until is not None and member.paused_until > changes.today_of(member, now)
