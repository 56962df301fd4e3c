"""A card as a moderator needs it: looked at, hidden, put back, and its maker told."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import going_out, news, publishing, rules, store
from bot.archive.models import Insight
from bot.errors import Gone
from bot.registry import Reportable, Written
from bot.slack import blocks

KIND = "insight"


async def look(session: AsyncSession, workspace_id: int, insight_id: int, now: datetime) -> Written | None:
    """What the card says to everybody."""
    insight = await _found(session, workspace_id, insight_id)
    if insight is None or insight.version is None:
        return None
    tips = f"\n{blocks.escape(insight.tips)}" if insight.tips else ""
    words = f"*{blocks.escape(insight.question)}*\n{blocks.escape(insight.gist)}{tips}"
    return Written(words, await _author(session, insight), "a card in the archive")


async def hide(session: AsyncSession, workspace_id: int, insight_id: int, now: datetime) -> None:
    """Nobody finds or reads it until a moderator has looked."""
    insight = await _found(session, workspace_id, insight_id)
    if insight is not None and insight.state not in (rules.WITHDRAWN, rules.HIDDEN):
        insight.state = rules.HIDDEN
        await publishing.found_no_longer(session, insight)
        await going_out.redraw(session, insight, now)


async def restore(session: AsyncSession, workspace_id: int, insight_id: int, now: datetime) -> None:
    """It reads as before; what was being agreed on goes on."""
    insight = await _found(session, workspace_id, insight_id)
    if insight is None or insight.state != rules.HIDDEN:
        return
    open_one = (await store.versions(session, insight)).open
    if insight.version is not None:
        insight.state = rules.PUBLISHED
        await publishing.found_from_now_on(session, insight)
    else:
        insight.state = rules.ASKING if open_one is not None and open_one.state == rules.ASKING else rules.DRAFT
    await going_out.redraw(session, insight, now)


async def tell(session: AsyncSession, workspace_id: int, insight_id: int, what: str, now: datetime) -> None:
    """Whoever made it hears what happened, alias or not."""
    insight = await _found(session, workspace_id, insight_id)
    if insight is not None:
        content = news.moderated(insight.question, what)
        await going_out.tell_the_maker(session, insight, content, now, "moderated", now.isoformat())


REPORTABLE = Reportable(look=look, hide=hide, restore=restore, tell=tell)


async def _author(session: AsyncSession, insight: Insight) -> int | None:
    """Whoever made it, unless words of theirs stand in it without their name."""
    rows = await store.quotes(session, (await store.versions(session, insight)).approved)
    own = [row for row in rows.values() if row.member_id == insight.made_by and row.state in rules.AGREED]
    return insight.made_by if all(row.named for row in own) else None


async def _found(session: AsyncSession, workspace_id: int, insight_id: int) -> Insight | None:
    try:
        return await store.get(session, workspace_id, insight_id)
    except Gone:
        return None
