"""The clock asks: find a seat for those who wait, with another who waits, or as the third of a pair."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import plain
from bot.db import insert_new
from bot.delivery import outbox
from bot.features.introductions import people
from bot.features.introductions.hello import messages, views
from bot.features.introductions.late import waiting
from bot.features.introductions.making import store, work, writing
from bot.features.introductions.making.inputs import functions_of, past_of, person_of
from bot.features.introductions.models import Introduction, IntroductionMember, Meeting, Unseated
from bot.members import store as members
from bot.programs import store as programs
from bot.registry import Tools
from bot.scheduler import one_by_one

Group = tuple[int, ...]


@dataclass(frozen=True)
class Standing:
    """A round as it stands now: its groups by introduction, and those of them that are left alone."""

    groups: dict[int, Group]
    closed: list[Group]


async def seat_waiting(tools: Tools) -> int:
    """Find a seat for everybody who has waited long enough."""
    async with tools.database.reading() as session:
        due = await waiting.due(session, tools.clock())
    return await one_by_one(tools, due, partial(seat, tools))


async def seat(tools: Tools, found: tuple[int, int]) -> None:
    """One person's turn: look, ask the other process, and write it down if nothing changed meanwhile."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        row = await _locked(session, *found)
        if row is None or row.state != "waiting" or row.due_at is None or row.due_at > now:
            return
        row.due_at = now + waiting.LEASE
        member_id, round_id = row.member_id, row.round_id
    async with tools.database.reading() as session:
        asked = await _question(session, found[0], round_id, member_id, now)
    where = None if asked is None else await _ask(tools, asked)
    async with tools.database.transaction() as session:
        row = await _locked(session, *found)
        if row is None or row.state != "waiting":
            return
        if where is None or not await _take(session, row, where, now):
            await _owe(session, row, now)


async def _locked(session: AsyncSession, workspace_id: int, row_id: int) -> Unseated | None:
    query = (
        select(Unseated)
        .where(Unseated.workspace_id == workspace_id, Unseated.id == row_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def _question(
    session: AsyncSession, workspace_id: int, round_id: int, member_id: int, now: datetime
) -> dict[str, Any] | None:
    """What the other process must know: the frozen inputs with those who came late, and the groups as they stand."""
    plan = await store.plan_of(session, workspace_id, round_id, with_inputs=True)
    if plan is None or plan.inputs is None:
        return None
    inputs = store.inputs_of(session, plan)
    waits = [each.member_id for each in await waiting.waiting_in(session, workspace_id, round_id)]
    away = await people.gone(session, workspace_id, waits, now)
    waits = [each for each in waits if each not in away]
    if member_id not in waits:
        return None
    program = await programs.get(session, workspace_id, plan.program_id)
    profiles = await members.profiles(session, workspace_id, waits)
    known = {person["id"] for person in inputs["people"]}
    past = await past_of(session, program, known | set(waits))
    functions = await functions_of(session, workspace_id)
    inputs["people"] = [each for each in inputs["people"] if each["id"] not in profiles] + [
        person_of(each, past.known.get(each.member_id, ()), functions, 0.0, now) for each in profiles.values()
    ]
    inputs["history"] = {
        "met": [[*pair, age] for pair, age in past.met.items()],
        "ever": [list(pair) for pair in past.ever],
    }
    here = {each["id"] for each in inputs["people"]}
    apart = await members.aparts(session, workspace_id)
    inputs["blocked"] = [list(pair) for pair in sorted(apart) if here.issuperset(pair)]
    standing = await _standing(session, workspace_id, round_id, now)
    return {
        "inputs": inputs,
        "member": member_id,
        "groups": [list(group) for group in standing.groups.values()],
        "waiting": [each for each in waits if each != member_id],
        "closed": [list(group) for group in standing.closed],
    }


async def _ask(tools: Tools, asked: dict[str, Any]) -> dict[str, Any] | None:
    packed = await asyncio.to_thread(plain.pack, asked)
    answer = await asyncio.get_running_loop().run_in_executor(tools.cpu, work.seat_late, packed)
    where: dict[str, Any] | None = plain.unpack(answer)
    return where


async def _standing(session: AsyncSession, workspace_id: int, round_id: int, now: datetime) -> Standing:
    """Groups in which nobody said "met" or talks about a date are open to a third; those with somebody gone are not."""
    query = (
        select(Introduction.id, IntroductionMember.member_id, IntroductionMember.answer, Meeting.state)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .outerjoin(Meeting, Meeting.introduction_id == Introduction.id)
        .where(
            Introduction.workspace_id == workspace_id,
            Introduction.round_id == round_id,
            Introduction.state.in_(("planned", "sent")),
        )
        .order_by(Introduction.id, IntroductionMember.member_id)
    )
    groups: dict[int, list[int]] = {}
    busy: set[int] = set()
    for introduction_id, member_id, answer, meeting in await session.execute(query):
        groups.setdefault(introduction_id, []).append(member_id)
        if answer is not None or meeting in ("proposed", "agreed"):
            busy.add(introduction_id)
    everybody = [member_id for group in groups.values() for member_id in group]
    away = set(await people.gone(session, workspace_id, everybody, now))
    frozen = {each: tuple(group) for each, group in groups.items()}
    return Standing(frozen, [group for each, group in frozen.items() if each in busy or set(group) & away])


async def _take(session: AsyncSession, row: Unseated, where: dict[str, Any], now: datetime) -> bool:
    """Take the seat that was found, unless somebody took it or said "met" since."""
    joins, group = tuple(where["joins"]), list(where["group"])
    standing = await _standing(session, row.workspace_id, row.round_id, now)
    old_id = next((each for each, seated in standing.groups.items() if seated == joins), None)
    waits = {each.member_id: each for each in await waiting.waiting_in(session, row.workspace_id, row.round_id)}
    newcomers = [member_id for member_id in group if member_id not in joins]
    if (joins and (old_id is None or joins in standing.closed)) or any(each not in waits for each in newcomers):
        return False
    if await people.gone(session, row.workspace_id, newcomers, now):
        return False
    follows = await _step_aside(session, row.workspace_id, old_id, now) if old_id is not None else None
    await _introduce(session, row, group, follows, now)
    for member_id in newcomers:
        waits[member_id].state, waits[member_id].due_at = "seated", None
    return True


async def _step_aside(session: AsyncSession, workspace_id: int, introduction_id: int, now: datetime) -> int | None:
    """The pair gives way to the larger group; its id where it has a conversation that must point there."""
    old = await people.get(session, workspace_id, introduction_id, lock=True)
    was_sent = old.state == "sent"
    old.state, old.step, old.due_at = ("moved" if was_sent else "withdrawn"), None, None
    await outbox.withdraw(session, workspace_id, messages.subject_of(old.id), now=now)
    return old.id if was_sent else None


async def _introduce(
    session: AsyncSession, row: Unseated, group: list[int], follows: int | None, now: datetime
) -> None:
    program = await programs.get(session, row.workspace_id, row.program_id)
    opened = await programs.get_round(session, row.workspace_id, row.round_id)
    profiles = await writing.profiles_of(session, row.workspace_id, group)
    rows = await writing.introductions(session, program, opened, [group], profiles, now=now, seed=row.round_id)
    rows[0]["follows_id"] = follows
    (introduction_id,) = await insert_new(
        session, Introduction, rows, unique=("round_id", "place"), returning=Introduction.id
    )
    await store.add_people(session, row.workspace_id, {introduction_id: group})
    message = messages.hello(row.workspace_id, introduction_id, group, profiles, now)
    await outbox.enqueue(session, message, now=now)


async def _owe(session: AsyncSession, row: Unseated, now: datetime) -> None:
    """Nobody could be found: they are told, and come first next time."""
    row.state, row.due_at = "owed", None
    reachable: Sequence[Any] = list((await members.recipients(session, row.workspace_id, [row.member_id])).values())
    subject = f"round:{row.round_id}"
    told = [
        messages.news(row.workspace_id, subject, person, views.no_seat_found(), f"no-seat:{person.member_id}", now)
        for person in reachable
        if person.reachable
    ]
    await outbox.enqueue_all(session, told, now=now)
