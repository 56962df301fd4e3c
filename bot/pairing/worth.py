"""What two people's meeting is worth, in whole numbers, so that no rounding ever decides a round.

A pair's worth is seats - evils + value. The steps between evils are so wide that even dozens of full-value
pairs cannot buy one; the value itself is in parts of a quality point, its last bits a hash that breaks ties.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .chance import pair_hashes
from .company import COUNTED, UNIT, Bits, Company, Flags, Numbers

CERTAIN = 400
"""Denominator of the fairness factor: (400 + one's debt + other's debt) / 400, debts in hundredths."""
TIES = 16
POINT = UNIT * CERTAIN * TIES
"""One point of value as a whole number."""
MET_EVER = 1 << 31
MET_IN_WINDOW = 1 << 36
SAME_TEAM = 1 << 40
SEAT = 1 << 45
"""Even dozens of seats stay below 2 ** 53, up to where floating point counts in whole numbers."""
SHARES = 60
"""Group sums are kept in sixtieths of a pair: a trio counts each of its pairs half, a table of six a fifth."""
EXTRA_SEAT = 1 << 43
"""What a trio costs where pairs are wanted: less than leaving anybody out, more than any other evil."""
FORBIDDEN = -(1 << 51)
"""Outweighs every seat of a group, so that no sum with it is ever chosen."""
CHUNK = 250_000


Quality = Callable[[Company, Numbers, Numbers], Numbers]


@dataclass(frozen=True)
class Worth:
    """Many pairs at once: what each is worth and what is wrong with it."""

    value: Numbers
    evil: Numbers
    allowed: Flags
    """False where somebody does not want to meet the other: never seated, at no price."""

    @property
    def weight(self) -> Numbers:
        """Two seats, less the evils, plus the value."""
        return 2 * SEAT - self.evil + self.value


def share_of(size: int) -> int:
    """How many sixtieths each pair of a group counts: everybody's value is the mean over the others."""
    return SHARES // (size - 1) if size > 1 else 0


def quality_of(company: Company, i: Numbers, j: Numbers) -> Numbers:
    """The facts two people share, in parts of a point, before anything that speaks against them."""
    points = company.points
    skills = _in_common(company.offers, i, company.wants, j) + _in_common(company.wants, i, company.offers, j)
    quality = _alike(company, i, j)
    quality += points.skills[np.minimum(skills, COUNTED)]
    quality += points.levels[np.abs(company.level[i] - company.level[j])]
    return quality


def guidance_of(company: Company, mentee: Numbers, mentor: Numbers) -> Numbers:
    """The same for somebody who guides: what counts is what the mentor offers and how far ahead they are."""
    points = company.points
    skills = _in_common(company.wants, mentee, company.offers, mentor)
    quality = _alike(company, mentee, mentor)
    quality += points.skills[np.minimum(skills, COUNTED)]
    quality += points.levels[np.maximum(company.level[mentor] - company.level[mentee], 0)]
    return quality


def worth_of(company: Company, i: Numbers, j: Numbers, quality_as: Quality = quality_of) -> Worth:
    """The exact worth of the pairs (i[k], j[k])."""
    if len(i) > CHUNK:
        starts = range(0, len(i), CHUNK)
        parts = [worth_of(company, i[at : at + CHUNK], j[at : at + CHUNK], quality_as) for at in starts]
        return Worth(
            np.concatenate([part.value for part in parts]),
            np.concatenate([part.evil for part in parts]),
            np.concatenate([part.allowed for part in parts]),
        )
    keys = company.keys(i, j)
    quality = quality_as(company, i, j)
    # Even numbers only: every worth is even then, and a price that is half of one is still whole.
    ties = 2 * (pair_hashes(company.hashes[i], company.hashes[j]) >> np.uint64(61)).astype(np.int64)
    same_team = company.team[i] == company.team[j]
    evil = np.where(same_team, SAME_TEAM, 0)
    clean = ~same_team
    found, place = _look_up(company.met, keys)
    if found.any():
        age = company.age[place[found]]
        window = np.minimum(company.window[i[found]], company.window[j[found]])
        inside = age <= window
        evil[found] += np.where(inside, MET_IN_WINDOW, MET_EVER)
        clean[found] &= ~inside
        quality[found] -= company.points.repeat[np.maximum(age - window, 0)]
        # Nothing else tells repeats inside the window apart, so the one longest ago is the least bad.
        ties[found] = np.where(inside, 2 * np.minimum(age, TIES // 2 - 1), ties[found])
    ever, _ = _look_up(company.ever, keys)
    evil[ever & ~found] += MET_EVER
    value = np.where(clean, quality * (CERTAIN + company.debt[i] + company.debt[j]) * TIES, 0) + ties
    blocked, _ = _look_up(company.blocked, keys)
    return Worth(value, evil, ~blocked & (i != j))


def _alike(company: Company, i: Numbers, j: Numbers) -> Numbers:
    points = company.points
    quality = points.hours[company.day[i], company.day[j]].astype(np.int64)
    quality += points.interests[np.minimum(_in_common(company.interests, i, company.interests, j), COUNTED)]
    quality += points.function * (_is_new(company, i, j).astype(np.int64) + _is_new(company, j, i))
    return quality


def _in_common(one: Bits, i: Numbers, other: Bits, j: Numbers) -> NDArray[np.int64]:
    count = np.zeros(len(i), dtype=np.int64)
    for mine, theirs in zip(one, other, strict=True):
        count += np.bitwise_count(mine[i] & theirs[j])
    return count


def _is_new(company: Company, i: Numbers, j: Numbers) -> Flags:
    """Whether the function of j is one that i has not met."""
    if not len(company.functions_met):
        return np.zeros(len(i), dtype=np.bool_)
    function = company.function[j]
    new: Flags = (function >= 0) & ~company.functions_met[function, i]
    return new


def _look_up(sorted_keys: Numbers, keys: Numbers) -> tuple[Flags, Numbers]:
    if not len(sorted_keys):
        return np.zeros(len(keys), dtype=np.bool_), np.zeros(len(keys), dtype=np.int64)
    place = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return sorted_keys[place] == keys, place


def weights_of(company: Company, i: Numbers, j: Numbers) -> Numbers:
    """Worth of pairs in one number; whoever must not sit together is FORBIDDEN."""
    worth = worth_of(company, i, j)
    return np.where(worth.allowed, worth.weight, FORBIDDEN)


def weights_with(company: Company, person: int, others: Numbers | None = None) -> Numbers:
    """What one person's meeting with each of the others (or with everybody) is worth."""
    if others is None:
        others = np.arange(company.size)
    return weights_of(company, np.full(len(others), person, dtype=np.int64), others)


def weight_table(company: Company, people: Numbers) -> Numbers:
    """Everybody with everybody, for a company small enough to hold that."""
    size = len(people)
    one, other = np.triu_indices(size, 1)
    table = np.full((size, size), FORBIDDEN, dtype=np.int64)
    table[one, other] = table[other, one] = weights_of(company, people[one], people[other])
    return table
