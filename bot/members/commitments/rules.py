"""Decides how much somebody has taken on, and whether one thing more fits; values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WEIGHTS = {"mentorship": 2, "question": 1, "slot": 1, "seat": 1}  # points
USUAL_CAP = 6  # points, unless somebody chose another
LEAST_CAP, MOST_CAP = 0, 20
COUNTS_FOR = timedelta(days=28)  # from its start, or while it is open, whichever is longer
CLOSED_FOR = timedelta(days=28)  # how long "no more for now" lasts, unless it is taken back


@dataclass(frozen=True)
class Taken:
    """One thing somebody took on."""

    kind: str
    subject: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Load:
    """How much somebody has taken on, of how much they would."""

    points: int
    cap: int
    closed_until: datetime | None = None  # they take nothing new before then

    def takes(self, kind: str, now: datetime) -> bool:
        """Whether one thing more of a kind fits."""
        return self.is_open(now) and self.points + WEIGHTS[kind] <= self.cap

    def is_open(self, now: datetime) -> bool:
        """Whether they take on anything new at all."""
        return self.closed_until is None or self.closed_until <= now


def counts(taken: Taken, now: datetime) -> bool:
    """Whether something still weighs."""
    return taken.ended_at is None or taken.started_at > now - COUNTS_FOR


def room_from(load: Load, all_taken: Sequence[Taken]) -> datetime | None:
    """When a full load has room again by itself, as what is over weighs no more; None where it has, or nobody knows."""
    left = load.points
    if left < load.cap:
        return None
    for taken in sorted(all_taken, key=lambda each: each.started_at):
        if taken.ended_at is not None:
            left -= WEIGHTS[taken.kind]
            if left < load.cap:
                return taken.started_at + COUNTS_FOR
    return None
