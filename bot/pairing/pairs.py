"""From choices to pairs: cycles are cut, whoever drops out is seated, and partners are exchanged while that helps."""

from __future__ import annotations

from collections import deque

import numpy as np

from .bound import Solution
from .company import Company, Numbers
from .cycles import ALONE, Cycle, join_cycles, open_at
from .worth import FORBIDDEN, weight_table, weights_of, weights_with

AT_ONE_TABLE = 500
"""So many dropped people are compared with each other at once."""
PATIENCE = 4


def pairs_from(company: Company, solution: Solution) -> Numbers:
    """Everybody's partner, or ALONE, from whom each person chose."""
    mate = np.full(company.size, ALONE, dtype=np.int64)
    odd: list[Cycle] = []
    mutual = (solution.chosen[solution.chosen] == np.arange(company.size)) & (
        solution.chosen != np.arange(company.size)
    )
    mate[mutual] = solution.chosen[mutual]
    for cycle in _cycles(solution.chosen):
        if len(cycle) == 2:
            continue
        if len(cycle) % 2:
            odd.append(cycle)
        else:
            _cut(company, mate, cycle)
    dropped: list[int] = []
    for cycle in join_cycles(solution.edges, solution.prices, mate, odd):
        dropped.append(_weakest(company, cycle))
        open_at(mate, cycle, dropped[-1])
    _seat(company, mate, dropped)
    exchange(company, mate, dropped)
    return mate


def _cycles(chosen: Numbers) -> list[Cycle]:
    following = chosen.tolist()
    seen = [False] * len(following)
    cycles = []
    for first in range(len(following)):
        cycle = []
        person = first
        while not seen[person]:
            seen[person] = True
            cycle.append(person)
            person = following[person]
        if cycle:
            cycles.append(cycle)
    return cycles


def _cut(company: Company, mate: Numbers, cycle: Cycle) -> None:
    """Every second step of an even cycle: the better half of them."""
    people = np.array(cycle)
    steps = weights_of(company, people, np.roll(people, -1)).tolist()
    first = 0 if sum(steps[0::2]) >= sum(steps[1::2]) else 1
    for at in range(first, len(cycle), 2):
        a, b = cycle[at], cycle[(at + 1) % len(cycle)]
        mate[a], mate[b] = b, a


def _weakest(company: Company, cycle: Cycle) -> int:
    """Whom an odd cycle can best do without."""
    length = len(cycle)
    if length == 1:
        return cycle[0]
    people = np.array(cycle)
    steps = weights_of(company, people, np.roll(people, -1)).tolist()
    # Leaving out the person two places on exchanges just one step for another.
    without, total = 0, sum(steps[1::2])
    best, most = 0, total
    for _ in range(length - 1):
        total += steps[without] - steps[(without + 1) % length]
        without = (without + 2) % length
        if total > most:
            best, most = without, total
    return cycle[best]


def _seat(company: Company, mate: Numbers, dropped: list[int]) -> None:
    """Pair up the dropped among themselves, best first; nobody is blocked and nobody is forced."""
    left = np.array(sorted(dropped, key=lambda person: (int(company.hashes[person]), person)), dtype=np.int64)
    for start in range(0, len(left), AT_ONE_TABLE):
        people = left[start : start + AT_ONE_TABLE]
        table = weight_table(company, people)
        one, other = np.triu_indices(len(people), 1)
        for place in np.argsort(-table[one, other], kind="stable").tolist():
            a, b = int(people[one[place]]), int(people[other[place]])
            if table[one[place], other[place]] > 0 and mate[a] == ALONE and mate[b] == ALONE:
                mate[a], mate[b] = b, a


def exchange(company: Company, mate: Numbers, loose: list[int]) -> None:
    """Let people who were merely seated swap partners with anybody, as long as the round gains."""
    people = np.arange(company.size)
    own = np.zeros(company.size, dtype=np.int64)
    seated = mate != ALONE
    own[seated] = weights_of(company, people[seated], mate[seated])
    waiting: deque[tuple[int, int]] = deque((a, int(mate[a])) for a in sorted(loose) if a < mate[a])
    alone = np.flatnonzero(~seated).tolist()
    waiting.extend((a, b) for a in alone for b in alone if a < b)
    tries = PATIENCE * len(waiting) + 100
    while waiting and tries:
        tries -= 1
        a, b = waiting.popleft()
        if mate[a] != b and not (mate[a] == mate[b] == ALONE):
            continue
        now = int(own[a]) if mate[a] == b else 0
        gain = weights_with(company, a) + weights_with(company, b, np.where(seated, mate, b)) - own - now
        gain[~seated] = gain[a] = gain[b] = FORBIDDEN
        c = int(np.argmax(gain))
        if gain[c] <= 0:
            continue
        d = int(mate[c])
        for one, other in ((a, c), (b, d)):
            mate[one], mate[other] = other, one
            seated[one] = seated[other] = True
            own[one] = own[other] = weights_of(company, np.array([one]), np.array([other]))[0]
            waiting.append((one, other))
