"""Looks up who might be asked a question: a handful of queries, however many people there are."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import plain
from bot.features.questions import askers
from bot.features.questions.models import Helping, Question, QuestionSkill
from bot.features.questions.routing import audiences, lately, times
from bot.features.questions.routing.lately import Lately
from bot.features.questions.routing.rules import Asking, Candidate
from bot.features.questions.rules import PACES
from bot.members import store as members
from bot.members.commitments import store as commitments
from bot.members.commitments.rules import Load
from bot.members.models import Member, MemberSkill, Skill
from bot.messages import Recipient


async def find(
    session: AsyncSession, question: Question, *, now: datetime, only: Collection[int] | None = None
) -> tuple[Asking, list[Candidate]]:
    """The question as the rule reads it, and everybody who might answer; `only`: these people, whatever they offer."""
    skills = await _skills(session, question)
    offered = await _offered(session, question, skills)
    rows = await _people(session, question, only, by_skill=bool(skills), now=now)
    loads = await commitments.loads(session, question.workspace_id, [row.id for row in rows], now=now)
    facts = await lately.look(session, question, now=now)
    hours = _Hours(now, PACES[question.pace][1])
    found = [
        _candidate(row, offered.get(row.id, ()), loads[row.id], facts, now=now, until=hours.until(row)) for row in rows
    ]
    return Asking(question.kind, question.pace, len(skills)), found


def _candidate(
    row: Any, offered: tuple[str, ...], load: Load, facts: Lately, *, now: datetime, until: datetime | None
) -> Candidate:
    member_id: int = row.id
    return Candidate(
        member_id=member_id,
        skills=offered,
        kinds=facts.kinds.get(member_id),
        points=load.points,
        cap=load.cap,
        is_open=load.is_open(now),
        until=until,
        asked=facts.asked.get(member_id, 0),
        answered=facts.answered.get(member_id, 0),
        lapses=facts.lapses.get(member_id, 0),
        answered_asker_last=member_id == facts.answered_asker_last,
        refused=member_id in facts.had_it,
        apart=member_id in facts.apart,
    )


async def _skills(session: AsyncSession, question: Question) -> dict[int, str]:
    query = (
        select(Skill.id, Skill.name)
        .join(QuestionSkill, QuestionSkill.skill_id == Skill.id)
        .where(QuestionSkill.workspace_id == question.workspace_id, QuestionSkill.question_id == question.id)
        .order_by(Skill.slug)
    )
    return dict((await session.execute(query)).all())


async def _offered(session: AsyncSession, question: Question, skills: dict[int, str]) -> dict[int, tuple[str, ...]]:
    """Which of the question's skills each member offers, by name."""
    query = select(MemberSkill.member_id, MemberSkill.skill_id).where(
        MemberSkill.workspace_id == question.workspace_id,
        MemberSkill.direction == "offers",
        MemberSkill.skill_id.in_(list(skills)),
    )
    found: dict[int, tuple[str, ...]] = {}
    for member_id, skill_id in (await session.execute(query.order_by(MemberSkill.skill_id))).all():
        found[member_id] = (*found.get(member_id, ()), skills[skill_id])
    return found


async def _people(
    session: AsyncSession, question: Question, only: Collection[int] | None, *, by_skill: bool, now: datetime
) -> list[Any]:
    """Columns alone, of whoever may be in a pool today: ten thousand of them become no objects."""
    query = select(
        Member.id, Member.tz, Member.hours_start, Member.hours_end, cast(Member.work_days, String).label("work_days")
    ).where(
        Member.workspace_id == question.workspace_id,
        Member.id != askers.asker_of(session, question).member_id,
        members.pool_filter(now.date()),
        audiences.among(question.workspace_id, question.audience),
        Member.id.in_(list(only)) if only is not None else _who_offers(question, by_skill=by_skill),
    )
    return list((await session.execute(query.order_by(Member.id))).all())


def _who_offers(question: Question, *, by_skill: bool) -> ColumnElement[bool]:
    """Whoever offers one of its skills; of a question that names none, whoever offers anything or says how they help."""
    here = question.workspace_id
    offering = select(MemberSkill.member_id).where(MemberSkill.workspace_id == here, MemberSkill.direction == "offers")
    if by_skill:
        about = select(QuestionSkill.skill_id).where(
            QuestionSkill.workspace_id == here, QuestionSkill.question_id == question.id
        )
        return Member.id.in_(offering.where(MemberSkill.skill_id.in_(about)))
    return or_(Member.id.in_(offering), Member.id.in_(select(Helping.member_id).where(Helping.workspace_id == here)))


class _Hours:
    """When promised hours will have passed, worked out once for all who work the same hours."""

    def __init__(self, now: datetime, working_hours: float) -> None:
        self.now, self.working_hours = now, working_hours
        self.known: dict[tuple[str, int, int, str], datetime | None] = {}

    def until(self, row: Any) -> datetime | None:
        """Of one member."""
        pattern = (row.tz, row.hours_start, row.hours_end, row.work_days)
        if pattern not in self.known:
            days = tuple(plain.read(row.work_days.encode()))
            person = Recipient(0, "", row.tz, row.hours_start, row.hours_end, days, 0, None, True)
            self.known[pattern] = times.promised(person, self.now, self.working_hours)
        return self.known[pattern]
