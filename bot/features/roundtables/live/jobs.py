"""The clock asks: tables are made a day before, and looked at again whenever somebody comes or goes until it begins.

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
        if packed is not None:
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
    """Write down who comes, unless that was done before a crash; None where everybody sits already or it is not ours."""
    async with tools.database.reading() as session:
        gathering, live = await store.get(session, claimed.workspace_id, claimed.gathering_id)
        if (kept := store.packed_inputs(session, live)) is not None:
            return kept
        gathered = await inputs.gather(session, live, gathering, tools.clock())
    if await asyncio.to_thread(_settled, gathered):
        async with tools.database.transaction() as session:
            _, live = await store.get(session, claimed.workspace_id, claimed.gathering_id, lock=True)
            if live.lease_until == claimed.lease:
                live.state = store.TELLING  # somebody may have come and gone again before all were told
        return None
    packed = await asyncio.to_thread(plain.pack, gathered)
    async with tools.database.transaction() as session:
        _, live = await store.get(session, claimed.workspace_id, claimed.gathering_id, lock=True)
        if live.lease_until != claimed.lease:
            return None
        store.keep_inputs(session, live, packed)
    return packed


def _settled(gathered: dict[str, Any]) -> bool:
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
        if live.lease_until != claimed.lease or gathering.state != gatherings.PLANNED:
            return False
        if live.drawn is None:
            return live.state == store.TELLING
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
        await messages.tell_hosts_of_few(session, gathering, now=now)
        await home.redraw(session, gathering.workspace_id, sorted(facts.hosts(gathering)), now=now)
        return False
