"""Whom "@name" means: only people who agreed to be named on a card can be looked for, so an alias never shows."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding.reading import named_quotes
from bot.archive.finding.words import words_of
from bot.archive.models import Insight, InsightQuote
from bot.members.models import Member


async def conditions(session: AsyncSession, workspace_id: int, people: Sequence[str]) -> list[ColumnElement[bool]]:
    """For each person asked for, that a card names them; nobody of that name: no card."""
    if not people:
        return []
    known = await _named(session, workspace_id)
    return [_names(workspace_id, [id_ for id_, *who in known if _is(asked, *who)]) for asked in people]


def _names(workspace_id: int, member_ids: list[int]) -> ColumnElement[bool]:
    if not member_ids:
        return false()
    theirs = named_quotes().where(InsightQuote.member_id.in_(member_ids))
    return Insight.id.in_(theirs.with_only_columns(InsightQuote.insight_id))


def _is(asked: str, slack_id: str, name: str) -> bool:
    """A Slack id, or the beginning of the first name or of any other."""
    begun = "".join(words_of(asked))
    return asked == slack_id or any(
        word.startswith(begun) for word in [*words_of(name), "".join(words_of(name))] if begun
    )


async def _named(session: AsyncSession, workspace_id: int) -> list[tuple[int, str, str]]:
    ids = named_quotes().with_only_columns(InsightQuote.member_id)
    query = select(Member.id, Member.slack_id, Member.name).where(
        Member.workspace_id == workspace_id, Member.id.in_(ids)
    )
    return [
        (id_, slack_id, name)
        for id_, slack_id, name in (await session.execute(query, {"workspace_id": workspace_id})).all()
    ]
