"""Prices brought close to the best ones by letting people bid for each other, a few rounds of it.

An auction alone would need very long for the last few people, but most of what the exact solver has to do is done
here in a hundredth of its time: it starts from prices that are right to a fraction of a point for almost everybody.
"""

from __future__ import annotations

import numpy as np

from .company import Numbers
from .prices import Edges, spans
from .worth import POINT

STAGES = ((0.3, 100), (0.05, 500), (0.02, 1_000))
"""How much a bid must exceed the last one at least, in points, and the share of people who may stay without (one in)."""
MOST_ROUNDS = 500
MOST_LOOKS = 12
"""Times every pair is looked at, on average; where everybody is alike, bidding would go on for long."""
BIGGEST_STEP = 10 * POINT
"""Nobody bids all they have because there is nobody else."""


def bargained(edges: Edges, prices: Numbers) -> Numbers:
    """Prices after some rounds of bidding; what both sides of the market say of a person is averaged."""
    for least_step, one_in in STAGES:
        being_chosen = _auction(edges, prices, int(least_step * POINT), edges.size // one_in)
        best = prices.copy()
        some = edges.starts[1:] > edges.starts[:-1]
        best[some] = np.maximum.reduceat(edges.weight - being_chosen[edges.j], edges.starts[:-1][some])
        prices = (best + being_chosen) // 4 * 2
    return prices


def _auction(edges: Edges, prices: Numbers, least_step: int, few: int) -> Numbers:
    """Whoever has nobody bids for the best at today's prices; the highest bid for a person takes them."""
    starts, lengths = edges.starts[:-1], np.diff(edges.starts)
    price = prices.copy()
    holder = np.full(edges.size, -1, dtype=np.int64)
    bidding = np.flatnonzero(lengths > 0)
    looks = MOST_LOOKS * len(edges.i)
    for _ in range(MOST_ROUNDS):
        many = lengths[bidding]
        looks -= int(many.sum())
        if len(bidding) <= few or looks < 0:
            break
        flat = spans(starts[bidding], many)
        first = np.cumsum(many) - many
        offers = edges.weight[flat] - price[edges.j[flat]]
        best = np.maximum.reduceat(offers, first)
        # The first of each bidder's best offers, should there be several.
        at_best = np.flatnonzero(offers == np.repeat(best, many))
        bidder = np.searchsorted(first, at_best, side="right") - 1
        favourite = at_best[np.searchsorted(bidder, np.arange(len(bidding)))]
        offers[favourite] = np.iinfo(np.int64).min // 2
        step = np.minimum(best - np.maximum.reduceat(offers, first), BIGGEST_STEP) + least_step
        wanted = edges.j[flat[favourite]]
        order = np.lexsort((bidding, -step, wanted))
        won = order[np.flatnonzero(np.diff(wanted[order], prepend=-1))]
        taken = wanted[won]
        former = holder[taken]
        holder[taken] = bidding[won]
        price[taken] += step[won]
        lost = np.ones(len(bidding), dtype=np.bool_)
        lost[won] = False
        bidding = np.concatenate([bidding[lost], former[former >= 0]])
    return price
