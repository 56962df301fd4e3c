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
HOURS_KEPT = 32_000_000
"""Bytes of rows of shared hours that are kept, one for each working day."""


class Traits:
    """Who has which trait: for each person, the columns to add up against all others."""

    def __init__(self, mine: Bits, theirs: Bits, worth: int) -> None:
        size = mine.shape[1]
        self.columns: dict[int, Row] = {}
        self.lists: dict[int, Numbers] = {}
        self.worth = np.int16(worth)
        self.of: list[list[int]] = [[] for _ in range(size)]
        for word, (held, sought) in enumerate(zip(mine, theirs, strict=True)):
            for bit in range(64):
                mask = np.uint64(1 << bit)
                holders = np.flatnonzero(sought & mask)
                if not len(holders):
                    continue
                trait = word * 64 + bit
                if len(holders) * RARE < size:
                    self.lists[trait] = holders
                else:
                    column = np.zeros(size, dtype=np.int16)
                    column[holders] = worth
                    self.columns[trait] = column
                for person in np.flatnonzero(held & mask):
                    self.of[person].append(trait)


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
        self.stretches = [
            (int(stretch[0]), int(stretch[-1]) + 1)
            for stretch in (np.flatnonzero(self.function == f) for f in range(len(company.functions_met)))
        ]
        self.newcomer = np.where(self.functions_met, 0, points.function).astype(np.int16)
        self._hours: dict[int, Row] = {}
        self._quality = np.zeros(size, dtype=np.int16)
        self._sum = np.zeros(size, dtype=np.int16)

    def row(self, place: int, start: int = 0) -> Row:
        """The quality of one person with everybody from `start` on; good until the next row is asked for."""
        quality = self._quality
        row = quality[start:]
        np.add(self._hours_like(place)[start:], self.levels[self.level[place], start:], out=row)
        function = self.function[place]
        if function != NOBODY:
            np.add(row, self.newcomer[function, start:], out=row)
        for known, (first, end) in zip(self.functions_met[:, place].tolist(), self.stretches, strict=True):
            if not known and end > start:
                quality[max(first, start) : end] += self.company.points.function
        self._add_traits(row, self.skills, self.most_skills, place, start)
        self._add_traits(row, self.interests, self.most_interests, place, start)
        return row

    def _hours_like(self, place: int) -> Row:
        """Everybody's hours shared with the working day of this person."""
        day = int(self.day[place])
        hours = self._hours.get(day)
        if hours is None:
            if (len(self._hours) + 1) * self._sum.nbytes > HOURS_KEPT:
                self._hours.clear()
            hours = self._hours[day] = np.take(self.company.points.hours[day], self.day)
        return hours

    def _add_traits(self, row: Row, kinds: Sequence[Traits], most: Row, place: int, start: int) -> None:
        total = self._sum
        part = total[start:]
        part.fill(0)
        added = 0
        for kind in kinds:
            for trait in kind.of[place]:
                column = kind.columns.get(trait)
                if column is not None:
                    np.add(part, column[start:], out=part)
                else:
                    total[kind.lists[trait]] += kind.worth
                added += 1
                if added % AT_ONCE == 0:
                    np.minimum(part, most[start:], out=part)
        if added > COUNTED:
            np.minimum(part, most[start:], out=part)
        np.add(row, part, out=row)

    def best(self, count: int) -> tuple[Numbers, Numbers]:
        """About `count` partners in other teams of the highest quality for each person."""
        size = self.company.size
        stride = max(1, size // (count * GLIMPSE))
        rank = max(1, count // stride)
        team = self.company.team[self.order]
        mates = {number: np.flatnonzero(team == number) for number in np.unique(team).tolist()}
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
