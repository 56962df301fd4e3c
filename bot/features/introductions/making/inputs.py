"""Gathers what a round is made of, as the plain values that pairing reads: facts people gave, history, debts."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import in_parts
from bot.features.introductions.making import rules
from bot.features.introductions.models import Introduction, IntroductionMember, Unseated
from bot.features.introductions.options import IntroductionOptions
from bot.members import store as members
from bot.members.models import Member
from bot.members.store import Profile
from bot.programs import store as programs
from bot.programs.models import Program, Round

CHUNK = 300  # few enough that nothing else waits long for its turn
BROUGHT_TOGETHER = ("sent", "moved", "closed")
Pair = tuple[int, int]


@dataclass(frozen=True)
class Past:
    """Who was brought together when: by pair the newest age in rounds, by member whom they know."""

    met: dict[Pair, int]
    ever: set[Pair]
    known: dict[int, set[int]]


def chunks(ids: Sequence[int], size: int = CHUNK) -> Iterator[Sequence[int]]:
    """A list in pieces that a query can name."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


async def gather(session: AsyncSession, program: Program, row: Round, *, now: datetime) -> dict[str, Any]:
    """Everything a round is made of, as pairing's RoundInputs reads it."""
    on = row.local_date or rules.date_of(now, program.tz)
    pool = await programs.joined_members(session, program, on)
    options = IntroductionOptions.model_validate(program.options)
    past = await past_of(session, program, set(pool))
    owed = await debts(session, program)
    functions = await functions_of(session, program.workspace_id)
    people: list[dict[str, Any]] = []
    for some in chunks(pool):
        profiles = await members.profiles(session, program.workspace_id, list(some))
        people += [
            person_of(profile, past.known.get(member_id, ()), functions, owed.get(member_id, 0.0), now)
            for member_id, profile in sorted(profiles.items())
        ]
    apart = await members.aparts(session, program.workspace_id)
    return await asyncio.to_thread(_assemble, program.id, row.number, options, people, past, apart)


def _assemble(
    program_id: int,
    number: int,
    options: IntroductionOptions,
    people: list[dict[str, Any]],
    past: Past,
    apart: set[Pair],
) -> dict[str, Any]:
    inside = {person["id"] for person in people}
    return {
        "people": people,
        "history": {
            "met": [[*pair, age] for pair, age in sorted(past.met.items())],
            "ever": [list(pair) for pair in sorted(past.ever)],
        },
        "blocked": [list(pair) for pair in sorted(apart) if inside.issuperset(pair)],
        "options": {
            "window": options.window,
            "group_size": options.group_size,
            "weights": options.weights.model_dump(),
        },
        "seed": rules.seed_of(program_id, number),
        "round_number": number,
        "wishes": {"keep_together": [], "keep_apart": [], "leave_out": []},
    }


async def functions_of(session: AsyncSession, workspace_id: int) -> dict[int, str]:
    """What everybody does, whoever they are."""
    query = select(Member.id, Member.function).where(Member.workspace_id == workspace_id, Member.function != "")
    return {member_id: function async for some in in_parts(session, query) for member_id, function in some}


def person_of(
    profile: Profile, knows: Iterable[int], functions: dict[int, str], debt: float, now: datetime
) -> dict[str, Any]:
    """One member as pairing reads people."""
    met = {functions[other] for other in knows if functions.get(other)} | {profile.function}
    return {
        "id": profile.member_id,
        "team": profile.team_id,
        "hours": rules.utc_hours(profile.hours_start, profile.hours_end, profile.tz, now),
        "offers": list(profile.offers),
        "wants": list(profile.wants),
        "interests": list(profile.interests),
        "level": profile.level,
        "function": profile.function or None,
        "functions_met": sorted(met - {""}),
        "debt": debt,
    }


async def past_of(session: AsyncSession, program: Program, pool: set[int]) -> Past:
    """Who of the pool was brought together before: counted in rounds here, only known of from other programs."""
    order = rules.ages(await rounds_made(session, program))
    query = (
        select(Introduction.id, Introduction.round_id, IntroductionMember.member_id)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .where(Introduction.workspace_id == program.workspace_id, Introduction.state.in_(BROUGHT_TOGETHER))
    )
    groups: dict[int, list[int]] = defaultdict(list)
    age_of: dict[int, int | None] = {}
    async for some in in_parts(session, query):
        for introduction_id, round_id, member_id in some:
            groups[introduction_id].append(member_id)
            age_of[introduction_id] = order.get(round_id)
    return await asyncio.to_thread(_past, groups, age_of, pool)


def _past(groups: dict[int, list[int]], age_of: dict[int, int | None], pool: set[int]) -> Past:
    """Tens of thousands of pairs, counted in a thread so that nobody else waits for it."""
    past = Past({}, set(), defaultdict(set))
    for introduction_id, group in groups.items():
        for a, b in combinations(sorted(group), 2):
            past.known[a].add(b)
            past.known[b].add(a)
            if a not in pool or b not in pool:
                continue
            age = age_of[introduction_id]
            if age is None:
                past.ever.add((a, b))
            else:
                past.met[a, b] = min(age, past.met.get((a, b), age))
    return past


async def rounds_made(session: AsyncSession, program: Program, *, limit: int | None = None) -> list[int]:
    """Rounds of a program that went out, newest first."""
    query = (
        select(Round.id)
        .where(
            Round.workspace_id == program.workspace_id,
            Round.program_id == program.id,
            Round.state.in_(("sealed", "closed", "stopped")),
        )
        .where(
            select(Introduction.id)
            .where(Introduction.round_id == Round.id, Introduction.state.in_((*BROUGHT_TOGETHER, "planned")))
            .exists()
        )
        .order_by(Round.number.desc())
        .limit(limit)
    )
    return list((await session.execute(query)).scalars())


async def debts(session: AsyncSession, program: Program) -> dict[int, float]:
    """What members are owed for the last three rounds; who is owed nothing is not named."""
    newest = await rounds_made(session, program, limit=len(rules.RECENT))
    by_round = [await outcomes_of(session, program.workspace_id, round_id) for round_id in newest]
    return await asyncio.to_thread(_debts, by_round)


def _debts(by_round: list[dict[int, rules.Outcome]]) -> dict[int, float]:
    everybody = {member for outcomes in by_round for member in outcomes}
    found = {member: rules.debt([outcomes.get(member) for outcomes in by_round]) for member in everybody}
    return {member: owed for member, owed in found.items() if owed > 0}


async def outcomes_of(session: AsyncSession, workspace_id: int, round_id: int) -> dict[int, rules.Outcome]:
    """How a round went for everybody in it, and for those it had no seat for."""
    query = (
        select(
            IntroductionMember.introduction_id,
            IntroductionMember.member_id,
            IntroductionMember.answer,
            IntroductionMember.rating,
        )
        .join(Introduction, Introduction.id == IntroductionMember.introduction_id)
        .where(
            Introduction.workspace_id == workspace_id,
            Introduction.round_id == round_id,
            Introduction.state.in_(("sent", "closed")),
        )
    )
    groups: dict[int, list[tuple[int, str | None, str | None]]] = defaultdict(list)
    async for some in in_parts(session, query):
        for introduction_id, member_id, answer, rating in some:
            groups[introduction_id].append((member_id, answer, rating))
    owed = select(Unseated.member_id).where(
        Unseated.workspace_id == workspace_id, Unseated.round_id == round_id, Unseated.state == "owed"
    )
    left_out = list((await session.execute(owed)).scalars())
    return await asyncio.to_thread(_outcomes, groups, left_out)


def _outcomes(
    groups: dict[int, list[tuple[int, str | None, str | None]]], left_out: Sequence[int]
) -> dict[int, rules.Outcome]:
    outcomes = {member_id: rules.Outcome(seated=False) for member_id in left_out}
    for group in groups.values():
        met = any(answer == "met" for _, answer, _ in group)
        for member_id, answer, rating in group:
            heard = any(said for other, said, _ in group if other != member_id)
            outcomes[member_id] = rules.Outcome(True, met, answer is not None, heard, rating)
    return outcomes
