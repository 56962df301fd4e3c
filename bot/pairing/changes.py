"""A lead's changes to a preview: what they ask for is done, everybody else stays where they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .bound import Progress
from .company import Company, company_of, part_of
from .inputs import RoundInputs, Wishes
from .people import Pair, as_pair
from .result import RoundResult
from .rounds import evaluate, replay, seat
from .tables import join_table
from .trios import Groups, join
from .worth import weights_with


@dataclass(frozen=True)
class Changes:
    """What a lead asks of a preview; `seed` draws everybody again, within all wishes so far."""

    swap: Pair | None = None
    keep_together: frozenset[Pair] = frozenset()
    keep_apart: frozenset[Pair] = frozenset()
    leave_out: frozenset[int] = frozenset()
    seed: int | None = None


@dataclass(frozen=True)
class Redone:
    """The preview after the changes, and the inputs that now stand behind it."""

    inputs: RoundInputs
    result: RoundResult
    moved: tuple[int, ...]
    """Everybody who sits with somebody else than before, or nowhere now, or somewhere at last."""


def redo(inputs: RoundInputs, result: RoundResult, changes: Changes, *, progress: Progress | None = None) -> Redone:
    """Change a preview; its value and certificate are made anew. A swap that seats a blocked pair raises ValueError."""
    wishes = _with_wishes(inputs.wishes, changes)
    after = replace(inputs, wishes=wishes, seed=inputs.seed if changes.seed is None else changes.seed)
    if changes.seed is not None:
        drawn = replay(after, progress=progress)
        return Redone(after, drawn, _moved(result, drawn))
    company = company_of(after)
    index = company.index_of()
    groups = [[index[person] for person in group if person in index] for group in result.groups]
    if changes.swap is not None:
        one, other = (index[person] for person in changes.swap)
        groups = [[{one: other, other: one}.get(person, person) for person in group] for group in groups]
    for a, b in sorted(changes.keep_apart):
        if a in index and b in index:
            _part(groups, index[b], beside=index[a])
    apart = after.blocked | wishes.keep_apart
    for a, b in sorted(changes.keep_together):
        if a in index and b in index and as_pair(a, b) not in apart:
            _bring_together(company, groups, index[a], index[b], after.options.group_size)
    _seat_the_freed(company, groups, after.options.group_size)
    same_people = not (changes.keep_together or changes.keep_apart or changes.leave_out)
    seated = [[int(company.ids[person]) for person in group] for group in groups]
    drawn = evaluate(after, seated, bound=result.bound if same_people else None, progress=progress)
    return Redone(after, drawn, _moved(result, drawn))


def _with_wishes(before: Wishes, changes: Changes) -> Wishes:
    """The latest wish about two people replaces an earlier one."""
    now = Wishes(changes.keep_together, changes.keep_apart, changes.leave_out)
    return Wishes(
        (before.keep_together - now.keep_apart) | now.keep_together,
        (before.keep_apart - now.keep_together) | now.keep_apart,
        before.leave_out | now.leave_out,
    )


def _part(groups: Groups, person: int, beside: int) -> None:
    for group in groups:
        if person in group and beside in group:
            group.remove(person)


def _bring_together(company: Company, groups: Groups, a: int, b: int, group_size: int) -> None:
    """Two people as a pair of their own; where groups are larger, b takes the seat of who gives least to a's group."""
    here = next((group for group in groups if a in group), None)
    if here is not None and b in here:
        return
    there = next((group for group in groups if b in group), None)
    if group_size == 2 or here is None or here == [a]:
        for group in groups:
            group[:] = [person for person in group if person not in (a, b)]
        groups.append([a, b])
        return
    allowed = weights_with(company, b, np.array(here)) > 0
    rivals = [person for person, fine in zip(here, allowed.tolist(), strict=True) if not fine]
    others = [person for person in here if person != a]
    given = {
        person: int(weights_with(company, person, np.array([p for p in here if p != person])).sum()) for person in here
    }
    leaving = rivals or [min(others, key=lambda person: (given[person], person))]
    here[:] = [person for person in here if person not in leaving] + [b]
    if there is not None:
        there.remove(b)
        if all(weights_with(company, leaving[0], np.array(there, dtype=np.int64)) > 0):
            there.append(leaving[0])


def _seat_the_freed(company: Company, groups: Groups, group_size: int) -> None:
    """Whoever lost a seat, or never had one, is seated among themselves first, then with others."""
    groups[:] = [group for group in groups if len(group) > 1]
    seated = {person for group in groups for person in group}
    free = np.array([person for person in range(company.size) if person not in seated], dtype=np.int64)
    found, left = seat(part_of(company, free), 2, None)[:2]
    groups += [[int(free[person]) for person in group] for group in found]
    for person in left:
        (join if group_size == 2 else join_table)(company, groups, int(free[person]))


def _moved(before: RoundResult, after: RoundResult) -> tuple[int, ...]:
    def company_kept(result: RoundResult) -> dict[int, frozenset[int]]:
        return {person: frozenset(group) for group in result.groups for person in group}

    was, now = company_kept(before), company_kept(after)
    return tuple(sorted(person for person in was.keys() | now.keys() if was.get(person) != now.get(person)))
