"""The last hundredth: where prices leave a gap, compare all rounds that could still lie in it.

A pair's shortfall is what its worth lacks of its two prices. A round better than ours holds no pair whose shortfall
is as large as our whole gap, which leaves so few pairs that an integer program settles which round is best.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from .bound import Solution
from .company import Company, Flags, Numbers
from .trios import Groups
from .worth import MET_EVER, POINT, SHARES, weight_table

MOST_SEATINGS = 6_000
"""Pairs and trios that may be compared; a larger gap is left as it is."""
MOST_BRANCHES = 500
TOLERANCE = 1e-5
"""Points by which the integer program may err."""


@dataclass(frozen=True)
class Settled:
    """The better round, if there is one, and the most any can be worth (in SHARES of a worth)."""

    groups: Groups
    bound: int


def settle(company: Company, solution: Solution, groups: Groups, weight: int) -> Settled | None:
    """Close the gap between a round and its bound; None where it is closed already or too wide to look into."""
    gap = solution.bound - weight // SHARES
    trios = sum(len(group) == 3 for group in groups)
    if not 0 < gap < MET_EVER or any(len(group) > 3 for group in groups) or int(solution.prices.min()) <= gap:
        return None
    prices = solution.prices
    table = weight_table(company, np.arange(company.size))
    short = prices[:, None] + prices[None, :] - table
    within = (short <= gap) & ~np.eye(company.size, dtype=np.bool_)
    one, other = np.nonzero(np.triu(within))
    shortfall = short[one, other].astype(np.float64)
    triangles = _triangles(short, 2 * gap) if trios else np.zeros((0, 3), dtype=np.int64)
    if len(one) + len(triangles) > MOST_SEATINGS:
        return None
    a, b, c = triangles.T
    shortfall = np.concatenate([shortfall, (short[a, b] + short[b, c] + short[a, c]) / 2]) / POINT
    people = np.concatenate([one, other, a, b, c])
    pairs, seatings = np.arange(len(one)), len(shortfall)
    column = np.concatenate([pairs, pairs, np.tile(np.arange(len(one), seatings), 3)])
    ones = np.ones(len(people))
    seats = csc_array((ones, (people, column)), shape=(company.size, seatings))
    limits = [LinearConstraint(seats, 1, 1)]
    if trios:
        limits.append(LinearConstraint((np.arange(seatings) >= len(one)).astype(np.float64)[None, :], 0, trios))
    answer = milp(
        shortfall,
        integrality=np.ones(seatings),
        bounds=Bounds(0, 1),
        constraints=limits,
        options={"mip_rel_gap": 0.0, "node_limit": MOST_BRANCHES},
    )
    least = answer.mip_dual_bound
    if least is None or not np.isfinite(least):
        return None
    bound = SHARES * (solution.bound - int((max(least, 0.0) - TOLERANCE) * POINT))
    if answer.x is None:
        return Settled(groups, bound)
    chosen: Flags = answer.x > 0.5
    found = [[int(x), int(y)] for x, y in zip(one[chosen[pairs]], other[chosen[pairs]], strict=True)]
    found += [[int(person) for person in triangle] for triangle in triangles[chosen[len(one) :]]]
    return Settled(found, bound)


def _triangles(short: Numbers, most: int) -> Numbers:
    """Three people whose shortfalls together stay within the limit."""
    found = []
    for a in range(len(short)):
        near = np.flatnonzero(short[a] <= most)
        near = near[near > a]
        total = short[a, near][:, None] + short[a, near][None, :] + short[np.ix_(near, near)]
        b, c = np.nonzero(np.triu(total <= most, 1))
        found.append(np.column_stack([np.full(len(b), a), near[b], near[c]]))
    return np.concatenate(found) if found else np.zeros((0, 3), dtype=np.int64)
