"""Who may come: everybody in Perennial, guests where they are let in or were invited, and others once they joined."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.gatherings import messages, store
from bot.gatherings.coming import acting
from bot.gatherings.errors import ByInvitation
from bot.gatherings.models import Seat
from bot.members import store as members
from bot.members.models import Member, Workspace


async def joins_first(session: AsyncSession, member: Member, said: Seat | None) -> bool:
    """Whether somebody has to join Perennial before their yes counts; guests need an invitation instead."""
    workspace = await session.get(Workspace, member.workspace_id)
    if member.is_guest and not (workspace and workspace.guests_allowed):
        if said is None:
            raise ByInvitation
        return False
    return not members.has_joined(member)


async def came_in(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Somebody finished the three steps: what they said yes to before counts now."""
    member = await members.by_id(session, workspace_id, member_id)
    assert member is not None, "whoever joins exists"
    for found in await store.said_by(session, workspace_id, member_id, store.JOINING):
        gathering = await store.get(session, workspace_id, found.id, lock=True)
        await acting.say_yes(session, gathering, member_id, now=now)
        (person,) = (await members.recipients(session, workspace_id, [member_id])).values()
        told = messages.to_one(
            gathering,
            messages.SEAT,
            person,
            key=f"welcome:{now.isoformat()}",
            now=now,
            content=await acting.answer(session, gathering, member, now),
            expires_at=acting.ends_at(gathering),
        )
        await outbox.enqueue(session, told, now=now)
