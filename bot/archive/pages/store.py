"""Remembers for the pages: who agreed to be quoted by name, what somebody keeps, and how it went for them."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import store as finding
from bot.archive.finding.cards import Card
from bot.archive.models import Bookmark, Collection, CollectionCard, Insight, InsightQuote, InsightVersion, Trial
from bot.db import insert_new
from bot.members.models import Member

MOST_PEOPLE = 200


async def people(session: AsyncSession, workspace_id: int) -> list[tuple[str, str]]:
    """Slack id and name of everybody who agreed to be named on a card that is published as it stands."""
    query = (
        select(Member.slack_id, Member.name)
        .join(InsightQuote, InsightQuote.member_id == Member.id)
        .join(Insight, Insight.id == InsightQuote.insight_id)
        .join(InsightVersion, InsightVersion.id == InsightQuote.version_id)
        .where(
            InsightQuote.workspace_id == workspace_id,
            Insight.workspace_id == workspace_id,
            Member.workspace_id == workspace_id,
            Insight.state == "published",
            InsightVersion.number == Insight.version,
            InsightQuote.named,
            InsightQuote.state == "approved",
        )
        .distinct()
        .order_by(Member.name, Member.slack_id)
        .limit(MOST_PEOPLE)
    )
    return [(row.slack_id, row.name) for row in await session.execute(query)]


async def kept(
    session: AsyncSession, workspace_id: int, member_id: int, *, limit: int, offset: int
) -> tuple[list[Card], int]:
    """What somebody keeps, the newest first, and how many that are."""
    mine = (
        Bookmark.workspace_id == workspace_id,
        Bookmark.member_id == member_id,
        Insight.workspace_id == workspace_id,
        Insight.state == "published",
    )
    joined = select(Insight.id).join(Bookmark, Bookmark.insight_id == Insight.id).where(*mine)
    ids = joined.order_by(Bookmark.kept_at.desc(), Insight.id.desc()).limit(limit).offset(offset)
    total = (await session.execute(select(func.count()).select_from(joined.subquery()))).scalar_one()
    found = await finding.cards(
        session, workspace_id, list((await session.execute(ids)).scalars()), member_id=member_id
    )
    return found, total


async def collections(session: AsyncSession, workspace_id: int) -> list[tuple[str, str]]:
    """Slug and name of every collection that holds a published card."""
    query = (
        select(Collection.slug, Collection.name)
        .join(CollectionCard, CollectionCard.collection_id == Collection.id)
        .join(Insight, Insight.id == CollectionCard.insight_id)
        .where(
            Collection.workspace_id == workspace_id, Insight.workspace_id == workspace_id, Insight.state == "published"
        )
        .distinct()
        .order_by(Collection.name)
    )
    return [(row.slug, row.name) for row in await session.execute(query)]


async def collection(
    session: AsyncSession, workspace_id: int, slug: str, *, member_id: int
) -> tuple[str, str, list[Card]] | None:
    """A collection's name, what it is about, and its cards in their order."""
    query = select(Collection).where(Collection.workspace_id == workspace_id, Collection.slug == slug)
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        return None
    ids = (
        select(CollectionCard.insight_id)
        .where(CollectionCard.workspace_id == workspace_id, CollectionCard.collection_id == found.id)
        .order_by(CollectionCard.position, CollectionCard.insight_id)
        .limit(100)
    )
    cards = await finding.cards(
        session, workspace_id, list((await session.execute(ids)).scalars()), member_id=member_id
    )
    return found.name, found.about, cards


async def keep(
    session: AsyncSession, workspace_id: int, member_id: int, insight_id: int, *, keeps: bool, now: datetime
) -> bool:
    """Keep a card or no longer; False where there is no such card to read."""
    if await _published(session, workspace_id, insight_id) is None:
        return False
    if not keeps:
        await session.execute(
            delete(Bookmark).where(
                Bookmark.workspace_id == workspace_id,
                Bookmark.member_id == member_id,
                Bookmark.insight_id == insight_id,
            )
        )
        return True
    row = {"member_id": member_id, "insight_id": insight_id, "workspace_id": workspace_id, "kept_at": now}
    await insert_new(session, Bookmark, [row], unique=("member_id", "insight_id"), returning=Bookmark.insight_id)
    return True


async def tell_outcome(
    session: AsyncSession, workspace_id: int, member_id: int, insight_id: int, outcome: str, *, now: datetime
) -> bool:
    """How it went for somebody who tried; told again, the newest word counts. False where there is no such card."""
    insight = await _published(session, workspace_id, insight_id)
    if insight is None:
        return False
    trial = await session.get(Trial, (insight_id, member_id))
    if trial is None:
        trial = Trial(insight_id=insight_id, member_id=member_id, workspace_id=workspace_id)
        session.add(trial)
    trial.outcome, trial.told_at = outcome, now
    await session.flush()
    told = select(Trial.outcome).where(Trial.workspace_id == workspace_id, Trial.insight_id == insight_id)
    outcomes = list((await session.execute(told)).scalars())
    insight.tried, insight.worked = len(outcomes), outcomes.count("worked")
    return True


async def _published(session: AsyncSession, workspace_id: int, insight_id: int) -> Insight | None:
    query = select(Insight).where(
        Insight.workspace_id == workspace_id, Insight.id == insight_id, Insight.state == "published"
    )
    return (await session.execute(query.with_for_update())).scalar_one_or_none()
