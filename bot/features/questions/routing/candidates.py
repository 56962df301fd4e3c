"""Looks up who might be asked a question: a handful of queries, however many people there are."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import plain
from bot.features.questions import askers
from bot.features.questions.models import Helping, Question, QuestionSkill
from bot.features.questions.routing import audiences, lately, rules, times
from bot.features.questions.routing.lately import Lately
from bot.features.questions.routing.rules import Asking, Candidate, Choice
from bot.features.questions.rules import PACES
from bot.members import store as members
from bot.members.commitments import store as commitments
from bot.members.commitments.rules import Load
from bot.members.models import Member, MemberSkill, Skill
from bot.messages import Recipient

PRIME = 65_537


async def choose(session: AsyncSession, question: Question, many: int, *, now: datetime, seed: str) -> list[Choice]:
    """So many of those who fit best, and fewer only where no more fit; in a large company some hundreds are looked at."""
    chosen: list[Choice] = []
    skills = await _skills(session, question)
    asking = Asking(question.kind, question.pace, len(skills))
    for page in range(1_000):
        offered = await _offered(session, question, skills, page)
        rows = await _people(session, question, list(offered) if skills else None, 0 if skills else page, now=now)
        found = await _known(session, question, rows, offered, now=now)
        chosen += rules.choose(found, asking, now, seed)
        if len(chosen) >= many or len(offered if skills else rows) < rules.LOOKED_AT:
            break
    return chosen[:many]


async def named(session: AsyncSession, question: Question, member_id: int, *, now: datetime) -> Candidate | None:
    """One person, whatever they offer; None where they may not see it, ask it themselves, or are away."""
    rows = await _people(session, question, [member_id], 0, now=now)
    found = await _known(session, question, rows, {}, now=now)
    return found[0] if found else None


async def _known(
    session: AsyncSession, question: Question, rows: list[Any], offered: dict[int, tuple[str, ...]], *, now: datetime
) -> list[Candidate]:
    ids = [row.id for row in rows]
    loads = await commitments.loads(session, question.workspace_id, ids, now=now)
    facts = await lately.look(session, question, ids, now=now)
    hours = _Hours(now, PACES[question.pace][1])
    return [
        _candidate(row, offered.get(row.id, ()), loads[row.id], facts, now=now, until=hours.until(row)) for row in rows
    ]


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


async def _offered(
    session: AsyncSession, question: Question, skills: dict[int, str], page: int
) -> dict[int, tuple[str, ...]]:
    """Which of the question's skills some hundreds of members offer, by name; those who offer most of them first."""
    if not skills:
        return {}
    query = select(MemberSkill.member_id, MemberSkill.skill_id).where(
        MemberSkill.workspace_id == question.workspace_id,
        MemberSkill.direction == "offers",
        MemberSkill.skill_id.in_(list(skills)),
    )
    found: dict[int, tuple[str, ...]] = {}
    for member_id, skill_id in (await session.execute(query.order_by(MemberSkill.skill_id))).all():
        found[member_id] = (*found.get(member_id, ()), skills[skill_id])
    if len(found) <= rules.LOOKED_AT and page == 0:
        return found
    ranked = sorted(found, key=lambda each: (-len(found[each]), rules.lot(each, question.token)))
    return {each: found[each] for each in ranked[page * rules.LOOKED_AT : (page + 1) * rules.LOOKED_AT]}


async def _people(
    session: AsyncSession, question: Question, only: Collection[int] | None, page: int, *, now: datetime
) -> list[Any]:
    """Columns alone, of whoever may be in a pool today: these people, or some hundreds by lot of all who offer to help."""
    query = select(
        Member.id, Member.tz, Member.hours_start, Member.hours_end, cast(Member.work_days, String).label("work_days")
    ).where(
        Member.workspace_id == question.workspace_id,
        Member.id != askers.asker_of(session, question).member_id,
        members.pool_filter(now.date()),
        audiences.among(question.workspace_id, question.audience),
    )
    if only is not None:
        query = query.where(Member.id.in_(list(only))).order_by(Member.id)
    else:
        by_lot = (cast(Member.id, BigInteger) * _multiplier(question.token)) % PRIME
        query = query.where(_who_helps(question.workspace_id)).order_by(by_lot, Member.id)
        query = query.offset(page * rules.LOOKED_AT).limit(rules.LOOKED_AT)
    return list((await session.execute(query)).all())


def _who_helps(here: int) -> ColumnElement[bool]:
    """Whoever offers anything, or said how they like to help."""
    offers = select(MemberSkill.member_id).where(MemberSkill.workspace_id == here, MemberSkill.direction == "offers")
    return or_(Member.id.in_(offers), Member.id.in_(select(Helping.member_id).where(Helping.workspace_id == here)))


def _multiplier(token: str) -> int:
    """Shuffles ids differently for each question, and always in the same way for one."""
    return 1 + int.from_bytes(rules.lot(0, token)) % (PRIME - 1)


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
