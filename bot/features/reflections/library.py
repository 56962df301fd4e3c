"""The questions: prompts for one's own journal, and those of a channel's shared round; loaded once, checked at start-up."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from bot.content import load
from bot.errors import WrongSetting

Words = TypeVar("Words", bound="Question")
HERE = Path(__file__).parent
CORE = 3  # so many at the top of prompts.yml come back again and again


class Question(BaseModel):
    """One question with an example of an answer."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    question: str = Field(min_length=10, max_length=160)
    hint: str = Field(min_length=10, max_length=140)


class PromptWords(Question):
    """A question to oneself; without "anyone" it is about a mentor's own habits."""

    audience: list[Literal["anyone", "mentor"]] = Field(alias="for", min_length=1)
    theme: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")

    @property
    def for_mentors(self) -> bool:
        """Whether only people who offer a skill get it."""
        return "anyone" not in self.audience


class RoundWords(Question):
    """A question that can be answered in front of a team."""

    question: str = Field(min_length=10, max_length=140)
    hint: str = Field(min_length=5, max_length=120)


@cache
def prompts() -> dict[str, PromptWords]:
    """Every prompt by its slug, the core ones first."""
    return checked_prompts(HERE / "prompts.yml")


@cache
def rounds() -> dict[str, RoundWords]:
    """Every question of a shared round by its slug."""
    return _by_slug("rounds.yml", load(HERE / "rounds.yml", RoundWords))


def checked_prompts(path: Path) -> dict[str, PromptWords]:
    """The prompts of a file; raises WrongSetting that names the entry and what is wrong with it."""
    found = _by_slug(path.name, load(path, PromptWords))
    for words in list(found.values())[:CORE]:
        if words.for_mentors:
            raise WrongSetting(f"{path.name}, entry {words.slug}, for: the first {CORE} are for everybody.")
    return found


def core() -> list[str]:
    """The slugs of the prompts that come back again and again."""
    return list(prompts())[:CORE]


def themes() -> list[str]:
    """What a reflection can be about, in the order of the file."""
    return list(dict.fromkeys(words.theme for words in prompts().values()))


def theme_name(theme: str) -> str:
    """A theme as it is read."""
    return theme.replace("-", " ").capitalize()


def _by_slug(file: str, entries: Sequence[Words]) -> dict[str, Words]:
    twice = [slug for slug, count in Counter(each.slug for each in entries).items() if count > 1]
    if twice:
        raise WrongSetting(f"{file}, entry {twice[0]}, slug: there are two of that name.")
    return {each.slug: each for each in entries}
