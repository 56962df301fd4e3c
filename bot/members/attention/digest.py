"""The digest: once a week, on somebody's last working day, what found no place in it."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.members import rules
from bot.members import store as members
from bot.members.attention import store, views
from bot.members.changes import subject_of
from bot.members.models import Member
from bot.messages import Content, Message, People

A_WEEK = timedelta(weeks=1)


async def remember(session: AsyncSession, delivery: Delivery) -> None:
    """A suggestion found no place: a line of the next digest. What was missed in a pause is nobody's loss."""
    kind = outbox.kinds_of(session)[delivery.kind]
    now = delivery.settled_at
    assert now is not None, "it has just ended"
    (member_id,) = delivery.member_ids
    member = await members.by_id(session, delivery.workspace_id, member_id)
    if kind.noun is None or member is None or not members.has_joined(member) or member.deactivated_at is not None:
        return
    if member.weekly_budget == 0 or (member.pause_ends_at is not None and member.pause_ends_at > now):
        return
    await store.remember(session, delivery, now)
    for moment in (now, now + A_WEEK):  # this week's may have been sent already
        due_at = rules.last_working_morning(moment, member.tz, member.work_days, member.hours_start)
        queued = await outbox.find(session, member.workspace_id, _key(member, due_at))
        if queued is None:
            await outbox.enqueue(session, _message(member, due_at), now=now)
        if queued is None or queued.state == "queued":
            return


def _key(member: Member, due_at: datetime) -> str:
    return f"attention.digest:{member.id}:{due_at.date().isoformat()}"


def _message(member: Member, due_at: datetime) -> Message:
    return Message(
        workspace_id=member.workspace_id,
        kind=views.DIGEST.name,
        subject=subject_of(member),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=_key(member, due_at),
        due_at=due_at,
    )


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """What they missed since the last one; nothing, if that was told meanwhile."""
    (member_id,) = delivery.member_ids
    counted = await store.missed(session, delivery.workspace_id, member_id)
    kinds = outbox.kinds_of(session)
    known = [(kind, many) for name, many in sorted(counted.items()) if (kind := kinds.get(name)) is not None]
    if not rules.is_worth_a_digest([kind.priority for kind, many in known for _ in range(many)]):
        return None
    return views.digest([(kind.noun, many) for kind, many in known if kind.noun is not None])


async def sent(session: AsyncSession, delivery: Delivery) -> None:
    """They have been told."""
    now: datetime | None = delivery.settled_at
    assert now is not None, "it was sent"
    await store.told(session, delivery.workspace_id, delivery.member_ids[0], now)
