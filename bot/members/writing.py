"""Says whose words stand in a channel, and whether they may be kept: colleagues' may, in Perennial or not."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import store
from bot.members.models import Member, Workspace


@dataclass(frozen=True)
class InChannel:
    """Who wrote in a channel; of people of other companies, guests and who left it is known that they wrote, no more."""

    member: Member | None
    may_be_kept: bool = True


OUTSIDER = InChannel(None, may_be_kept=False)


async def in_channel(session: AsyncSession, workspace_id: int, slack_id: str, team: str) -> InChannel | None:
    """Who wrote this; None for bots and deactivated accounts. `team`: whose they are, where Slack says it."""
    workspace = await session.get_one(Workspace, workspace_id)
    if slack_id in (store.SLACKBOT, workspace.bot_user_id):
        return None
    if team and team != workspace.team_id:
        return OUTSIDER
    member = await store.by_slack_id(session, workspace_id, slack_id)
    if member is None and not team:
        return OUTSIDER  # Slack does not say whose they are, and nobody here knows them
    member = member or await store.meet(session, workspace_id, slack_id)
    if member.deactivated_at is not None:
        return None
    if (member.is_guest and not workspace.guests_allowed) or member.left_at is not None:
        return OUTSIDER
    return InChannel(member)
