"""A change reaches everybody who was told before: each in direct message, the post by an update and a line below it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.gatherings import announcing, calendars, messages, store, subjects, views
from bot.gatherings.facts import about, facts_of, hosts, now_in
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.messages import Content
from bot.slack import home

BATCH = 250  # people told in one transaction: a message and a calendar file each


async def tell_some(session: AsyncSession, gathering: Gathering, change: str, beyond: int, now: datetime) -> int | None:
    """Tell one batch of a locked gathering's people; the last member id reached, None where nobody is left."""
    found = await store.seats(session, gathering, *store.TOLD, beyond=beyond, limit=BATCH)
    ids = [each.member_id for each in found]
    told = ids if beyond else sorted({*ids, *hosts(gathering)})
    if not beyond:
        facts = await facts_of(session, gathering)
        key = f"{change}:{gathering.version}"
        await announcing.refresh(session, gathering, now)
        await announcing.say_in_thread(session, gathering, views.thread_news(facts, change), key=key, now=now)
    people = await members.recipients(session, gathering.workspace_id, told)
    news = [
        messages.to_one(
            gathering,
            messages.NEWS,
            person,
            key=f"news:{gathering.version}",
            now=now,
            subject=subjects.news(gathering.id, change),
        )
        for person in people.values()
        if person.reachable
    ]
    await outbox.enqueue_all(session, news, now=now)
    await calendars.renew(session, gathering, found, now)
    await home.redraw(session, gathering.workspace_id, told, now=now)
    return ids[-1] if len(ids) == BATCH else None


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """What it says when it leaves; nothing for whoever said meanwhile that they can't come."""
    gathering, member = await about(session, delivery)
    change = delivery.subject.rpartition(":")[2]
    seat = await store.seat_of(session, gathering, member.id)
    concerned = seat.state in store.TOLD if seat else member.id in hosts(gathering)
    if not concerned or (change == "called_off") != (gathering.state == store.CALLED_OFF):
        return None
    facts = await facts_of(session, gathering)
    return views.news(facts, change, member.tz, now_in(session), seat.state if seat else None)
