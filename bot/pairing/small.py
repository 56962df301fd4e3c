"""A company so small that every possible round can be compared: the best one, proven."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from .company import Company, Numbers
from .trios import Groups
from .worth import EXTRA_SEAT, SHARES, share_of, weight_table

EVERY_ROUND = 10
"""People up to whom all rounds are compared."""


def best_groups(company: Company, sizes: tuple[int, ...], spare: tuple[int, ...]) -> tuple[Groups, list[int]]:
    """The groups of the greatest worth; sizes in `spare` are taken only for people who have no other seat."""
    return best_by(weight_table(company, np.arange(company.size)), sizes, spare)


def best_by(
    weights: Numbers, sizes: tuple[int, ...], spare: tuple[int, ...], extra: int = EXTRA_SEAT
) -> tuple[Groups, list[int]]:
    """The same for people whose meetings have these weights; `extra` is what a group of a spare size costs."""
    size = len(weights)
    table = weights.tolist()
    everybody = (1 << size) - 1
    found: dict[int, tuple[int, list[list[int]]]] = {}

    def best(free: int) -> tuple[int, list[list[int]]]:
        """The most that the people still free (a bit each) can be worth, and how."""
        if free == 0:
            return 0, []
        if free in found:
            return found[free]
        first = (free & -free).bit_length() - 1
        others = [person for person in range(first + 1, size) if free >> person & 1]
        answer = best(free & ~(1 << first))
        for group_size in (*sizes, *spare):
            for rest in combinations(others, group_size - 1):
                group = [first, *rest]
                pairs = [table[a][b] for a, b in combinations(group, 2)]
                if min(pairs) <= 0:
                    continue
                taken = sum(1 << person for person in group)
                worth, groups = best(free & ~taken)
                worth += share_of(group_size) * sum(pairs) - (extra * SHARES if group_size in spare else 0)
                if worth > answer[0]:
                    answer = worth, [*groups, group]
        return found.setdefault(free, answer)

    groups = best(everybody)[1]
    seated = {person for group in groups for person in group}
    return groups, [person for person in range(size) if person not in seated]
