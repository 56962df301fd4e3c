"""Decides whom a reflection can be shared with. Values in, values out."""

from collections.abc import Collection
from dataclasses import dataclass

MOST = 5


@dataclass(frozen=True)
class Named:
    """Somebody who may read an entry."""

    member_id: int
    slack_id: str
    name: str


def problem_with(writer: str, named: Collection[str], *, wants_people: bool) -> str | None:
    """What is wrong with a choice of readers, by Slack id: "oneself", "too many" or "nobody"."""
    if writer in named:
        return "oneself"
    if len(named) > MOST:
        return "too many"
    return "nobody" if wants_people and not named else None
