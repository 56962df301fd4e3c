"""The names people ask under when they don't use their own: two calm words, one pair for each question."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.content import load
from bot.errors import WrongSetting

FILE = Path(__file__).with_name("aliases.yml")
LEAST = 40  # words of each, so that open questions of a large company find free pairs


class Part(BaseModel):
    """One half of every alias."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str
    words: list[str] = Field(min_length=LEAST)


@cache
def parts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First and second words; a file that lacks one, or holds a word twice, stops the start."""
    found = {part.slug: tuple(part.words) for part in load(FILE, Part)}
    if set(found) != {"first", "second"}:
        raise WrongSetting(f"{FILE.name} must hold the entries first and second.")
    if any(len(set(words)) != len(words) for words in found.values()):
        raise WrongSetting(f"{FILE.name} holds a word twice.")
    return found["first"], found["second"]
