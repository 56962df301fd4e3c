"""Remembers what asking must know of questions before: aliases in use, limits, mutes, waits, and what helped."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers
from bot.features.questions.asking import rules
from bot.features.questions.asking.rules import Answered
from bot.features.questions.models import AliasMute, Answer, Asked, Question
from bot.features.questions.rules import OPEN
from bot.members.models import Member

MOST_COMPARED = 300  # open questions among which those that ask the same are looked for


async def aliases_in_use(session: AsyncSession, workspace_id: int, *, now: datetime) -> set[str]:
    """What questions of a workspace go by that are open, or can be opened again."""
    query = select(Question.alias).where(
        Question.workspace_id == workspace_id,
        Question.state.in_(OPEN) | (Question.closed_at > now - rules.REOPEN_WITHIN),
        Question.alias != "",
    )
    return set((await session.execute(query)).scalars())


async def asked_under_alias(
    session: AsyncSession, workspace_id: int, member_id: int, *, now: datetime
) -> list[tuple[datetime, bool]]:
    """When somebody asked under an alias lately or still does, and whether that question is open."""
    query = select(Question.asked_at, Question.state).where(
        Question.workspace_id == workspace_id,
        Question.asker_hash == askers.hash_of(session, workspace_id, member_id, under_alias=True),
        (Question.asked_at > now - rules.WEEK) | Question.state.in_(OPEN),
    )
    return [(asked_at, state in OPEN) for asked_at, state in (await session.execute(query)).all()]


async def muted_until(session: AsyncSession, workspace_id: int, member_id: int, *, now: datetime) -> datetime | None:
    """Until when somebody asks under their own name only; None where they may use an alias."""
    query = select(AliasMute.until).where(
        AliasMute.workspace_id == workspace_id,
        AliasMute.asker_hash == askers.hash_of(session, workspace_id, member_id, under_alias=True),
        AliasMute.until > now,
    )
    return (await session.execute(query)).scalar_one_or_none()


async def last_answered(session: AsyncSession, workspace_id: int, pace: str) -> list[Answered]:
    """The questions of one pace that were answered last, newest first; twice as many as are counted."""
    query = (
        select(Question.asked_at, Question.first_answer_at, Question.asker_hash, Question.alias)
        .where(Question.workspace_id == workspace_id, Question.pace == pace, Question.first_answer_at.is_not(None))
        .order_by(Question.first_answer_at.desc())
        .limit(2 * rules.LOOKED_BACK)
    )
    rows = (await session.execute(query)).all()
    return [Answered(asked, first, asker, bool(alias)) for asked, first, asker, alias in rows if first is not None]


async def open_to_merge(session: AsyncSession, question: Question) -> list[Question]:
    """Other people's open questions to everybody or to a channel, newest first; who may read which is to be asked yet."""
    asker = askers.asker_of(session, question)
    query = (
        select(Question)
        .where(
            Question.workspace_id == question.workspace_id,
            Question.state.in_(OPEN),
            or_(Question.audience == "everyone", Question.audience.startswith("channel:")),
            Question.asker_hash.not_in(askers.hashes_of(session, question.workspace_id, asker.member_id)),
        )
        .order_by(Question.asked_at.desc(), Question.id.desc())
        .limit(MOST_COMPARED)
    )
    return list((await session.execute(query)).scalars())


async def who_helped(session: AsyncSession, workspace_id: int, question_ids: Collection[int]) -> dict[int, list[str]]:
    """Names of those whose answers helped, by question."""
    query = (
        select(Answer.question_id, Member.name)
        .join(Member, Member.id == Answer.author_id)
        .where(
            Answer.workspace_id == workspace_id,
            Answer.question_id.in_(list(question_ids)),
            Answer.helped_at.is_not(None),
            Answer.state == "kept",
        )
        .order_by(Answer.helped_at)
    )
    found: dict[int, list[str]] = {}
    for question_id, name in (await session.execute(query)).all():
        if name not in found.setdefault(question_id, []):
            found[question_id].append(name)
    return found


async def for_mentor(
    session: AsyncSession, workspace_id: int, member_id: int, *, limit: int
) -> list[tuple[Question, Asked]]:
    """Questions somebody took on, and open ones that were put to them and wait for a word, soonest due first."""
    waits = and_(Asked.state == "asked", Asked.role == "mentor", Question.state == "open")
    return await _put_to(session, workspace_id, member_id, or_(_held(), waits), limit)


async def held_by(session: AsyncSession, workspace_id: int, member_id: int) -> list[tuple[Question, Asked]]:
    """The open questions somebody took on, the one that is due first first."""
    return await _put_to(session, workspace_id, member_id, _held())


def _held() -> ColumnElement[bool]:
    return and_(Asked.state == "claimed", Question.state.in_(OPEN))


async def _put_to(
    session: AsyncSession, workspace_id: int, member_id: int, which: ColumnElement[bool], limit: int | None = None
) -> list[tuple[Question, Asked]]:
    query = (
        select(Question, Asked)
        .join(Asked, Asked.question_id == Question.id)
        .where(Asked.workspace_id == workspace_id, Asked.member_id == member_id, which)
        .order_by(Asked.due_at, Asked.id)
        .limit(limit)
    )
    return [(question, asked) for question, asked in (await session.execute(query)).all()]
