"""Gathers what the rules must know about a batch of deliveries, and acts on what they decide."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import ending, rules, steps
from bot.delivery.models import Charge, Conversation, Delivery, Lane
from bot.delivery.outbox import kinds_of
from bot.messages import MessageClass, Recipient, Verb
from bot.registry import Registry

CHARGED = frozenset({MessageClass.APPOINTMENT.value, MessageClass.SUGGESTION.value})
CHARGE = insert(Charge)
REMEMBERED = timedelta(days=15)  # charges older than this belong to no day or week that is still open


@dataclass
class Facts:
    """Recipients, what they gave already, lanes, known conversations and targets, for one batch of one workspace."""

    workspace_id: int
    recipients: dict[int, Recipient] | None  # None: nobody registered how to know people, so nothing is held
    spent: dict[int, rules.Spent] = field(default_factory=dict)
    lanes: dict[str, Lane] = field(default_factory=dict)
    conversations: dict[str, str] = field(default_factory=dict)
    targets: dict[int, Delivery] = field(default_factory=dict)
    charges: list[dict[str, Any]] = field(default_factory=list)  # rows to be written for those that may leave

    def lane(self, delivery: Delivery) -> Lane:
        """The lane of a delivery; gather() made it if it was new."""
        return self.lanes[delivery.lane]

    def charge(self, session: AsyncSession, delivery: Delivery, *, now: datetime) -> None:
        """Write down whose attention this costs, in the transaction that lets it leave."""
        cost = kinds_of(session)[delivery.kind].cost
        if self.recipients is None or not cost or not _costs(delivery):
            return
        for member_id in delivery.member_ids:
            local_date = rules.local_date(self.recipients[member_id], now)
            self.spent.setdefault(member_id, rules.Spent()).add(delivery.message_class, local_date, cost)
            self.charges.append(
                {
                    "workspace_id": delivery.workspace_id,
                    "delivery_id": delivery.id,
                    "member_id": member_id,
                    "message_class": delivery.message_class,
                    "cost": cost,
                    "local_date": local_date,
                    "charged_at": now,
                }
            )

    async def keep_charges(self, session: AsyncSession) -> None:
        """Write them all in one statement, behind the deliveries of the batch."""
        if self.charges:
            await session.execute(CHARGE, self.charges)


async def gather(
    session: AsyncSession, registry: Registry, workspace_id: int, batch: list[Delivery], *, now: datetime
) -> Facts:
    """A handful of queries for the whole batch."""
    if not batch:
        return Facts(workspace_id, None)
    member_ids = sorted({each for delivery in batch for each in delivery.member_ids})
    recipients = None
    if registry.recipients is not None:
        recipients = await registry.recipients(session, workspace_id, member_ids) if member_ids else {}
    facts = Facts(workspace_id, recipients)
    if any(_costs(delivery) for delivery in batch) and member_ids:
        facts.spent = await _spent(session, workspace_id, member_ids, now)
    if any(delivery.message_class == MessageClass.SUGGESTION for delivery in batch):
        await _expect(session, facts, now)
    facts.lanes = await _lanes(session, workspace_id, {delivery.lane for delivery in batch}, now)
    people = {_people(delivery) for delivery in batch if delivery.channel is None and delivery.slack_ids}
    if people:
        query = select(Conversation).where(Conversation.workspace_id == workspace_id, Conversation.people.in_(people))
        facts.conversations = {each.people: each.channel for each in (await session.execute(query)).scalars()}
    if target_ids := {delivery.target_id for delivery in batch if delivery.target_id is not None}:
        targets = select(Delivery).where(Delivery.workspace_id == workspace_id, Delivery.id.in_(target_ids))
        facts.targets = {each.id: each for each in (await session.execute(targets)).scalars()}
    return facts


async def may_leave(session: AsyncSession, facts: Facts, delivery: Delivery, *, now: datetime) -> bool:
    """Whether it may leave now; if not, it is held until a moment, dropped, or moved to the queue of its next step."""
    if kinds_of(session).get(delivery.kind) is None:  # queued by a feature that is no longer there
        delivery.error, delivery.error_class = "a kind nobody knows", "our bug"
        await ending.end(session, delivery, "failed", now=now)
        return False
    if delivery.target_id is not None and not await _follow_target(session, facts, delivery, now=now):
        return False
    if delivery.channel is None and (known := facts.conversations.get(_people(delivery))):
        delivery.channel = known
    if (step := steps.next_step(delivery)) != delivery.method:
        delivery.method = step
        return False
    decision = _decide(session, facts, delivery, now)
    if isinstance(decision, rules.Hold):
        delivery.ready_at, delivery.held = decision.until, decision.why
        return False
    if isinstance(decision, rules.Drop):
        delivery.error = decision.why
        await ending.end(session, delivery, "expired" if decision.why == rules.EXPIRED else "dropped", now=now)
        return False
    return True


def _decide(session: AsyncSession, facts: Facts, delivery: Delivery, now: datetime) -> rules.Decision:
    asked = rules.Asked(
        message_class=MessageClass(delivery.message_class),
        due_at=delivery.due_at,
        expires_at=delivery.expires_at,
        cost=kinds_of(session)[delivery.kind].cost if _costs(delivery) else 0,
        priority=delivery.priority,
    )
    if facts.recipients is None or delivery.verb in (Verb.UPDATE, Verb.DELETE):
        return rules.decide(asked, [], now)  # a change to what is there already asks for nobody's attention
    people = [facts.recipients.get(member_id) for member_id in delivery.member_ids]
    known = [(person, facts.spent.get(person.member_id, rules.Spent())) for person in people if person is not None]
    if len(known) < len(people) and asked.message_class is not MessageClass.ANSWER:
        return rules.Drop(rules.UNREACHABLE)
    return rules.decide(asked, known, now)


async def _follow_target(session: AsyncSession, facts: Facts, delivery: Delivery, *, now: datetime) -> bool:
    """An update, a delete or a post in its thread goes where its target went.

    It waits while that is on its way, and drops if it never left.
    """
    target = facts.targets.get(delivery.target_id or 0)
    if target is not None and target.state == "sent" and target.ts is not None:
        delivery.channel = target.channel
        if delivery.verb == Verb.POST:
            delivery.thread_ts = target.ts
        else:
            delivery.ts = target.ts
        return True
    if target is not None and target.state in ("queued", "sending", "unknown", "parked"):
        delivery.ready_at, delivery.held = delivery.expires_at, "target"
        if delivery.expires_at is None or delivery.expires_at > now:
            return False
        await ending.end(session, delivery, "expired", now=now)
        return False
    delivery.error = "its message never left"
    await ending.end(session, delivery, "dropped", now=now)
    return False


CHARGED_LATELY = select(Charge.member_id, Charge.message_class, Charge.local_date, Charge.cost).where(
    Charge.workspace_id == bindparam("workspace_id"),
    Charge.member_id.in_(bindparam("member_ids", expanding=True)),
    Charge.local_date >= bindparam("since"),
)


async def _spent(
    session: AsyncSession, workspace_id: int, member_ids: list[int], now: datetime
) -> dict[int, rules.Spent]:
    asked = {"workspace_id": workspace_id, "member_ids": member_ids, "since": (now - REMEMBERED).date()}
    spent: dict[int, rules.Spent] = {}
    for member_id, message_class, local_date, cost in (await session.execute(CHARGED_LATELY, asked)).all():
        spent.setdefault(member_id, rules.Spent()).add(message_class, local_date, cost)
    return spent


async def _expect(session: AsyncSession, facts: Facts, now: datetime) -> None:
    """Appointments with one person that are still to come today; those of groups are seen once they were kept."""
    by_lane = {person.slack_id: person for person in (facts.recipients or {}).values()}
    query = select(Delivery.lane, Delivery.due_at).where(
        Delivery.workspace_id == facts.workspace_id,
        Delivery.lane.in_(by_lane),
        Delivery.state == "queued",
        Delivery.message_class == MessageClass.APPOINTMENT.value,
        Delivery.due_at < now + timedelta(days=1),
    )
    for lane, due_at in (await session.execute(query)).all():
        person = by_lane[lane]
        facts.spent.setdefault(person.member_id, rules.Spent()).expect(rules.local_date(person, due_at))


LANES = select(Lane).where(
    Lane.workspace_id == bindparam("workspace_id"), Lane.lane.in_(bindparam("lanes", expanding=True))
)


async def _lanes(session: AsyncSession, workspace_id: int, names: Iterable[str], now: datetime) -> dict[str, Lane]:
    wanted = sorted(set(names))
    asked = {"workspace_id": workspace_id, "lanes": wanted}
    lanes = {lane.lane: lane for lane in (await session.execute(LANES, asked)).scalars()}
    for name in wanted:
        if name not in lanes:
            lanes[name] = Lane(workspace_id=workspace_id, lane=name, next_at=now)
            session.add(lanes[name])
    return lanes


def _costs(delivery: Delivery) -> bool:
    return delivery.message_class in CHARGED and delivery.method in steps.ONCE_ONLY


def _people(delivery: Delivery) -> str:
    return ",".join(sorted(delivery.slack_ids))
