"""How good tables can be at most: a bound that holds for every seating, cheap enough to come with each one.

At a table of s people everybody counts 1 / (s - 1) with each of the others: no two people more than one share of the
smallest table, nobody more than 1 in all. Whatever prices people have, their sum and what pairs are worth beyond
their two prices (at that share) is never less than a seating; we look for prices that make it small.
"""

from __future__ import annotations

import numpy as np

from .company import Numbers
from .worth import MET_EVER, POINT, SEAT

ROUNDS = 4


def ceiling(weights: Numbers, fewest_others: int) -> float:
    """Points no seating exceeds whose people have at least so many others at their table."""
    # Evils are whole multiples of MET_EVER, so what is left is the value alone; nobody's value with themselves is 0.
    values = ((weights - 2 * SEAT + MET_EVER // 2) % MET_EVER - MET_EVER // 2).astype(np.int32)
    rank = len(values) - min(fewest_others, len(values))
    offers = values.astype(np.float32)
    prices = np.partition(offers, rank, axis=1)[:, rank] / 2
    for _ in range(ROUNDS):
        # The best price of one person, were all others' right: just so many are worth more than it.
        best = np.partition(offers - prices, rank, axis=1)[:, rank]
        prices = np.maximum((prices + best) / 2, 0)
    whole = np.rint(prices).astype(np.int64)
    beyond = sum(int(np.maximum(row - whole - price, 0).sum()) for row, price in zip(values, whole, strict=True))
    return (2 * fewest_others * int(whole.sum()) + beyond) / (2 * fewest_others * POINT)
