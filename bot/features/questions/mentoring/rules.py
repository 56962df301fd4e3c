"""Decides what a mentor's usual answer time is, and what can stand in their words; values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_HOW = 300  # characters
LAST = 20  # answers that make the usual time
FEWEST = 3  # of fewer nothing is usual yet
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True)
class Held:
    """Something somebody was asked or took on: what it is, and since when. Never by whom."""

    question_id: int
    name: str  # "a question about pricing", mrkdwn
    since: datetime
    claimed: bool


def usual(waits: Sequence[timedelta]) -> timedelta | None:
    """How long askers usually wait until somebody says that they take it; None while too few have asked."""
    newest = sorted(waits[:LAST])
    if len(newest) < FEWEST:
        return None
    middle = newest[(len(newest) - 1) // 2 : len(newest) // 2 + 1]
    return sum(middle, timedelta()) / len(middle)


def known(kinds: Sequence[str], there_are: Iterable[str]) -> list[str]:
    """Those of the chosen kinds that there are, each once, in the order of those."""
    return [kind for kind in there_are if kind in kinds]


def problem_with_how(how: str) -> str | None:
    """Why these words can't be kept."""
    if len(how) > LONGEST_HOW:
        return f"That is {len(how)} characters long; {LONGEST_HOW} is the most. Two sentences are easiest to follow."
    return None
