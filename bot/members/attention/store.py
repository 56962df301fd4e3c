"""Looks up what waits for a member, and remembers what they missed."""

from collections import Counter
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.delivery.models import Delivery
from bot.members.models import Member, Missed

HELD = ("hours", "budget", "day")  # what somebody may want to read before we would send it
ASKED_FOR = ("suggestion", "request")


async def waiting(
    session: AsyncSession, member: Member, *, delivery_id: int | None = None, lock: bool = False
) -> list[Delivery]:
    """Messages to this member alone that are held back, most urgent first."""
    query = (
        select(Delivery)
        .where(
            Delivery.workspace_id == member.workspace_id,
            Delivery.lane == member.slack_id,
            Delivery.state == "queued",
            Delivery.held.in_(HELD),
            Delivery.message_class.in_(ASKED_FOR),
        )
        .order_by(Delivery.rank, Delivery.due_at, Delivery.id)
    )
    if lock:
        query = query.with_for_update()
    if delivery_id is not None:
        query = query.where(Delivery.id == delivery_id)
    found = (await session.execute(query)).scalars()
    return [each for each in found if each.member_ids == [member.id]]


async def remember(session: AsyncSession, delivery: Delivery, now: datetime) -> None:
    """This one found no place."""
    row = {
        "workspace_id": delivery.workspace_id,
        "member_id": delivery.member_ids[0],
        "delivery_id": delivery.id,
        "kind": delivery.kind,
        "missed_at": now,
    }
    await insert_new(session, Missed, [row], unique=("delivery_id",), returning=Missed.id)


async def missed(session: AsyncSession, workspace_id: int, member_id: int) -> Counter[str]:
    """How many of each kind they have not been told of."""
    query = select(Missed.kind).where(
        Missed.workspace_id == workspace_id, Missed.member_id == member_id, Missed.told_at.is_(None)
    )
    return Counter((await session.execute(query)).scalars())


async def told(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They have read of all of it; what they were told of before is forgotten."""
    mine = (Missed.workspace_id == workspace_id, Missed.member_id == member_id)
    await session.execute(delete(Missed).where(*mine, Missed.told_at.is_not(None)))
    await session.execute(update(Missed).where(*mine, Missed.told_at.is_(None)).values(told_at=now))
