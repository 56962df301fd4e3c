"""Gathers what the rota decides on: who could tell, when they would hear of it, and whose voices were heard."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling.models import Telling
from bot.features.storytelling.tellers import rules, store
from bot.features.storytelling.tellers.rules import Candidate, Heard
from bot.features.storytelling.tellers.store import ACCEPTED, ASKED, DECLINED, LAPSED, STEPPED_BACK, TOLD
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.messages import Recipient
from bot.programs import store as programs
from bot.programs.models import Program
from bot.programs.rules import in_their_hours, local_date

NOES = (DECLINED, LAPSED, STEPPED_BACK)
HEARD_SESSIONS = 3  # so many sessions count as "lately"
APART = timedelta(days=6)  # whoever promised a story in another program tells none here in the same days


async def candidates(
    session: AsyncSession, gathering: Gathering, program: Program, now: datetime
) -> tuple[list[Candidate], list[Heard], dict[int, datetime]]:
    """Who of the program could be asked, whose voices were or will be heard, and until when each could answer."""
    had_it = {each.member_id: each.state for each in await store.of_session(session, gathering)}
    busy = await _busy(session, gathering)
    joined = await programs.joined_members(session, program, local_date(gathering.starts_at, gathering.tz))
    left_out = {gathering.host_id, gathering.cohost_id, *had_it, *busy}
    until = await _until(session, gathering, [each for each in joined if each not in left_out], now)
    past = await _past(session, gathering)
    profiles = await members.profiles(session, gathering.workspace_id, list({*until, *had_it, *past.ago}))
    found = [
        Candidate(
            member_id=each,
            function=profiles[each].function or None,
            level=profiles[each].level,
            told=past.told.get(each, 0),
            sessions_ago=past.ago.get(each),
            asked_ago=now - past.said_no[each] if each in past.said_no else None,
        )
        for each in until
        if each in profiles
    ]
    voices = [each for each, state in had_it.items() if state in (ASKED, ACCEPTED)]
    voices += [each for each, ago in past.ago.items() if ago <= HEARD_SESSIONS]
    heard = [Heard(profiles[each].function or None, profiles[each].level) for each in voices if each in profiles]
    return found, heard, until


async def tell_beside(session: AsyncSession, gathering: Gathering) -> set[int]:
    """Who told at the session before this one of its program, or promised to tell then or at the one after."""
    return {each for each, ago in (await _past(session, gathering)).ago.items() if ago == 1}


async def reaches_in_time(session: AsyncSession, gathering: Gathering, member_id: int, now: datetime) -> bool:
    """Whether a question would reach somebody before the session: not where their hours or their pause lie between."""
    people = await members.recipients(session, gathering.workspace_id, [member_id])
    return member_id in people and _hears_at(people[member_id], now) < gathering.starts_at


async def time_to_answer(session: AsyncSession, gathering: Gathering, member_id: int, now: datetime) -> datetime:
    """Until when somebody whom the host invites can answer: to the very start, if the host asks so late."""
    return (await _until(session, gathering, [member_id], now)).get(member_id, gathering.starts_at)


async def _until(
    session: AsyncSession, gathering: Gathering, member_ids: Collection[int], now: datetime
) -> dict[int, datetime]:
    """Those who hear of it early enough to answer and prepare, each with until when they can."""
    people = await members.recipients(session, gathering.workspace_id, list(member_ids))
    found = {each: rules.answer_by(_hears_at(people[each], now), gathering.starts_at) for each in member_ids}
    return {each: moment for each, moment in found.items() if moment is not None}


def _hears_at(person: Recipient, now: datetime) -> datetime:
    """A question reaches people in their own hours, and nobody who pauses."""
    return in_their_hours(
        max(now, person.paused_until or now),
        before=now + timedelta(days=60),
        tz=person.tz,
        hours_start=person.hours_start,
        hours_end=person.hours_end,
        work_days=person.work_days,
    )


async def _busy(session: AsyncSession, gathering: Gathering) -> set[int]:
    """Who is thinking about a turn elsewhere, or has promised one in the same days: one is enough."""
    query = (
        select(Telling.member_id, Telling.state, Gathering.starts_at)
        .join(Gathering, Gathering.id == Telling.gathering_id)
        .where(
            Telling.workspace_id == gathering.workspace_id,
            Telling.gathering_id != gathering.id,
            Telling.state.in_((ASKED, ACCEPTED)),
        )
    )
    return {
        row.member_id
        for row in (await session.execute(query)).all()
        if row.state == ASKED or abs(row.starts_at - gathering.starts_at) < APART
    }


@dataclass
class _Past:
    """What the sessions around one tell of everybody; a story promised for one of them counts as told."""

    told: dict[int, int] = field(default_factory=dict)
    ago: dict[int, int] = field(default_factory=dict)  # how many sessions before or after this one they tell
    said_no: dict[int, datetime] = field(default_factory=dict)


async def _past(session: AsyncSession, gathering: Gathering) -> _Past:
    here = (Gathering.workspace_id == gathering.workspace_id, Gathering.program_id == gathering.program_id)
    line = select(Gathering.id).where(*here, Gathering.state != gatherings.CALLED_OFF)
    ordered = (await session.execute(line.order_by(Gathering.starts_at, Gathering.id))).scalars()
    place = {found: number for number, found in enumerate(ordered)}
    query = (
        select(Telling.member_id, Telling.gathering_id, Telling.state, Telling.asked_at)
        .join(Gathering, Gathering.id == Telling.gathering_id)
        .where(*here, Gathering.id != gathering.id)
    )
    past = _Past()
    for row in (await session.execute(query)).all():
        if row.state in (TOLD, ACCEPTED) and row.gathering_id in place and gathering.id in place:
            past.told[row.member_id] = past.told.get(row.member_id, 0) + 1
            ago = abs(place[gathering.id] - place[row.gathering_id])
            past.ago[row.member_id] = min(ago, past.ago.get(row.member_id, ago))
        elif row.state in NOES:
            past.said_no[row.member_id] = max(row.asked_at, past.said_no.get(row.member_id, row.asked_at))
    return past
