"""The skills that goals name, of those alone who let them inspire prompts; never another word of a goal."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.goals import store
from bot.members.rules import clean, slug
from bot.registry import Wishes


async def skills(session: AsyncSession, workspace_id: int, only: Collection[int] | None) -> list[tuple[int, str, str]]:
    """(member id, slug, name) of the skill of each open goal; nobody's, where nobody is named."""
    found = await store.open_of_many(session, workspace_id, sorted(only or ()))
    return [(each.row.member_id, slug(each.text.skill), clean(each.text.skill)) for each in found if each.text.skill]


SKILLS = Wishes(asks_first=True, of=skills)
