"""Remembers check-ins: what is due, who answered, who has gone quiet, and how a round went."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.introductions.hello.messages import subject_of
from bot.features.introductions.models import Introduction, IntroductionMember
from bot.members.recognising import shared_thanks
from bot.registry import SharedThanks

MOST_QUOTES = 2


@dataclass(frozen=True)
class HowItWent:
    """A round in numbers, and the thank-yous that may be read by all."""

    seated: int
    met: int
    dates: int
    quotes: list[SharedThanks]


async def due(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace id, introduction id) of those with a step to take."""
    query = (
        select(Introduction.workspace_id, Introduction.id)
        .where(Introduction.due_at <= now)
        .order_by(Introduction.due_at, Introduction.id)
        .limit(limit)
    )
    return list(await session.execute(query))


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next introduction has a step to take."""
    return (await session.execute(select(func.min(Introduction.due_at)))).scalar_one()


async def lately(session: AsyncSession, workspace_id: int, member_id: int, *, limit: int) -> list[bool]:
    """Somebody's closed introductions they were asked about, newest first: answered, or known to have met."""
    query = (
        select(Introduction.id, IntroductionMember.answer)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .where(
            Introduction.workspace_id == workspace_id,
            IntroductionMember.member_id == member_id,
            IntroductionMember.asked_at.is_not(None),
            Introduction.state == "closed",
        )
        .order_by(Introduction.id.desc())
        .limit(limit)
    )
    rows = (await session.execute(query)).all()
    met = select(IntroductionMember.introduction_id).where(
        IntroductionMember.workspace_id == workspace_id,
        IntroductionMember.introduction_id.in_([row_id for row_id, _ in rows]),
        IntroductionMember.answer == "met",
    )
    known = set((await session.execute(met)).scalars())
    return [answer is not None or row_id in known for row_id, answer in rows]


async def how_it_went(session: AsyncSession, workspace_id: int, round_id: int) -> HowItWent:
    """Of one round: counts, and at most two thank-yous that both sides like to share."""
    query = (
        select(IntroductionMember.introduction_id, IntroductionMember.answer)
        .join(Introduction, Introduction.id == IntroductionMember.introduction_id)
        .where(
            Introduction.workspace_id == workspace_id,
            Introduction.round_id == round_id,
            Introduction.state.in_(("sent", "closed")),
        )
    )
    rows = (await session.execute(query)).all()
    everything = {row.introduction_id for row in rows}
    met = {row.introduction_id for row in rows if row.answer == "met"}
    dates = {row.introduction_id for row in rows if row.answer == "date"} - met
    quotes = await shared_thanks(session, workspace_id, [subject_of(each) for each in sorted(met)], most=MOST_QUOTES)
    return HowItWent(len(everything), len(met), len(dates), quotes)


async def count_met(session: AsyncSession, workspace_id: int, member_id: int) -> int:
    """How many introductions somebody says led to a conversation."""
    query = select(func.count()).where(
        IntroductionMember.workspace_id == workspace_id,
        IntroductionMember.member_id == member_id,
        IntroductionMember.answer == "met",
    )
    return (await session.execute(query)).scalar_one()
