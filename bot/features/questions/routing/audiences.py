"""Who may see a question: those whom its asker wanted to reach, and never somebody kept apart from the asker."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, false, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers
from bot.features.questions.models import Question
from bot.members import store as members
from bot.members.models import Member
from bot.programs.models import Enrolment, Program


def among(workspace_id: int, audience: str) -> ColumnElement[bool]:
    """An audience as a condition on Member. Of a channel, those whom a program brings together there: we know no others."""
    kind, _, which = audience.partition(":")
    if kind == "everyone":
        return true()
    if kind == "mentor":
        return Member.id == int(which)
    enrolled = and_(
        Enrolment.workspace_id == workspace_id, Enrolment.member_id == Member.id, Enrolment.state == "joined"
    )
    if kind == "program":
        return exists().where(enrolled, Enrolment.program_id == int(which))
    if kind == "channel":
        lives_there = and_(Program.id == Enrolment.program_id, Program.channel == which, Program.state != "ended")
        return exists().where(enrolled, lives_there)
    return false()


async def includes(session: AsyncSession, workspace_id: int, audience: str, member_id: int) -> bool:
    """Whether somebody who is here is in an audience."""
    query = select(Member.id).where(
        Member.workspace_id == workspace_id, Member.id == member_id, members.present(), among(workspace_id, audience)
    )
    return (await session.execute(query)).scalar_one_or_none() is not None


async def open_to(
    session: AsyncSession, workspace_id: int, member_id: int, questions: Sequence[Question]
) -> list[Question]:
    """Those that somebody may read: of others, in their audience, and not kept apart; one look for each audience."""
    apart = await members.aparts(session, workspace_id)
    allowed: dict[str, bool] = {}
    found = []
    for question in questions:
        asker = askers.asker_of(session, question).member_id
        if asker == member_id or (min(asker, member_id), max(asker, member_id)) in apart:
            continue
        if question.audience not in allowed:
            allowed[question.audience] = await includes(session, workspace_id, question.audience, member_id)
        if allowed[question.audience]:
            found.append(question)
    return found


async def may_read(session: AsyncSession, question: Question, member_id: int, *, channel: str = "") -> bool:
    """Whether somebody may answer one; whoever presses a button in the `channel` it stands in is among its readers."""
    if channel and channel == question.channel and question.channel_ts is not None:
        asker = askers.asker_of(session, question).member_id
        return (min(asker, member_id), max(asker, member_id)) not in await members.aparts(
            session, question.workspace_id
        )
    return bool(await open_to(session, question.workspace_id, member_id, [question]))


async def size(session: AsyncSession, workspace_id: int, audience: str) -> int:
    """How many people could have asked it: a question to one mentor could be anybody's."""
    whom = "everyone" if audience.startswith("mentor:") else audience
    query = select(func.count()).where(
        Member.workspace_id == workspace_id, members.present(), among(workspace_id, whom)
    )
    return (await session.execute(query)).scalar_one()
