"""The choices behind a round, and a proof of how good any round could be at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .bargain import bargained
from .company import Company, Numbers, part_of
from .prices import Edges, choices, edges_of, guess, padded, prices_of, raised
from .scan import Scan
from .worth import SEAT, Worth, worth_of

Progress = Callable[[float, str], None]

EVERY_PAIR = 500
"""People up to whom all pairs are considered; above, everybody's best."""
FIRST_PART = 3_000
MOST_PARTS = 8
"""The first look is at parts of the company of about this many people, or at so many parts of a large one."""
FIRST_LOOK = 16
SECOND_LOOK = 36
"""Partners considered for each person: their best, then those worth what the first look says people cost."""
ATTEMPTS = 3
LOOSENESS = 2e-4
LOOSENESS_OF_MANY = 1e-3
MANY = 20_000
"""Share of the proof's value that may be slack before the pairs found missing are considered too."""
MOST_ADDED = 50
"""Times the number of people: pairs found missing that are considered too."""


@dataclass(frozen=True)
class Solution:
    """Whom everybody chooses, and prices that cover the worth of every possible pair."""

    edges: Edges
    chosen: Numbers
    prices: Numbers
    """Those of the pairs considered: tight where a choice is mutual."""
    covering: Numbers
    """The same, raised until no pair at all is worth more than its two prices."""
    scan: Scan | None

    @property
    def bound(self) -> int:
        """No round is worth more than this."""
        return sum(self.covering.tolist())


def solve(company: Company, progress: Progress | None = None) -> Solution:
    """Choose among the pairs that matter, prove it against all the others."""
    tell = progress or _silently
    if company.size <= EVERY_PAIR:
        edges = edges_of(company, *np.triu_indices(company.size, 1))
        start = guess(edges)
        chosen = choices(edges, start)
        prices = prices_of(edges, chosen, start)
        return Solution(edges, chosen, prices, prices, None)
    scan = Scan(company)
    tell(0.05, "looking for everybody's best partners")
    edges = edges_of(company, *_first_look(company, scan.order))
    start = guess(edges)
    tell(0.3, "looking for partners at the price of the best")
    edges = edges_of(company, *_near(scan, start), known=edges)
    start = bargained(edges, guess(edges, start))
    for attempt in range(ATTEMPTS):
        tell(0.5 + attempt / 10, f"choosing among {len(edges.i) // 2:,} pairs")
        chosen = choices(edges, start)
        prices = prices_of(edges, chosen, start)
        tell(0.6 + attempt / 10, "proving it against every possible pair")
        covering, missing = cover(company, scan, prices)
        if missing is None:
            break
        edges = edges_of(company, *missing, known=edges)
        start = bargained(edges, prices)
    return Solution(edges, chosen, prices, covering, scan)


def _first_look(company: Company, order: Numbers) -> tuple[Numbers, Numbers]:
    """Everybody's best within some part of the company: enough to guess what people cost. Parts are alike."""
    parts = max(1, min(company.size // FIRST_PART, MOST_PARTS))
    one, other = [], []
    for part in range(parts):
        people = np.sort(order[part::parts])
        i, j = Scan(part_of(company, people)).best(FIRST_LOOK)
        one.append(people[i])
        other.append(people[j])
    return np.concatenate(one), np.concatenate(other)


def _near(scan: Scan, prices: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs that are nearly worth the two prices, about SECOND_LOOK for each person."""
    near = prices + scan.shift_for(prices, SECOND_LOOK)
    one, other, count = [], [], 0
    for i, j in scan.above(near):
        one.append(i)
        other.append(j)
        count += len(i)
        if count > SECOND_LOOK * 2 * len(prices):
            break
    return np.concatenate(one), np.concatenate(other)


def cover(
    company: Company, scan: Scan, prices: Numbers, worth_as: Callable[[Worth], Numbers] = lambda worth: worth.weight
) -> tuple[Numbers, tuple[Numbers, Numbers] | None]:
    """Prices raised until they cover every pair there is, and the pairs they did not cover if those matter."""
    bare = padded(prices)
    covering = bare.copy()
    missing: list[tuple[Numbers, Numbers]] = []
    count = 0
    for i, j in scan.above(bare):
        worth = worth_of(company, i, j)
        weight = worth_as(worth)
        short = worth.allowed & (weight > covering[i] + covering[j])
        i, j, weight = i[short], j[short], weight[short]
        worst = np.argsort(covering[i] + covering[j] - weight, kind="stable")[: MOST_ADDED * company.size - count]
        missing.append((i[worst], j[worst]))
        count += len(worst)
        raised(covering, i, j, weight)
    slack = sum((covering - bare).tolist())
    loose = LOOSENESS if company.size <= MANY else LOOSENESS_OF_MANY
    if slack <= loose * max(sum(np.maximum(bare - SEAT, 0).tolist()), 1):
        return covering, None
    return covering, (np.concatenate([i for i, _ in missing]), np.concatenate([j for _, j in missing]))


def value_bound(company: Company, solution: Solution) -> int:
    """No round has more value than this, whatever evils it commits; for when the evils blur the other proof."""
    known = solution.edges
    edges = Edges(company.size, known.i, known.j, _value_alone(worth_of(company, known.i, known.j)))
    start = guess(edges)
    prices = prices_of(edges, choices(edges, start), start)
    if solution.scan is not None:
        prices, _ = cover(company, solution.scan, prices, _value_alone)
    # Whoever stays without a seat has no value, and takes none away either.
    return sum(np.maximum(prices - SEAT, 0).tolist())


def _value_alone(worth: Worth) -> Numbers:
    return 2 * SEAT + np.maximum(worth.value, 0)


def _silently(_share: float, _words: str) -> None:
    """Nobody is watching."""
