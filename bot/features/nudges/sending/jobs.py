"""The clock asks: whole batches of people get their nudge, chosen before the transaction that queues it."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new_rows
from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.nudges import entries, rules
from bot.features.nudges.answers import views
from bot.features.nudges.models import Nudge, NudgeRhythm
from bot.features.nudges.sending import messages, reasons, store
from bot.features.nudges.sending import rules as times
from bot.features.nudges.sending.facts import Facts, gather
from bot.messages import Content, Message
from bot.registry import Tools
from bot.scheduler import one_by_one
from bot.slack import home

BATCH = 100  # people in one write transaction, which takes some ten milliseconds
BREATH = 25  # people chosen for before others have a turn


@dataclass(frozen=True)
class Plan:
    """What is to be done for somebody who is due."""

    choice: rules.Choice | None = None
    seen_all: bool = False  # there is nothing left to choose from
    sealed: dict[str, Any] | None = None


async def send_nudges(tools: Tools) -> int:
    """Choose and queue the nudges of everybody who is due; how many people were looked at."""
    handled = 0
    while not tools.stopping:
        async with tools.database.reading() as session:
            due = await store.due(session, tools.clock(), limit=BATCH)
        looked_at = 0
        for workspace_id, group in groupby(sorted(due), key=lambda each: each[0]):
            looked_at += await _batch_or_singly(tools, workspace_id, [member_id for _, member_id in group])
        handled += looked_at
        if not looked_at or len(due) < BATCH:
            break
        await asyncio.sleep(0)
    return handled


async def _batch_or_singly(tools: Tools, workspace_id: int, member_ids: list[int]) -> int:
    """Where a batch fails, everybody in it is tried alone, so that one person's trouble stays theirs."""
    try:
        return await nudge_batch(tools, workspace_id, member_ids)
    except Exception as error:
        tools.log.error("a batch of nudges failed", workspace=workspace_id, error=type(error).__name__, exc_info=error)
    return await one_by_one(tools, [[each] for each in member_ids], partial(nudge_batch, tools, workspace_id))


async def nudge_batch(tools: Tools, workspace_id: int, member_ids: list[int]) -> int:
    """Read and choose without holding anything, then queue it all; how many were still due."""
    now = tools.clock()
    async with tools.database.reading() as session:
        facts = await gather(session, workspace_id, member_ids, now)
        shelf = await entries.shelf(session, workspace_id)
    plans = await _choose(tools, workspace_id, facts, shelf)
    async with tools.database.transaction() as session:
        rhythms = await store.lock_due(session, workspace_id, member_ids, now)
        await _queue(session, workspace_id, rhythms, facts, plans, now)
    return len(rhythms)


async def _choose(tools: Tools, workspace_id: int, facts: Facts, shelf: dict[str, entries.Shelved]) -> dict[int, Plan]:
    library = [
        replace(each.entry.plain, by_lead=True) if each.by_lead else each.entry.plain
        for each in shelf.values()
        if not each.off
    ]
    plans = {}
    for number, (member_id, person) in enumerate(facts.people.items()):
        if number % BREATH == BREATH - 1:
            await asyncio.sleep(0)
        if member_id in facts.paused or not facts.has_room[member_id]:
            plans[member_id] = Plan()
            continue
        today = facts.today[member_id]
        choice = rules.choose(library, person, today=today, seed=workspace_id)
        sealed = None
        if choice is not None:
            sealed = reasons.seal(choice.why, member_id, today, facts.seals.get(member_id), tools.database.vault)
        plans[member_id] = Plan(choice, choice is None, sealed)
    return plans


async def _queue(
    session: AsyncSession,
    workspace_id: int,
    rhythms: list[NudgeRhythm],
    facts: Facts,
    plans: dict[int, Plan],
    now: datetime,
) -> None:
    """Set when each is due again, and queue what was chosen for those whose hour it still is."""
    rows, told = [], []
    for rhythm in rhythms:
        member_id, due_at = rhythm.member_id, rhythm.due_at
        plan = plans.get(member_id)
        if plan is None:  # not here, or not any more
            rhythm.due_at = now + times.LOOK_AGAIN
            continue
        rhythm.due_at = times.next_due(rhythm.cadence, facts.recipients[member_id], now)
        if due_at is None or times.is_too_late(due_at, now):
            continue
        if plan.choice is not None:
            rhythm.told_at = None
            rows.append(_row(workspace_id, member_id, plan, facts, now))
        elif plan.seen_all and rhythm.told_at is None:
            rhythm.told_at = now
            person = facts.recipients[member_id]
            told.append(messages.seen_all(workspace_id, person.slack_id, member_id, views.seen_all(), now))
    queued = await _keep(session, workspace_id, rows, facts, now) if rows else []
    await outbox.enqueue_all(session, [*queued, *told], now=now)


async def _keep(
    session: AsyncSession, workspace_id: int, rows: list[dict[str, Any]], facts: Facts, now: datetime
) -> list[Message]:
    """Store what was chosen, one a day for each; the messages of those that are new."""
    unique, returning = ("member_id", "day"), (Nudge.id, Nudge.member_id)
    made = await insert_new_rows(session, Nudge, rows, unique=unique, returning=returning)
    return [
        messages.nudge(workspace_id, row.id, facts.recipients[row.member_id].slack_id, row.member_id, now)
        for row in made
    ]


def _row(workspace_id: int, member_id: int, plan: Plan, facts: Facts, now: datetime) -> dict[str, Any]:
    assert plan.choice is not None and plan.sealed is not None, "something was chosen"
    nudge = plan.choice.nudge
    return {
        "workspace_id": workspace_id,
        "member_id": member_id,
        "day": facts.today[member_id],
        "slug": nudge.slug,
        "theme": nudge.themes[0],
        "moment": plan.choice.why.moment,
        **plan.sealed,
        "state": "queued",
        "created_at": now,
        "ticked": [],
    }


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """The nudge as its library has it at this moment; nothing, where it was switched off or is wanted no more."""
    nudge = await store.get(session, delivery.workspace_id, messages.id_in(delivery.subject))
    shelved = await entries.find(session, nudge.workspace_id, nudge.slug)
    if nudge.state == "lost" or shelved is None or shelved.off:
        return None
    return views.nudge(nudge.id, shelved.entry)


async def sent(session: AsyncSession, delivery: Delivery) -> None:
    """It reached them: from now on it can be answered, also on their Home tab."""
    nudge = await store.get(session, delivery.workspace_id, messages.id_in(delivery.subject))
    nudge.state, nudge.sent_at = "sent", delivery.settled_at
    if delivery.settled_at is not None:
        await home.redraw(session, nudge.workspace_id, [nudge.member_id], now=delivery.settled_at)


async def ended(session: AsyncSession, delivery: Delivery) -> None:
    """It never reached them, so it counts as one they have not had."""
    await session.execute(
        update(Nudge)
        .where(Nudge.workspace_id == delivery.workspace_id, Nudge.id == messages.id_in(delivery.subject))
        .values(state="lost")
    )
