"""Remembers milestones: each once ever."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.db import insert_new
from bot.errors import Gone
from bot.features.recognition.models import Milestone
from bot.members.models import Member
from bot.registry import MilestoneKind

MOST = 50  # on one page


async def add(
    session: AsyncSession, member: Member, kind: str, about_id: int, now: datetime, *, shared: bool
) -> Milestone | None:
    """One that was not there before; None where it was, whatever became of it since."""
    row = {
        "workspace_id": member.workspace_id, "member_id": member.id, "kind": kind, "about_id": about_id,
        "reached_at": now, "shared_at": now if shared else None, "put_away": False,
    }  # fmt: skip
    unique = ("member_id", "kind", "about_id")
    ids = await insert_new(session, Milestone, [row], unique=unique, returning=Milestone.id)
    return await session.get(Milestone, ids[0]) if ids else None


async def mine(session: AsyncSession, member: Member, milestone_id: object) -> Milestone:
    """One of this member's own, locked; anybody else's is Gone."""
    found = await lookup.get(session, Milestone, member.workspace_id, milestone_id, lock=True)
    if found.member_id != member.id:
        raise Gone
    return found


async def of(
    session: AsyncSession, workspace_id: int, member_id: int, known: Mapping[str, MilestoneKind]
) -> list[Milestone]:
    """Somebody's, the newest first; those of a feature that is no longer there have no words."""
    query = (
        select(Milestone)
        .where(Milestone.workspace_id == workspace_id, Milestone.member_id == member_id)
        .order_by(Milestone.reached_at.desc(), Milestone.id.desc())
        .limit(MOST)
    )
    return [each for each in (await session.execute(query)).scalars() if each.kind in known]
