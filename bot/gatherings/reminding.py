"""Reminders to those who come, and to whoever hosts: queued some hundreds at a time, drawn as they leave."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.gatherings import messages, rules, store, subjects, views
from bot.gatherings.facts import about, facts_of, hosts, now_in
from bot.gatherings.kinds import gathering_kinds_of
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.messages import Content, Message, Recipient
from bot.programs.rules import in_their_hours

BATCH = 500  # reminders queued in one transaction
LATEST = timedelta(minutes=30)  # before the start; a reminder of the day before comes no later


async def remind_some(session: AsyncSession, gathering: Gathering, step: str, beyond: int, now: datetime) -> int | None:
    """Queue one batch for a locked gathering, in order of member id; the last id reached, None where nobody is left."""
    found = await store.seats(session, gathering, store.COMING, beyond=beyond, limit=BATCH)
    ids = [each.member_id for each in found]
    await _queue(session, gathering, step, ids if beyond else sorted({*ids, *hosts(gathering)}), now)
    return ids[-1] if len(ids) == BATCH else None


async def remind_late(session: AsyncSession, gathering: Gathering, member_id: int, now: datetime) -> None:
    """Somebody says yes when the last reminders are queued already: theirs is queued as well, if it still lies ahead."""
    last = gathering.starts_at - rules.BEFORE["soon"]
    if last - rules.QUEUED_AHEAD <= now < last:
        await _queue(session, gathering, "soon", [member_id], now)


async def _queue(session: AsyncSession, gathering: Gathering, step: str, member_ids: list[int], now: datetime) -> None:
    people = await members.recipients(session, gathering.workspace_id, member_ids)
    reachable = [each for each in people.values() if each.reachable]
    await outbox.enqueue_all(session, [_reminder(gathering, step, each, now) for each in reachable], now=now)


def _reminder(gathering: Gathering, step: str, person: Recipient, now: datetime) -> Message:
    return messages.to_one(
        gathering,
        messages.SOON if step == "soon" else messages.REMINDER,
        person,
        key=f"{step}:{gathering.sequence}",
        now=_due_at(gathering.starts_at, step, person, now),
        subject=subjects.of(gathering.id),
        expires_at=gathering.starts_at,
    )


def _due_at(starts_at: datetime, step: str, person: Recipient, now: datetime) -> datetime:
    """The last one at its minute; those before in their hours, where these come in time."""
    if step == "soon":
        return max(now, starts_at - rules.BEFORE["soon"])
    return in_their_hours(
        now,
        before=starts_at - LATEST,
        tz=person.tz,
        hours_start=person.hours_start,
        hours_end=person.hours_end,
        work_days=person.work_days,
    )


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """As it leaves: nothing for whoever can't come any more, and nothing once it has begun."""
    gathering, member = await about(session, delivery)
    now = now_in(session)
    seat = await store.seat_of(session, gathering, member.id)
    comes = seat.state == store.COMING if seat else member.id in hosts(gathering)
    if gathering.state != store.PLANNED or not comes or gathering.starts_at <= now:
        return None
    view = views.soon if delivery.kind == messages.SOON.name else views.reminder
    facts = await facts_of(session, gathering)
    return view(replace(facts, lines=[*facts.lines, *await _own_lines(session, gathering, member.id)]), member.tz, now)


async def _own_lines(session: AsyncSession, gathering: Gathering, member_id: int) -> list[str]:
    """What only this person is reminded of."""
    kind = gathering_kinds_of(session).get(gathering.kind)
    said = await kind.own_lines(session, gathering, member_id) if kind and kind.own_lines else []
    return [*said, "You host."] if member_id in hosts(gathering) else said
