"""Remembers the channel of thanks, its months, and what both sides like to share in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.db import insert_new
from bot.features.recognition import rules, store
from bot.features.recognition.models import Milestone, Thanks, ThanksPage, ThanksPlace
from bot.features.recognition.store import Opened
from bot.members import store as members
from bot.members.models import Member

MOST = 200  # of one month; a message of Slack's holds fewer


@dataclass(frozen=True)
class Reached:
    """A milestone somebody likes to share; `kind` as the feature that contributes it names it."""

    row: Milestone
    name: str


async def place_of(session: AsyncSession, workspace_id: int, *, lock: bool = False) -> ThanksPlace | None:
    """Where a workspace reads its thanks."""
    query = select(ThanksPlace).where(ThanksPlace.workspace_id == workspace_id)
    return await lookup.one(session, query, lock=lock)


async def due(session: AsyncSession, now: datetime, *, limit: int = 100) -> list[int]:
    """The workspaces whose month is to be read."""
    query = select(ThanksPlace.workspace_id).where(ThanksPlace.due_at <= now).order_by(ThanksPlace.due_at).limit(limit)
    return list((await session.execute(query)).scalars())


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next one is."""
    return (await session.execute(select(func.min(ThanksPlace.due_at)))).scalar_one()


async def begin(session: AsyncSession, place: ThanksPlace, month_of: datetime, now: datetime) -> ThanksPage | None:
    """The page of the month before that moment; None where there is one already."""
    month = rules.month_before(rules.local(month_of, place.tz))
    begins_at, ends_at = rules.bounds(month, place.tz)
    row = {
        "workspace_id": place.workspace_id, "month": month, "begins_at": begins_at, "ends_at": ends_at,
        "channel": place.channel, "made_at": now,
    }  # fmt: skip
    unique = ("workspace_id", "month")
    ids = await insert_new(session, ThanksPage, [row], unique=unique, returning=ThanksPage.id)
    return await session.get(ThanksPage, ids[0]) if ids else None


async def pages_of(session: AsyncSession, workspace_id: int, moments: Sequence[datetime]) -> list[ThanksPage]:
    """The months in which these moments lie, as far as they were begun."""
    query = select(ThanksPage).where(ThanksPage.workspace_id == workspace_id).order_by(ThanksPage.month)
    found = (await session.execute(query)).scalars()
    return [each for each in found if any(each.begins_at <= moment < each.ends_at for moment in moments)]


async def thanks_on(session: AsyncSession, page: ThanksPage) -> list[Opened]:
    """What both sides share, by day; nothing of, nor to, anybody who is not here any more."""
    present = select(Member.id).where(Member.workspace_id == page.workspace_id, members.present())
    query = (
        select(Thanks)
        .where(
            Thanks.workspace_id == page.workspace_id,
            Thanks.state == rules.GIVEN,
            Thanks.shared_at >= page.begins_at,
            Thanks.shared_at < page.ends_at,
            Thanks.giver_id.in_(present),
            Thanks.receiver_id.in_(present),
        )
        .order_by(Thanks.given_at, Thanks.id)
        .limit(MOST)
    )
    return await store.opened(session, list((await session.execute(query)).scalars()))


async def milestones_on(session: AsyncSession, page: ThanksPage) -> list[Reached]:
    """The milestones people like to share, by name; of those who are here."""
    query = (
        select(Milestone, Member.name)
        .join(Member, Member.id == Milestone.member_id)
        .where(
            Milestone.workspace_id == page.workspace_id,
            Milestone.put_away.is_(False),
            Milestone.shared_at >= page.begins_at,
            Milestone.shared_at < page.ends_at,
            members.present(),
        )
        .order_by(Member.name, Milestone.id)
        .limit(MOST)
    )
    return [Reached(row, name) for row, name in (await session.execute(query)).all()]
