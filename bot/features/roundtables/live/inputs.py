"""Gathers what tables are made of: who comes, the facts they gave, who sat together before, who is kept apart."""

import asyncio
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.roundtables.live import rules, seats
from bot.features.roundtables.live.models import LiveRoundtable
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.members.store import Profile
from bot.pairing.options import Options
from bot.pairing.people import Person, working_hours

CHUNK = 300  # people read in one query


async def gather(session: AsyncSession, live: LiveRoundtable, gathering: Gathering, now: datetime) -> dict[str, Any]:
    """What `work.seat` reads; everybody who says at this moment that they come."""
    coming = await gatherings.seats(session, gathering, gatherings.COMING)
    here = [each.member_id for each in coming]
    profiles: dict[int, Profile] = {}
    for start in range(0, len(here), CHUNK):
        profiles |= await members.profiles(session, gathering.workspace_id, here[start : start + CHUNK])
    past = await seats.past_tables(session, gathering)
    apart = await members.aparts(session, gathering.workspace_id)
    sitting = await seats.sitting(session, gathering)
    inputs = await asyncio.to_thread(_inputs, live, gathering, profiles, past, apart)
    tables = seats.by_table(sitting)
    return {
        "inputs": inputs,
        "tables": sorted(tables.items()),
        "without": [member_id for member_id, number in sitting.items() if number is None],
        "version": live.version,
        "on_their_way": rules.on_their_way(gathering.starts_at, now),
    }


def _inputs(
    live: LiveRoundtable,
    gathering: Gathering,
    profiles: dict[int, Profile],
    past: list[list[list[int]]],
    apart: set[rules.Pair],
) -> dict[str, Any]:
    met = rules.met_before(past, profiles)
    knows: dict[int, set[str]] = {member_id: {each.function} for member_id, each in profiles.items()}
    for a, b in met:
        knows[a].add(profiles[b].function)
        knows[b].add(profiles[a].function)
    people = [_person(each, knows[each.member_id], gathering.starts_at) for each in profiles.values()]
    assert live.size is not None, "nobody is seated where there are no tables"
    return {
        "people": [person.to_json() for person in people],
        "history": {"met": [[*pair, ago] for pair, ago in sorted(met.items())], "ever": []},
        "blocked": [list(pair) for pair in sorted(apart) if pair[0] in profiles and pair[1] in profiles],
        "options": Options(group_size=live.size).to_json(),
        "seed": gathering.id,
        "round_number": len(past) + 1,
        "wishes": {"keep_together": [], "keep_apart": [], "leave_out": []},
    }


def _person(profile: Profile, knows: set[str], at: datetime) -> Person:
    east = at.astimezone(ZoneInfo(profile.tz)).utcoffset()
    return Person(
        id=profile.member_id,
        team=profile.team_id,
        hours=working_hours(profile.hours_start, profile.hours_end, int(east.total_seconds()) // 60 if east else 0),
        offers=frozenset(profile.offers),
        wants=frozenset(profile.wants),
        interests=frozenset(profile.interests),
        level=profile.level,
        function=profile.function or None,
        functions_met=frozenset(knows - {""}),
    )
