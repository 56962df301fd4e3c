"""What people want to learn, counted: from their tags alone, and only of those who left that on."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.roundtables.models import TagChoice
from bot.members.models import Member
from bot.members.store import present
from bot.registry import Wishes


@dataclass(frozen=True)
class Wanted:
    """A skill and how many different people want it or asked about it."""

    slug: str
    name: str
    people: int


async def counted(session: AsyncSession, workspace_id: int) -> dict[str, Wanted]:
    """How many want each skill; who they are stays here."""
    choices = select(TagChoice).where(TagChoice.workspace_id == workspace_id)
    rows = list((await session.execute(choices)).scalars())
    not_these = {each.member_id for each in rows if not each.skills}
    with_goals = frozenset(each.member_id for each in rows if each.goals)
    here = set(
        (await session.execute(select(Member.id).where(Member.workspace_id == workspace_id, present()))).scalars()
    )
    people: dict[str, set[int]] = {}
    names: dict[str, str] = {}
    contributed: list[Wishes] = session.info["wishes"]
    for each in contributed:
        only = with_goals if each.asks_first else None
        for member_id, slug, name in await each.of(session, workspace_id, only):
            left_out = member_id not in with_goals if each.asks_first else member_id in not_these
            if member_id in here and not left_out:
                people.setdefault(slug, set()).add(member_id)
                names.setdefault(slug, name)
    return {slug: Wanted(slug, names[slug], len(those)) for slug, those in people.items()}
