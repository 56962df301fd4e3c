"""Puts a question to people: the rule's choice, a named one, every lead; one row per person, however often it is tried."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers, messages, store
from bot.features.questions.models import Asked, Question
from bot.features.questions.routing import candidates, rules, times
from bot.features.questions.routing.rules import Choice
from bot.features.questions.rules import PACES
from bot.members import store as members
from bot.members.models import Member
from bot.slack import home


@dataclass(frozen=True)
class Reached:
    """Somebody who was asked, and until when an answer is hoped for."""

    name: str
    until: datetime


async def ask(
    session: AsyncSession, question: Question, many: int, *, step: int, now: datetime, role: str = "mentor"
) -> list[Reached]:
    """Ask so many of those who fit best; of a question to one mentor, them alone, whatever they offer."""
    kind, _, which = question.audience.partition(":")
    if kind == "mentor" and role == "mentor":
        person = await members.by_id(session, question.workspace_id, int(which))
        found = (
            await ask_named(session, question, person, "you were asked by name", step=step, now=now) if person else None
        )
        return [found] if found is not None else []
    chosen = await candidates.choose(session, question, many, now=now, seed=f"{question.token}:{step}:{role}")
    return [
        await _put(
            session, question, await _member(session, question, each), each.reasons, step=step, role=role, now=now
        )
        for each in chosen
    ]


async def ask_named(
    session: AsyncSession, question: Question, member: Member, why: str, *, step: int, now: datetime
) -> Reached | None:
    """Ask one person, if they may be asked; otherwise nothing, and nobody learns why."""
    found = await candidates.named(session, question, member.id, now=now)
    if found is None or not rules.may_be_asked(found):
        return None
    return await _put(session, question, member, (why,), step=step, role="mentor", now=now)


async def ask_leads(session: AsyncSession, question: Question, *, now: datetime) -> list[Reached]:
    """Ask every lead who is neither the asker nor kept apart from them."""
    asker = askers.asker_of(session, question).member_id
    apart = await members.aparts(session, question.workspace_id)
    leads: Sequence[Member] = await members.leads(session, question.workspace_id)
    had_it = {each.member_id for each in await store.asked_for(session, question) if _said(each)}
    return [
        await _put(session, question, each, (), step=rules.LEADS, role="lead", now=now)
        for each in leads
        if each.id != asker
        and (min(each.id, asker), max(each.id, asker)) not in apart
        and each.id not in had_it
        and each.left_at is None
    ]


def _said(asked: Asked) -> bool:
    """Whether a lead was asked as one already, and the question did not merely end before they could answer."""
    return asked.role == "lead" and asked.state != "over"


async def ask_once_more(session: AsyncSession, question: Question, row: Asked, *, now: datetime) -> Reached | None:
    """Ask somebody who had said "not now"; None where they are gone or full by now."""
    found = await candidates.named(session, question, row.member_id, now=now)
    member = await members.by_id(session, question.workspace_id, row.member_id)
    if member is None or found is None or not found.is_open or found.points + rules.POINTS > found.cap:
        row.due_at = None
        return None
    return await _put(session, question, member, tuple(row.reasons), step=row.step, role=row.role, now=now)


async def _put(
    session: AsyncSession,
    question: Question,
    member: Member,
    reasons: Collection[str],
    *,
    step: int,
    role: str,
    now: datetime,
) -> Reached:
    person = (await members.recipients(session, question.workspace_id, [member.id]))[member.id]
    until = times.promised(person, now, PACES[question.pace][1]) or now + timedelta(days=3)
    row = await store.asked_as(session, question, member.id)
    if row is None:
        row = Asked(workspace_id=question.workspace_id, question_id=question.id, member_id=member.id)
        session.add(row)
    row.step, row.role, row.state, row.reasons = step, role, "asked", list(reasons)
    row.asked_at, row.due_at, row.claimed_at, row.ended_at = now, until, None, None
    row.pass_reason = row.checked_at = None
    await session.flush()
    await messages.ask(session, question, row, member, now=now, expires_at=until)
    await home.redraw(session, question.workspace_id, [member.id], now=now)
    return Reached(member.name, until)


async def _member(session: AsyncSession, question: Question, chosen: Choice) -> Member:
    member = await members.by_id(session, question.workspace_id, chosen.member_id)
    assert member is not None, "the rule chose among members"
    return member
