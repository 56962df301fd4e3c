"""Why these two: the facts behind an introduction, in the words people gave."""

from __future__ import annotations

from dataclasses import dataclass

from .hours import shared_minutes
from .people import Person


@dataclass(frozen=True)
class Facts:
    """What two people have for each other; every list in alphabetical order."""

    first_offers: tuple[str, ...]
    """Skills the first offers and the second wants."""
    second_offers: tuple[str, ...]
    shared_interests: tuple[str, ...]
    shared_minutes: int
    """Working time they share on a week-day."""
    level_difference: int
    """How many levels the second is above the first."""
    new_to_first: str | None
    """The second's function, if the first has not met it before."""
    new_to_second: str | None


def explain(a: Person, b: Person) -> Facts:
    """The facts behind the pair of a (first) and b (second)."""
    return Facts(
        first_offers=tuple(sorted(a.offers & b.wants)),
        second_offers=tuple(sorted(b.offers & a.wants)),
        shared_interests=tuple(sorted(a.interests & b.interests)),
        shared_minutes=shared_minutes(a.hours, b.hours),
        level_difference=b.level - a.level,
        new_to_first=_new(a, b),
        new_to_second=_new(b, a),
    )


def _new(person: Person, other: Person) -> str | None:
    return None if other.function in person.functions_met else other.function
