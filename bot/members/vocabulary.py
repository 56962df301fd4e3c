"""Remembers the words a workspace's people use for their teams, skills and interests."""

from collections.abc import Collection

from sqlalchemy import Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.members.models import Interest, Member, MemberInterest, MemberSkill, Skill, Team
from bot.members.rules import clean, slug

Word = type[Team] | type[Skill] | type[Interest]
KINDS: dict[str, Word] = {"team": Team, "skill": Skill, "interest": Interest}
MOST_FOUND = 30


async def find(session: AsyncSession, workspace_id: int, kind: str, typed: str) -> list[tuple[int, str]]:
    """Words that contain what was typed, those that begin with it first; the most used ones where nothing was typed."""
    model = KINDS[kind]
    used = _uses(model).correlate(model).scalar_subquery()
    query = select(model.id, model.name).where(model.workspace_id == workspace_id).limit(MOST_FOUND)
    looked_for = slug(typed)
    if looked_for:
        query = query.where(model.slug.contains(looked_for, autoescape=True)).order_by(
            model.slug.startswith(looked_for, autoescape=True).desc(), used.desc(), model.slug
        )
    else:
        query = query.order_by(used.desc(), model.slug)
    return list((await session.execute(query)).all())


async def is_known(session: AsyncSession, workspace_id: int, kind: str, typed: str) -> bool:
    """Whether this word exists already, in whatever spelling."""
    model = KINDS[kind]
    query = select(model.id).where(model.workspace_id == workspace_id, model.slug == slug(typed))
    return (await session.execute(query)).first() is not None


async def by_id(session: AsyncSession, workspace_id: int, kind: str, ids: Collection[int]) -> dict[int, str]:
    """The words with these ids; another workspace's are not found."""
    model = KINDS[kind]
    query = select(model.id, model.name).where(model.workspace_id == workspace_id, model.id.in_(ids))
    return dict((await session.execute(query)).all())


async def ids_of(session: AsyncSession, workspace_id: int, kind: str, words: Collection[str]) -> list[int]:
    """The ids of these words, of which the new ones are added; two spellings of one word are one."""
    if not words:
        return []
    model = KINDS[kind]
    named = {slug(word): clean(word) for word in reversed(list(words))}
    rows = [{"workspace_id": workspace_id, "slug": each, "name": name} for each, name in sorted(named.items())]
    await insert_new(session, model, rows, unique=("workspace_id", "slug"), returning=model.id)
    query = select(model.id).where(model.workspace_id == workspace_id, model.slug.in_(named)).order_by(model.id)
    return list((await session.execute(query)).scalars())


async def keep_skills(session: AsyncSession, member: Member, direction: str, skill_ids: Collection[int]) -> None:
    """Have the member offer (or want) exactly these skills."""
    await session.execute(
        delete(MemberSkill).where(
            MemberSkill.workspace_id == member.workspace_id,
            MemberSkill.member_id == member.id,
            MemberSkill.direction == direction,
        )
    )
    for skill_id in sorted(set(skill_ids)):
        session.add(
            MemberSkill(workspace_id=member.workspace_id, member_id=member.id, skill_id=skill_id, direction=direction)
        )


async def keep_interests(session: AsyncSession, member: Member, interest_ids: Collection[int]) -> None:
    """Have the member share exactly these interests."""
    await session.execute(
        delete(MemberInterest).where(
            MemberInterest.workspace_id == member.workspace_id, MemberInterest.member_id == member.id
        )
    )
    for interest_id in sorted(set(interest_ids)):
        session.add(MemberInterest(workspace_id=member.workspace_id, member_id=member.id, interest_id=interest_id))


def _uses(model: Word) -> Select[int]:
    """How many members use a word."""
    if model is Team:
        return select(func.count()).where(Member.team_id == Team.id)
    if model is Skill:
        return select(func.count()).where(MemberSkill.skill_id == Skill.id)
    return select(func.count()).where(MemberInterest.interest_id == Interest.id)
