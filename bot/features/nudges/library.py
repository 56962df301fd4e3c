"""The library: nudges, themes and the mentors' training as they stand in the content files, checked when they are read."""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from bot.content import load
from bot.errors import WrongSetting
from bot.features.nudges import rules

CONTENT = Path(__file__).with_name("content")
NUDGES = (CONTENT / "talking.yml", CONTENT / "working.yml")
THEMES = CONTENT / "themes.yml"
TRAINING = CONTENT / "training.yml"
MOST_CHARACTERS = 500  # of title, act and reason together

Role = Literal["peer", "mentor", "mentee", "lead"]
Theme = Literal[
    "active-listening", "asking-better-questions", "giving-feedback", "receiving-feedback", "goal-setting",
    "inclusive-language", "telling-failures", "sponsoring", "delegating", "saying-no", "new-role", "plateau",
    "returning", "networking", "career-story",
]  # fmt: skip
Moment = Literal[
    "any", "before-first-meeting", "after-missed-meeting", "question-answered", "goal-stale", "new-in-role", "quiet-week"
]  # fmt: skip
ROLES: tuple[str, ...] = get_args(Role)
MOMENTS: tuple[str, ...] = get_args(Moment)

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=60)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Entry(BaseModel):
    """One nudge: what to do, in under two minutes, and why it works."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, populate_by_name=True)

    slug: Slug
    roles: list[Role] = Field(alias="for", min_length=1, max_length=4)
    themes: list[Theme] = Field(min_length=1, max_length=2)
    moment: Moment = "any"
    title: str = Field(min_length=3, max_length=60)
    act: str = Field(min_length=10, max_length=350)
    why: str = Field(min_length=10, max_length=250)
    checklist: list[Line] | None = Field(default=None, min_length=2, max_length=2)

    @field_validator("roles", "themes")
    @classmethod
    def _named_once(cls, names: list[str]) -> list[str]:
        if len(set(names)) < len(names):
            raise ValueError("names something twice")
        return names

    @model_validator(mode="after")
    def _short_enough(self) -> "Entry":
        length = len(self.title) + len(self.act) + len(self.why)
        if length >= MOST_CHARACTERS:
            raise ValueError(f"title, act and why are {length} characters together; {MOST_CHARACTERS - 1} is the most")
        return self

    @cached_property
    def plain(self) -> rules.Nudge:
        """What choosing needs to know of it."""
        return rules.Nudge(self.slug, frozenset(self.roles), tuple(self.themes), self.moment)


class ThemeEntry(BaseModel):
    """What a nudge is about: its name in a sentence, and the parts of a skill's slug that mean it."""

    model_config = ConfigDict(extra="forbid")

    slug: Theme
    name: str = Field(min_length=3, max_length=60)
    words: list[str]


class Step(BaseModel):
    """One step of the mentors' training."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    slug: Slug
    title: str = Field(min_length=3, max_length=50)
    idea: str = Field(min_length=10, max_length=600)
    practice: str = Field(min_length=10, max_length=400)
    question: str = Field(min_length=10, max_length=140)


@cache
def built_in() -> Mapping[str, Entry]:
    """Every nudge of ours by slug; WrongSetting names file, entry and field of what doesn't fit."""
    found: dict[str, Entry] = {}
    for path in NUDGES:
        for entry in load(path, Entry):
            if entry.slug in found:
                raise WrongSetting(f"{path.name}, entry {entry.slug}, slug: another nudge is called so.")
            found[entry.slug] = entry
    return found


@cache
def themes() -> Mapping[str, ThemeEntry]:
    """Every theme by slug; WrongSetting where one is missing."""
    found: dict[str, ThemeEntry] = {theme.slug: theme for theme in load(THEMES, ThemeEntry)}
    if missing := set(get_args(Theme)) - set(found):
        raise WrongSetting(f"{THEMES.name}: there is no entry for {', '.join(sorted(missing))}.")
    return found


def theme_name(slug: str) -> str:
    """A theme in words; one that is no more keeps the words of its slug."""
    theme = themes().get(slug)
    return theme.name if theme is not None else slug.replace("-", " ")


@cache
def steps() -> tuple[Step, ...]:
    """The steps of the training, in order."""
    return tuple(load(TRAINING, Step))


def themes_of_skills(slugs: Iterable[str]) -> dict[str, str]:
    """Theme → the first of these skills whose name means it."""
    found: dict[str, str] = {}
    for slug in slugs:
        for theme in themes().values():
            if theme.slug not in found and any(word in slug for word in theme.words):
                found[theme.slug] = slug
    return found
