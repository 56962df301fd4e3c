"""The people of a round, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Pair = tuple[int, int]
Span = tuple[int, int]

MINUTES_A_DAY = 1440
HIGHEST_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be introduced, with the facts they gave."""

    id: int
    team: str | int | None = None
    hours: tuple[Span, ...] = ()
    """Working hours of a week-day, in UTC minutes of the day; a span that ends at or before its start wraps midnight."""
    offers: frozenset[str] = frozenset()
    wants: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    level: int = 0
    """Seniority, 0 to 4."""
    function: str | None = None
    functions_met: frozenset[str] = frozenset()
    """Functions this person counts as known; whether their own is among them is the caller's to say."""
    debt: float = 0.0
    """How far their last rounds fell short, 0 to 1."""

    def __post_init__(self) -> None:
        if not 0 <= self.level <= HIGHEST_LEVEL:
            raise ValueError(f"level of person {self.id} is {self.level}, not 0 to {HIGHEST_LEVEL}")
        if not 0.0 <= self.debt <= 1.0:
            raise ValueError(f"debt of person {self.id} is {self.debt}, not 0 to 1")

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "team": self.team,
            "hours": [list(span) for span in self.hours],
            "offers": sorted(self.offers),
            "wants": sorted(self.wants),
            "interests": sorted(self.interests),
            "level": self.level,
            "function": self.function,
            "functions_met": sorted(self.functions_met),
            "debt": self.debt,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Person:
        return cls(
            id=data["id"],
            team=data["team"],
            hours=tuple((start, end) for start, end in data["hours"]),
            offers=frozenset(data["offers"]),
            wants=frozenset(data["wants"]),
            interests=frozenset(data["interests"]),
            level=data["level"],
            function=data["function"],
            functions_met=frozenset(data["functions_met"]),
            debt=data["debt"],
        )


def as_pair(a: int, b: int) -> Pair:
    """Two people in the one order we write them down in."""
    return (a, b) if a <= b else (b, a)


def as_pairs(pairs: Iterable[Iterable[int]]) -> frozenset[Pair]:
    return frozenset(as_pair(a, b) for a, b in pairs)


def pairs_within(group: Iterable[int]) -> list[Pair]:
    """Every two who sit together in a group."""
    members = sorted(group)
    return [(a, b) for index, a in enumerate(members) for b in members[index + 1 :]]


def working_hours(start: int, end: int, utc_offset: int) -> tuple[Span, ...]:
    """Local minutes of the day as the UTC span that `Person.hours` holds; `utc_offset` is in minutes, east positive."""
    length = (end - start) % MINUTES_A_DAY or MINUTES_A_DAY
    begin = (start - utc_offset) % MINUTES_A_DAY
    return ((begin, begin + length),)
