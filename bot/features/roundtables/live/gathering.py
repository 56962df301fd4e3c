"""What a live roundtable does as a gathering: its lines, its tables, and what begins, follows and ends with it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.roundtables.live import harvest, kind, messages, rules, seats, store, tables, topics, views
from bot.gatherings import facts, thanking
from bot.gatherings import store as gatherings
from bot.gatherings.kinds import GatheringKind
from bot.gatherings.models import Gathering
from bot.gatherings.takeaways import acting as taking
from bot.gatherings.takeaways import front as takeaways
from bot.members.rules import listed
from bot.messages import Block
from bot.programs import store as programs
from bot.slack import blocks


async def lines(session: AsyncSession, gathering: Gathering) -> list[str]:
    """What is on the table, once it was voted on."""
    live = await store.find(session, gathering.workspace_id, gathering.id)
    chosen = live.topics if live is not None else []
    return [f"On the table: {listed([blocks.escape(each) for each in chosen])}."] if chosen else []


async def own_lines(session: AsyncSession, gathering: Gathering, member_id: int) -> list[str]:
    """At which table somebody sits, where there are several."""
    seat = await seats.seat_of(session, gathering, member_id)
    if seat is None or seat.number is None or len(await seats.numbers(session, gathering, limit=2)) == 1:
        return []
    return [f"You sit at table {seat.number}."]


async def member_rows(session: AsyncSession, gathering: Gathering, member_id: int) -> list[Block]:
    """Where whoever looks sits; afterwards what they take from it, and the way to thank who held it."""
    if gathering.state == gatherings.OVER:
        thanks = await thanking.on_page(session, gathering, member_id, facts.hosts(gathering))
        shared = await takeaways.on_page(session, gathering, member_id)
        return [*shared, *(views.thank_the_host(thanks) if thanks is not None else [])]
    live = await store.find(session, gathering.workspace_id, gathering.id)
    said = await gatherings.seat_of(session, gathering, member_id)
    if live is None or said is None or said.state != gatherings.COMING or gathering.state != gatherings.PLANNED:
        return []
    table = await tables.of(session, gathering, live, member_id)
    if table is not None:
        return views.on_the_page(table)
    if live.due_at is None and await seats.numbers(session, gathering, limit=1):
        return views.late()
    return []


async def host_rows(session: AsyncSession, gathering: Gathering) -> list[Block]:
    """All tables, and afterwards what came of it."""
    live = await store.find(session, gathering.workspace_id, gathering.id)
    if live is None or gathering.state == gatherings.CALLED_OFF:
        return []
    if gathering.state == gatherings.OVER:
        return [views.came_of_it_row(gathering.id)]
    if live.size is None:
        return []
    is_open = facts.now_in(session) < gathering.starts_at
    found, without = await tables.all_of(session, gathering)
    next_at = blocks.at(live.due_at, gathering.tz) if live.due_at is not None else ""
    return views.for_hosts(gathering.id, found, without, next_at, is_open=is_open)


async def planned(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Its topics are put to the vote; its tables are made a day before."""
    program = await programs.get(session, gathering.workspace_id, gathering.program_id)
    size = kind.options_of(program).table_size
    await store.begin(session, gathering, size, rules.first_look(gathering.starts_at, now))
    await topics.put_to_vote(session, gathering, program, now)


async def moved(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Other people come on another day: tables are made anew, a day before it, and topics are chosen in time."""
    _, live = await store.get(session, gathering.workspace_id, gathering.id, lock=True)
    await messages.forget_all(session, gathering, now=now)
    await seats.clear(session, gathering)
    live.version += 1
    store.rest(live, rules.first_look(gathering.starts_at, now) if live.size is not None else None)
    await topics.follow_date(session, gathering, now)


async def called_off(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """What was proposed waits for the next one, and nobody is seated any more."""
    await topics.take_back(session, gathering, now)
    _, live = await store.get(session, gathering.workspace_id, gathering.id, lock=True)
    await messages.forget_all(session, gathering, now=now)
    store.rest(live, None)


async def seats_changed(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Once there are tables, late ones are seated at once; what is under way for others begins anew, with them."""
    live = await store.find(session, gathering.workspace_id, gathering.id, lock=True)
    made = gathering.state == gatherings.PLANNED and rules.are_made(gathering.starts_at, now)
    if live is not None and live.size is not None and made:
        store.rest(live, now)


async def over(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """It took place: whoever came is asked what they take from it, and days later its hosts what came of it."""
    _, live = await store.get(session, gathering.workspace_id, gathering.id, lock=True)
    store.rest(live, None)
    if await gatherings.taken(session, gathering):
        taking.begin(session, gathering, now)
        await messages.ask_hosts(session, gathering, now=now)


KIND = GatheringKind(
    name=kind.NAME,
    noun="roundtable",
    untitled="Roundtable",
    lines=lines,
    own_lines=own_lines,
    member_rows=member_rows,
    host_rows=host_rows,
    planned=planned,
    moved=moved,
    called_off=called_off,
    over=over,
    seats_changed=seats_changed,
    takeaways=harvest.KIND,
)
