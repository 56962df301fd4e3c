"""Remembers what somebody keeps, and how it went for those who tried what a card says."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding.cards import Card
from bot.archive.finding.reading import PUBLISHED, cards
from bot.archive.models import Bookmark, Insight, Trial
from bot.db import insert_new
from bot.errors import Gone

OUTCOMES = ("worked", "partly", "not")


async def keep(
    session: AsyncSession, workspace_id: int, member_id: int, insight_id: int, *, keeps: bool, now: datetime
) -> None:
    """Keep a card, or no longer; twice is once. Gone where there is no such card to read."""
    await locked(session, workspace_id, insight_id)
    if keeps:
        row = {"member_id": member_id, "insight_id": insight_id, "workspace_id": workspace_id, "kept_at": now}
        await insert_new(session, Bookmark, [row], unique=("member_id", "insight_id"), returning=Bookmark.insight_id)
        return
    await session.execute(
        delete(Bookmark).where(
            Bookmark.workspace_id == workspace_id,
            Bookmark.member_id == member_id,
            Bookmark.insight_id == insight_id,
        )
    )


async def tell(
    session: AsyncSession, workspace_id: int, member_id: int, insight_id: int, outcome: str | None, *, now: datetime
) -> None:
    """How it went for somebody, in place of what they said before; None takes it back. Makers' own word doesn't count."""
    insight = await locked(session, workspace_id, insight_id)
    if insight.made_by == member_id or (outcome is not None and outcome not in OUTCOMES):
        raise Gone
    trial = await session.get(Trial, (insight_id, member_id))
    _count(insight, trial.outcome if trial is not None else None, outcome)
    if outcome is None:
        if trial is not None:
            await session.delete(trial)
    elif trial is None:
        session.add(
            Trial(insight_id=insight_id, member_id=member_id, workspace_id=workspace_id, outcome=outcome, told_at=now)
        )
    else:
        trial.outcome, trial.told_at = outcome, now
    await session.flush()


def _count(insight: Insight, before: str | None, after: str | None) -> None:
    """What one person said changes; what whoever asked told after a month has no row of its own, and stays counted."""
    insight.tried += (after is not None) - (before is not None)
    insight.worked += (after == "worked") - (before == "worked")


async def kept(
    session: AsyncSession, workspace_id: int, member_id: int, *, limit: int = 10, offset: int = 0
) -> tuple[list[Card], int]:
    """What somebody keeps and can still read, the newest first, and how many that are."""
    mine = (
        select(Insight.id)
        .join(Bookmark, Bookmark.insight_id == Insight.id)
        .where(
            Bookmark.workspace_id == workspace_id,
            Bookmark.member_id == member_id,
            Insight.workspace_id == workspace_id,
            Insight.state == PUBLISHED,
        )
    )
    total = (await session.execute(select(func.count()).select_from(mine.subquery()))).scalar_one()
    page = mine.order_by(Bookmark.kept_at.desc(), Insight.id.desc()).limit(limit).offset(offset)
    ids = list((await session.execute(page)).scalars())
    return await cards(session, workspace_id, ids, member_id=member_id), total


async def locked(session: AsyncSession, workspace_id: int, insight_id: int) -> Insight:
    """A published card of this workspace, to be changed; Gone for any other."""
    query = (
        select(Insight)
        .where(Insight.workspace_id == workspace_id, Insight.id == insight_id, Insight.state == PUBLISHED)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    insight = (await session.execute(query)).scalar_one_or_none()
    if insight is None:
        raise Gone
    return insight
