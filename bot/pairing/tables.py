"""Groups of three and four: grown from pairs, then improved by exchanging members."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from .company import Company, Numbers
from .cycles import ALONE
from .trios import Groups
from .worth import SHARES, share_of, weight_table, weights_of

LARGEST = 4
ONE_TABLE = 480
"""People (whole groups of three and of four) whose meetings are held in one table while groups exchange members."""
ROUNDS = 200
SITTINGS = 2


def group_sizes(people: int, wanted: int) -> list[int]:
    """Groups as even as possible, of three or four where the number of people allows it."""
    if people <= LARGEST:
        return [people] if people else []
    if people == 5:
        return [3, 2]
    count = people // 3 if wanted == 3 else -(-people // wanted)
    return evenly(people, count)


def evenly(people: int, count: int) -> list[int]:
    """So many groups that differ by one at most, the larger ones first."""
    return [people // count + (1 if place < people % count else 0) for place in range(count)]


def grown(company: Company, mate: Numbers, wanted: int) -> tuple[Groups, list[int]]:
    """Groups around the best pairs, one table's worth of people at a time."""
    one = np.flatnonzero((mate != ALONE) & (np.arange(company.size) < mate))
    other = mate[one]
    # People who work at the same hours come to the same table.
    order = np.lexsort((one, company.hashes[one], company.day[one]))
    line = np.concatenate([np.column_stack([one, other])[order].ravel(), np.flatnonzero(mate == ALONE)])
    tables = max(1, len(line) // ONE_TABLE)
    groups: Groups = []
    left: list[int] = []
    for people in np.split(line, range(ONE_TABLE, ONE_TABLE * tables, ONE_TABLE)):
        found, unseated = _at_one_table(company, np.sort(people), mate, wanted)
        groups += found
        left += unseated
    for sitting in range(1, SITTINGS if tables > 1 else 1):
        order = np.argsort([company.hashes[group[0]] >> np.uint64(sitting) for group in groups], kind="stable")
        groups = [groups[place] for place in order]
        for start in range(0, len(groups), ONE_TABLE // LARGEST):
            groups[start : start + ONE_TABLE // LARGEST] = improved(
                company, groups[start : start + ONE_TABLE // LARGEST]
            )
    return groups, [person for person in left if not join_table(company, groups, person)]


def _at_one_table(company: Company, people: Numbers, mate: Numbers, wanted: int) -> tuple[Groups, list[int]]:
    sizes = group_sizes(len(people), wanted)
    if not sizes:
        return [], []
    table = weight_table(company, people)
    place = {int(person): at for at, person in enumerate(people)}
    couples = [(at, place[int(mate[p])]) for at, p in enumerate(people) if int(mate[p]) in place and p < mate[p]]
    couples.sort(key=lambda pair: -int(table[pair]))
    seeds: Groups = [list(pair) for pair in couples[: len(sizes)]]
    seated = {person for pair in seeds for person in pair}
    free = [person for person in range(len(people)) if person not in seated]
    seeds += [[free.pop()] for _ in range(min(len(sizes) - len(seeds), len(free)))]
    while free:
        hungry = [at for at, group in enumerate(seeds) if len(group) < sizes[at]]
        added = _add_one_each(table, seeds, hungry, free)
        if not added:
            break
        free = [person for person in free if person not in added]
    groups = improved_at(table, [group for group in seeds if len(group) > 1])
    left = [*free, *(group[0] for group in seeds if len(group) == 1)]
    return [[int(people[at]) for at in group] for group in groups], [int(people[at]) for at in left]


def _add_one_each(table: Numbers, groups: Groups, hungry: list[int], free: list[int]) -> set[int]:
    """The best way to give each group that has room one more member."""
    if not hungry:
        return set()
    gain = np.array([[int(table[person, groups[at]].sum()) for at in hungry] for person in free])
    fits = np.array([[bool((table[person, groups[at]] > 0).all()) for at in hungry] for person in free])
    rows, columns = linear_sum_assignment(np.where(fits, gain, -(1 << 52)).astype(np.float64), maximize=True)
    added = set()
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if fits[row, column]:
            groups[hungry[column]].append(free[row])
            added.add(free[row])
    return added


def improved(company: Company, groups: Groups) -> Groups:
    """The same people at the same sizes of group, exchanged while that helps."""
    people = np.sort(np.array([person for group in groups for person in group]))
    place = {int(person): at for at, person in enumerate(people)}
    table = weight_table(company, people)
    better = improved_at(table, [[place[person] for person in group] for group in groups])
    return [[int(people[at]) for at in group] for group in better]


def improved_at(table: Numbers, groups: Groups) -> Groups:
    """Exchange any two people of different groups, the best exchanges first, until none gains."""
    if len(groups) < 2:
        return groups
    table = table.copy()
    np.fill_diagonal(table, 0)
    home = np.full(len(table), ALONE, dtype=np.int64)
    for at, group in enumerate(groups):
        home[group] = at
    people = np.flatnonzero(home != ALONE)
    shares = np.array([share_of(len(group)) for group in groups], dtype=np.int64)
    for _ in range(ROUNDS):
        swaps = _good_swaps(table, home, people, shares)
        if not swaps:
            break
        for x, y in swaps:
            home[x], home[y] = home[y], home[x]
    return [np.flatnonzero(home == at).tolist() for at in range(len(groups))]


def _good_swaps(table: Numbers, home: Numbers, people: Numbers, shares: Numbers) -> list[tuple[int, int]]:
    """Exchanges that gain, no two of them in the same group."""
    member = np.zeros((len(shares), len(table)), dtype=np.int64)
    member[home[people], people] = 1
    at_home = home[people]
    meetings = table[np.ix_(people, people)]
    with_group = _sums(table[people], member)
    share = shares[at_home]
    stay = share * with_group[np.arange(len(people)), at_home]
    # What x is worth in the group of y once y has left it.
    moved = share[None, :] * (with_group[:, at_home] - meetings)
    gain = moved + moved.T - stay[:, None] - stay[None, :]
    gain[at_home[:, None] == at_home[None, :]] = 0
    one, other = np.nonzero(np.triu(gain > 0))
    order = np.argsort(-gain[one, other], kind="stable")
    touched: set[int] = set()
    swaps = []
    for x, y in zip(people[one[order]].tolist(), people[other[order]].tolist(), strict=True):
        homes = {int(home[x]), int(home[y])}
        if not homes & touched:
            touched |= homes
            swaps.append((x, y))
    return swaps


def _sums(table: Numbers, member: Numbers) -> NDArray[np.int64]:
    """Everybody's sum over each group, exactly (a floating-point product would round the seats away)."""
    order = np.argmax(member, axis=0)
    inside = np.flatnonzero(member.any(axis=0))
    inside = inside[np.argsort(order[inside], kind="stable")]
    starts = np.searchsorted(order[inside], np.arange(len(member)))
    return np.add.reduceat(table[:, inside], starts, axis=1)


def join_table(company: Company, groups: Groups, person: int, largest: int = LARGEST) -> bool:
    """Seat somebody who is left with the group where they fit best and nobody minds."""
    best, chosen = 0, None
    for at, group in enumerate(groups):
        if len(group) >= largest:
            continue
        others = np.array(group)
        weights = weights_of(company, np.full(len(group), person), others)
        if (weights > 0).all() and int(weights.sum()) * SHARES // len(group) > best:
            best, chosen = int(weights.sum()) * SHARES // len(group), at
    if chosen is None:
        return False
    groups[chosen].append(person)
    return True
