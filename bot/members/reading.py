"""Who may read the web pages: asked before every one of them, so that leaving takes effect at once."""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.models import Member, Workspace
from bot.registry import Reader


async def reader(session: AsyncSession, workspace_id: int, member_id: int) -> Reader | None:
    """The member with this id in this workspace, if they may read now."""
    return await _who(session, Workspace.id == workspace_id, Member.id == member_id)


async def reader_in_slack(session: AsyncSession, team_id: str, slack_id: str) -> Reader | None:
    """The same for somebody Slack vouches for."""
    return await _who(session, Workspace.team_id == team_id, Member.slack_id == slack_id)


async def _who(session: AsyncSession, *whose: ColumnElement[bool]) -> Reader | None:
    """They joined and did not leave, their account and the installation are alive, and guests only where allowed."""
    query = (
        select(Member, Workspace.name)
        .join(Workspace, Workspace.id == Member.workspace_id)
        .where(*whose, Workspace.state == "active", _is_in())
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    member, company = found
    return Reader(member.workspace_id, member.id, member.slack_id, member.name, member.tz, company)


def _is_in() -> ColumnElement[bool]:
    return and_(
        Member.joined_at.is_not(None),
        Member.left_at.is_(None),
        Member.deactivated_at.is_(None),
        or_(Member.is_guest.is_(False), Workspace.guests_allowed),
    )
