"""Remembers which cards are a year old: who may say whether they are still true, and who is asked."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import rules
from bot.archive.finding.cards import Card
from bot.archive.finding.keeping import locked
from bot.archive.finding.reading import PUBLISHED, cards, named_quotes
from bot.archive.models import Insight, InsightQuote
from bot.errors import NotYours
from bot.members import store as members
from bot.members.models import Member

MOST_DUE = 200
WAITING = (Insight.look_asked_at.is_(None), Insight.look_again_at.is_not(None), Insight.state == PUBLISHED)


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next maker is to be asked."""
    query = select(Insight.look_again_at).where(*WAITING).order_by(Insight.look_again_at).limit(1)
    return (await session.execute(query)).scalar_one_or_none()


async def due(session: AsyncSession, now: datetime) -> list[tuple[int, int]]:
    """Workspace and card of what is a year old, and nobody was asked about yet."""
    query = (
        select(Insight.workspace_id, Insight.id)
        .where(*WAITING, Insight.look_again_at <= now)
        .order_by(Insight.look_again_at)
        .limit(MOST_DUE)
    )
    return [(workspace_id, insight_id) for workspace_id, insight_id in (await session.execute(query)).all()]


async def lock_due(session: AsyncSession, workspace_id: int, insight_id: int, now: datetime) -> Insight | None:
    """The card, if it is still time to ask about it."""
    query = (
        select(Insight)
        .where(
            *WAITING,
            Insight.workspace_id == workspace_id,
            Insight.id == insight_id,
            Insight.look_again_at <= now,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def who_knows(session: AsyncSession, insight: Insight) -> list[int]:
    """Its maker, and whoever agreed to be named on it: they can say whether it is still true."""
    query = named_quotes().where(InsightQuote.insight_id == insight.id)
    rows = await session.execute(query, {"workspace_id": insight.workspace_id})
    named = [member_id for _, member_id in rows.all()]
    return list(dict.fromkeys([*([insight.made_by] if insight.made_by else []), *sorted(named)]))


async def may_answer(session: AsyncSession, insight: Insight | Card, member: Member) -> bool:
    """Its maker, the people named on it, and leads."""
    if insight.made_by == member.id or await members.is_lead(session, member):
        return True
    if isinstance(insight, Card):
        return member.id in {person.member_id for person in insight.people}
    return member.id in await who_knows(session, insight)


async def still_true(session: AsyncSession, workspace_id: int, insight_id: int, member: Member, now: datetime) -> None:
    """It is: the next look is a year from now."""
    insight = await locked(session, workspace_id, insight_id)
    if not await may_answer(session, insight, member):
        raise NotYours
    insight.look_again_at, insight.look_asked_at = now + rules.LOOK_AGAIN_AFTER, None


async def not_sure(session: AsyncSession, workspace_id: int, insight_id: int, member: Member, now: datetime) -> None:
    """Taken back: it is marked as old again, and nobody is asked a second time."""
    insight = await locked(session, workspace_id, insight_id)
    if not await may_answer(session, insight, member):
        raise NotYours
    insight.look_again_at, insight.look_asked_at = now, now


async def waiting_for(
    session: AsyncSession,
    workspace_id: int,
    member_id: int,
    *,
    is_lead: bool,
    now: datetime,
    limit: int,
    offset: int = 0,
) -> tuple[list[Card], int]:
    """Cards a year old that somebody can answer for, the oldest first, and how many: a lead for all, others for theirs."""
    query = select(Insight.id).where(
        Insight.workspace_id == workspace_id, Insight.state == PUBLISHED, Insight.look_again_at <= now
    )
    if not is_lead:
        named = named_quotes().where(InsightQuote.member_id == member_id).with_only_columns(InsightQuote.insight_id)
        query = query.where((Insight.made_by == member_id) | Insight.id.in_(named))
    asked = {"workspace_id": workspace_id}
    total = (await session.execute(select(func.count()).select_from(query.subquery()), asked)).scalar_one()
    page = query.order_by(Insight.look_again_at, Insight.id).limit(limit).offset(offset)
    ids = list((await session.execute(page, asked)).scalars())
    return await cards(session, workspace_id, ids, member_id=member_id), total
