"""Odd cycles of choices, joined two by two along the cheapest path of exchanges between them.

In an odd cycle everybody chooses the next person, so somebody has to give way. Whoever that is loses nothing when a
path of exchanged partners leads to somebody of another odd cycle; only the path costs, by what its pairs fall short
of their prices. The cheapest paths are shortest paths.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from .company import Numbers
from .prices import Edges

ALONE = -1
AT_ONCE = 12
"""Cycles for which all ways to join them two by two are compared."""
NOWHERE = -9999

Cycle = list[int]


def join_cycles(edges: Edges, prices: Numbers, mate: Numbers, cycles: Sequence[Cycle]) -> list[Cycle]:
    """Pair up the people of odd cycles in `mate`, two cycles at a time; gives back the cycles no path led to."""
    waiting = sorted(cycles)
    stuck: list[Cycle] = []
    while len(waiting) > 1:
        batch, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        left = _join_some(edges, prices, mate, batch)
        if len(left) == len(batch):
            stuck += left[:1]
            left = left[1:]
        waiting = sorted([*waiting, *left])
    return [*stuck, *waiting]


def _join_some(edges: Edges, prices: Numbers, mate: Numbers, cycles: list[Cycle]) -> list[Cycle]:
    size, count = edges.size, len(cycles)
    distance, before = _paths(edges, prices, mate, cycles)
    ends = np.full((count, count), NOWHERE)
    apart = np.full((count, count), np.inf)
    for at, cycle in enumerate(cycles):
        arrivals = distance[:, size + np.array(cycle)]
        apart[:, at] = arrivals.min(axis=1)
        ends[:, at] = np.array(cycle)[arrivals.argmin(axis=1)]
    touched: set[int] = set()
    joined: set[int] = set()
    for one, other in _two_by_two(np.minimum(apart, apart.T)):
        if apart[one, other] > apart[other, one]:
            one, other = other, one
        path = _people_on(before[one], int(ends[one, other]), size, mate)
        if path is None or touched & set(path):
            continue
        for a, b in zip(path[0::2], path[1::2], strict=True):
            mate[a], mate[b] = b, a
        open_at(mate, cycles[one], path[0])
        open_at(mate, cycles[other], path[-1])
        touched |= set(path)
        joined |= {one, other}
    return [cycle for at, cycle in enumerate(cycles) if at not in joined]


def _paths(
    edges: Edges, prices: Numbers, mate: Numbers, cycles: list[Cycle]
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Shortest paths from each cycle to everybody who would need a new partner, and to the people of other cycles.

    Node p is a person in need of a partner; node size + p a person of a cycle, found; the last nodes are the cycles.
    """
    size = edges.size
    member = [person for cycle in cycles for person in cycle]
    of_cycle = np.repeat(np.arange(len(cycles)), [len(cycle) for cycle in cycles])
    target = np.where(mate != ALONE, mate, ALONE)
    target[member] = size + np.array(member)
    short = (prices[edges.i] + prices[edges.j] - edges.weight).astype(np.float64)
    possible = (target[edges.j] != ALONE) & (mate[edges.i] != edges.j)
    start = np.concatenate([edges.i[possible], 2 * size + of_cycle])
    end = np.concatenate([target[edges.j[possible]], np.array(member)])
    # One more than it costs, because a path of no length is no path to the solver.
    length = np.concatenate([np.maximum(short[possible], 0) + 1, np.ones(len(member))])
    nodes = 2 * size + len(cycles)
    graph = csr_array((length, (start, end)), shape=(nodes, nodes))
    return dijkstra(graph, indices=2 * size + np.arange(len(cycles)), return_predecessors=True)  # type: ignore[no-any-return]


def _people_on(before: NDArray[np.int32], end: int, size: int, mate: Numbers) -> list[int] | None:
    """The people on a path, two by two the new pairs; None where it uses a pair both ways and so is no path."""
    path = [end]
    node = int(before[size + end])
    while 0 <= node < size:
        path.append(node)
        following = int(before[node])
        if 0 <= following < size:
            path.append(int(mate[node]))
        elif following >= size:
            break
        node = following
    return None if len(set(path)) < len(path) or len(path) % 2 else path[::-1]


def open_at(mate: Numbers, cycle: Cycle, person: int) -> None:
    """Pair up all of a cycle but one person."""
    at = cycle.index(person)
    others = cycle[at + 1 :] + cycle[:at]
    for a, b in zip(others[0::2], others[1::2], strict=True):
        mate[a], mate[b] = b, a


def _two_by_two(apart: NDArray[np.float64]) -> list[tuple[int, int]]:
    """The cheapest way to join all, or as many as paths exist for."""
    count = len(apart)

    @cache
    def cheapest(free: int) -> tuple[int, float, tuple[tuple[int, int], ...]]:
        if free == 0:
            return 0, 0.0, ()
        first = (free & -free).bit_length() - 1
        rest = free & ~(1 << first)
        missed, cost, pairs = cheapest(rest)
        best = (missed + 1, cost, pairs)
        for other in range(first + 1, count):
            if rest >> other & 1 and np.isfinite(apart[first, other]):
                missed, cost, pairs = cheapest(rest & ~(1 << other))
                best = min(best, (missed, cost + float(apart[first, other]), (*pairs, (first, other))))
        return best

    return sorted(cheapest((1 << count) - 1)[2], key=lambda pair: apart[pair])
