"""Looks up who takes things on here, and how much each has taken on."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import store as members
from bot.members.commitments import store
from bot.members.commitments.leads.rules import Person
from bot.members.models import Member, MemberSkill


async def people(session: AsyncSession, workspace_id: int, now: datetime) -> list[Person]:
    """Everybody who is in and offers a skill or holds something; for totals only, so nobody's name is read."""
    everybody = select(Member.id, Member.function).where(Member.workspace_id == workspace_id, members.present())
    functions = dict((await session.execute(everybody)).all())
    offering = select(MemberSkill.member_id).where(
        MemberSkill.workspace_id == workspace_id, MemberSkill.direction == "offers"
    )
    offers = set((await session.execute(offering)).scalars())
    loads = await store.loads(session, workspace_id, functions.keys(), now=now)
    return [
        Person(functions[each], load.points, load.cap, load.takes("question", now))
        for each, load in loads.items()
        if each in offers or load.points
    ]
