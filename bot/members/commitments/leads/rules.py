"""Decides which totals may be seen, so that nobody's own load can be worked out; values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 5  # people behind every figure that is shown
OTHERS = "others"


@dataclass(frozen=True)
class Person:
    """Somebody who takes things on."""

    function: str  # empty: not said
    points: int
    cap: int
    has_room: bool


@dataclass(frozen=True)
class Total:
    """The people of one kind of work together; or of several small ones, as OTHERS."""

    function: str
    people: int
    points: int
    possible: int
    full: int  # how many have no room


def totals(people: Iterable[Person]) -> list[Total]:
    """A total for each kind of work in which five or more take things on, then one of all the others, if they are five.

    Nobody stands in two of them, and there is no sum of everybody, so that no difference of two figures is about fewer
    than five.
    """
    groups: dict[str, list[Person]] = {}
    for person in people:
        groups.setdefault(person.function, []).append(person)
    large = {name: group for name, group in groups.items() if name and len(group) >= FEWEST}
    small = [person for name, group in groups.items() if name not in large for person in group]
    shown = [_total(name, group) for name, group in sorted(large.items())]
    return [*shown, _total(OTHERS, small)] if len(small) >= FEWEST else shown


def _total(function: str, people: list[Person]) -> Total:
    return Total(
        function,
        len(people),
        sum(person.points for person in people),
        sum(person.cap for person in people),
        sum(not person.has_room for person in people),
    )
