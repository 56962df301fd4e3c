"""The code of conduct that comes with Perennial, and a value for what a workspace has instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from bot import plain
from bot.content import load

FILE = Path(__file__).with_name("content.yml")
LONGEST = 1500
LONGEST_CONTACT = 150
MOST_CONTACTS = 5


class Ours(BaseModel):
    """One text of ours."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    slug: str
    text: str = Field(min_length=50, max_length=LONGEST)


@cache
def default_text() -> str:
    """What holds until a lead says otherwise."""
    return load(FILE, Ours)[0].text


@dataclass(frozen=True)
class Conduct:
    """How people speak with each other here (empty: as we suggest), and whom they can turn to."""

    own_text: str = ""
    contacts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is read; unescaped."""
        return self.own_text or default_text()

    @property
    def mark(self) -> str:
        """A few letters that say whether two of them are the same."""
        return sha256(plain.to_bytes(self.to_json())).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """Plain values, for the workspace's options."""
        return {"text": self.own_text, "contacts": list(self.contacts)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Conduct":
        """What `to_json` described."""
        return cls(str(value.get("text") or ""), tuple(value.get("contacts") or ()))
