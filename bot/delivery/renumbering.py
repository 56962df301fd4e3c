"""Slack gives a channel another id: what was posted there is changed there from now on, and what waits leaves to it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import queries
from bot.delivery.models import Conversation, Delivery
from bot.registry import Event, Tools

JUST_BEFORE = timedelta(days=1)  # Slack tries an event for so long, and no longer knows the old id meanwhile
UNKNOWN_TO_SLACK = "channel_not_found"


async def wants(session: AsyncSession, event: Event) -> bool:
    """Only where something of ours stands, or is to."""
    there = await _there(session, event.workspace_id, str(event.payload["old_channel_id"]))
    return (await session.execute(select(Delivery.id).where(there).limit(1))).first() is not None


async def channel_renumbered(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Follow it."""
    old, new = str(event.payload["old_channel_id"]), str(event.payload["new_channel_id"])
    await move(session, event.workspace_id, old, new, now=tools.clock())


async def move(session: AsyncSession, workspace_id: int, old: str, new: str, *, now: datetime) -> None:
    """Every message of ours is known by the new id; what was refused before anybody told us of it leaves again."""
    there = await _there(session, workspace_id, old)
    await session.execute(
        select(Delivery.id).where(there).order_by(Delivery.id).with_for_update()
    )  # as the sender does
    refused = await session.execute(
        select(Delivery.id).where(
            there,
            Delivery.state == "failed",
            Delivery.error == UNKNOWN_TO_SLACK,
            Delivery.settled_at > now - JUST_BEFORE,
        )
    )
    again = list(refused.scalars())
    await _rename(session, workspace_id, there, old, new)
    for delivery_id in again:
        await queries.retry(session, workspace_id, delivery_id, now=now)


async def _rename(session: AsyncSession, workspace_id: int, there: ColumnElement[bool], old: str, new: str) -> None:
    moved = update(Delivery).where(there).execution_options(synchronize_session=False)
    await session.execute(moved.where(Delivery.channel == old).values(channel=new))
    channel_posts = update(Delivery).where(Delivery.workspace_id == workspace_id, Delivery.lane == old)
    await session.execute(channel_posts.values(lane=new).execution_options(synchronize_session=False))
    opened = update(Conversation).where(Conversation.workspace_id == workspace_id, Conversation.channel == old)
    await session.execute(opened.values(channel=new).execution_options(synchronize_session=False))


async def _there(session: AsyncSession, workspace_id: int, channel: str) -> ColumnElement[bool]:
    """Messages to a channel, or to people whose conversation it is: those of its lanes."""
    query = select(Conversation.people).where(
        Conversation.workspace_id == workspace_id, Conversation.channel == channel
    )
    lanes = [channel, *(await session.execute(query)).scalars()]
    return and_(Delivery.workspace_id == workspace_id, Delivery.lane.in_(lanes))
