"""Something about a thank-you has changed: every place that shows it follows, in the same transaction."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.recognition import rules
from bot.features.recognition.models import Thanks
from bot.features.recognition.monthly import drawing
from bot.features.recognition.receiving import messages
from bot.members.recognising import thanks_changed
from bot.slack import home


async def choose(session: AsyncSession, row: Thanks, choice: str, now: datetime) -> None:
    """Whoever it is for decided who else may read it."""
    row.choice = choice
    await settle(session, row, now)


async def settle(session: AsyncSession, row: Thanks, now: datetime) -> None:
    """Whether it is shared follows from what both said; its message, its month and its occasion follow from that."""
    before = row.shared_at
    shared = rules.is_shared(row.state, row.choice, may_share=row.may_share)
    row.shared_at = (before or now) if shared else None
    await session.flush()
    await messages.follow(session, row, now)
    await home.redraw(session, row.workspace_id, [row.giver_id, row.receiver_id], now=now)
    if row.shared_at != before:
        await drawing.follow(session, row.workspace_id, [before or now], now)
    if row.occasion:
        await thanks_changed(session, row.workspace_id, row.occasion, row.giver_id, now)
