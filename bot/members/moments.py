"""What in people's days is known here and makes one kind of nudge fit."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.models import Member
from bot.registry import Moment

NEW_FOR = timedelta(days=30)


async def new_in_role(
    session: AsyncSession, workspace_id: int, member_ids: list[int], now: datetime
) -> dict[int, list[Moment]]:
    """Whose title, team or function became another within the last thirty days."""
    query = select(Member.id, Member.tz, Member.role_changed_at).where(
        Member.workspace_id == workspace_id, Member.id.in_(member_ids), Member.role_changed_at > now - NEW_FOR
    )
    found = {}
    for member_id, tz, changed_at in (await session.execute(query)).all():
        assert changed_at is not None, "it was compared"
        day = changed_at.astimezone(ZoneInfo(tz))
        reason = f"your title or team changed on {day.day} {day:%B}"
        found[member_id] = [Moment("new-in-role", reason, frozenset({"new-role"}))]
    return found
