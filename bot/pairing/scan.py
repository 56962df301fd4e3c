"""Looking at every pair of a company, one person against all others at a time, without ever holding them all.

A person's row is a handful of additions over columns of 16-bit numbers, which the processor does thirty-two at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .company import COUNTED, NOBODY, Bits, Company, Numbers
from .hurdles import LOWEST, Hurdles
from .worth import CERTAIN, SEAT, TIES

Row = NDArray[np.int16]

RARE = 32
"""A trait of fewer than one person in this many is kept as a list of people, not as a column of everybody."""
AT_ONCE = 48
"""Traits added up before the sum is cut back to what counts, far from where 16 bits run over."""
BATCH = 250_000
GLIMPSE = 40
"""How much more than the number wanted is looked at to guess where a person's best begin."""
GLANCES = 100
"""People whose rows are looked at to guess how many pairs are worth their prices."""
ROWS_KEPT = 48_000_000
"""Bytes of rows that are kept because many people share them."""


class Traits:
    """Who has which trait: for each person, the columns to add up against all others."""

    def __init__(self, mine: Bits, theirs: Bits, worth: int) -> None:
        size = mine.shape[1]
        self.worth = np.int16(worth)
        self.columns: list[list[Row]] = [[] for _ in range(size)]
        self.lists: list[list[Numbers]] = [[] for _ in range(size)]
        for held, sought in zip(mine, theirs, strict=True):
            for bit in range(64):
                mask = np.uint64(1 << bit)
                holders = np.flatnonzero(sought & mask)
                if not len(holders):
                    continue
                seekers = np.flatnonzero(held & mask).tolist()
                if len(holders) * RARE < size:
                    for person in seekers:
                        self.lists[person].append(holders)
                else:
                    column = np.zeros(size, dtype=np.int16)
                    column[holders] = worth
                    for person in seekers:
                        self.columns[person].append(column)


class Scan:
    """Rows of quality, in parts of a point; places are people sorted by function and working day."""

    def __init__(self, company: Company) -> None:
        size = company.size
        self.company = company
        self.order = np.lexsort((np.arange(size), company.day, company.function))
        order = self.order
        points = company.points
        offers, wants, interests = company.offers[:, order], company.wants[:, order], company.interests[:, order]
        skill, interest = int(points.skills[1]), int(points.interests[1])
        self.skills = [Traits(wants, offers, skill), Traits(offers, wants, skill)]
        self.interests = [Traits(interests, interests, interest)]
        self.most_skills = np.full(size, points.skills[COUNTED], dtype=np.int16)
        self.most_interests = np.full(size, points.interests[COUNTED], dtype=np.int16)
        self.day = company.day[order]
        self.level = company.level[order]
        self.levels = points.levels[np.abs(np.arange(len(points.levels))[:, None] - self.level)]
        self.function = company.function[order]
        self.functions_met = company.functions_met[:, order]
        functions = np.arange(len(company.functions_met))
        first, end = (np.searchsorted(self.function, functions, side=side) for side in ("left", "right"))
        self.stretches = list(zip(first.tolist(), end.tolist(), strict=True))
        self.newcomer = np.where(self.functions_met, 0, points.function).astype(np.int16)
        self._kept: dict[object, Row] = {}
        self._quality = np.zeros(size, dtype=np.int16)
        self._sum = np.zeros(size, dtype=np.int16)

    def row(self, place: int, start: int = 0) -> Row:
        """The quality of one person with everybody from `start` on; good until the next row is asked for."""
        row = self._quality[start:]
        np.add(self._hours_and_level(place)[start:], self._functions(place)[start:], out=row)
        self._add_traits(self.skills, self.most_skills, place, start)
        self._add_traits(self.interests, self.most_interests, place, start)
        return row

    def _hours_and_level(self, place: int) -> Row:
        """What everybody's working day and level are worth beside this person's."""
        key = (int(self.day[place]), int(self.level[place]))
        kept = self._kept.get(key)
        if kept is None:
            day, level = key
            kept = self._keep(key, np.take(self.company.points.hours[day], self.day) + self.levels[level])
        return kept

    def _functions(self, place: int) -> Row:
        """What it is worth that this person's function, or the other's, is a new one."""
        function = int(self.function[place])
        known = self.functions_met[:, place]
        key = (function, known.tobytes())
        kept = self._kept.get(key)
        if kept is None:
            row = np.zeros_like(self._sum) if function == NOBODY else self.newcomer[function].copy()
            for is_known, (first, end) in zip(known.tolist(), self.stretches, strict=True):
                if not is_known:
                    row[first:end] += self.company.points.function
            kept = self._keep(key, row)
        return kept

    def _keep(self, key: object, row: Row) -> Row:
        if (len(self._kept) + 1) * row.nbytes <= ROWS_KEPT:
            self._kept[key] = row
        return row

    def _add_traits(self, kinds: Sequence[Traits], most: Row, place: int, start: int) -> None:
        """Traits in common, up to what counts; few of them are added without looking."""
        count = sum(len(kind.columns[place]) + len(kind.lists[place]) for kind in kinds)
        total = self._quality if count <= COUNTED else self._sum
        part = total[start:]
        if count > COUNTED:
            part.fill(0)
        added = 0
        for kind in kinds:
            for column in kind.columns[place]:
                np.add(part, column[start:], out=part)
                added += 1
                if added % AT_ONCE == 0:
                    np.minimum(part, most[start:], out=part)
            for holders in kind.lists[place]:
                total[holders] += kind.worth
                added += 1
                if added % AT_ONCE == 0:
                    np.minimum(part, most[start:], out=part)
        if count > COUNTED:
            np.minimum(part, most[start:], out=part)
            row = self._quality[start:]
            np.add(row, part, out=row)

    def best(self, count: int) -> tuple[Numbers, Numbers]:
        """About `count` partners of the highest quality for each person, in other teams where there are enough."""
        size = self.company.size
        stride = max(1, size // (count * GLIMPSE))
        rank = max(1, count // stride)
        team = self.company.team[self.order]
        mates = {number: np.flatnonzero(team == number) for number in np.unique(team).tolist()}
        mates = {number: people if 2 * len(people) < size else people[:0] for number, people in mates.items()}
        found: list[tuple[int, Numbers]] = []
        for place in range(size):
            row = self.row(place)
            row[mates[int(team[place])]] = LOWEST
            glimpse = row[place % stride :: stride]
            bar = max(np.partition(glimpse, len(glimpse) - rank)[len(glimpse) - rank], LOWEST + 1)
            chosen = np.flatnonzero(row >= bar)
            if len(chosen) > 2 * count:
                chosen = _fewer(row, chosen, bar, count, place)
            found.append((place, chosen))
        return self._people(found)

    def above(self, prices: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
        """Batches of pairs that may be worth more than their two prices (whole multiples of TIES)."""
        found: list[tuple[int, Numbers]] = []
        waiting = 0
        hurdles = Hurdles(self.company.debt[self.order], prices[self.order])
        for place in hurdles.order:
            row = self.row(place, place + 1)
            over = np.flatnonzero(row >= hurdles.row(place)[place + 1 :])
            if len(over):
                over = hurdles.cleared(place, over + place + 1, row[over])
                found.append((place, over))
                waiting += len(over)
            if waiting > BATCH:
                yield self._people(found)
                found, waiting = [], 0
        yield self._people(found)

    def shift_for(self, prices: Numbers, count: int) -> int:
        """How far to move everybody's price for about `count` partners each to be worth the two prices."""
        size = self.company.size
        ours = (prices[self.order] - SEAT) // TIES
        debt = self.company.debt[self.order]
        looked_at = range(0, size, max(1, size // GLANCES))
        surplus = [
            (self.row(at) * (CERTAIN + debt[at] + debt) - ours[at] - ours).astype(np.float32) for at in looked_at
        ]
        rank = min(count * len(surplus), size * len(surplus))
        everything = np.concatenate(surplus)
        return int(np.partition(everything, len(everything) - rank)[len(everything) - rank]) // 2 * TIES

    def _people(self, found: Sequence[tuple[int, Numbers]]) -> tuple[Numbers, Numbers]:
        """Places back into people."""
        if not found:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        one = np.repeat([place for place, _ in found], [len(others) for _, others in found])
        return self.order[one], self.order[np.concatenate([others for _, others in found])]


def _fewer(row: Row, chosen: Numbers, bar: int, count: int, place: int) -> Numbers:
    """Where very many are equally good, each person takes the next ones after themselves."""
    better = chosen[row[chosen] > bar]
    if len(better) > 2 * count:
        return better[:: len(better) // count]
    equal = chosen[row[chosen] == bar]
    equal = np.roll(equal, -int(np.searchsorted(equal, place)))
    return np.concatenate([better, equal[: max(count - len(better), count // 4)]])
