"""Keeps the index true: a card's search text, the words of its workspace, and through triggers what is searched."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import rules
from bot.archive.models import Insight, InsightTag, InsightWord
from bot.db import insert_into


async def index(session: AsyncSession, insight: Insight) -> None:
    """Have a card found by its approved words and tags from this transaction's commit on; again after each change.

    To be called with the card's row locked, once its question, gist, tips, tags, state and published_at stand. A card
    that isn't published is taken out instead.
    """
    if insight.state != "published":
        await unindex(session, insight)
        return
    await session.flush()
    query = select(InsightTag.kind, InsightTag.slug, InsightTag.name).where(
        InsightTag.workspace_id == insight.workspace_id, InsightTag.insight_id == insight.id
    )
    tags = [(kind, slug, name) for kind, slug, name in (await session.execute(query)).all()]
    month = f"{insight.published_at:%Y-%m}" if insight.published_at else ""
    texts = (insight.question, insight.gist, insight.tips)
    names = [slug for _, slug, _ in tags]
    await _put(
        session, insight, rules.search_text(*texts, names, month=month), rules.vocabulary(*texts, tags, month=month)
    )


async def unindex(session: AsyncSession, insight: Insight) -> None:
    """Have a card found no longer: withdrawn, hidden, or back in the making. Harmless where it was not to be found."""
    await _put(session, insight, "", [])


async def _put(session: AsyncSession, insight: Insight, text: str, lines: list[str]) -> None:
    before = set(insight.search_words.splitlines()) if insight.search_words else set()
    after = set(lines)
    insight.search_text, insight.search_words = text, "\n".join(lines)
    await session.flush()
    await _count(session, insight.workspace_id, more=after - before, fewer=before - after)


async def _count(session: AsyncSession, workspace_id: int, *, more: Iterable[str], fewer: Iterable[str]) -> None:
    """Count words up and down in one order, so that two cards that are published at once never wait in a circle."""
    changes = sorted([(line, 1) for line in more] + [(line, -1) for line in fewer])
    if not changes:
        return
    statement = insert_into(session.get_bind().dialect.name, InsightWord)
    statement = statement.on_conflict_do_update(
        index_elements=["workspace_id", "word"], set_={"cards": InsightWord.cards + statement.excluded.cards}
    )
    rows = [{"workspace_id": workspace_id, "cards": by, **rules.row_of_line(line)} for line, by in changes]
    await session.execute(statement, rows)
    gone = [line for line, by in changes if by < 0]
    if gone:
        await session.execute(
            delete(InsightWord).where(
                InsightWord.workspace_id == workspace_id, InsightWord.word.in_(gone), InsightWord.cards <= 0
            )
        )
