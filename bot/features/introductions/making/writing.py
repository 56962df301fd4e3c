"""Turns a matched round into introductions on their way: a few hundred a transaction, then sealed."""

import asyncio
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.introductions.hello import messages
from bot.features.introductions.making import rules, store
from bot.features.introductions.making.inputs import chunks
from bot.features.introductions.models import RoundPlan
from bot.features.introductions.options import IntroductionOptions
from bot.features.introductions.starters import Talker, choose_starters, library
from bot.members import store as members
from bot.members.store import Profile
from bot.programs import store as programs
from bot.programs.models import Program, Round
from bot.registry import Tools

BATCH = 50  # groups; keeps each transaction far below the 200 ms for which others may have to wait
BREATH = 10  # groups whose starters are chosen before whoever waits for an answer has a turn


async def write(tools: Tools, workspace_id: int, round_id: int, lease: datetime) -> None:
    """Write everything that is not written yet, unless the round is stopped or taken over meanwhile."""
    async with tools.database.reading() as session:
        plan = await store.plan_of(session, workspace_id, round_id)
        assert plan is not None and plan.result is not None, "a matched round has a result"
        program = await programs.get(session, workspace_id, plan.program_id)
        groups, order, written = plan.result["groups"], plan.order, plan.written
    for start in range(written, len(order), BATCH):
        places = order[start : start + BATCH]
        some = {place: list(groups[place]) for place in places}
        if not await _write_some(tools, program, round_id, lease, some, start, plan.seed):
            return


async def _write_some(
    tools: Tools,
    program: Program,
    round_id: int,
    lease: datetime,
    groups: dict[int, list[int]],
    seen: int,
    seed: int,
) -> bool:
    """One batch, by place; False where the round is no longer ours. What can be decided before, is."""
    now = tools.clock()
    workspace_id = program.workspace_id
    async with tools.database.reading() as session:
        row = await programs.get_round(session, workspace_id, round_id)
        people = await profiles_of(session, workspace_id, [member for group in groups.values() for member in group])
        rows = await introductions(session, program, row, list(groups.values()), people, now=now, seed=seed)
    for place, values in zip(groups, rows, strict=True):
        values["place"] = place
    async with tools.database.transaction() as session:
        row = await programs.get_round(session, workspace_id, round_id, lock=True)
        if row.state != "matched" or row.lease_until != lease:
            return False
        if not await store.advance_written(session, workspace_id, round_id, seen, seen + len(groups)):
            return False
        written = await store.write_introductions(session, rows, list(groups.values()))
        due_at = max(now, row.sends_at or now)
        hellos = [messages.hello(workspace_id, each, group, people, due_at) for each, group in written.items()]
        await outbox.enqueue_all(session, hellos, now=now)
        return True


async def profiles_of(session: AsyncSession, workspace_id: int, member_ids: list[int]) -> dict[int, Profile]:
    """The facts many people gave, some hundreds at a time."""
    found: dict[int, Profile] = {}
    for some in chunks(sorted(set(member_ids))):
        found |= await members.profiles(session, workspace_id, list(some))
    return found


async def introductions(
    session: AsyncSession,
    program: Program,
    row: Round,
    groups: list[list[int]],
    people: dict[int, Profile],
    *,
    now: datetime,
    seed: int,
) -> list[dict[str, Any]]:
    """The rows of these groups: who writes first, and which two questions they start from."""
    everybody = [member for group in groups for member in group]
    given = await store.starters_given(session, program.workspace_id, everybody)
    opened = await store.last_opened(session, program.workspace_id, everybody)
    options = IntroductionOptions.model_validate(program.options)
    days = rules.length_of(program.every_weeks, options.length_days)
    ends_at = rules.ends(max(now, row.sends_at or now), program.tz, days)
    starters, rows = list(library().values()), []
    for group in groups:
        talkers = [talker(people[each], given) for each in group]
        rows.append(
            {
                "workspace_id": program.workspace_id,
                "program_id": program.id,
                "round_id": row.id,
                "place": None,
                "state": "planned",
                "opener_id": rules.opener(group, opened),
                "starters": choose_starters(starters, talkers, seed=seed),
                "created_at": now,
                "ends_at": ends_at,
                "exchange": False,
            }
        )
        if len(rows) % BREATH == 0:
            await asyncio.sleep(0)
    return rows


def talker(profile: Profile, given: dict[int, set[str]]) -> Talker:
    """A member as the choice of starters reads people."""
    topics = [*profile.offers.values(), *profile.wants.values(), *profile.interests.values()]
    return Talker(
        member_id=profile.member_id,
        function=profile.function.lower(),
        level=profile.level,
        topics=frozenset(topic.lower() for topic in topics),
        interests=frozenset(topic.lower() for topic in profile.interests.values()),
        asked=frozenset(given.get(profile.member_id, ())),
    )


async def seal(tools: Tools, workspace_id: int, round_id: int, lease: datetime) -> None:
    """Everything is on its way: tell those without a seat that they come first next time, and note when to look back."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        row = await programs.get_round(session, workspace_id, round_id, lock=True)
        plan = await store.plan_of(session, workspace_id, round_id, lock=True)
        if row.state != "matched" or row.lease_until != lease or plan is None or plan.result is None:
            return
        if plan.written < len(plan.order):
            return
        program = await programs.get(session, workspace_id, row.program_id)
        options = IntroductionOptions.model_validate(program.options)
        days = rules.length_of(program.every_weeks, options.length_days)
        row.closes_at = rules.ends(max(now, row.sends_at or now), program.tz, days) + rules.CLOSE_AFTER
        row.state, row.due_at, row.lease_until, row.note = "sealed", row.closes_at, None, plan.note
        await tell_left_out(session, row, left_out(plan), now)
    tools.log.info("round sealed", round=round_id, introductions=plan.written)


def left_out(plan: RoundPlan) -> list[int]:
    """Who takes part and has no seat."""
    assert plan.result is not None, "a sealed round has a result"
    return sorted(set(plan.result["left_out"]))


async def tell_left_out(session: AsyncSession, row: Round, member_ids: list[int], now: datetime) -> None:
    """They are told, and owed: their debt makes them come first next time."""
    for some in chunks(member_ids):
        new = await store.owe(session, row, list(some), "left out", "owed", now)
        reachable = await members.recipients(session, row.workspace_id, new)
        told = [messages.left_out(row.workspace_id, row.id, person, now) for person in reachable.values()]
        await outbox.enqueue_all(session, told, now=now)
