"""What live roundtables send: to everybody their table, to hosts the question what came of it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.roundtables.live import rules, seats, store, tables, views
from bot.features.roundtables.live.models import LiveRoundtable
from bot.gatherings import facts, words
from bot.gatherings import store as gatherings
from bot.gatherings.hosting.acting import tell_hosts
from bot.gatherings.messages import to_one
from bot.gatherings.models import Gathering
from bot.gatherings.takeaways import store as takeaways
from bot.members import store as members
from bot.messages import Content, Kind, MessageClass
from bot.programs.rules import in_their_hours
from bot.slack import home

TABLE = Kind("roundtables.table", MessageClass.APPOINTMENT, priority=45)  # after the reminder
# Where they sit costs what any reminder does; that it is another table by now is a change to what they joined.
TABLE_CHANGED = Kind("roundtables.table_changed", MessageClass.ANSWER, priority=45, cost=0)
# Somebody's part, as a summary is: so in their hours, and once those whose week was full were asked what they take along.
CAME_OF_IT = Kind("roundtables.came_of_it", MessageClass.REQUEST, priority=40, expires=timedelta(days=5), cost=0)
ASKED_AFTER = timedelta(days=6)
TOLD = ("sent", "sending", "unknown")
WAITS = ("queued", "sending", "unknown", "parked")
LATEST = timedelta(minutes=15)  # before the start; whoever is asleep until then hears when they wake up, or at once


def subject_of(gathering_id: int, member_id: int) -> str:
    """What one person hears about their table."""
    return f"live_table:{gathering_id}:{member_id}"


async def tell(
    session: AsyncSession, gathering: Gathering, live: LiveRoundtable, member_ids: Collection[int], *, now: datetime
) -> None:
    """These people sit elsewhere than they were told; drawn as it leaves, in their hours where those come in time."""
    people = await members.recipients(session, gathering.workspace_id, list(member_ids))
    before = await _in_states(session, gathering, member_ids, *TOLD)
    told = [
        to_one(
            gathering,
            TABLE_CHANGED if subject_of(gathering.id, person.member_id) in before else TABLE,
            person,
            key=f"table:{live.version}",
            now=in_their_hours(
                now,
                before=gathering.starts_at - LATEST,
                tz=person.tz,
                hours_start=person.hours_start,
                hours_end=person.hours_end,
                work_days=person.work_days,
            ),
            subject=subject_of(gathering.id, person.member_id),
            expires_at=gathering.starts_at,
        )
        for person in people.values()
        if person.reachable
    ]
    await outbox.enqueue_all(session, told, now=now)
    await seats.told(session, gathering, member_ids)
    await home.redraw(session, gathering.workspace_id, list(member_ids), now=now)


async def forget(session: AsyncSession, gathering: Gathering, member_ids: Collection[int], *, now: datetime) -> None:
    """What waits to be said to them is not true any more."""
    for subject in await _in_states(session, gathering, member_ids, *WAITS):
        await outbox.withdraw(session, gathering.workspace_id, subject, now=now)


async def forget_all(session: AsyncSession, gathering: Gathering, *, now: datetime) -> None:
    """The same for everybody: these tables are off."""
    await forget(session, gathering, await seats.sitting(session, gathering), now=now)


async def _in_states(
    session: AsyncSession, gathering: Gathering, member_ids: Collection[int], *states: str
) -> set[str]:
    """What these people hear about their tables that is on its way or was sent, by its subject."""
    subjects, found = [subject_of(gathering.id, each) for each in sorted(member_ids)], set()
    for start in range(0, len(subjects), seats.PART):
        query = select(Delivery.subject).where(
            Delivery.workspace_id == gathering.workspace_id,
            Delivery.subject.in_(subjects[start : start + seats.PART]),
            Delivery.state.in_(states),
        )
        found |= set((await session.execute(query)).scalars())
    return found


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Where somebody sits as the message leaves; nothing for whoever can't come any more."""
    gathering_id, member_id = (int(each) for each in delivery.subject.split(":")[1:])
    gathering, live = await store.get(session, delivery.workspace_id, gathering_id)
    now = facts.now_in(session)
    said = await gatherings.seat_of(session, gathering, member_id)
    if gathering.state != gatherings.PLANNED or gathering.starts_at <= now:
        return None
    if said is None or said.state != gatherings.COMING:
        return None
    table = await tables.of(session, gathering, live, member_id)
    member = await members.by_id(session, delivery.workspace_id, member_id)
    if table is None or member is None:
        return None
    host = await tables.host_name(session, gathering, member.id)
    again = await _was_told(session, delivery)
    return views.seated(await facts.facts_of(session, gathering), table, host, member.tz, now, again=again)


async def _was_told(session: AsyncSession, delivery: Delivery) -> bool:
    """Whether they read of another table before."""
    earlier = select(Delivery.id).where(
        Delivery.workspace_id == delivery.workspace_id,
        Delivery.subject == delivery.subject,
        Delivery.state == "sent",
        Delivery.id < delivery.id,
    )
    return (await session.execute(earlier.limit(1))).first() is not None


async def tell_hosts_of_few(session: AsyncSession, gathering: Gathering, *, now: datetime) -> None:
    """Whoever hosts hears that those who come are no table; once for each number of them."""
    coming = await gatherings.taken(session, gathering)
    if coming >= rules.LONELY:
        return
    title = words.title(session, gathering)
    text = views.few(title, words.plain_moment(gathering.starts_at, gathering.tz), coming)
    key = f"few:{gathering.sequence}:{coming}"
    await tell_hosts(session, gathering, sorted(facts.hosts(gathering)), text, key=key, now=now)


async def ask_hosts(session: AsyncSession, gathering: Gathering, *, now: datetime) -> None:
    """It is over: whoever hosted may write down what came of it, and is asked when lines have gathered."""
    ids = sorted(facts.hosts(gathering))
    people = await members.recipients(session, gathering.workspace_id, ids)
    asked = [
        to_one(gathering, CAME_OF_IT, person, key="came_of_it", now=now + ASKED_AFTER)
        for person in people.values()
        if person.reachable
    ]
    await outbox.enqueue_all(session, asked, now=now)
    await home.redraw(session, gathering.workspace_id, ids, now=now)


async def draw_came_of_it(session: AsyncSession, delivery: Delivery) -> Content | None:
    """As it leaves, with how much was shared by then; nothing for whoever hosts it no more."""
    gathering, member = await facts.about(session, delivery)
    if member.id not in facts.hosts(gathering) or gathering.state != gatherings.OVER:
        return None
    shared = await takeaways.shown(session, gathering)
    return views.came_of_it(await facts.facts_of(session, gathering), len(shared))
