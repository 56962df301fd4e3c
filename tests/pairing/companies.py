"""Made-up companies for the pairing tests, and an independent reading of what a round is worth."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from hypothesis import strategies as st

from bot.pairing.engine import History, Options, Person, RoundInputs, as_pair, working_hours

SKILLS = [f"skill {number}" for number in range(12)]
INTERESTS = [f"interest {number}" for number in range(8)]
FUNCTIONS = ["engineering", "design", "sales", "support", "people"]
OFFSETS = [-480, -300, 0, 60, 330, 780]


def company(size: int, seed: int = 1, teams: int | None = None, in_debt: bool = True) -> list[Person]:
    chance = random.Random(seed)
    return [_person(chance, number + 1, teams or max(3, size // 6), in_debt) for number in range(size)]


def _person(chance: random.Random, number: int, teams: int, in_debt: bool) -> Person:
    start = chance.choice([480, 540, 600, 1200])
    return Person(
        id=number,
        team=f"team {chance.randrange(teams)}" if chance.random() < 0.95 else None,
        hours=working_hours(start, start + 480, chance.choice(OFFSETS)),
        offers=frozenset(chance.sample(SKILLS, chance.randint(0, 4))),
        wants=frozenset(chance.sample(SKILLS, chance.randint(0, 4))),
        interests=frozenset(chance.sample(INTERESTS, chance.randint(0, 4))),
        level=chance.randrange(5),
        function=chance.choice([*FUNCTIONS, None]),
        functions_met=frozenset(chance.sample(FUNCTIONS, chance.randint(0, 3))),
        debt=round(chance.random() ** 2, 2) if in_debt else 0.0,
    )


@st.composite
def rounds(draw: st.DrawFn, most: int = 8, group_size: int = 2) -> RoundInputs:
    """The inputs of a small round with a past, do-not-pair lists and teams of any size."""
    size = draw(st.integers(0, most))
    seed = draw(st.integers(0, 10_000))
    chance = random.Random(seed)
    people = company(size, seed, teams=draw(st.integers(1, 5)))
    pairs = list(combinations(range(1, size + 1), 2))
    met = {pair: chance.randint(1, 12) for pair in pairs if chance.random() < draw(st.sampled_from([0.0, 0.3, 0.8]))}
    blocked = {pair for pair in pairs if chance.random() < draw(st.sampled_from([0.0, 0.1, 0.5]))}
    ever = frozenset(pair for pair in pairs if chance.random() < 0.1)
    options = Options(window=draw(st.integers(0, 6)), group_size=group_size)
    return RoundInputs(tuple(people), History(met, ever), frozenset(blocked), options, seed=seed)


def quality(a: Person, b: Person) -> float:
    """The formula, written out a second time."""
    minutes_a, minutes_b = (
        {minute % 1440 for start, end in person.hours for minute in range(start, end)} for person in (a, b)
    )
    skills = len(a.offers & b.wants) + len(b.offers & a.wants)
    new = sum(
        other.function is not None and other.function not in person.functions_met for person, other in ((a, b), (b, a))
    )
    return (
        30 * min(len(minutes_a & minutes_b) / 60, 8) / 8
        + 30 * min(skills, 3) / 3
        + 20 * min(len(a.interests & b.interests), 3) / 3
        + 10 * abs(a.level - b.level) / 4
        + 10 * new / 2
    )


class Judge:
    """Weighs seatings of one round without any of the engine's arithmetic."""

    def __init__(self, inputs: RoundInputs) -> None:
        self.inputs = inputs
        self.people = {person.id: person for person in inputs.people}
        per_round = inputs.options.group_size - 1
        self.window = {
            person.id: max(0, min(inputs.options.window, self._available(person) // per_round - 2))
            for person in inputs.people
        }

    def _available(self, person: Person) -> int:
        return sum(
            not _team_mates(person, other) and as_pair(person.id, other.id) not in self.inputs.blocked
            for other in self.inputs.people
            if other.id != person.id
        )

    def pair(self, a: int, b: int) -> tuple[int, int, int, float]:
        """Same team, inside the window, met ever, value."""
        one, other = self.people[a], self.people[b]
        window = min(self.window[a], self.window[b])
        age = self.inputs.history.met.get(as_pair(a, b))
        inside = age is not None and age <= window
        before = not inside and (age is not None or as_pair(a, b) in self.inputs.history.ever)
        same_team = _team_mates(one, other)
        value = 0.0
        if not same_team and not inside:
            value = quality(one, other)
            if age is not None:
                value -= 60 * 0.5 ** ((age - window) / 4)
            value *= 1 + (one.debt + other.debt) / 4
        return same_team, inside, before, value

    def seating(self, groups: Iterable[Sequence[int]]) -> tuple[float, ...]:
        """The lower, the better, one evil after the other; value last and negative."""
        total = [0.0] * 4
        groups = list(groups)
        for group in groups:
            for a, b in combinations(group, 2):
                for at, part in enumerate(self.pair(a, b)):
                    total[at] += part / (len(group) - 1)
        seated = sum(len(group) for group in groups)
        trios = sum(len(group) == 3 for group in groups)
        return (-seated, trios, *total[:3], -total[3])

    def allowed(self, group: Iterable[int]) -> bool:
        return not any(as_pair(a, b) in self.inputs.blocked for a, b in combinations(sorted(group), 2))

    def all_seatings(self, largest: int = 3) -> Iterator[list[tuple[int, ...]]]:
        """Every way to seat people in pairs and trios, or in groups up to `largest`, with anybody left out."""
        yield from self._seatings(sorted(self.people), largest)

    def _seatings(self, free: list[int], largest: int) -> Iterator[list[tuple[int, ...]]]:
        if not free:
            yield []
            return
        first, others = free[0], free[1:]
        yield from self._seatings(others, largest)
        for size in range(1, largest):
            for rest in combinations(others, size):
                if self.allowed((first, *rest)):
                    for seating in self._seatings([p for p in others if p not in rest], largest):
                        yield [(first, *rest), *seating]


def _team_mates(a: Person, b: Person) -> bool:
    return a.team is not None and a.team == b.team
