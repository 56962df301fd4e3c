"""Conversation starters: two questions that fit these people and that neither has been asked before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.content import load

FILE = Path(__file__).with_name("starters.yml")
FAR_APART = 2  # levels between somebody junior and somebody senior


class Fits(BaseModel):
    """Whom a starter is for; everything stated must hold."""

    model_config = ConfigDict(extra="forbid")

    topics: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    levels: Literal["junior_senior"] | None = None
    function: Literal["different", "same"] | None = None


class Starter(BaseModel):
    """One question that two people who were just introduced can both answer."""

    model_config = ConfigDict(extra="forbid")

    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    theme: str
    text: str = Field(min_length=10, max_length=200)
    first_meeting: bool = True
    fits: Fits = Fits()


@dataclass(frozen=True)
class Talker:
    """What choosing needs to know of a person; all words in lower case."""

    member_id: int
    function: str
    level: int
    topics: frozenset[str]  # skills offered or wanted, and interests
    interests: frozenset[str]
    asked: frozenset[str] = frozenset()  # slugs of starters they were given before


@cache
def library() -> Mapping[str, Starter]:
    """Every starter by its slug; the file is checked when it is first read."""
    return {starter.slug: starter for starter in load(FILE, Starter)}


def choose_starters(
    starters: Sequence[Starter], people: Sequence[Talker], *, seed: int, met_before: bool = False, count: int = 2
) -> list[str]:
    """Slugs of the best for these people, from different themes; new to all of them as long as there are such."""
    ranked = sorted(
        (
            (_times_asked(starter, people), -_closeness(starter, people), _chance(seed, people, starter.slug), starter)
            for starter in starters
            if (met_before or starter.first_meeting) and _fits(starter.fits, people)
        ),
        key=lambda item: item[:3],
    )
    chosen: list[Starter] = []
    for *_, starter in ranked:
        if len(chosen) < count and starter.theme not in {each.theme for each in chosen}:
            chosen.append(starter)
    return [starter.slug for starter in chosen]


def _fits(fits: Fits, people: Sequence[Talker]) -> bool:
    named = frozenset().union(*(person.topics for person in people))
    functions = {person.function for person in people}
    levels = [person.level for person in people]
    if (fits.topics or fits.functions) and not (fits.topics & named or fits.functions & functions):
        return False
    if fits.both and not any(all(topic in person.interests for person in people) for topic in fits.both):
        return False
    if fits.levels == "junior_senior" and max(levels) - min(levels) < FAR_APART:
        return False
    if fits.function == "different":
        return len(functions) == len(people)
    return fits.function is None or len(functions) == 1


def _times_asked(starter: Starter, people: Sequence[Talker]) -> int:
    return sum(starter.slug in person.asked for person in people)


def _closeness(starter: Starter, people: Sequence[Talker]) -> int:
    """How many of the people it speaks to by name; what fits anybody stands behind, in two steps out of three."""
    fits: Collection[str] = starter.fits.topics | starter.fits.both
    return 2 * sum(bool(person.topics & frozenset(fits)) for person in people) + bool(starter.fits.levels)


def _chance(seed: int, people: Sequence[Talker], slug: str) -> bytes:
    ids = ",".join(str(person.member_id) for person in sorted(people, key=lambda person: person.member_id))
    return blake2b(f"{seed}|{ids}|{slug}".encode(), digest_size=8).digest()
