"""The prompts: our own by theme, and those with room for a skill that people want; loaded once, checked at start-up."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.content import load
from bot.errors import WrongSetting

HERE = Path(__file__).parents[1]
SKILL = "{skill}"


class PromptWords(BaseModel):
    """One question to several teams, with an example of an answer."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    theme: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    question: str = Field(min_length=10, max_length=140)
    hint: str = Field(min_length=5, max_length=120)


@cache
def prompts() -> dict[str, PromptWords]:
    """Every prompt of our own by its slug."""
    return checked(HERE / "prompts.yml")


@cache
def gaps() -> dict[str, PromptWords]:
    """Those that name a skill, which stands for `{skill}` in them."""
    return checked(HERE / "gaps.yml", about_a_skill=True)


def checked(path: Path, *, about_a_skill: bool = False) -> dict[str, PromptWords]:
    """The prompts of a file; raises WrongSetting that names the entry and what is wrong with it."""
    entries = load(path, PromptWords)
    if twice := _twice([each.slug for each in entries]):
        raise WrongSetting(f"{path.name}, entry {twice}, slug: there are two of that name.")
    if twice := _twice([each.question for each in entries]):
        raise WrongSetting(f"{path.name}, question: {twice!r} is asked twice.")
    for each in entries:
        if (SKILL in each.question) is not about_a_skill:
            wanted = "must hold" if about_a_skill else "must not hold"
            raise WrongSetting(f"{path.name}, entry {each.slug}, question: it {wanted} {SKILL}.")
    return {each.slug: each for each in entries}


def _twice(names: Sequence[str]) -> str:
    return next((name for name, count in Counter(names).items() if count > 1), "")
