"""The queues of the outbox, one per workspace and Slack method, and when each may next be served."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import steps
from bot.delivery.limits import Limits
from bot.delivery.models import Delivery, MethodLimit

STOPPED = datetime(9999, 1, 1, tzinfo=UTC)  # the pause of a workspace whose token is dead: until it is installed again


@dataclass(frozen=True)
class Queue:
    """What waits for one method in one workspace."""

    workspace_id: int
    method: str
    next_at: datetime  # the bucket
    first_at: datetime  # the least ready_at in it
    paused_until: datetime | None
    in_flight: int
    lease_until: datetime | None  # the least lease of those in flight

    def opens_at(self, limits: Limits) -> datetime:
        """When something of it can be done; a worker whose lease ran out leaves its place then at the latest."""
        times = [self.first_at, self.next_at]
        if self.paused_until is not None:
            times.append(self.paused_until)
        if self.lease_until is not None and self.in_flight >= limits.buckets[self.method].in_flight:
            times.append(self.lease_until)
        return max(times)


def _every_queue() -> Select[Any]:
    same = (Delivery.workspace_id == MethodLimit.workspace_id, Delivery.method == MethodLimit.method)
    first = select(func.min(Delivery.ready_at)).where(*same, Delivery.ready_at.is_not(None))
    flying = (*same, Delivery.state == "sending")
    return select(
        MethodLimit.workspace_id,
        MethodLimit.method,
        MethodLimit.next_at,
        MethodLimit.paused_until,
        first.correlate(MethodLimit).scalar_subquery().label("first_at"),
        select(func.count()).where(*flying).correlate(MethodLimit).scalar_subquery().label("in_flight"),
        select(func.min(Delivery.ready_at)).where(*flying).correlate(MethodLimit).scalar_subquery().label("lease"),
    )


EVERY_QUEUE = _every_queue()  # asked several times for each message: put together once
QUEUES_OF = EVERY_QUEUE.where(MethodLimit.workspace_id.in_(bindparam("workspace_ids", expanding=True)))


async def waiting(session: AsyncSession, workspace_ids: list[int] | None = None) -> list[Queue]:
    """Every queue that holds something, workspaces that are stopped left out. A few indexed looks per queue."""
    asked = (EVERY_QUEUE, {}) if workspace_ids is None else (QUEUES_OF, {"workspace_ids": workspace_ids})
    rows = (await session.execute(*asked)).all()
    stopped = {row.workspace_id for row in rows if row.method == steps.WHOLE and row.paused_until}
    return [
        Queue(row.workspace_id, row.method, row.next_at, row.first_at, row.paused_until, row.in_flight, row.lease)
        for row in rows
        if row.first_at is not None and row.workspace_id not in stopped
    ]


async def next_due(session: AsyncSession, limits: Limits) -> datetime | None:
    """The very moment at which the sender can next do something."""
    return min((queue.opens_at(limits) for queue in await waiting(session)), default=None)


async def workspaces_due(session: AsyncSession, limits: Limits, now: datetime) -> list[int]:
    """Workspaces of which something can be done now, the one that waits longest first."""
    due = [queue for queue in await waiting(session) if queue.opens_at(limits) <= now]
    return list(dict.fromkeys(queue.workspace_id for queue in sorted(due, key=lambda queue: queue.first_at)))
