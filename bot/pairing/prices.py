"""The best set of pairs as an assignment, and the prices that prove how good any set can be at most.

Everybody appears twice, once choosing and once chosen; choosing oneself means staying alone. The solver gives
who chooses whom; we recover the prices from it. Two prices that cover the worth of every pair bound every round.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from .company import Company, Numbers
from .worth import MET_EVER, POINT, SEAT, TIES, worth_of

COOLING = ((2.0, 10), (0.5, 20), (0.2, 20))
"""How softly offers are compared, in points where a price is 50, and how often at each softness."""
ROUNDS_OF_SHARING = 20
EXACTLY = 500
"""People up to whom prices are settled to the last unit."""
PATIENCE = 2_000
"""Rounds of price rises before we stop asking for perfect prices; the proof holds whatever they are."""


@dataclass(frozen=True)
class Edges:
    """Pairs worth considering, both ways round, sorted by person; `starts` is where each person's begin."""

    size: int
    i: Numbers
    j: Numbers
    weight: Numbers

    @cached_property
    def starts(self) -> Numbers:
        return np.searchsorted(self.i, np.arange(self.size + 1))


def edges_of(company: Company, i: Numbers, j: Numbers, known: Edges | None = None) -> Edges:
    """The allowed ones among these pairs, each once, with what is already known."""
    size = company.size
    keys = np.unique(company.keys(i, j))
    if known is not None:
        half = known.i < known.j
        old = known.i[half] * size + known.j[half]
        keys = np.setdiff1d(keys, old, assume_unique=True)
    one, other = keys // size, keys % size
    worth = worth_of(company, one, other)
    one, other, weight = one[worth.allowed], other[worth.allowed], worth.weight[worth.allowed]
    if known is not None:
        one, other = np.concatenate([one, known.i[half]]), np.concatenate([other, known.j[half]])
        weight = np.concatenate([weight, known.weight[half]])
    order = np.argsort(np.concatenate([one * size + other, other * size + one]), kind="stable")
    return Edges(
        size,
        np.concatenate([one, other])[order],
        np.concatenate([other, one])[order],
        np.concatenate([weight, weight])[order],
    )


def guess(edges: Edges, start: Numbers | None = None) -> Numbers:
    """Prices close to the best ones, found by letting everybody's best offers soften each other, ever less."""
    size = edges.size
    some = edges.starts[1:] > edges.starts[:-1]
    starts = edges.starts[:-1][some]
    lengths = np.diff(edges.starts)[some]
    surplus = ((edges.weight - 2 * SEAT) / POINT).astype(np.float32)
    best = np.zeros(size, dtype=np.float32)
    best[some] = np.maximum.reduceat(surplus, starts) / 2 if len(starts) else 0
    price = best if start is None else ((start - SEAT) / POINT).astype(np.float32)
    scale = max(float(np.median(np.abs(best))), 1.0) / 50
    for heat, times in COOLING if start is None else COOLING[1:]:
        warmth = np.float32(heat * scale)
        for _ in range(times if len(starts) else 0):
            offers = surplus - price[edges.j]
            most = np.maximum.reduceat(offers, starts)
            offers -= np.repeat(most, lengths)
            offers /= warmth
            np.exp(offers, out=offers)
            price[some] += most + warmth * np.log(np.add.reduceat(offers, starts))
            price[some] /= 2
    guessed = (price.astype(np.float64) * POINT).astype(np.int64) // TIES * TIES + SEAT
    return np.where(some, guessed, 0)


def choices(edges: Edges, guessed: Numbers) -> Numbers:
    """Whom each person chooses in the best assignment; themselves where nobody is left. A good guess saves time.

    Where everybody can choose without any evil, values alone decide. Otherwise the evils are settled first, in small
    numbers, and values then decide among all choices that commit no more of them: in one sum, the solver would
    bargain for seats in steps of a tie, and never end.
    """
    guessed = np.clip(guessed, SEAT - MET_EVER // 4, SEAT + MET_EVER // 4)
    harmless = edges.weight > 2 * SEAT - MET_EVER // 2
    nobody = np.zeros(0, dtype=np.int64)
    # What a pair falls short of its prices is what the solver has to weigh: small numbers, and for most people one of none.
    short = guessed[edges.i] + guessed[edges.j] - edges.weight
    chosen = _assigned(edges.size, edges.i[harmless], edges.j[harmless], short[harmless], nobody, nobody)
    if chosen is not None:
        return chosen
    evils = (2 * SEAT + MET_EVER // 2 - edges.weight) // MET_EVER
    everybody = np.arange(edges.size)
    alone = 2 * SEAT // MET_EVER
    least = _assigned(edges.size, edges.i, edges.j, evils - alone, everybody, 0 * everybody)
    assert least is not None, "everybody may stay alone"
    settled = Edges(edges.size, edges.i, edges.j, 4 * (alone - evils))
    price = prices_of(settled, least, nobody, exactly=True)
    tight = price[edges.i] + price[edges.j] == settled.weight
    free = Edges(edges.size, edges.i[tight], edges.j[tight], (edges.weight + evils * MET_EVER)[tight])
    near = guess(free) - SEAT
    near[np.bincount(free.i, minlength=edges.size) == 0] = 0
    short = near[free.i] + near[free.j] + 2 * SEAT - free.weight
    unneeded = everybody[price == 0]
    chosen = _assigned(edges.size, free.i, free.j, short, unneeded, 2 * near[unneeded])
    assert chosen is not None, "the choices with the least evils are among these"
    return chosen


def _assigned(size: int, i: Numbers, j: Numbers, cost: Numbers, alone: Numbers, alone_cost: Numbers) -> Numbers | None:
    """The cheapest choices, some of staying alone among them; None where not everybody has one."""
    rows, columns = np.concatenate([i, alone]), np.concatenate([j, alone])
    costs = np.concatenate([cost, alone_cost])
    costs += 1 - int(costs.min(initial=0))
    graph = csr_array((costs.astype(np.float64), (rows, columns)), shape=(size, size))
    if (maximum_bipartite_matching(graph, perm_type="column") < 0).any():
        return None
    row, column = min_weight_full_bipartite_matching(graph)
    chosen = np.empty(size, dtype=np.int64)
    chosen[row] = column
    return chosen


def prices_of(edges: Edges, chosen: Numbers, guessed: Numbers, exactly: bool = False) -> Numbers:
    """Prices that cover every considered pair, and no more than the choices are worth or hardly more.

    Two people who chose each other share what their meeting is worth: each gets what they could have elsewhere, and
    half of the rest. Said often enough, that settles; fair shares also leave room for pairs nobody has considered.
    """
    size = edges.size
    everybody = np.arange(size)
    own = np.zeros(size, dtype=np.int64)
    paired = chosen != everybody
    keys = edges.i * size + edges.j
    choice = np.searchsorted(keys, (everybody * size + chosen)[paired])
    own[paired] = edges.weight[choice]
    chooser = np.empty(size, dtype=np.int64)
    chooser[chosen] = everybody
    chosen_by = np.searchsorted(keys, (everybody * size + chooser)[paired])
    if not len(guessed):
        guessed = own // 2
    # What the choosing and the chosen side pay; a choice's two sides add up to its worth at every step.
    choosing = guessed + (own - guessed - guessed[chosen]) // 4 * 2
    choosing[~paired] = 0
    being_chosen = (own - choosing)[chooser]
    for _ in range(ROUNDS_OF_SHARING):
        # Whoever has nobody else among the considered would get a seat somewhere, if not a good one.
        elsewhere = np.maximum(_best_elsewhere(edges, being_chosen, choice), SEAT)
        wanted_elsewhere = np.maximum(_best_elsewhere(edges, choosing, chosen_by), SEAT)
        choosing[paired] = ((elsewhere + own - wanted_elsewhere[chosen]) // 4 * 2)[paired]
        being_chosen[chosen] = own - choosing
    # Evils are worth so much more than values that a nearly fair share of one would drown them all.
    if exactly or size <= EXACTLY or int(own.min(initial=2 * SEAT)) < 2 * SEAT - MET_EVER // 2:
        choosing, being_chosen = _settled(edges, chosen, own, choosing, being_chosen)
    prices: Numbers = np.maximum(-(-(choosing + being_chosen) // 2), 0)
    raised(prices, edges.i, edges.j, edges.weight)
    return prices


def _best_elsewhere(edges: Edges, price: Numbers, choice: Numbers) -> Numbers:
    """The most each person gains from anybody but their choice; staying alone is always possible."""
    offers = edges.weight - price[edges.j]
    offers[choice] = -2 * SEAT
    best = -price
    starts, ends = edges.starts[:-1], edges.starts[1:]
    some = ends > starts
    if some.any():
        best[some] = np.maximum(best[some], np.maximum.reduceat(offers, starts[some]))
    return best


def _settled(
    edges: Edges, chosen: Numbers, own: Numbers, choosing: Numbers, being_chosen: Numbers
) -> tuple[Numbers, Numbers]:
    """Prices raised to the least that leave nobody a better offer, exactly."""
    starts, ends = edges.starts[:-1], edges.starts[1:]
    active = np.arange(edges.size)
    for _ in range(PATIENCE):
        best = _best_offers(edges, being_chosen, active, starts, ends)
        rising = best > choosing[active]
        risen = active[rising]
        if not len(risen):
            break
        choosing[risen] = best[rising]
        being_chosen[chosen[risen]] = own[risen] - choosing[risen]
        active = _neighbours(edges, chosen[risen], starts, ends)
    return choosing, being_chosen


def _best_offers(edges: Edges, being_chosen: Numbers, people: Numbers, starts: Numbers, ends: Numbers) -> Numbers:
    """The most each of these people gains from anybody they could choose, themselves included."""
    best = -being_chosen[people]
    lengths = (ends - starts)[people]
    some = lengths > 0
    flat = spans(starts[people[some]], lengths[some])
    if len(flat):
        offers = edges.weight[flat] - being_chosen[edges.j[flat]]
        first = np.concatenate([[0], np.cumsum(lengths[some])[:-1]])
        best[some] = np.maximum(best[some], np.maximum.reduceat(offers, first))
    return best


def _neighbours(edges: Edges, people: Numbers, starts: Numbers, ends: Numbers) -> Numbers:
    """Everybody who considers one of these people, and these people themselves."""
    mark = np.zeros(edges.size, dtype=np.bool_)
    mark[people] = True
    mark[edges.j[spans(starts[people], (ends - starts)[people])]] = True
    return np.flatnonzero(mark)


def spans(starts: Numbers, lengths: Numbers) -> Numbers:
    """The positions of many stretches, one after the other."""
    total = int(lengths.sum())
    if not total:
        return np.zeros(0, dtype=np.int64)
    shift = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    spans: Numbers = np.arange(total) + np.repeat(starts - shift, lengths)
    return spans


def padded(prices: Numbers) -> Numbers:
    """Prices as whole multiples of a tie, a hair higher: what differs by a tie alone needs no second look."""
    covered: Numbers = (-(-prices // TIES) + 1) * TIES
    return covered


def raised(prices: Numbers, i: Numbers, j: Numbers, weight: Numbers) -> int:
    """Raise prices in place until they cover these pairs; the most wanted people pay. Says how many pairs were short."""
    short = weight - prices[i] - prices[j]
    order = np.argsort(-short, kind="stable")
    order = order[short[order] > 0]
    wanted = np.bincount(i[order], minlength=len(prices)) + np.bincount(j[order], minlength=len(prices))
    for one, other, worth in zip(i[order].tolist(), j[order].tolist(), weight[order].tolist(), strict=True):
        lacking = worth - int(prices[one]) - int(prices[other])
        if lacking > 0:
            prices[one if wanted[one] >= wanted[other] else other] += lacking
    return len(order)
