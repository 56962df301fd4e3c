"""Everything a round is made of, kept so that it can be made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .options import Options
from .people import Pair, Person, as_pair, as_pairs


@dataclass(frozen=True)
class History:
    """Who met whom: how many rounds ago, and who met at a time nobody counted."""

    met: Mapping[Pair, int] = field(default_factory=dict)
    """Rounds since two people last met; 1 is the round before this one."""
    ever: frozenset[Pair] = frozenset()
    """Pairs who met outside the count, long ago or in another program."""

    def __post_init__(self) -> None:
        latest: dict[Pair, int] = {}
        for (a, b), age in self.met.items():
            if age < 1:
                raise ValueError(f"{a} and {b} met {age} rounds ago; the last round is 1 round ago")
            key = as_pair(a, b)
            latest[key] = min(age, latest.get(key, age))
        object.__setattr__(self, "met", dict(sorted(latest.items())))
        object.__setattr__(self, "ever", as_pairs(self.ever))

    def after(self, groups: Iterable[Iterable[int]]) -> History:
        """The history one round later, once these groups have met."""
        from_now = {pair: age + 1 for pair, age in self.met.items()}
        for group in groups:
            members = sorted(group)
            from_now.update({(a, b): 1 for a in members for b in members if a < b})
        return History(from_now, self.ever)

    def to_json(self) -> dict[str, Any]:
        return {"met": [[a, b, age] for (a, b), age in self.met.items()], "ever": [list(p) for p in sorted(self.ever)]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> History:
        return cls({(a, b): age for a, b, age in data["met"]}, as_pairs(data["ever"]))


@dataclass(frozen=True)
class Wishes:
    """What a lead asks of one round. Somebody's do-not-pair list is stronger than any of it."""

    keep_together: frozenset[Pair] = frozenset()
    keep_apart: frozenset[Pair] = frozenset()
    leave_out: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "keep_together", as_pairs(self.keep_together))
        object.__setattr__(self, "keep_apart", as_pairs(self.keep_apart))
        object.__setattr__(self, "leave_out", frozenset(self.leave_out))

    def to_json(self) -> dict[str, Any]:
        return {
            "keep_together": [list(pair) for pair in sorted(self.keep_together)],
            "keep_apart": [list(pair) for pair in sorted(self.keep_apart)],
            "leave_out": sorted(self.leave_out),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Wishes:
        return cls(as_pairs(data["keep_together"]), as_pairs(data["keep_apart"]), frozenset(data["leave_out"]))


@dataclass(frozen=True)
class RoundInputs:
    """A round before it is made; the same inputs make the same round, whatever order they came in."""

    people: tuple[Person, ...]
    history: History = field(default_factory=History)
    blocked: frozenset[Pair] = frozenset()
    options: Options = field(default_factory=Options)
    seed: int = 0
    round_number: int = 1
    wishes: Wishes = field(default_factory=Wishes)

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.people, key=lambda person: person.id))
        if len({person.id for person in ordered}) != len(ordered):
            raise ValueError("two people have the same id")
        object.__setattr__(self, "people", ordered)
        object.__setattr__(self, "blocked", as_pairs(self.blocked))

    def to_json(self) -> dict[str, Any]:
        return {
            "people": [person.to_json() for person in self.people],
            "history": self.history.to_json(),
            "blocked": [list(pair) for pair in sorted(self.blocked)],
            "options": self.options.to_json(),
            "seed": self.seed,
            "round_number": self.round_number,
            "wishes": self.wishes.to_json(),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> RoundInputs:
        return cls(
            tuple(Person.from_json(person) for person in data["people"]),
            History.from_json(data["history"]),
            as_pairs(data["blocked"]),
            Options.from_json(data["options"]),
            data["seed"],
            data["round_number"],
            Wishes.from_json(data["wishes"]),
        )
