"""Remembers for the form of filters: in whose words there are cards."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding.reading import PUBLISHED, named_quotes
from bot.archive.models import Insight, InsightQuote
from bot.members.models import Member

MOST_PEOPLE = 200


async def people(session: AsyncSession, workspace_id: int) -> list[tuple[str, str]]:
    """Slack id and name of everybody who agreed to be named on a published card, by name; never an alias."""
    named = named_quotes().params(workspace_id=workspace_id).where(Insight.state == PUBLISHED)
    query = (
        select(Member.slack_id, Member.name)
        .where(Member.workspace_id == workspace_id, Member.id.in_(named.with_only_columns(InsightQuote.member_id)))
        .order_by(Member.name, Member.slack_id)
        .limit(MOST_PEOPLE)
    )
    return [(row.slack_id, row.name) for row in await session.execute(query)]
