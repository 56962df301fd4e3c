"""What operators and leads may see of the outbox and the inbox: kinds, numbers and classes of error, never text."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Executable, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import after_commit
from bot.delivery import steps
from bot.delivery.models import Delivery, InboxRow, MethodLimit
from bot.delivery.outbox import kinds_of
from bot.delivery.queues import STOPPED

STATES = ("queued", "sending", "unknown", "parked", "sent", "failed", "withdrawn", "dropped", "expired")
TROUBLE = ("failed", "parked")  # a lead sees these, and may have them tried again


@dataclass(frozen=True)
class Trouble:
    """Messages of one kind that could not be delivered, for one reason."""

    kind: str
    state: str
    error_class: str | None
    count: int
    recipients: tuple[str, ...]  # Slack ids and channels; empty where the kind is private: those are only counted
    ids: tuple[int, ...]  # likewise


@dataclass(frozen=True)
class Stats:
    """What an operator watches."""

    deliveries: dict[str, int]
    held: dict[str, int]
    inbox: dict[str, int]
    oldest_due_seconds: float
    paused_methods: int
    stopped_workspaces: int
    refusals: dict[str, int]  # how often Slack said 429, by method


async def in_state(
    session: AsyncSession, state: str, *, workspace_id: int | None = None, limit: int = 50
) -> list[Delivery]:
    """Deliveries in one state, newest first, for the command line."""
    query = select(Delivery).where(Delivery.state == state).order_by(Delivery.id.desc()).limit(limit)
    if workspace_id is not None:
        query = query.where(Delivery.workspace_id == workspace_id)
    return list((await session.execute(query)).scalars())


async def troubles(session: AsyncSession, workspace_id: int, *, since: datetime) -> list[Trouble]:
    """What a lead sees: grouped by kind and class of error, of private kinds nothing but the number."""
    query = (
        select(Delivery)
        .where(Delivery.state.in_(TROUBLE), Delivery.workspace_id == workspace_id, Delivery.settled_at >= since)
        .order_by(Delivery.kind, Delivery.id)
    )
    groups: dict[tuple[str, str, str | None], list[Delivery]] = {}
    for delivery in (await session.execute(query)).scalars():
        groups.setdefault((delivery.kind, delivery.state, delivery.error_class), []).append(delivery)
    return [_trouble(session, key, rows) for key, rows in groups.items()]


def _trouble(session: AsyncSession, key: tuple[str, str, str | None], rows: list[Delivery]) -> Trouble:
    kind, state, error_class = key
    known = kinds_of(session).get(kind)
    if known is None or known.private:
        return Trouble(kind, state, error_class, len(rows), (), ())
    recipients = sorted({each for row in rows for each in (row.slack_ids or [row.channel or ""])})
    return Trouble(kind, state, error_class, len(rows), tuple(recipients), tuple(row.id for row in rows))


async def retry(session: AsyncSession, workspace_id: int | None, delivery_id: int, *, now: datetime) -> bool:
    """Put one back into the queue, unseen; False where there is nothing to try again. `None`: any workspace's (CLI).

    Whoever calls has authorised it. A parked post goes out again although nobody knows whether it arrived: that is
    what a lead decides here.
    """
    row = await session.get(Delivery, delivery_id, with_for_update=True)
    if row is None or (workspace_id is not None and row.workspace_id != workspace_id):
        return False
    if row.state not in TROUBLE or (row.content is None and row.kind not in kinds_of(session).draws):
        return False
    row.state, row.method, row.held, row.taken_back = "queued", steps.next_step(row), None, False
    row.ready_at, row.settled_at = now, None
    row.attempts = row.lookups = 0
    if row.expires_at is not None and row.expires_at <= now:
        row.expires_at = None  # late, and wanted all the same
    if wake := session.info.get("wake"):
        after_commit(session, wake)
    return True


async def retry_all(session: AsyncSession, workspace_id: int, kind: str, *, now: datetime) -> int:
    """The same for everything of one kind, private or not: acts without showing. How many that were."""
    query = select(Delivery.id).where(
        Delivery.state.in_(TROUBLE), Delivery.workspace_id == workspace_id, Delivery.kind == kind
    )
    ids = list((await session.execute(query)).scalars())
    return sum([await retry(session, workspace_id, each, now=now) for each in ids])


async def counts(session: AsyncSession, workspace_id: int | None = None) -> dict[str, int]:
    """How many deliveries are in each state."""
    query = select(Delivery.state, func.count()).group_by(Delivery.state)
    if workspace_id is not None:
        query = query.where(Delivery.workspace_id == workspace_id)
    return await _counted(session, query)


async def oldest_due(session: AsyncSession) -> datetime | None:
    """Since when the oldest message waits that nothing but limits holds back."""
    query = select(func.min(Delivery.due_at)).where(
        Delivery.state == "queued", (Delivery.held.is_(None)) | (Delivery.held.in_(("lane", "retry")))
    )
    return (await session.execute(query)).scalar_one()


async def stats(session: AsyncSession, now: datetime) -> Stats:
    """Everything at once, for /metrics."""
    held = select(Delivery.held, func.count()).where(Delivery.state == "queued", Delivery.held.is_not(None))
    oldest = await oldest_due(session)
    limits = (await session.execute(select(MethodLimit).where(MethodLimit.paused_until > now))).scalars().all()
    refused = select(MethodLimit.method, func.sum(MethodLimit.refusals)).where(MethodLimit.refusals > 0)
    return Stats(
        deliveries=await counts(session),
        held=await _counted(session, held.group_by(Delivery.held)),
        inbox=await _counted(session, select(InboxRow.state, func.count()).group_by(InboxRow.state)),
        oldest_due_seconds=max(0.0, (now - oldest).total_seconds()) if oldest else 0.0,
        paused_methods=len([each for each in limits if each.paused_until != STOPPED]),
        stopped_workspaces=len([each for each in limits if each.paused_until == STOPPED]),
        refusals=await _counted(session, refused.group_by(MethodLimit.method)),
    )


async def parked_events(session: AsyncSession, workspace_id: int) -> dict[str, int]:
    """Events that no handler could take, by type: a lead sees that they exist."""
    query = (
        select(InboxRow.type, func.count())
        .where(InboxRow.workspace_id == workspace_id, InboxRow.state == "parked")
        .group_by(InboxRow.type)
    )
    return await _counted(session, query)


async def _counted(session: AsyncSession, query: Executable) -> dict[str, int]:
    return {str(name): int(count) for name, count in (await session.execute(query)).all()}
