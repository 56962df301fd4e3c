"""Looks up what people were asked and answered lately, how they like to help, and whom to leave out."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers
from bot.features.questions.models import Asked, Helping, Question
from bot.features.questions.routing import rules
from bot.members import store as members

HAD_IT = ("asked", "claimed", "passed", "not_now", "lapsed", "released")  # "over" ended before they could answer


@dataclass
class Lately:
    """By member id."""

    asked: dict[int, int] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)
    lapses: dict[int, int] = field(default_factory=dict)
    kinds: dict[int, frozenset[str]] = field(default_factory=dict)
    had_it: set[int] = field(default_factory=set)  # this very question was put to them
    apart: set[int] = field(default_factory=set)
    answered_asker_last: int | None = None


async def look(session: AsyncSession, question: Question, ids: Collection[int], *, now: datetime) -> Lately:
    """A handful of queries, for one question and some hundreds of people."""
    here, found = question.workspace_id, Lately()
    await _count(session, here, ids, found, now)
    had = select(Asked.member_id).where(
        Asked.workspace_id == here, Asked.question_id == question.id, Asked.state.in_(HAD_IT)
    )
    found.had_it = set((await session.execute(had)).scalars())
    helping = select(Helping.member_id, Helping.kinds).where(
        Helping.workspace_id == here, Helping.member_id.in_(list(ids))
    )
    found.kinds = {member_id: frozenset(kinds) for member_id, kinds in (await session.execute(helping)).all()}
    asker = askers.asker_of(session, question).member_id
    found.apart = {a if b == asker else b for a, b in await members.aparts(session, here) if asker in (a, b)}
    found.answered_asker_last = await _who_answered_last(session, question)
    return found


async def _count(session: AsyncSession, here: int, ids: Collection[int], found: Lately, now: datetime) -> None:
    lapsed = case((and_(Asked.state == "lapsed", Asked.ended_at > now - rules.RESTS_FOR), 1), else_=0)
    query = (
        select(Asked.member_id, func.count(), func.count(Asked.claimed_at), func.sum(lapsed))
        .where(Asked.workspace_id == here, Asked.member_id.in_(list(ids)), Asked.asked_at > now - rules.LATELY)
        .group_by(Asked.member_id)
    )
    for member_id, asked, claimed, lapses in (await session.execute(query)).all():
        found.asked[member_id], found.answered[member_id] = asked - claimed, claimed
        found.lapses[member_id] = lapses


async def _who_answered_last(session: AsyncSession, question: Question) -> int | None:
    asker = askers.asker_of(session, question)
    query = (
        select(Asked.member_id)
        .join(Question, Question.id == Asked.question_id)
        .where(
            Asked.workspace_id == question.workspace_id,
            Question.workspace_id == question.workspace_id,
            Question.asker_hash.in_(askers.hashes_of(session, question.workspace_id, asker.member_id)),
            Asked.claimed_at.is_not(None),
            Asked.question_id != question.id,
        )
        .order_by(Asked.claimed_at.desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()
