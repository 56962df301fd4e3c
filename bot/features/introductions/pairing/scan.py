"""Looking at every pair of a company, one person against all others at a time, without ever holding them all.

A person's row is a handful of additions over columns of 16-bit numbers, which the processor does thirty-two at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .company import COUNTED, NOBODY, UNIT, Bits, Company, Numbers
from .worth import CERTAIN, SEAT, TIES

Row = NDArray[np.int16]

RARE = 32
"""A trait of fewer than one person in this many is kept as a list of people, not as a column of everybody."""
AT_ONCE = 48
"""Traits added up before the sum is cut back to what counts, far from where 16 bits run over."""
BATCH = 250_000
GLIMPSE = 40
"""How much more than the number wanted is looked at to guess where a person's best begin."""
BUCKET = UNIT * CERTAIN // 8
MOST_PRICE = 1 << 40
LOWEST = -30_000
HIGHEST = 30_000


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
        self._hours_of = -1
        self._hours = np.zeros(size, dtype=np.int16)
        self._quality = np.zeros(size, dtype=np.int16)
        self._sum = np.zeros(size, dtype=np.int16)

    def row(self, place: int, start: int = 0) -> Row:
        """The quality of one person with everybody from `start` on; good until the next row is asked for."""
        day = int(self.day[place])
        if day != self._hours_of:
            self._hours_of = day
            np.take(self.company.points.hours[day], self.day, out=self._hours)
        quality = self._quality
        row = quality[start:]
        np.add(self._hours[start:], self.levels[self.level[place], start:], out=row)
        function = self.function[place]
        if function != NOBODY:
            np.add(row, self.newcomer[function, start:], out=row)
        for known, (first, end) in zip(self.functions_met[:, place].tolist(), self.stretches, strict=True):
            if not known and end > start:
                quality[max(first, start) : end] += self.company.points.function
        self._add_traits(row, self.skills, self.most_skills, place, start)
        self._add_traits(row, self.interests, self.most_interests, place, start)
        return row

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
        """Batches of pairs that may be worth more than their two prices (whole multiples of TIES, which may rise)."""
        size = self.company.size
        found: list[tuple[int, Numbers]] = []
        waiting = 0
        hurdles = _Hurdles(self.company.debt[self.order], prices[self.order])
        for place in range(size - 1):
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


class _Hurdles:
    """The quality two people must reach for their worth to exceed their two prices."""

    def __init__(self, debt: Numbers, prices: Numbers) -> None:
        self.debt = debt
        self.price = np.clip((prices - SEAT) // TIES, -MOST_PRICE, MOST_PRICE)
        self.bucket = self.price // BUCKET
        self.key: tuple[int, int] | None = None
        self._row = np.zeros(len(debt), dtype=np.int16)

    def row(self, place: int) -> Row:
        """A quick look at everybody: never too high, at most an eighth of a point too low."""
        key = (int(self.debt[place]), int(self.bucket[place]))
        if key != self.key:
            self.key = key
            needed = (self.price + key[1] * BUCKET) // (CERTAIN + self.debt + key[0])
            self._row = np.clip(needed, LOWEST, HIGHEST).astype(np.int16)
        return self._row

    def cleared(self, place: int, over: Numbers, quality: Row) -> Numbers:
        """The exact look at the few who passed; ties are worth less than one."""
        factor = CERTAIN + self.debt[place] + self.debt[over]
        return over[quality * factor >= self.price[place] + self.price[over]]
