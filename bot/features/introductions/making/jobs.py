"""The clock asks: take each open round one step further, and draw the previews that leads wait for."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bot import plain
from bot.features.introductions.making import store, work, writing
from bot.features.introductions.making.closing import close_round
from bot.features.introductions.making.inputs import gather
from bot.programs import store as programs
from bot.registry import Tools
from bot.scheduler import one_by_one
from bot.slack import home

LEASE = timedelta(minutes=10)
FRESH = timedelta(minutes=1)  # who takes part is looked up again when a plan is older than this


@dataclass(frozen=True)
class Claimed:
    """A round in our hands until `lease`; whoever finds another lease on the row leaves it alone."""

    workspace_id: int
    round_id: int
    state: str
    lease: datetime


async def make_rounds(tools: Tools) -> int:
    """Take every round that is due as far as it goes now."""
    async with tools.database.reading() as session:
        due = await store.rounds_due(session, tools.clock())
    return await one_by_one(tools, due, partial(advance, tools))


async def advance(tools: Tools, found: tuple[int, int]) -> None:
    """Claimed → matched → written → sealed, and closed when its time has come; each step stands by itself."""
    claimed = await claim(tools, *found)
    if claimed is None:
        return
    if claimed.state == "sealed":
        await close_round(tools, claimed.workspace_id, claimed.round_id)
        return
    if claimed.state == "claimed" and not await match(tools, claimed):
        return
    await refresh(tools, claimed)
    await writing.write(tools, claimed.workspace_id, claimed.round_id, claimed.lease)
    await writing.seal(tools, claimed.workspace_id, claimed.round_id, claimed.lease)


async def claim(tools: Tools, workspace_id: int, round_id: int) -> Claimed | None:
    """Take a round that is due; its lease is when somebody else may, should we not come to an end."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        row = await programs.get_round(session, workspace_id, round_id, lock=True)
        if row.state not in store.OPEN_STATES or row.due_at is None or row.due_at > now:
            return None
        if row.lease_until is not None and row.lease_until > now:
            return None
        row.lease_until = row.due_at = now + LEASE
        return Claimed(workspace_id, round_id, row.state, row.lease_until)


async def match(tools: Tools, claimed: Claimed) -> bool:
    """Freeze the inputs and find the round; whether it is to go out at once."""
    async with tools.database.reading() as session:
        plan = await store.plan_of(session, claimed.workspace_id, claimed.round_id)
        drawn_before = plan is not None and plan.result is not None
    if not drawn_before:
        packed = await freeze(tools, claimed.workspace_id, claimed.round_id)
        await keep(tools, claimed.workspace_id, claimed.round_id, await draw(tools, packed), lease=claimed.lease)
    now = tools.clock()
    async with tools.database.transaction() as session:
        row = await programs.get_round(session, claimed.workspace_id, claimed.round_id, lock=True)
        if row.lease_until != claimed.lease:
            return False
        row.state = "matched"
        if row.sends_at is not None and row.sends_at > now:
            row.due_at, row.lease_until = row.sends_at, None
            return False
        return True


async def freeze(tools: Tools, workspace_id: int, round_id: int) -> bytes:
    """Write down what a round is made of, unless that was done before a crash; the frozen inputs, packed."""
    now = tools.clock()
    async with tools.database.reading() as session:
        plan = await store.plan_of(session, workspace_id, round_id, with_inputs=True)
        if plan is not None and plan.inputs is not None:
            return store.packed_inputs(session, plan)
        row = await programs.get_round(session, workspace_id, round_id)
        program = await programs.get(session, workspace_id, row.program_id)
        inputs = await gather(session, program, row, now=now)
    packed = await asyncio.to_thread(plain.pack, inputs)
    async with tools.database.transaction() as session:
        row = await programs.get_round(session, workspace_id, round_id)
        plan = await store.begin_plan(session, row)
        plan.inputs, plan.frozen_at = store.seal_inputs(session, packed, round_id), now
    return packed


async def draw(tools: Tools, packed_inputs: bytes, **more: Any) -> dict[str, Any]:
    """Have the other process make a round, or change one."""
    now = tools.clock().astimezone(UTC)
    packed = plain.pack(more | {"minute": now.hour * 60 + now.minute})
    answer = await asyncio.get_running_loop().run_in_executor(tools.cpu, work.draw_round, packed_inputs, packed)
    return dict(await asyncio.to_thread(plain.unpack, answer))


async def keep(
    tools: Tools,
    workspace_id: int,
    round_id: int,
    drawn: dict[str, Any],
    *,
    lease: datetime | None = None,
    base: dict[str, Any] | None = None,
    changes: dict[str, Any] | None = None,
    note: str | None = None,
) -> None:
    """Keep what was found, provided that the round is still ours; `lease=None`: a preview, which is nobody's."""
    packed = await asyncio.to_thread(plain.pack, drawn["inputs"]) if drawn["inputs"] else None
    async with tools.database.transaction() as session:
        row = await programs.get_round(session, workspace_id, round_id, lock=True)
        if (row.lease_until if lease is not None else row.state) != (lease or "draft"):
            return
        plan = await store.begin_plan(session, row)
        store.keep_drawn(plan, drawn)
        if packed is not None:
            plan.inputs, plan.frozen_at = store.seal_inputs(session, packed, round_id), tools.clock()
        plan.base, plan.changes, plan.note = base, changes, note


async def refresh(tools: Tools, claimed: Claimed) -> None:
    """Before the first introduction is written: seat anew only what people who came or went since have left open."""
    now = tools.clock()
    async with tools.database.reading() as session:
        plan = await store.plan_of(session, claimed.workspace_id, claimed.round_id, with_inputs=True)
        assert plan is not None and plan.result is not None, "it was matched"
        if plan.written or (plan.frozen_at is not None and now - plan.frozen_at < FRESH):
            return
        row = await programs.get_round(session, claimed.workspace_id, claimed.round_id)
        program = await programs.get(session, claimed.workspace_id, row.program_id)
        before, base = store.inputs_of(session, plan), plan.result
        fresh = await gather(session, program, row, now=now)
    was = {person["id"] for person in before["people"]}
    here = {person["id"] for person in fresh["people"]}
    if was == here and before["blocked"] == fresh["blocked"]:
        return
    fresh |= {"wishes": before["wishes"], "seed": before["seed"]}
    apart = [pair for pair in fresh["blocked"] if pair not in before["blocked"]]
    changes = {"leave_out": sorted(was - here), "keep_apart": apart}
    rest = _without(base, was - here)
    drawn = await draw(tools, await asyncio.to_thread(plain.pack, fresh), base=rest, changes=changes)
    note = _what_changed(was, here, drawn["moved"])
    where = (tools, claimed.workspace_id, claimed.round_id)
    await keep(*where, drawn, lease=claimed.lease, base=rest, changes=changes, note=note)


def _without(result: dict[str, Any], gone: set[int]) -> dict[str, Any]:
    """A result whose groups nobody who is gone sits in."""
    groups = [[member for member in group if member not in gone] for group in result["groups"]]
    left_out = [member for member in result["left_out"] if member not in gone]
    return result | {"groups": groups, "left_out": left_out}


def _what_changed(was: set[int], here: set[int], moved: list[int]) -> str:
    return f"{len(was - here)} left, {len(here - was)} new, {len(set(moved) & was & here)} seated differently"


async def draw_previews(tools: Tools) -> int:
    """Draw every preview that a lead waits for."""
    async with tools.database.reading() as session:
        due = await store.previews_due(session, tools.clock())
    return await one_by_one(tools, due, partial(draw_preview, tools))


async def draw_preview(tools: Tools, found: tuple[int, int]) -> None:
    """Draw one, or make the change that is wanted of it, and show it to whoever looks."""
    workspace_id, round_id = found
    now = tools.clock()
    async with tools.database.transaction() as session:
        plan = await store.plan_of(session, workspace_id, round_id, lock=True)
        if plan is None or plan.due_at is None or plan.due_at > now:
            return
        plan.due_at = now + LEASE
        wanted, base = plan.wanted, plan.result
    inputs = await freeze(tools, workspace_id, round_id)
    if wanted is None or base is None:
        await keep(tools, workspace_id, round_id, await draw(tools, inputs))
    else:
        drawn = await draw(tools, inputs, base=base, changes=wanted)
        note = drawn["note"] or f"{len(drawn['moved'])} seated differently"
        await keep(tools, workspace_id, round_id, drawn, base=base, changes=wanted, note=note)
    await _show(tools, workspace_id, round_id)


async def _show(tools: Tools, workspace_id: int, round_id: int) -> None:
    async with tools.database.transaction() as session:
        plan = await store.plan_of(session, workspace_id, round_id, lock=True)
        if plan is None:
            return
        plan.due_at = plan.wanted = None
        if plan.asked_by is not None:
            await home.redraw(session, workspace_id, [plan.asked_by], now=tools.clock())
