"""Who holds a session, and so hears what it lacks and decides about it."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings import facts
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.members.models import Member


async def people(session: AsyncSession, gathering: Gathering) -> list[Member]:
    """Its host and co-host; every lead, where neither is here any more."""
    found = [await members.by_id(session, gathering.workspace_id, each) for each in sorted(facts.hosts(gathering))]
    here = [each for each in found if each is not None and each.deactivated_at is None and each.left_at is None]
    return here or await members.leads(session, gathering.workspace_id)


async def decides(session: AsyncSession, gathering: Gathering, member: Member) -> bool:
    """Whether somebody holds this session, or leads."""
    return member.id in facts.hosts(gathering) or await members.is_lead(session, member)
