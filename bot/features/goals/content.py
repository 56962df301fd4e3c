"""The words of this feature that live in files: questions from another angle, and which words speak of which theme."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.content import load

ANGLES = Path(__file__).with_name("content.yml")
THEMES = Path(__file__).with_name("themes.yml")


class Angle(BaseModel):
    """Two questions that look at a goal from a side one has not looked from yet."""

    model_config = ConfigDict(extra="forbid")

    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    first: str = Field(min_length=10, max_length=160)
    second: str = Field(min_length=10, max_length=160)


class Theme(BaseModel):
    """A theme of the nudges, what it is called, and the words of a goal that speak of it; `word*` is a beginning."""

    model_config = ConfigDict(extra="forbid")

    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str = Field(min_length=3, max_length=60)
    words: list[str] = Field(min_length=1)


@cache
def angles() -> list[Angle]:
    """Every pair of questions; the file is checked when it is first read."""
    return load(ANGLES, Angle)


@cache
def themes() -> Mapping[str, Theme]:
    """Every theme by its slug."""
    return {each.slug: each for each in load(THEMES, Theme)}


@cache
def words_by_theme() -> Mapping[str, tuple[str, ...]]:
    """The words that speak of each theme."""
    return {slug: tuple(theme.words) for slug, theme in themes().items()}


def two_questions(turn: int) -> tuple[str, str]:
    """The pair whose turn it is, one pair after the other."""
    found = angles()[turn % len(angles())]
    return found.first, found.second
