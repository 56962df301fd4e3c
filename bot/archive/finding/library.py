"""The collections every workspace has from the start, as they stand in collections.yml; checked when they are read."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.archive.finding.words import meant, stems, tag_token, words_of
from bot.content import load
from bot.errors import WrongSetting

FILE = Path(__file__).with_name("collections.yml")
Tokens = tuple[tuple[str, ...], ...]


class BuiltIn(BaseModel):
    """One collection: its name, when it helps, and what makes a card part of it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)
    name: str = Field(min_length=3, max_length=40)
    about: str = Field(min_length=40, max_length=250)
    tags: list[str] = Field(min_length=1, max_length=12)
    words: list[str] = Field(min_length=1, max_length=12)

    @property
    def tokens(self) -> Tokens:
        """What a card holds that is part of it: one of these, whole."""
        tags = [(tag_token(tag),) for tag in self.tags]
        lines = [tuple(stems(meant(words_of(line)))) for line in self.words]
        return tuple(dict.fromkeys([*tags, *(line for line in lines if line)]))


@cache
def built_in() -> dict[str, BuiltIn]:
    """Every collection by its slug, in the order of the file; WrongSetting names what is wrong with it."""
    found: dict[str, BuiltIn] = {}
    for each in load(FILE, BuiltIn):
        if each.slug in found:
            raise WrongSetting(f"{FILE.name}, entry {each.slug}, slug: there are two of that name.")
        found[each.slug] = each
    return found


def nearby(words: Sequence[str], *, limit: int = 3) -> list[tuple[str, str]]:
    """Slug and name of collections that speak of what was looked for; the first of the file where none does."""
    looked_for = set(stems(words))
    scored = []
    for place, each in enumerate(built_in().values()):
        shared = looked_for & {token for line in each.tokens for token in line}
        scored.append((-len(shared), place, each))
    likely = [each for score, _, each in sorted(scored, key=lambda row: row[:2]) if score or not looked_for]
    return [(each.slug, each.name) for each in (likely or list(built_in().values()))[:limit]]
