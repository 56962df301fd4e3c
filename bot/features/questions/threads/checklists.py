"""The checklists of quick reviews: eight kinds of things people show each other, and what to look at in each."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.content import load

FILE = Path(__file__).with_name("checklists.yml")


class Point(BaseModel):
    """One thing to look at, and a line on how."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    say: str = Field(min_length=10, max_length=110)
    hint: str = Field(min_length=10, max_length=140)


class Checklist(BaseModel):
    """What a quick review looks at, in one kind of thing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=3, max_length=40)
    about: str = Field(min_length=10, max_length=75)
    points: tuple[Point, ...] = Field(min_length=6, max_length=9)


@cache
def checklists() -> Mapping[str, Checklist]:
    """Every checklist by its slug, in the order in which they are offered; the file is checked when first read."""
    return {each.slug: each for each in load(FILE, Checklist)}
