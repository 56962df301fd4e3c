"""The skills people want to learn, as they named them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.models import MemberSkill, Skill
from bot.registry import Wishes


async def wanted(session: AsyncSession, workspace_id: int, only: Collection[int] | None) -> list[tuple[int, str, str]]:
    """(member id, slug, name) of each."""
    query = (
        select(MemberSkill.member_id, Skill.slug, Skill.name)
        .join(Skill, Skill.id == MemberSkill.skill_id)
        .where(MemberSkill.workspace_id == workspace_id, MemberSkill.direction == "wants")
    )
    if only is not None:
        query = query.where(MemberSkill.member_id.in_(list(only)))
    return [(row.member_id, row.slug, row.name) for row in await session.execute(query)]


WANTED = Wishes(asks_first=False, of=wanted)
