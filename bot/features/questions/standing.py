"""Gathers how a question stands, for whoever looks: its asker, somebody who was asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.features.questions import askers, rules, store
from bot.features.questions.asking import store as asking
from bot.features.questions.models import Answer, Asked, Question
from bot.features.questions.routing import places
from bot.features.questions.rules import Words
from bot.members import store as members


@dataclass(frozen=True)
class Person:
    """Somebody who was asked, as the asker reads of them."""

    member_id: int
    name: str
    state: str  # asked | claimed | passed | not_now | lapsed | released | over
    role: str  # mentor | second | lead
    asked_at: datetime
    due_at: datetime | None


@dataclass(frozen=True)
class ForAsker:
    """How a question stands, for its asker alone."""

    question_id: int
    words: Words
    kind: str
    pace: str
    audience: str
    alias: str
    state: str
    closing: str | None
    step: int
    due_at: datetime | None
    tz: str
    skills: tuple[str, ...]
    people: tuple[Person, ...]
    answers: int
    channel: str | None
    channel_ts: str | None
    merged_into_id: int | None
    asked_at: datetime | None = None
    closed_at: datetime | None = None
    merged_line: str = ""  # what the question that it became part of asks, in a line
    helped_by: tuple[str, ...] = ()  # whose answers helped


@dataclass(frozen=True)
class ForMentor:
    """What somebody is asked, and how that stands; `by` is a name or an alias, never both."""

    question_id: int
    words: Words
    kind: str
    checklist: str | None
    pace: str
    by: str
    under_alias: bool
    asked_at: datetime  # to the hour, under an alias
    state: str  # of the question
    closing: str | None
    asked_state: str  # of this person's part
    role: str
    due_at: datetime | None
    tz: str
    reasons: tuple[str, ...]
    skills: tuple[str, ...]
    channel: str | None
    channel_ts: str | None
    claimed_by: str | None  # somebody else who holds it
    put_off_until: datetime | None = None  # they said "not now", and are asked again then
    pass_reason: str | None = None
    tried: tuple[str, ...] = ()  # who was asked before; for leads alone
    places: tuple[tuple[str, str], ...] = ()  # channels it can still be posted to: id and name; for leads alone
    others_may_be_asked: bool = False  # whether a lead may name somebody


async def of_asker(session: AsyncSession, question: Question) -> ForAsker:
    """For the asker's own thread and Home."""
    asker = askers.asker_of(session, question)
    asked = await store.asked_for(session, question)
    names = await members.names(session, question.workspace_id, [each.member_id for each in asked])
    member = await members.by_id(session, question.workspace_id, asker.member_id)
    skills = (await store.skills_of(session, question.workspace_id, [question.id])).get(question.id, {})
    return ForAsker(
        question_id=question.id,
        words=await store.words_of(session, question),
        kind=question.kind,
        pace=question.pace,
        audience=question.audience,
        alias=question.alias,
        state=question.state,
        closing=question.closing,
        step=question.step,
        due_at=question.due_at,
        tz=member.tz if member is not None else "UTC",
        skills=tuple(skills.values()),
        people=tuple(
            Person(each.member_id, names[each.member_id], each.state, each.role, each.asked_at, each.due_at)
            for each in asked
            if each.member_id in names
        ),
        answers=await answers_to(session, question),
        channel=question.channel,
        channel_ts=question.channel_ts,
        merged_into_id=question.merged_into_id,
        asked_at=question.asked_at,
        closed_at=question.closed_at,
        merged_line=await line_of_merged(session, question),
        helped_by=tuple((await asking.who_helped(session, question.workspace_id, [question.id])).get(question.id, ())),
    )


async def line_of_merged(session: AsyncSession, question: Question) -> str:
    """What the question asks that this one became part of; empty where there is none, or its words are gone."""
    if question.merged_into_id is None:
        return ""
    try:
        other = await store.get(session, question.workspace_id, question.merged_into_id)
        return rules.first_line((await store.words_of(session, other)).question)
    except Gone:
        return ""


async def of_mentor(session: AsyncSession, question: Question, asked: Asked) -> ForMentor:
    """For the thread of somebody who was asked."""
    others = [each for each in await store.asked_for(session, question) if each.state == "claimed"]
    holder = next((each.member_id for each in others if each.member_id != asked.member_id), None)
    names = await members.names(session, question.workspace_id, [holder] if holder is not None else [])
    member = await members.by_id(session, question.workspace_id, asked.member_id)
    skills = (await store.skills_of(session, question.workspace_id, [question.id])).get(question.id, {})
    leads = asked.role == "lead" and question.state == "open"
    return ForMentor(
        question_id=question.id,
        words=await store.words_of(session, question),
        kind=question.kind,
        checklist=question.checklist,
        pace=question.pace,
        by=await name_of_asker(session, question),
        under_alias=bool(question.alias),
        asked_at=rules.rounded(question.asked_at) if question.alias else question.asked_at,
        state=question.state,
        closing=question.closing,
        asked_state=asked.state,
        role=asked.role,
        due_at=asked.due_at,
        tz=member.tz if member is not None else "UTC",
        reasons=tuple(asked.reasons),
        skills=tuple(skills.values()),
        channel=question.channel,
        channel_ts=question.channel_ts,
        claimed_by=names.get(holder) if holder is not None else None,
        put_off_until=asked.due_at if asked.state == "not_now" else None,
        pass_reason=asked.pass_reason,
        tried=await _tried(session, question) if leads else (),
        places=await places.open_to(session, question) if leads else (),
        others_may_be_asked=leads,
    )


async def _tried(session: AsyncSession, question: Question) -> tuple[str, ...]:
    """Who was asked before the leads were, by name."""
    asked = [each.member_id for each in await store.asked_for(session, question) if each.role == "mentor"]
    names = await members.names(session, question.workspace_id, asked)
    return tuple(names[each] for each in asked if each in names)


async def name_of_asker(session: AsyncSession, question: Question) -> str:
    """What everybody but the asker reads: the alias, or their name."""
    if question.alias:
        return question.alias
    asker = askers.asker_of(session, question)
    return (await members.names(session, question.workspace_id, [asker.member_id])).get(asker.member_id, "A colleague")


async def answers_to(session: AsyncSession, question: Question) -> int:
    """How many answers others gave that still stand."""
    query = select(func.count()).where(
        Answer.workspace_id == question.workspace_id,
        Answer.question_id == question.id,
        Answer.by_asker.is_(False),
        Answer.state == "kept",
    )
    return (await session.execute(query)).scalar_one()
