"""The phrases of acute distress, and what is only said so, as they stand in distress.yml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.content import load

FILE = Path(__file__).with_name("distress.yml")


class Language(BaseModel):
    """What is said in one language."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    slug: str = Field(pattern="^[a-z]{2}$")
    phrases: list[str] = Field(min_length=1)
    excuses: list[str] = Field(default_factory=list)


@dataclass(frozen=True)
class Phrases:
    """Those of all languages together: people mix them."""

    phrases: tuple[str, ...]
    excuses: tuple[str, ...]


@cache
def known() -> Phrases:
    """Read once."""
    languages = load(FILE, Language)
    return Phrases(
        tuple(phrase for each in languages for phrase in each.phrases),
        tuple(phrase for each in languages for phrase in each.excuses),
    )
