"""Reads published cards whole: their tags, the people who agreed to be named, and how it went for those who tried."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import rules
from bot.archive.finding.cards import Card, Person
from bot.archive.models import Bookmark, Insight, InsightQuote, InsightVersion, Trial
from bot.clock import utc_now
from bot.members.models import Member

PUBLISHED = "published"


def now_of(session: AsyncSession) -> datetime:
    """What time it is for this session; the clock is lent to it."""
    clock = session.info.get("clock", utc_now)
    now: datetime = clock()
    return now


async def card(
    session: AsyncSession, workspace_id: int, insight_id: int, *, member_id: int | None = None
) -> Card | None:
    """One published card of this workspace; None for any other."""
    return next(iter(await cards(session, workspace_id, [insight_id], member_id=member_id)), None)


async def cards(
    session: AsyncSession, workspace_id: int, insight_ids: Sequence[int], *, member_id: int | None = None
) -> list[Card]:
    """Published cards of this workspace in the order asked for; ids of any other are passed over."""
    if not insight_ids:
        return []
    now = now_of(session)
    asked = {"workspace_id": workspace_id, "ids": list(insight_ids), "member_id": member_id or 0}
    rows = {row.id: row for row in (await session.execute(CARDS, asked)).all()}
    named = await _people(session, workspace_id, list(rows))
    return [_card(rows[each], named.get(each, ()), now) for each in dict.fromkeys(insight_ids) if each in rows]


def _card(row: Any, people: tuple[Person, ...], now: datetime) -> Card:
    return Card(
        id=row.id,
        workspace_id=row.workspace_id,
        question=row.question,
        gist=row.gist,
        tips=row.tips,
        source_kind=row.source_kind,
        source=row.source,
        made_by=row.made_by,
        published_at=row.published_at or row.made_at,
        version=row.version or 1,
        tags=rules.tags_of(row.search_words),
        people=people,
        worked=row.worked,
        tried=row.tried,
        bookmarks=row.bookmarks,
        kept=row.kept_at is not None,
        my_outcome=row.outcome,
        look_again=rules.needs_a_look(row.look_again_at, now),
    )


async def _people(session: AsyncSession, workspace_id: int, ids: list[int]) -> dict[int, tuple[Person, ...]]:
    """Who agreed to be named in the approved version; an alias has no member id there, and none is asked for."""
    if not ids:
        return {}
    asked = {"workspace_id": workspace_id, "ids": ids}
    found: dict[int, tuple[Person, ...]] = {}
    for insight_id, member_id, slack_id, name in (await session.execute(PEOPLE, asked)).all():
        found[insight_id] = (*found.get(insight_id, ()), Person(member_id, slack_id, name))
    return found


def named_quotes() -> Select[*tuple[Any, ...]]:
    """Insight and member ids of everybody who agreed to be named in the version that is read; needs `workspace_id`."""
    return (
        select(InsightQuote.insight_id, InsightQuote.member_id)
        .join(InsightVersion, InsightVersion.id == InsightQuote.version_id)
        .join(Insight, and_(Insight.id == InsightQuote.insight_id, Insight.version == InsightVersion.number))
        .where(
            InsightQuote.workspace_id == bindparam("workspace_id"),
            InsightQuote.state == "approved",
            InsightQuote.named.is_(True),
            InsightQuote.alias == "",
            InsightQuote.member_id.is_not(None),
        )
    )


# Asked with every search, so they are put together once.
CARDS = (
    select(
        *(each for each in Insight.__table__.c if each.name not in ("search_text", "due_at")),
        select(func.count())
        .where(Bookmark.insight_id == Insight.id)
        .correlate(Insight)
        .scalar_subquery()
        .label("bookmarks"),
        Bookmark.kept_at,
        Trial.outcome,
    )
    .select_from(Insight)
    .outerjoin(Bookmark, and_(Bookmark.insight_id == Insight.id, Bookmark.member_id == bindparam("member_id")))
    .outerjoin(Trial, and_(Trial.insight_id == Insight.id, Trial.member_id == bindparam("member_id")))
    .where(
        Insight.workspace_id == bindparam("workspace_id"),
        Insight.state == PUBLISHED,
        Insight.id.in_(bindparam("ids", expanding=True)),
    )
)
PEOPLE = (
    named_quotes()
    .add_columns(Member.slack_id, Member.name)
    .join(Member, Member.id == InsightQuote.member_id)
    .where(InsightQuote.insight_id.in_(bindparam("ids", expanding=True)))
    .order_by(InsightQuote.insight_id, InsightQuote.id)
)
