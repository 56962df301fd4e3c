"""Conversation starters: two questions that fit these people and that neither has been asked before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal
from zlib import crc32

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
    asked = Counter(slug for person in people for slug in person.asked)
    named = frozenset().union(*(person.topics for person in people))
    shared = frozenset.intersection(*(person.interests for person in people))
    functions = {person.function for person in people}
    levels = [person.level for person in people]
    group = _Group(named, shared, functions, len(people), max(levels) - min(levels) >= FAR_APART)
    salt = crc32(f"{seed}:{sorted(person.member_id for person in people)}".encode())
    ranked = sorted(
        (
            asked[starter.slug],
            -_closeness(starter.fits, group),
            crc32(starter.slug.encode(), salt),
            starter.slug,
            starter,
        )
        for starter in starters
        if (met_before or starter.first_meeting) and _fits(starter.fits, group)
    )
    chosen: list[Starter] = []
    for *_, starter in ranked:
        if starter.theme not in {each.theme for each in chosen}:
            chosen.append(starter)
        if len(chosen) == count:
            break
    return [starter.slug for starter in chosen]


@dataclass(frozen=True)
class _Group:
    """What people have in common, worked out once for all starters."""

    named: frozenset[str]  # by anybody
    shared: frozenset[str]  # interests of all
    functions: set[str]
    size: int
    far_apart: bool


def _fits(fits: Fits, group: _Group) -> bool:
    by_topic = not fits.topics.isdisjoint(group.named) or not fits.functions.isdisjoint(group.functions)
    if (fits.topics or fits.functions) and not by_topic:
        return False
    if fits.both and fits.both.isdisjoint(group.shared):
        return False
    if fits.levels and not group.far_apart:
        return False
    if fits.function == "different":
        return len(group.functions) == group.size
    return fits.function is None or len(group.functions) == 1


def _closeness(fits: Fits, group: _Group) -> int:
    """What speaks to something all named comes before what one named, and that before what fits anybody."""
    if not fits.both.isdisjoint(group.shared) or not fits.topics.isdisjoint(group.shared):
        return 2
    return int(not fits.topics.isdisjoint(group.named) or fits.levels is not None)
