"""What a card says and what it is made of, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

QUESTION, GIST, TIPS = "question", "gist", "tips"
PARTS = (QUESTION, GIST, TIPS)
SKILL, INDUSTRY, CHALLENGE = "skill", "industry", "challenge"


@dataclass(frozen=True)
class Piece:
    """Words somebody said. `member_id` and `alias`: it was said under an alias, and whose it is stays sealed.

    `may_be_quoted=False`: a guest, or somebody of another company, whose words stand in no card.
    """

    member_id: int
    words: str
    alias: str = ""
    may_be_quoted: bool = True


@dataclass(frozen=True)
class Tag:
    """What a card is about: a skill, an industry or a challenge."""

    kind: str  # skill | industry | challenge
    slug: str
    name: str


@dataclass(frozen=True)
class Text:
    """One wording of a card."""

    question: str = ""
    gist: str = ""
    tips: str = ""
    tags: tuple[Tag, ...] = ()

    def part(self, name: str) -> str:
        """Question, gist or tips, by name."""
        return str(getattr(self, name))

    def with_parts(self, parts: Mapping[str, str]) -> "Text":
        """The same with other words."""
        said = {name: parts.get(name, self.part(name)) for name in PARTS}
        return Text(said[QUESTION], said[GIST], said[TIPS], self.tags)

    def to_json(self) -> dict[str, Any]:
        """Plain values, for the sealed column."""
        tags = [[each.kind, each.slug, each.name] for each in self.tags]
        return {QUESTION: self.question, GIST: self.gist, TIPS: self.tips, "tags": tags}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Text":
        """What `to_json` described."""
        return cls(value[QUESTION], value[GIST], value[TIPS], tuple(Tag(*each) for each in value["tags"]))
