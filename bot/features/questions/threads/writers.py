"""Says who wrote in a thread, and what that makes of their words: the asker's, a colleague's, or nobody's we may keep."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers
from bot.features.questions.models import Question
from bot.features.questions.threads.places import ASKER, CHANNEL, Where
from bot.features.questions.threads.rules import Said
from bot.members import store as members
from bot.members.models import Member, Workspace
from bot.members.store import SLACKBOT


@dataclass(frozen=True)
class Writer:
    """Who wrote. `may_be_kept`: of the others it is known that they wrote, and nothing else."""

    member: Member | None
    by_asker: bool = False
    may_be_kept: bool = True
    held: bool = False  # they had claimed the question


OUTSIDER = Writer(None, may_be_kept=False)


async def writer_of(session: AsyncSession, question: Question, where: Where, said: Said) -> Writer | None:
    """Who wrote this in that thread; None for whoever has no words of their own there."""
    if where.thread == CHANNEL:
        return await _in_channel(session, question, said)
    by_asker = where.thread == ASKER
    owner = askers.asker_of(session, question).member_id if by_asker else where.asked and where.asked.member_id
    member = await members.by_id(session, question.workspace_id, owner or 0)
    if member is None or member.slack_id != said.user or not members.has_joined(member) or member.deactivated_at:
        return None
    return Writer(member, by_asker=by_asker, held=where.asked is not None and where.asked.state == "claimed")


async def _in_channel(session: AsyncSession, question: Question, said: Said) -> Writer | None:
    """Colleagues are welcome, in Perennial or not; people of other companies, guests and who left are not kept."""
    workspace = await session.get_one(Workspace, question.workspace_id)
    if said.user in (SLACKBOT, workspace.bot_user_id):
        return None
    if said.team and said.team != workspace.team_id:
        return OUTSIDER
    member = await members.by_slack_id(session, question.workspace_id, said.user)
    if member is None and not said.team:
        return OUTSIDER  # Slack does not say whose they are, and nobody here knows them
    member = member or await members.meet(session, question.workspace_id, said.user)
    if member.deactivated_at is not None:
        return None
    if (member.is_guest and not workspace.guests_allowed) or member.left_at is not None:
        return OUTSIDER
    mine = not question.alias and askers.is_mine(session, question, member.id)
    return Writer(member, by_asker=mine)
