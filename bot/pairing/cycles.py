"""Odd cycles of choices, joined two by two along the cheapest path of exchanges between them.

In an odd cycle everybody chooses the next person, so somebody has to give way. Whoever that is loses nothing when a
path of exchanged partners leads to somebody of another odd cycle; only the path costs, by what its pairs fall short
of their prices. The cheapest paths are shortest paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from .company import Numbers
from .prices import Edges
from .worth import POINT

ALONE = -1
AT_ONCE = 12
"""Cycles for which all ways to join them two by two are compared."""
REACHES = (2 * POINT, 10 * POINT, np.inf)
"""How much a new pair of a path may fall short: hardly anything will do for most, and looking further takes longer."""
PATIENCE = 16
"""Paths looked at between two cycles."""

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
    for reach in REACHES:
        paths = _Paths(edges, prices, mate, cycles, reach)
        distance, _ = paths.shortest(range(count), limit=2 * reach)
        apart = np.full((count, count), np.inf)
        for at, cycle in enumerate(cycles):
            apart[:, at] = distance[:, size + np.array(cycle)].min(axis=1)
        if np.isfinite(apart + np.diag(np.full(count, np.inf))).any(axis=1).all():
            break
    touched: set[int] = set()
    joined: set[int] = set()
    for one, other in _two_by_two(np.minimum(apart, apart.T)):
        path = paths.between(one, other, limit=2 * float(min(apart[one, other], apart[other, one])) + POINT)
        if path is None or touched & set(path):
            continue
        for a, b in zip(path[0::2], path[1::2], strict=True):
            mate[a], mate[b] = b, a
        open_at(mate, cycles[one], path[0])
        open_at(mate, cycles[other], path[-1])
        touched |= set(path)
        joined |= {one, other}
    return [cycle for at, cycle in enumerate(cycles) if at not in joined]


class _Paths:
    """Paths from each cycle to everybody who would need a new partner, and to the people of other cycles.

    Node p is a person in need of a partner; node size + p a person of a cycle, found; the last nodes are the cycles.
    """

    def __init__(self, edges: Edges, prices: Numbers, mate: Numbers, cycles: list[Cycle], reach: float) -> None:
        self.size = size = edges.size
        self.cycles = cycles
        self.mate = mate.copy()
        member = [person for cycle in cycles for person in cycle]
        of_cycle = np.repeat(np.arange(len(cycles)), [len(cycle) for cycle in cycles])
        target = mate.copy()
        target[member] = size + np.array(member)
        short = (prices[edges.i] + prices[edges.j] - edges.weight).astype(np.float64)
        possible = (short <= reach) & (target[edges.j] != ALONE) & (mate[edges.i] != edges.j)
        start = np.concatenate([edges.i[possible], 2 * size + of_cycle])
        end = np.concatenate([target[edges.j[possible]], np.array(member)])
        # One more than it costs, because a path of no length is no path to the solver.
        length = np.concatenate([np.maximum(short[possible], 0) + 1, np.ones(len(member))])
        nodes = 2 * size + len(cycles)
        self.graph = csr_array((length, (start, end)), shape=(nodes, nodes))

    def shortest(
        self, sources: Iterable[int], closed: Sequence[int] = (), limit: float = np.inf
    ) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """Distances from some cycles and the ways back, past people who may not be asked to change partners."""
        graph = self.graph
        if closed:
            graph = graph.copy()
            graph.data[np.isin(graph.indices, closed)] = np.inf
        indices = 2 * self.size + np.array(list(sources))
        distance, before = dijkstra(graph, indices=indices, return_predecessors=True, limit=limit)
        return distance, before

    def between(self, one: int, other: int, limit: float) -> list[int] | None:
        """People along the cheapest path from cycle to cycle, two by two the new pairs.

        A pair may be parted in one direction only. Where the shortest path parts one in both, either direction is
        closed in turn, and the shorter of the paths that remain is looked at first.
        """
        arrivals = self.size + np.array(self.cycles[other])
        looking: list[tuple[float, list[int], list[int]]] = []

        def look(closed: list[int]) -> None:
            distance, before = self.shortest([one], closed, limit)
            end = int(arrivals[distance[0, arrivals].argmin()])
            if np.isfinite(distance[0, end]):
                heappush(looking, (float(distance[0, end]), closed, self._people(before[0], end)))

        look([])
        for _ in range(PATIENCE):
            if not looking:
                return None
            _, closed, path = heappop(looking)
            twice = next((person for person in path if path.count(person) > 1), None)
            if twice is None:
                return path
            look([*closed, twice])
            look([*closed, int(self.mate[twice])])
        return None

    def _people(self, before: NDArray[np.int32], end: int) -> list[int]:
        path = [end - self.size]
        node = int(before[end])
        while node < self.size:
            path.append(node)
            following = int(before[node])
            if following < self.size:
                path.append(int(self.mate[node]))
            node = following
        return path[::-1]


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
