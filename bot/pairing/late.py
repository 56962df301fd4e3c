"""Somebody who joins after the round was seated: with another late one, or as the third of a pair."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .company import company_of
from .inputs import RoundInputs
from .worth import MET_IN_WINDOW, SHARES, worth_of

LARGEST = 4


@dataclass(frozen=True)
class LateSeat:
    """Where a late joiner fits: `joins` is the group as it was, empty when another late joiner is the partner."""

    joins: tuple[int, ...]
    group: tuple[int, ...]


def late_joiner(
    person: int,
    inputs: RoundInputs,
    groups: Iterable[Iterable[int]],
    *,
    waiting: Collection[int] = (),
    closed: Collection[Sequence[int]] = (),
) -> LateSeat | None:
    """The best seat for somebody among `inputs.people` who is in no group; None when nobody may sit with them.

    Another late joiner comes before any existing group, unless they are team-mates or met only just now. Closed
    groups (they met already, or talk about a date) are left alone.
    """
    company = company_of(inputs)
    index = company.index_of()
    me = index[person]
    shut = {tuple(sorted(group)) for group in closed}
    room = 2 if inputs.options.group_size == 2 else LARGEST - 1
    tables: list[tuple[int, ...]] = [(other,) for other in sorted(set(waiting) - {person})]
    tables += sorted(
        members for members in (tuple(sorted(g)) for g in groups) if 2 <= len(members) <= room and members not in shut
    )
    best: tuple[bool, bool, int, tuple[int, ...]] | None = None
    for members in tables:
        others = np.array([index[member] for member in members if member in index], dtype=np.int64)
        worth = worth_of(company, np.full(len(others), me), others)
        if len(others) < len(members) or not worth.allowed.all():
            continue
        clean = bool((worth.evil < MET_IN_WINDOW).all())
        mean = sum(worth.weight.tolist()) * SHARES // len(members)
        offer = (clean, len(members) == 1, mean, members)
        if best is None or offer[:3] > best[:3]:
            best = offer
    if best is None:
        return None
    members = best[3]
    return LateSeat(joins=() if len(members) == 1 else members, group=tuple(sorted((*members, person))))
