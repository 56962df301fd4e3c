"""A round's people as columns of numbers, so that thousands of pairs can be looked at in one stroke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .chance import Hashes, person_hashes
from .hours import working_days
from .inputs import RoundInputs
from .people import HIGHEST_LEVEL, Pair, Person

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint64]

NOBODY = -1
UNIT = 48
"""Parts of a quality point: the least that holds minutes, thirds and quarters of the default weights exactly."""
WHOLE_DAY = 480
COUNTED = 3
"""Skills and interests count up to here."""


@dataclass(frozen=True)
class PointTables:
    """What each fact is worth, in parts of a point."""

    hours: NDArray[np.int16]
    """One row and one column for each working day."""
    skills: NDArray[np.int16]
    interests: NDArray[np.int16]
    levels: NDArray[np.int16]
    function: int
    """For each of the two to whom the other's function is new."""
    repeat: Numbers
    """Taken away, by rounds since the window closed."""


@dataclass(frozen=True)
class Company:
    """Everybody of a round, sorted by id; from here on a person is their index."""

    ids: Numbers
    team: Numbers
    """A number each, and a number of their own for people without a team."""
    day: Numbers
    offers: Bits
    wants: Bits
    interests: Bits
    """Bit sets, one row a word of 64, one column a person."""
    level: Numbers
    function: Numbers
    functions_met: Flags
    """One row a function, one column a person."""
    debt: Numbers
    """In hundredths."""
    window: Numbers
    """The rounds within which this person should meet nobody twice: shorter where partners are few."""
    hashes: Hashes
    met: Numbers
    age: Numbers
    ever: Numbers
    blocked: Numbers
    """Pairs as sorted keys; `age` runs beside `met`."""
    points: PointTables
    group_size: int

    @property
    def size(self) -> int:
        return len(self.ids)

    def keys(self, i: Numbers, j: Numbers) -> Numbers:
        return np.minimum(i, j) * self.size + np.maximum(i, j)

    def index_of(self) -> dict[int, int]:
        return {int(person): index for index, person in enumerate(self.ids)}


def part_of(company: Company, people: Numbers) -> Company:
    """Some of the people, with everything that is known about them; `people` are indices in rising order."""
    place = np.full(company.size, NOBODY, dtype=np.int64)
    place[people] = np.arange(len(people))
    met, inside = _keys_within(company.met, company.size, place, len(people))
    return replace(
        company,
        ids=company.ids[people],
        team=np.unique(company.team[people], return_inverse=True)[1],
        day=company.day[people],
        offers=company.offers[:, people],
        wants=company.wants[:, people],
        interests=company.interests[:, people],
        level=company.level[people],
        function=company.function[people],
        functions_met=company.functions_met[:, people],
        debt=company.debt[people],
        window=company.window[people],
        hashes=company.hashes[people],
        met=met,
        age=company.age[inside],
        ever=_keys_within(company.ever, company.size, place, len(people))[0],
        blocked=_keys_within(company.blocked, company.size, place, len(people))[0],
    )


def _keys_within(keys: Numbers, size: int, place: Numbers, people: int) -> tuple[Numbers, Flags]:
    """The pairs that are both among the chosen; their order stays, because places rise with people."""
    one, other = place[keys // max(size, 1)], place[keys % max(size, 1)]
    inside = (one != NOBODY) & (other != NOBODY)
    return one[inside] * people + other[inside], inside


def company_of(inputs: RoundInputs) -> Company:
    """The inputs of a round as columns; whoever the lead leaves out is not among them."""
    people = [person for person in inputs.people if person.id not in inputs.wishes.leave_out]
    ids = np.array([person.id for person in people], dtype=np.int64)
    index = {person.id: place for place, person in enumerate(people)}
    apart = inputs.blocked | inputs.wishes.keep_apart
    blocked = _pair_keys(apart, index)
    team = _team_numbers(people)
    history = inputs.history
    present = [(pair, age) for pair, age in history.met.items() if pair[0] in index and pair[1] in index]
    met = _pair_keys([pair for pair, _ in present], index, in_order=False)
    by_key = np.argsort(met, kind="stable")
    day, shared = working_days([person.hours for person in people])
    functions = {name: number for number, name in enumerate(sorted({p.function for p in people if p.function}))}
    skills = {skill for p in people for skill in p.offers} & {skill for p in people for skill in p.wants}
    shared_often = Counter(interest for p in people for interest in p.interests)
    return Company(
        ids=ids,
        team=team,
        day=day,
        offers=_bits([p.offers for p in people], skills),
        wants=_bits([p.wants for p in people], skills),
        interests=_bits([p.interests for p in people], {name for name, count in shared_often.items() if count > 1}),
        level=np.array([p.level for p in people], dtype=np.int64),
        function=np.array([functions[p.function] if p.function else NOBODY for p in people], dtype=np.int64),
        functions_met=_functions_met(people, functions),
        debt=np.array([round(p.debt * 100) for p in people], dtype=np.int64),
        window=_windows(inputs, team, blocked),
        hashes=person_hashes(ids, inputs.seed, inputs.round_number),
        met=met[by_key],
        age=np.array([age for _, age in present], dtype=np.int64)[by_key],
        ever=_pair_keys(history.ever, index),
        blocked=blocked,
        points=_point_tables(inputs, shared),
        group_size=inputs.options.group_size,
    )


def _pair_keys(pairs: Iterable[Pair], index: dict[int, int], in_order: bool = True) -> Numbers:
    size = len(index)
    keys = np.array([index[a] * size + index[b] for a, b in pairs if a in index and b in index], dtype=np.int64)
    return np.sort(keys) if in_order else keys


def _team_numbers(people: Sequence[Person]) -> Numbers:
    """People without a team are in nobody's team, so each gets a number of their own."""
    number: dict[Hashable, int] = {}
    keys: list[Hashable] = [("alone", p.id) if p.team is None else ("team", repr(p.team)) for p in people]
    return np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)


def _bits(sets: Sequence[frozenset[str]], names: set[str]) -> Bits:
    number = {name: place for place, name in enumerate(sorted(names))}
    places = [[number[name] for name in chosen & names] for chosen in sets]
    column = np.repeat(np.arange(len(sets)), [len(chosen) for chosen in places])
    place = np.array([at for chosen in places for at in chosen], dtype=np.int64)
    bits = np.zeros(((len(number) + 63) // 64, len(sets)), dtype=np.uint64)
    np.bitwise_or.at(bits, (place >> 6, column), np.uint64(1) << (place & 63).astype(np.uint64))
    return bits


def _functions_met(people: Sequence[Person], functions: dict[str, int]) -> Flags:
    met = np.zeros((len(functions), len(people)), dtype=np.bool_)
    known = [(functions[name], at) for at, p in enumerate(people) for name in p.functions_met if name in functions]
    if known:
        met[tuple(np.array(known).T)] = True
    return met


def _windows(inputs: RoundInputs, team: Numbers, blocked: Numbers) -> Numbers:
    """The wanted window, or what somebody's partners allow: two fewer than the rounds they last."""
    size = len(team)
    if size == 0:
        return np.zeros(0, dtype=np.int64)
    available = size - np.bincount(team, minlength=size)[team]
    one, other = blocked // size, blocked % size
    across = team[one] != team[other]
    available -= np.bincount(one[across], minlength=size) + np.bincount(other[across], minlength=size)
    rounds = available // (inputs.options.group_size - 1)
    window: Numbers = np.clip(rounds - 2, 0, inputs.options.window)
    return window


def _point_tables(inputs: RoundInputs, shared: Numbers) -> PointTables:
    weights = inputs.options.weights
    count = np.arange(COUNTED + 1)
    rounds = np.arange(max([1, *inputs.history.met.values()]) + 1)
    return PointTables(
        hours=_parts(np.minimum(shared, WHOLE_DAY) * (weights.hours / WHOLE_DAY)).astype(np.int16),
        skills=(count * _parts(weights.skills / COUNTED)).astype(np.int16),
        interests=(count * _parts(weights.interests / COUNTED)).astype(np.int16),
        levels=_parts(np.arange(HIGHEST_LEVEL + 1) * (weights.level / HIGHEST_LEVEL)).astype(np.int16),
        function=int(_parts(weights.function / 2)),
        repeat=_parts(weights.repeat * 0.5 ** (rounds / 4)),
    )


def _parts(points: ArrayLike) -> Numbers:
    parts: Numbers = np.rint(np.asarray(points, dtype=np.float64) * UNIT).astype(np.int64)
    return parts
