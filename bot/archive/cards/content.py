"""The challenges and industries a card can be about, from their files."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot import content
from bot.archive.cards.saying import CHALLENGE, INDUSTRY, Tag


class Topic(BaseModel):
    """One of them."""

    model_config = ConfigDict(extra="forbid")

    slug: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    name: str = Field(min_length=3, max_length=60)


@cache
def challenges() -> dict[str, str]:
    """What is hard about work, by slug."""
    return _names("challenges.yml")


@cache
def industries() -> dict[str, str]:
    """Where one works, by slug."""
    return _names("industries.yml")


def tags(kind: str, slugs: list[str]) -> tuple[Tag, ...]:
    """The tags behind what was chosen; unknown ones are passed over."""
    known = challenges() if kind == CHALLENGE else industries() if kind == INDUSTRY else {}
    return tuple(Tag(kind, slug, known[slug]) for slug in dict.fromkeys(slugs) if slug in known)


def _names(file: str) -> dict[str, str]:
    return {each.slug: each.name for each in content.load(Path(__file__).parent / file, Topic)}
