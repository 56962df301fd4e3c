"""Says who wrote in a thread, and what that makes of their words: the asker's, a colleague's, or nobody's we may keep."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers
from bot.features.questions.models import Question
from bot.features.questions.threads.places import ASKER, CHANNEL, Where
from bot.members import store as members
from bot.members import writing
from bot.members.models import Member
from bot.slack.said import Said


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
    found = await writing.in_channel(session, question.workspace_id, said.user, said.team)
    if found is None:
        return None
    if found.member is None:
        return OUTSIDER
    mine = not question.alias and askers.is_mine(session, question, found.member.id)
    return Writer(found.member, by_asker=mine)
