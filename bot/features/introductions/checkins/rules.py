"""Decides what follows an introduction, and when silence means a pause. Values in, values out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

ANSWERS = {"met": "We met", "date": "A date is set", "not_yet": "Not yet", "wont": "It won't happen"}
RATINGS = {"useful": "Very useful", "fine": "Fine", "poor": "Not for me"}
RE_ASK = timedelta(days=4)
LAST_CALL = timedelta(days=6)
SILENT_ROUNDS = 3
PAUSE_FOR = timedelta(days=28)


def needs_bump(answers: Sequence[str | None], meeting: str | None) -> bool:
    """Whether a half-way word helps: nobody said anything, and no date is being agreed."""
    return not any(answers) and meeting not in ("proposed", "agreed")


def whom_to_ask(answers: Sequence[tuple[int, str | None]]) -> list[int]:
    """Everybody who has not said how it ended; once somebody says it won't happen, nobody is asked any more."""
    if any(answer == "wont" for _, answer in answers):
        return []
    return [member_id for member_id, answer in answers if answer is None]


def whom_to_ask_again(answers: Sequence[tuple[int, str | None]]) -> list[int]:
    """The one re-ask: for those who had a date or not yet, and for the silent, unless somebody said it is settled."""
    if any(answer in ("met", "wont") for _, answer in answers):
        return []
    return [member_id for member_id, _ in answers]


def next_step(step: str, ends_at: datetime) -> tuple[str | None, datetime | None]:
    """What follows a step that was just done."""
    following = {
        "bump": ("ask", ends_at),
        "ask": ("ask again", ends_at + RE_ASK),
        "ask again": ("close", ends_at + LAST_CALL),
    }
    return following.get(step, (None, None))


def has_gone_quiet(newest_first: Sequence[bool]) -> bool:
    """Whether somebody let the check-ins of three rounds in a row pass; `True`: answered, or known to have met."""
    return len(newest_first) >= SILENT_ROUNDS and not any(newest_first[:SILENT_ROUNDS])
