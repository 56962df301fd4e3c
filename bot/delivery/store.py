"""Claims what may leave now: one short transaction that looks at limits, lanes and rules, and never at Slack."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import ending, judging, queues, steps
from bot.delivery.limits import Limits
from bot.delivery.models import Delivery, MethodLimit
from bot.delivery.queues import Queue
from bot.registry import Registry

LEASE = timedelta(seconds=60)  # longer than the three calls of an upload may take together
BUSY_LANE = timedelta(seconds=2)  # a lane in use is looked at again this soon; it is freed earlier by its settling
FIRST_LOOK, SECOND_LOOK = timedelta(seconds=10), timedelta(seconds=60)
ROUNDS = 5  # how often one claim looks for more, where most of what it found had to wait


@dataclass
class Claimed:
    """What one transaction took: the deliveries to act on, and how many were moved on without leaving."""

    deliveries: list[Delivery] = field(default_factory=list)
    moved: int = 0
    locked_out: bool = False  # another worker is serving all of these workspaces just now


WHOLE = (
    select(MethodLimit.workspace_id)
    .where(MethodLimit.workspace_id.in_(bindparam("workspace_ids", expanding=True)), MethodLimit.method == steps.WHOLE)
    .with_for_update(skip_locked=True)
)


async def claim(
    session: AsyncSession, registry: Registry, limits: Limits, workspace_ids: list[int], *, now: datetime, most: int
) -> Claimed:
    """Take up to `most` deliveries of these workspaces; each workspace is served by one transaction at a time."""
    locked = list((await session.execute(WHOLE, {"workspace_ids": workspace_ids})).scalars())
    claimed = Claimed(locked_out=not locked)
    if not locked:
        return claimed
    for queue in sorted(await queues.waiting(session, locked), key=lambda queue: queue.first_at):
        if queue.opens_at(limits) <= now and len(claimed.deliveries) < most:
            room = most - len(claimed.deliveries)
            await _claim_from(session, registry, limits, queue, claimed, now=now, most=room)
    return claimed


async def _claim_from(
    session: AsyncSession,
    registry: Registry,
    limits: Limits,
    queue: Queue,
    claimed: Claimed,
    *,
    now: datetime,
    most: int,
) -> None:
    bucket = limits.buckets[queue.method]
    room = min(most, bucket.room(queue.next_at, now))
    if queue.method not in steps.LOOKUPS:
        room = min(room, bucket.in_flight - queue.in_flight)
    taken = 0
    for _ in range(ROUNDS):
        most_found = max(20, 2 * (room - taken))
        ready = await _ready(session, queue, now=now, limit=most_found)
        found = await _recovered(session, ready, claimed, now=now)
        facts = await judging.gather(session, registry, queue.workspace_id, found, now=now)
        for delivery in found:
            if taken >= room:
                break
            if await _take(session, facts, delivery, limits, now=now):
                claimed.deliveries.append(delivery)
                taken += 1
            else:
                claimed.moved += 1
        await session.flush()
        await facts.keep_charges(session)
        await ending.release(session, found, now=now)
        if taken >= room or len(ready) < most_found:  # fewer than asked for: those were all
            break
    if taken:
        next_at = bucket.after(queue.next_at, now, taken)
        await session.execute(SPENT, {"workspace": queue.workspace_id, "of": queue.method, "next_at": next_at})


SPENT = (  # the workspace as a whole is locked, so nobody else changes what its buckets hold
    update(MethodLimit)
    .where(MethodLimit.workspace_id == bindparam("workspace"), MethodLimit.method == bindparam("of"))
    .values(next_at=bindparam("next_at"))
    .execution_options(synchronize_session=False)
)
READY = (  # asked several times for each message: put together once
    select(Delivery)
    .where(
        Delivery.workspace_id == bindparam("workspace_id"),
        Delivery.method == bindparam("method"),
        func.coalesce(Delivery.ready_at, Delivery.ready_at) <= bindparam("now"),
    )
    .order_by(Delivery.rank, Delivery.due_at, Delivery.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


async def _ready(session: AsyncSession, queue: Queue, *, now: datetime, limit: int) -> list[Delivery]:
    """What is ready, most urgent first. coalesce() keeps the planner on the index that is already in that order."""
    asked = {"workspace_id": queue.workspace_id, "method": queue.method, "now": now, "most": limit}
    return list((await session.execute(READY, asked)).scalars())


async def _recovered(
    session: AsyncSession, found: list[Delivery], claimed: Claimed, *, now: datetime
) -> list[Delivery]:
    """A row still `sending` when its lease runs out was in the hands of a process that died: nobody knows its outcome."""
    rest = []
    for delivery in found:
        if delivery.state == "sending" and delivery.method in steps.ONCE_ONLY:
            look_up(delivery, "lease ran out", now=now)
            claimed.moved += 1
            continue
        if delivery.state == "sending":  # the other methods repeat safely
            delivery.state = "queued"
        rest.append(delivery)
    await session.flush()
    return rest


def look_up(delivery: Delivery, code: str, *, now: datetime) -> None:
    """Nobody knows whether it arrived: look in the conversation after a while, before anything is sent again."""
    started = delivery.started_at or now
    delivery.state, delivery.method, delivery.claim_id = "unknown", steps.lookup_step(delivery), None
    delivery.error, delivery.error_class, delivery.lookups = code, "unknown", 0
    delivery.ready_at, delivery.held = max(now, started + FIRST_LOOK), None


async def _take(
    session: AsyncSession, facts: judging.Facts, delivery: Delivery, limits: Limits, *, now: datetime
) -> bool:
    """Claim one, or move it on: held, dropped, or sent down another queue because its conversation is known by now."""
    if delivery.state == "unknown":
        delivery.claim_id, delivery.ready_at = secrets.token_hex(8), now + LEASE
        return True
    if delivery.taken_back:
        await ending.end(session, delivery, "withdrawn", now=now)
        return False
    if not await judging.may_leave(session, facts, delivery, now=now):
        return False
    lane = facts.lane(delivery)
    if lane.next_at > now:
        delivery.ready_at, delivery.held = min(lane.next_at, now + BUSY_LANE), "lane"
        return False
    lane.next_at = now + LEASE
    facts.charge(session, delivery, now=now)
    delivery.state, delivery.claim_id, delivery.held = "sending", secrets.token_hex(8), None
    delivery.ready_at, delivery.started_at = now + LEASE, now
    delivery.attempts += 1
    return True
