"""The clock asks: after a gathering what people take from it, and two weeks later what came of it."""

from functools import partial

from bot.delivery import outbox
from bot.gatherings import store
from bot.gatherings.coming.acting import ends_at
from bot.gatherings.takeaways import acting, messages
from bot.gatherings.takeaways import store as takeaways
from bot.gatherings.takeaways.kinds import takeaway_kind_of
from bot.members import store as members
from bot.registry import Tools
from bot.scheduler import one_by_one

BATCH = 500


async def ask(tools: Tools) -> int:
    """Ask after every gathering that is over."""
    async with tools.database.reading() as session:
        due = await takeaways.to_ask_for(session, tools.clock())
    return await one_by_one(tools, due, partial(ask_one, tools))


async def ask_one(tools: Tools, found: tuple[int, int]) -> None:
    """Whoever came and is asked nothing else, some hundreds a transaction; a crash repeats it, and keys stop doubles."""
    beyond: int | None = 0
    while beyond is not None:
        beyond = await _ask_some(tools, found, beyond)


async def _ask_some(tools: Tools, found: tuple[int, int], beyond: int) -> int | None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        gathering = await store.get(session, *found, lock=True)
        if gathering.takeaways_at is None or gathering.takeaways_at > now:
            return None
        kind = takeaway_kind_of(session, gathering)
        if kind is None or now >= ends_at(gathering) + kind.asked_for:
            gathering.takeaways_at = None
            return None
        seats = await store.seats(session, gathering, store.COMING, beyond=beyond, limit=BATCH)
        ids = {each.member_id for each in seats if acting.came(each)}
        ids -= await kind.not_asked(session, gathering)
        ids -= await takeaways.not_to_be_asked(session, gathering, ids)
        people = await members.recipients(session, gathering.workspace_id, sorted(ids))
        asked = [messages.question(gathering, kind, each, now) for each in people.values() if each.reachable]
        await outbox.enqueue_all(session, asked, now=now)
        if len(seats) == BATCH:
            return seats[-1].member_id
        gathering.takeaways_at = None
        return None


async def follow(tools: Tools) -> int:
    """Ask whoever shared something two weeks ago what came of it."""
    async with tools.database.reading() as session:
        due = await takeaways.to_follow(session, tools.clock())
    return await one_by_one(tools, due, partial(follow_one, tools))


async def follow_one(tools: Tools, found: tuple[int, int]) -> None:
    """One of them, once."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        row = await takeaways.get(session, *found, lock=True)
        if row.ask_at is None or row.ask_at > now:
            return
        was_due, row.ask_at = row.ask_at, None
        people = await members.recipients(session, row.workspace_id, [row.member_id])
        person = people.get(row.member_id)
        if row.state == takeaways.SHOWN and person is not None and person.reachable:
            await outbox.enqueue(session, messages.follow_up(row, person, was_due), now=now)
