"""Gathers what choosing must know of some hundred people at once, in a handful of queries."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import in_parts
from bot.delivery import rules as delivery
from bot.delivery.hours import local_date
from bot.delivery.models import Charge
from bot.features.nudges import library, rules
from bot.features.nudges.models import Nudge
from bot.features.nudges.sending import rules as times
from bot.features.nudges.sending.messages import NUDGE
from bot.members import private
from bot.members import store as members
from bot.members.models import Member, MemberSkill, Skill
from bot.members.private import Seal
from bot.messages import Recipient
from bot.registry import Leaning, Leanings, Moment, Moments
from bot.slack import blocks

QUIET = "quiet-week"
ALWAYS = frozenset({"peer"})


@dataclass
class Facts:
    """By member id; who is not in `people` is away."""

    today: dict[int, date] = field(default_factory=dict)
    recipients: dict[int, Recipient] = field(default_factory=dict)
    people: dict[int, rules.Person] = field(default_factory=dict)
    has_room: dict[int, bool] = field(default_factory=dict)
    paused: set[int] = field(default_factory=set)
    seals: dict[int, Seal] = field(default_factory=dict)


async def gather(session: AsyncSession, workspace_id: int, member_ids: list[int], now: datetime) -> Facts:
    """Everything about these people; leads are asked for once, skills, moments, leanings and history for all together."""
    facts = Facts(recipients=await members.recipients(session, workspace_id, member_ids))
    facts.today = {each: local_date(person, now) for each, person in facts.recipients.items()}
    facts.paused = {
        each
        for each, person in facts.recipients.items()
        if person.paused_until is not None and person.paused_until > now
    }
    here = await _present(session, workspace_id, member_ids)
    asked = [each for each in here if each not in facts.paused]
    facts.seals = await private.seals_of(session, workspace_id, asked)
    roles, wants = await _skills(session, workspace_id, asked)
    leads = {each.id for each in await members.leads(session, workspace_id)}
    had = await _had(session, workspace_id, asked, now)
    moments = await _moments(session, workspace_id, asked, now)
    leanings = await _leanings(session, workspace_id, asked, now, wants)
    spent = await _spent(session, workspace_id, asked, facts.today)
    for each in here:
        own = moments.get(each, [])
        if times.is_quiet(facts.today[each], _appointments(spent.get(each)), is_busy=bool(own)):
            own = [Moment(QUIET, "your week is quiet so far")]
        facts.people[each] = rules.Person(
            member_id=each,
            roles=ALWAYS | roles.get(each, set()) | ({"lead"} if each in leads else set()),
            had=had.get(each, ()),
            moments=own,
            leanings=leanings.get(each, ()),
        )
        facts.has_room[each] = may_leave_today(facts.recipients[each], spent.get(each, delivery.Spent()), now)
    return facts


def may_leave_today(person: Recipient, spent: delivery.Spent, now: datetime) -> bool:
    """Whether their hours and what they gave this week let a nudge reach them today; delivery decides it, by its rules."""
    asked = delivery.Asked(NUDGE.message_class, now, None, NUDGE.cost, NUDGE.priority)
    decision = delivery.decide(asked, [(person, spent)], now)
    if isinstance(decision, delivery.Hold):
        return local_date(person, decision.until) == local_date(person, now)
    return isinstance(decision, delivery.Send)


async def _present(session: AsyncSession, workspace_id: int, member_ids: list[int]) -> list[int]:
    query = select(Member.id).where(Member.workspace_id == workspace_id, Member.id.in_(member_ids), members.present())
    return list((await session.execute(query.order_by(Member.id))).scalars())


async def _skills(
    session: AsyncSession, workspace_id: int, member_ids: list[int]
) -> tuple[dict[int, set[str]], dict[int, dict[str, str]]]:
    """Mentor is who offers a skill, mentee who wants one; and the wanted ones, slug → name."""
    query = (
        select(MemberSkill.member_id, MemberSkill.direction, Skill.slug, Skill.name)
        .join(Skill, Skill.id == MemberSkill.skill_id)
        .where(MemberSkill.workspace_id == workspace_id, MemberSkill.member_id.in_(member_ids))
        .order_by(MemberSkill.member_id, Skill.slug)
    )
    roles: dict[int, set[str]] = {}
    wants: dict[int, dict[str, str]] = {}
    for member_id, direction, slug, name in (await session.execute(query)).all():
        roles.setdefault(member_id, set()).add("mentor" if direction == "offers" else "mentee")
        if direction == "wants":
            wants.setdefault(member_id, {})[slug] = name
    return roles, wants


async def _had(
    session: AsyncSession, workspace_id: int, member_ids: list[int], now: datetime
) -> dict[int, list[rules.Had]]:
    """What each got within the last 180 days, newest first; what never reached them does not count."""
    since = now.date() - rules.NEVER_AGAIN_FOR - timedelta(days=1)
    query = (
        select(Nudge.member_id, Nudge.slug, Nudge.theme, Nudge.moment, Nudge.day, Nudge.answer)
        .where(
            Nudge.workspace_id == workspace_id,
            Nudge.member_id.in_(member_ids),
            Nudge.day >= since,
            Nudge.state != "lost",
        )
        .order_by(Nudge.member_id, Nudge.day.desc())
    )
    had: dict[int, list[rules.Had]] = {}
    async for part in in_parts(session, query):
        for member_id, *facts in part:
            had.setdefault(member_id, []).append(rules.Had(*facts))
    return had


async def _moments(
    session: AsyncSession, workspace_id: int, member_ids: list[int], now: datetime
) -> dict[int, list[Moment]]:
    contributed: list[Moments] = session.info.get("moments", [])
    return await _together(session, workspace_id, member_ids, now, contributed)


async def _leanings(
    session: AsyncSession,
    workspace_id: int,
    member_ids: list[int],
    now: datetime,
    wants: dict[int, dict[str, str]],
) -> dict[int, list[Leaning]]:
    contributed: list[Leanings] = session.info.get("leanings", [])
    found = await _together(session, workspace_id, member_ids, now, contributed)
    for member_id, named in wants.items():
        for theme, skill in library.themes_of_skills(named).items():
            reason = f"you want to learn “{blocks.escape(named[skill])}”"
            found.setdefault(member_id, []).append(Leaning(theme, reason))
    return found


async def _together(
    session: AsyncSession, workspace_id: int, member_ids: list[int], now: datetime, contributed: list[Any]
) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for ask in contributed if member_ids else []:
        for member_id, said in (await ask(session, workspace_id, member_ids, now)).items():
            found.setdefault(member_id, []).extend(said)
        await asyncio.sleep(0)
    return found


async def _spent(
    session: AsyncSession, workspace_id: int, member_ids: list[int], today: dict[int, date]
) -> dict[int, delivery.Spent]:
    """Attention each gave since their own Monday."""
    if not member_ids:
        return {}
    monday = {each: today[each] - timedelta(days=today[each].weekday()) for each in member_ids}
    query = select(Charge.member_id, Charge.message_class, Charge.local_date, Charge.cost).where(
        Charge.workspace_id == workspace_id,
        Charge.member_id.in_(member_ids),
        Charge.local_date >= min(monday.values()),
    )
    spent: dict[int, delivery.Spent] = {}
    for member_id, message_class, day, cost in (await session.execute(query)).all():
        if day >= monday[member_id]:
            spent.setdefault(member_id, delivery.Spent()).add(message_class, day, cost)
    return spent


def _appointments(spent: delivery.Spent | None) -> list[date]:
    return list(spent.appointments) if spent is not None else []
