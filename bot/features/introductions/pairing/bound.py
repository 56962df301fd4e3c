"""The choices behind a round, and a proof of how good any round could be at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .company import Company, Numbers
from .prices import Edges, choices, edges_of, padded, prices_of, raised
from .scan import Scan
from .worth import SEAT, Worth, worth_of

Progress = Callable[[float, str], None]

EVERY_PAIR = 500
"""People up to whom all pairs are considered; above, everybody's best."""
BEST = 40
BEST_OF_MANY = 20
MANY = 10_000
LOOSENESS = 1e-4
"""Share of the proof's value that may be slack before the pairs found missing are considered too."""
MOST_ADDED = 2_000_000


@dataclass(frozen=True)
class Solution:
    """Whom everybody chooses, and prices that cover the worth of every possible pair."""

    chosen: Numbers
    prices: Numbers
    scan: Scan | None

    @property
    def bound(self) -> int:
        """No round is worth more than this."""
        return int(self.prices.sum())


def solve(company: Company, progress: Progress | None = None) -> Solution:
    """Choose among the pairs that matter, prove it against all the others."""
    tell = progress or _silently
    if company.size <= EVERY_PAIR:
        edges = edges_of(company, *np.triu_indices(company.size, 1))
        chosen = choices(edges)
        return Solution(chosen, prices_of(edges, chosen), None)
    scan = Scan(company)
    tell(0.05, "looking for everybody's best partners")
    edges = edges_of(company, *scan.best(BEST if company.size <= MANY else BEST_OF_MANY))
    chosen, prices = _choose(edges, tell, 0.3)
    tell(0.5, "proving it against every possible pair")
    prices, missing = cover(company, scan, prices)
    if missing is not None:
        edges = edges_of(company, *missing, known=edges)
        chosen, prices = _choose(edges, tell, 0.6)
        tell(0.8, "proving it against every possible pair")
        prices, _ = cover(company, scan, prices)
    return Solution(chosen, prices, scan)


def _choose(edges: Edges, tell: Progress, part: float) -> tuple[Numbers, Numbers]:
    tell(part, f"choosing among {len(edges.i) // 2:,} pairs")
    chosen = choices(edges)
    return chosen, prices_of(edges, chosen)


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
        short = worth.allowed & (weight > bare[i] + bare[j])
        i, j, weight = i[short], j[short], weight[short]
        raised(covering, i, j, weight)
        count += len(i)
        if count <= MOST_ADDED:
            missing.append((i, j))
    slack = int((covering - bare).sum())
    if slack <= LOOSENESS * max(int(np.maximum(bare - SEAT, 0).sum()), 1):
        return covering, None
    return covering, (np.concatenate([i for i, _ in missing]), np.concatenate([j for _, j in missing]))


def value_bound(company: Company, solution: Solution) -> int:
    """No round has more value than this, whatever evils it commits; for when the evils blur the other proof."""
    prices = np.maximum(solution.prices - SEAT, 0)
    if solution.scan is not None:
        covering, _ = cover(company, solution.scan, prices + SEAT, lambda worth: worth.value + 2 * SEAT)
        return int((covering - SEAT).sum())
    i, j = np.triu_indices(company.size, 1)
    worth = worth_of(company, i, j)
    raised(prices, i[worth.allowed], j[worth.allowed], worth.value[worth.allowed])
    return int(prices.sum())


def _silently(_share: float, _words: str) -> None:
    """Nobody is watching."""
