"""Thanks are said: kept once for each person, on their way, and known to whoever shows the occasion."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.recognition import rules, store
from bot.features.recognition.giving.offering import About
from bot.features.recognition.receiving import messages
from bot.features.recognition.rules import Said
from bot.features.recognition.words import local_day
from bot.members import store as members
from bot.members.models import Member
from bot.members.recognising import thanks_changed
from bot.slack import home


async def say(
    session: AsyncSession,
    giver: Member,
    receivers: Sequence[Member],
    said: Said,
    about: About | None,
    now: datetime,
    *,
    may_share: bool,
) -> None:
    """To each of them; whoever got several today hears of the next ones together."""
    ids = [each.id for each in receivers]
    lately = await store.received_since(session, giver.workspace_id, ids, now - rules.A_DAY)
    reachable = await members.recipients(session, giver.workspace_id, ids)
    for receiver in receivers:
        _, by_message = await store.liking(session, giver.workspace_id, receiver.id)
        together = by_message and rules.comes_together(lately.get(receiver.id, 0))
        row = await store.add(
            session,
            giver,
            receiver.id,
            said,
            may_share=may_share,
            occasion=about.subject if about is not None and receiver.id in about.receiver_ids else "",
            folded_on=local_day(now, receiver.tz) if together else None,
            now=now,
        )
        if by_message:
            message = messages.received(row, reachable[receiver.id], now)
            await outbox.enqueue(session, message, now=now)
    await home.redraw(session, giver.workspace_id, [giver.id, *ids], now=now)
    if about is not None:
        await thanks_changed(session, giver.workspace_id, about.subject, giver.id, now)
