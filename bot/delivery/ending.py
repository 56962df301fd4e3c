"""Ends a delivery: what was said is emptied, whoever waited for it is told, and attention it did not cost is given back."""

from collections.abc import Iterable
from datetime import datetime

import structlog
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Charge, Delivery
from bot.kinds import Sent
from bot.messages import MessageClass, Verb

log = structlog.get_logger("perennial.delivery")
FOLLOWED = frozenset({Verb.POST, Verb.UPLOAD})  # nothing waits for a change to a message
TOLD = frozenset({"failed", "dropped", "expired"})  # whoever withdraws knows already; a parked one may still leave


async def end(session: AsyncSession, delivery: Delivery, state: str, *, now: datetime) -> None:
    """Put a delivery to rest in `state`; what failed or is parked keeps its sealed content, for another try.

    Whoever ends deliveries calls release() for the batch.
    """
    delivery.state, delivery.settled_at = state, now
    delivery.claim_id = delivery.ready_at = delivery.held = None
    if state not in ("failed", "parked"):
        delivery.content = None
    if state not in ("sent", "parked"):
        await give_back(session, delivery)
    kinds = outbox.kinds_of(session)
    if state == "sent":
        await _tell(session, kinds.sent.get(delivery.kind), delivery)
    elif state in TOLD:
        await _tell(session, kinds.ended.get(delivery.kind), delivery)
        if _was_missed(delivery):
            await _tell(session, kinds.missed, delivery)


def _was_missed(delivery: Delivery) -> bool:
    """Whether one person's suggestion waited until it was too late."""
    suggested = delivery.message_class == MessageClass.SUGGESTION and delivery.verb == Verb.POST
    return suggested and delivery.state == "expired" and len(delivery.member_ids) == 1


async def release(session: AsyncSession, batch: Iterable[Delivery], *, now: datetime) -> None:
    """Those of a batch that came to their end let go whatever waited for them."""
    ended: dict[int, list[int]] = {}
    for delivery in batch:
        over = delivery.settled_at is not None and delivery.state not in ("queued", "parked")
        if over and delivery.verb in FOLLOWED:
            ended.setdefault(delivery.workspace_id, []).append(delivery.id)
    for workspace_id, ids in ended.items():
        await outbox.release_followers(session, workspace_id, ids, now=now)


async def give_back(session: AsyncSession, delivery: Delivery) -> None:
    """It did not reach anybody, so it cost nobody's attention."""
    await session.execute(
        delete(Charge).where(Charge.workspace_id == delivery.workspace_id, Charge.delivery_id == delivery.id)
    )


async def _tell(session: AsyncSession, callback: Sent | None, delivery: Delivery) -> None:
    """Call a feature's sent() or ended(); its failure undoes only its own changes, never the record of what was sent."""
    if callback is None:
        return
    try:
        async with session.begin_nested():
            await callback(session, delivery)
    except Exception as error:
        log.error(
            "callback failed", kind=delivery.kind, delivery=delivery.id, error=type(error).__name__, exc_info=error
        )
