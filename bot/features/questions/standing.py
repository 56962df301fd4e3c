"""Gathers how a question stands, for whoever looks: its asker, somebody who was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.features.questions import askers, facts, rules
from bot.features.questions.asking import store as asking
from bot.features.questions.facts import Facts
from bot.features.questions.mentoring import store as mentoring
from bot.features.questions.models import Asked, Question
from bot.features.questions.routing import places
from bot.features.questions.rules import Words
from bot.members import store as members

A_COLLEAGUE = "A colleague"  # who asked, where nobody knows their name any more


@dataclass(frozen=True)
class Person:
    """Somebody who was asked, as the asker reads of them."""

    member_id: int
    name: str
    state: str  # asked | claimed | passed | not_now | lapsed | released | over
    role: str  # mentor | second | lead
    asked_at: datetime
    due_at: datetime | None
    how: str = ""  # of whoever took it: how they like to help, in their words


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
    checklist: str | None = None
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
    for_one: bool = False  # it was put to this one mentor by name, and to nobody else


async def of_asker(session: AsyncSession, question: Question) -> ForAsker:
    """For the asker's own thread; Gone where its words can't be opened any more."""
    found = await of_askers(session, [question])
    if not found:
        raise Gone
    return found[0]


async def of_askers(session: AsyncSession, questions: Sequence[Question]) -> list[ForAsker]:
    """The same for many of one workspace, in one set of queries; those that can't be opened any more are left out."""
    if not questions:
        return []
    workspace_id, ids = questions[0].workspace_id, [each.id for each in questions]
    known = await facts.of(session, questions)
    answers = await facts.answers_to(session, workspace_id, ids)
    helped = await asking.who_helped(session, workspace_id, ids)
    merged = await facts.merged_lines(session, questions)
    hows = await _hows(session, workspace_id, known)
    return [
        _for_asker(each, known, hows, answers.get(each.id, 0), merged.get(each.id, ""), tuple(helped.get(each.id, ())))
        for each in questions
        if each.id in known.words
    ]


async def _hows(session: AsyncSession, workspace_id: int, known: Facts) -> dict[int, str]:
    """How those who hold something like to help, where they said so."""
    held = {each.member_id for rows in known.asked.values() for each in rows if each.state == "claimed"}
    said = await mentoring.helping_of(session, workspace_id, held) if held else {}
    return {member_id: how for member_id, (_, how) in said.items()}


def _for_asker(
    question: Question, known: Facts, hows: dict[int, str], answers: int, merged: str, helped_by: tuple[str, ...]
) -> ForAsker:
    return ForAsker(
        question_id=question.id,
        words=known.words[question.id],
        kind=question.kind,
        pace=question.pace,
        audience=question.audience,
        alias=question.alias,
        state=question.state,
        closing=question.closing,
        step=question.step,
        due_at=question.due_at,
        tz=known.tz_of(known.askers[question.id]),
        skills=known.skills.get(question.id, ()),
        people=tuple(
            Person(
                each.member_id,
                known.names[each.member_id],
                each.state,
                each.role,
                each.asked_at,
                each.due_at,
                hows.get(each.member_id, ""),
            )
            for each in known.asked.get(question.id, ())
            if each.member_id in known.names
        ),
        answers=answers,
        channel=question.channel,
        channel_ts=question.channel_ts,
        merged_into_id=question.merged_into_id,
        asked_at=question.asked_at,
        closed_at=question.closed_at,
        checklist=question.checklist,
        merged_line=merged,
        helped_by=helped_by,
    )


async def of_mentor(session: AsyncSession, question: Question, asked: Asked) -> ForMentor:
    """For the thread of somebody who was asked; Gone where its words can't be opened any more."""
    found = await of_mentors(session, [(question, asked)])
    if not found:
        raise Gone
    return found[0]


async def of_mentors(session: AsyncSession, held: Sequence[tuple[Question, Asked]]) -> list[ForMentor]:
    """The same for many of one workspace, in one set of queries; those that can't be opened any more are left out."""
    known = await facts.of(session, [question for question, _ in held])
    return [
        await _for_mentor(session, question, asked, known) for question, asked in held if question.id in known.words
    ]


async def _for_mentor(session: AsyncSession, question: Question, asked: Asked, known: Facts) -> ForMentor:
    everybody = known.asked.get(question.id, ())
    others = (each.member_id for each in everybody if each.state == "claimed" and each.member_id != asked.member_id)
    holder = next(others, None)
    leads = asked.role == "lead" and question.state == "open"
    tried = [each.member_id for each in everybody if each.role == "mentor"] if leads else []
    return ForMentor(
        question_id=question.id,
        words=known.words[question.id],
        kind=question.kind,
        checklist=question.checklist,
        pace=question.pace,
        by=question.alias or known.names.get(known.askers[question.id], A_COLLEAGUE),
        under_alias=bool(question.alias),
        asked_at=rules.rounded(question.asked_at) if question.alias else question.asked_at,
        state=question.state,
        closing=question.closing,
        asked_state=asked.state,
        role=asked.role,
        due_at=asked.due_at,
        tz=known.tz_of(asked.member_id),
        reasons=tuple(asked.reasons),
        skills=known.skills.get(question.id, ()),
        channel=question.channel,
        channel_ts=question.channel_ts,
        claimed_by=known.names.get(holder) if holder is not None else None,
        put_off_until=asked.due_at if asked.state == "not_now" else None,
        pass_reason=asked.pass_reason,
        tried=tuple(known.names[each] for each in tried if each in known.names),
        places=await places.open_to(session, question) if leads else (),
        others_may_be_asked=leads,
        for_one=question.audience.startswith("mentor:"),
    )


async def name_of_asker(session: AsyncSession, question: Question) -> str:
    """What everybody but the asker reads: the alias, or their name."""
    if question.alias:
        return question.alias
    asker = askers.asker_of(session, question)
    return (await members.names(session, question.workspace_id, [asker.member_id])).get(asker.member_id, A_COLLEAGUE)


async def answers_to(session: AsyncSession, question: Question) -> int:
    """How many answers others gave that still stand."""
    return (await facts.answers_to(session, question.workspace_id, [question.id])).get(question.id, 0)
