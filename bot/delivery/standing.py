"""Finds a message that stands somewhere, so that it can be drawn again; one that waits is drawn as it leaves anyway."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.messages import Channel, People

ON_ITS_WAY = ("sending", "unknown", "parked", "sent")


async def standing(session: AsyncSession, workspace_id: int, key: str) -> Delivery | None:
    """The message queued under a key, if it stands somewhere by now or is on its way there.

    It is locked: what leaves at this very moment was drawn before the change, and then has to be drawn again.
    """
    found = await outbox.find(session, workspace_id, key, lock=True)
    return found if found is not None and found.state in ON_ITS_WAY else None


def place_of(stands: Delivery) -> Channel | People:
    """Where a change to it goes."""
    if stands.slack_ids:
        return People(tuple(stands.slack_ids), tuple(stands.member_ids))
    assert stands.channel is not None, "it goes to a channel"
    return Channel(stands.channel)
