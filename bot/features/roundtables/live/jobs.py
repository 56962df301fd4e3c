"""The clock asks: tables are made a day before, and looked at again until people are on their way.

Inputs are frozen, the other process seats people outside any transaction, and one transaction writes who sits where;
after a crash each step is taken up where it was left.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import plain
from bot.features.roundtables.live import inputs, messages, rules, seats, store, work
from bot.features.roundtables.live.models import LiveRoundtable
from bot.gatherings import facts
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.registry import Tools
from bot.scheduler import one_by_one
from bot.slack import home

LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class Claimed:
    """One in our hands until `lease`; whoever finds another lease on the row leaves it alone."""

    workspace_id: int
    gathering_id: int
    state: str
    lease: datetime


async def look_at_tables(tools: Tools) -> int:
    """Take every live roundtable that is due as far as it goes now."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(advance, tools))


async def advance(tools: Tools, found: tuple[int, int]) -> None:
    """Claimed → drawn → written → everybody told; each step stands by itself."""
    claimed = await claim(tools, *found)
    if claimed is None:
        return
    if claimed.state == store.CLAIMED:
        packed = await freeze(tools, claimed)
        if packed is None:
            return
        loop = asyncio.get_running_loop()
        await keep(tools, claimed, await loop.run_in_executor(tools.cpu, work.seat, packed))
    if claimed.state == store.TELLING or await write(tools, claimed):
        while await tell_some(tools, claimed):
            pass


async def claim(tools: Tools, workspace_id: int, gathering_id: int) -> Claimed | None:
    """Take one that is due; once it has begun there is nothing to seat any more."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        gathering, live = await store.get(session, workspace_id, gathering_id, lock=True)
        if live.due_at is None or live.due_at > now or (live.lease_until is not None and live.lease_until > now):
            return None
        if gathering.state != gatherings.PLANNED or live.size is None or gathering.starts_at <= now:
            store.rest(live, None)
            return None
        if live.state == store.WAITING:
            live.state = store.CLAIMED
        live.lease_until = live.due_at = now + LEASE
        return Claimed(workspace_id, gathering_id, live.state, live.lease_until)


async def freeze(tools: Tools, claimed: Claimed) -> bytes | None:
    """Write down who comes, unless that was done before a crash; None where everybody sits already."""
    async with tools.database.reading() as session:
        gathering, live = await store.get(session, claimed.workspace_id, claimed.gathering_id)
        if (kept := store.packed_inputs(session, live)) is not None:
            return kept
        gathered = await inputs.gather(session, live, gathering)
    if await asyncio.to_thread(_settled, gathered):
        async with tools.database.transaction() as session:
            gathering, live = await store.get(session, claimed.workspace_id, claimed.gathering_id, lock=True)
            if live.lease_until == claimed.lease:
                store.rest(live, rules.next_look(gathering.starts_at, tools.clock()))
        return None
    packed = await asyncio.to_thread(plain.pack, gathered)
    async with tools.database.transaction() as session:
        _, live = await store.get(session, claimed.workspace_id, claimed.gathering_id, lock=True)
        if live.lease_until != claimed.lease:
            return None
        store.keep_inputs(session, live, packed)
    return packed


def _settled(gathered: dict[str, Any]) -> bool:
    people = gathered["inputs"]["people"]
    if len(people) < 2:
        return not gathered["tables"] and not gathered["without"]
    company = work.company_of(gathered["inputs"])
    return rules.settled(dict(gathered["tables"]), gathered["without"], company.teams, company)


async def keep(tools: Tools, claimed: Claimed, drawn: bytes) -> None:
    """Keep the seating that was found, provided that it is still ours to find."""
    async with tools.database.transaction() as session:
        _, live = await store.get(session, claimed.workspace_id, claimed.gathering_id, lock=True)
        if live.lease_until == claimed.lease:
            live.drawn, live.state = drawn, store.DRAWN


async def write(tools: Tools, claimed: Claimed) -> bool:
    """Who sits where from now on, in one transaction; False where that is no longer ours, or begins anew."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        gathering, live = await store.get(session, claimed.workspace_id, claimed.gathering_id, lock=True)
        if live.lease_until != claimed.lease or live.drawn is None or gathering.state != gatherings.PLANNED:
            return False
        drawn = plain.unpack(live.drawn)
        if drawn["version"] != live.version:  # a host moved somebody meanwhile: that stays
            store.rest(live, now)
            return False
        await _seat(session, gathering, live, drawn, now)
        return True


async def _seat(
    session: AsyncSession, gathering: Gathering, live: LiveRoundtable, drawn: dict[str, Any], now: datetime
) -> None:
    before = await seats.sitting(session, gathering)
    after = rules.places(dict(drawn["tables"]), drawn["without"])
    moved = rules.to_tell(before, after, drawn_anew=drawn["drawn_anew"])
    live.version += 1
    live.state, live.inputs, live.drawn = store.TELLING, None, None
    await seats.write(session, gathering, after, before, moved, live.version)
    await messages.forget(session, gathering, (set(moved) | set(before) - set(after)) & set(before), now=now)


async def tell_some(tools: Tools, claimed: Claimed) -> bool:
    """Some hundreds hear where they sit; whether there may be more. With the last of them the next look is set."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        gathering, live = await store.get(session, claimed.workspace_id, claimed.gathering_id, lock=True)
        if live.lease_until != claimed.lease or gathering.state != gatherings.PLANNED:
            return False
        ids = await seats.to_be_told(session, gathering)
        if ids:
            await messages.tell(session, gathering, live, ids, now=now)
            return True
        store.rest(live, rules.next_look(gathering.starts_at, now))
        await home.redraw(session, gathering.workspace_id, sorted(facts.hosts(gathering)), now=now)
        return False
