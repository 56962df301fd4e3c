"""Mentors for mentees: the best set of mentorships, no mentor beyond their free seats, the load spread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from .company import Company, Flags, Numbers, company_of
from .inputs import History, RoundInputs
from .options import Options
from .people import Pair, Person
from .worth import POINT, SEAT, Worth, guidance_of, worth_of

SEAT_PRICE = 2.0
"""Points by which each further seat of one mentor costs more than the seat before."""
BEST = 40
NO_HISTORY = History()
NO_OPTIONS = Options()


@dataclass(frozen=True)
class Mentorships:
    """Who guides whom, (mentee, mentor) in the order of mentees."""

    pairs: tuple[Pair, ...]
    without: tuple[int, ...]
    """Mentees for whom no seat was left with anybody they may meet."""
    value: float
    load: tuple[tuple[int, int], ...]
    """Mentors who got somebody, and how many."""

    def to_json(self) -> dict[str, Any]:
        return {
            "pairs": [list(pair) for pair in self.pairs],
            "without": list(self.without),
            "value": self.value,
            "load": [list(entry) for entry in self.load],
        }


@dataclass(frozen=True)
class _Offers:
    """Mentees (rows) and mentors who could guide them."""

    mentee: Numbers
    mentor: Numbers
    weight: Numbers


def assign_mentors(
    mentees: Iterable[Person],
    mentors: Iterable[Person],
    seats: Mapping[int, int],
    history: History = NO_HISTORY,
    blocked: Iterable[Pair] = (),
    options: Options = NO_OPTIONS,
    seed: int = 0,
    round_number: int = 1,
    *,
    seat_price: float = SEAT_PRICE,
) -> Mentorships:
    """Give each mentee a mentor; `seats` says how many each mentor can still take (nobody named has none)."""
    learning, guiding = {p.id: p for p in mentees}, {p.id: p for p in mentors}
    everybody = tuple({**guiding, **learning}.values())
    company = company_of(RoundInputs(everybody, history, frozenset(blocked), options, seed, round_number))
    index = company.index_of()
    rows = np.array(sorted(index[person] for person in learning), dtype=np.int64)
    free = {index[person]: seats.get(person, 0) for person in guiding if seats.get(person, 0) > 0}
    columns = np.array(sorted(free), dtype=np.int64)
    room = np.array([free[int(person)] for person in columns], dtype=np.int64)
    mentor = _assigned(company, rows, columns, room, seat_price)
    taken = mentor >= 0
    ids = company.ids
    worth = _guidance(company, rows[taken], mentor[taken])
    load = np.bincount(mentor[taken], minlength=company.size)
    return Mentorships(
        pairs=tuple(zip(ids[rows[taken]].tolist(), ids[mentor[taken]].tolist(), strict=True)),
        without=tuple(ids[rows[~taken]].tolist()),
        value=int(worth.value.sum()) / POINT,
        load=tuple((int(ids[person]), int(load[person])) for person in np.flatnonzero(load)),
    )


def _guidance(company: Company, mentee: Numbers, mentor: Numbers) -> Worth:
    return worth_of(company, mentee, mentor, guidance_of)


def _assigned(company: Company, rows: Numbers, columns: Numbers, room: Numbers, seat_price: float) -> Numbers:
    """Everybody's mentor, or -1; whoever found none among the best of the first look is shown to all free mentors."""
    none = np.full(len(rows), -1, dtype=np.int64)
    if not len(rows) or not len(columns):
        return none
    wide = np.zeros(len(rows), dtype=np.bool_)
    while True:
        offers = _offers(company, rows, columns, wide)
        chosen = _best(offers, len(rows), columns, room, seat_price)
        short = (chosen < 0) & ~wide
        load = np.bincount(np.searchsorted(columns, chosen[chosen >= 0]), minlength=len(columns))
        if not short.any() or not (load < room).any():
            return chosen
        wide |= short


def _offers(company: Company, rows: Numbers, columns: Numbers, wide: Flags) -> _Offers:
    mentee, mentor, weight = [], [], []
    for row, person in enumerate(rows):
        worth = _guidance(company, np.full(len(columns), person), columns)
        fine = np.flatnonzero(worth.allowed)
        if len(fine) > BEST and not wide[row]:
            fine = np.sort(fine[np.argsort(-worth.weight[fine], kind="stable")[:BEST]])
        mentee.append(np.full(len(fine), row))
        mentor.append(fine)
        weight.append(worth.weight[fine])
    return _Offers(np.concatenate(mentee), np.concatenate(mentor), np.concatenate(weight))


def _best(offers: _Offers, rows: int, columns: Numbers, room: Numbers, seat_price: float) -> Numbers:
    """One column a free seat, dearer with each of a mentor's seats, and one column a mentee for staying without."""
    room = np.minimum(room, rows)
    first_seat = np.concatenate([[0], np.cumsum(room)])
    seats = int(first_seat[-1])
    many = room[offers.mentor]
    row = np.repeat(offers.mentee, many)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
    column = np.repeat(first_seat[offers.mentor], many) + nth
    price = np.rint(nth * seat_price * POINT).astype(np.int64)
    cost = np.repeat(2 * SEAT - offers.weight, many) + price
    staying = np.arange(rows)
    cost = np.concatenate([cost, np.full(rows, 2 * SEAT)])
    cost += 1 - min(0, int(cost.min()))
    where = (np.concatenate([row, staying]), np.concatenate([column, seats + staying]))
    graph = csr_array((cost.astype(np.float64), where), shape=(rows, seats + rows))
    mentee, seat = min_weight_full_bipartite_matching(graph)
    chosen = np.full(rows, -1, dtype=np.int64)
    taken = seat < seats
    holder = np.repeat(columns, room)
    chosen[mentee[taken]] = holder[seat[taken]]
    return chosen
