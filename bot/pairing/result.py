"""A round as it was seated, with what it is worth and how good any round could have been."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .company import Company, Numbers
from .people import Pair, as_pairs, pairs_within
from .worth import MET_EVER, MET_IN_WINDOW, POINT, SAME_TEAM, SEAT, SHARES, share_of, worth_of

Group = tuple[int, ...]

HAIR = 2e-4
"""Points a person: less than this only decides ties."""


@dataclass(frozen=True)
class Statistics:
    """What a lead asks first about a round."""

    people: int
    seated: int
    pairs: int
    trios: int
    larger: int
    met_before: int
    """Pairs who met at any time, inside the window or before."""
    mean_value: float
    """Points a seated person gets out of the round, on average."""


@dataclass(frozen=True)
class RoundResult:
    """Who sits with whom; the groups and everything in them in rising order of id."""

    groups: tuple[Group, ...]
    left_out: tuple[int, ...]
    value: float
    bound: float
    """No round with as few evils has more value; proven, not estimated."""
    percent: float
    """The value as a share of the bound, rounded down."""
    repeats: tuple[Pair, ...]
    """Pairs who met inside the window."""
    same_team: tuple[Pair, ...]
    refused: tuple[Pair, ...]
    """Pairs a lead wanted together who do not want to meet."""
    statistics: Statistics

    @property
    def certificate(self) -> str:
        if self.percent >= 100:
            return "the best possible"
        return f"at least {math.floor(self.percent * 10) / 10:g} % of the best possible"

    def to_json(self) -> dict[str, Any]:
        return {
            "groups": [list(group) for group in self.groups],
            "left_out": list(self.left_out),
            "value": self.value,
            "bound": self.bound,
            "percent": self.percent,
            "repeats": [list(pair) for pair in self.repeats],
            "same_team": [list(pair) for pair in self.same_team],
            "refused": [list(pair) for pair in self.refused],
            "statistics": {name: getattr(self.statistics, name) for name in Statistics.__dataclass_fields__},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> RoundResult:
        return cls(
            groups=tuple(tuple(group) for group in data["groups"]),
            left_out=tuple(data["left_out"]),
            value=data["value"],
            bound=data["bound"],
            percent=data["percent"],
            repeats=tuple(sorted(as_pairs(data["repeats"]))),
            same_team=tuple(sorted(as_pairs(data["same_team"]))),
            refused=tuple(sorted(as_pairs(data["refused"]))),
            statistics=Statistics(**data["statistics"]),
        )


@dataclass(frozen=True)
class Account:
    """What some groups add up to, exactly: in SHARES of a worth."""

    weight: int
    value: int
    evil: int
    repeats: tuple[Pair, ...]
    same_team: tuple[Pair, ...]
    met_before: int

    @property
    def points(self) -> float:
        return self.value / (SHARES * POINT)


def account_of(company: Company, groups: Sequence[Sequence[int]]) -> Account:
    """Add up groups of indices; people who must not meet are a mistake, never a price."""
    pairs = [(a, b, share_of(len(group))) for group in groups for a, b in pairs_within(group)]
    seated = sum(len(group) for group in groups if len(group) > 1)
    if not pairs:
        return Account(0, 0, 0, (), (), 0)
    one, other, share = np.array(pairs, dtype=np.int64).T
    worth = worth_of(company, one, other)
    if not worth.allowed.all():
        raise ValueError("two people who do not want to meet are in one group")
    same_team = (worth.evil & SAME_TEAM) > 0
    repeated = (worth.evil & MET_IN_WINDOW) > 0
    value = sum((worth.value * share).tolist())
    evil = sum((worth.evil * share).tolist())
    return Account(
        weight=SHARES * SEAT * seated - evil + value,
        value=value,
        evil=evil,
        repeats=_named(company, one[repeated], other[repeated]),
        same_team=_named(company, one[same_team], other[same_team]),
        met_before=int((repeated | ((worth.evil & MET_EVER) > 0)).sum()),
    )


def _named(company: Company, one: Numbers, other: Numbers) -> tuple[Pair, ...]:
    return tuple(sorted(as_pairs(zip(company.ids[one].tolist(), company.ids[other].tolist(), strict=True))))


def result_of(
    company: Company, groups: Sequence[Sequence[int]], account: Account, bound: float, refused: Iterable[Pair] = ()
) -> RoundResult:
    """The round in people's own ids."""
    named = tuple(sorted(tuple(sorted(int(company.ids[person]) for person in group)) for group in groups))
    seated = {person for group in named for person in group}
    sizes = Counter(len(group) for group in named)
    bound = max(bound, account.points)
    return RoundResult(
        groups=named,
        left_out=tuple(person for person in company.ids.tolist() if person not in seated),
        value=account.points,
        bound=bound,
        percent=percent_of(account.points, bound, company.size),
        repeats=account.repeats,
        same_team=account.same_team,
        refused=tuple(sorted(refused)),
        statistics=Statistics(
            people=company.size,
            seated=len(seated),
            pairs=sizes[2],
            trios=sizes[3],
            larger=sum(count for size, count in sizes.items() if size > 3),
            met_before=account.met_before,
            mean_value=round(2 * account.points / len(seated), 2) if seated else 0.0,
        ),
    )


def percent_of(value: float, bound: float, people: int) -> float:
    """A share in hundredths of a percent, rounded down so that it never says too much; a hair is no difference."""
    value += HAIR * people
    if bound <= 0 or value >= bound:
        return 100.0
    return max(0.0, math.floor(value / bound * 10_000) / 100)
