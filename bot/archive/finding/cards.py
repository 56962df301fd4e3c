"""What is found, as people read it: plain values, safe to hand to any view or page. Nothing in them is escaped."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.archive.finding.query import Query


@dataclass(frozen=True)
class Tag:
    """What a card is about. `kind`: skill, industry or challenge; `cards`: how many hold it, where that was counted."""

    kind: str
    slug: str
    name: str
    cards: int = 0


@dataclass(frozen=True)
class Person:
    """Somebody who agreed to be quoted by name."""

    member_id: int
    slack_id: str
    name: str


@dataclass(frozen=True)
class Card:
    """A published card, whole. An alias is in none of its fields."""

    id: int
    workspace_id: int
    question: str
    gist: str
    tips: str
    source_kind: str  # question | message | story | roundtable | case | reflection | thanks
    source: str | None
    made_by: int | None  # None: under an alias, or no longer here
    published_at: datetime
    version: int
    tags: tuple[Tag, ...] = ()
    people: tuple[Person, ...] = ()
    worked: int = 0
    tried: int = 0
    bookmarks: int = 0
    kept: bool = False  # by whoever looks
    my_outcome: str | None = None  # worked | partly | not, of whoever looks
    look_again: bool = False  # more than a year old: is it still true?


@dataclass(frozen=True)
class Filters:
    """What was chosen beside the words. `tags` are slugs, `people` Slack ids, months such as 2026-01."""

    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    since: str | None = None
    worked: bool = False


@dataclass(frozen=True)
class Found:
    """What a search gave."""

    cards: list[Card]
    total: int  # at most 500 …
    more: bool  # … and True where there are more than that
    query: Query  # what was looked for in the end
    corrected: dict[str, str] = field(default_factory=dict)  # typed: used instead
    some_words: bool = False  # nothing has all of the words; these have some of them
    suggested_tags: tuple[Tag, ...] = ()  # where nothing was found
    suggested_collections: tuple[tuple[str, str], ...] = ()  # (slug, name)
