"""What a takeaway may be, and when somebody is asked about it. Values in, values out."""

from collections.abc import Sequence
from datetime import timedelta

LONGEST = 200
ON_A_POST = 20  # takeaways on one post: a thread of five hundred stays readable
ASK_AFTER = timedelta(days=14)
ASKED_FOR = timedelta(days=3)  # how late the question still comes, which says that a session has just ended
OPEN_FOR = timedelta(days=7)  # how long one can be said after a session
TRIED = {"yes": "worked", "partly": "partly", "no": "not"}  # as a card's outcome counts it


def page_of(before: int) -> int:
    """On which post the next one stands, where so many were said before."""
    return before // ON_A_POST


def counted_on(named: int | None, told: Sequence[int]) -> int | None:
    """Which story's card counts what became of a takeaway: the one it names, or the only one; of several unnamed, none."""
    if named is None and len(told) == 1:
        return told[0]
    return named if named in told else None


def problem_with(text: str) -> str | None:
    """What to mend."""
    if not text:
        return "Write one thing you will try, in a line."
    return f"Keep it under {LONGEST} characters: one thing is enough." if len(text) > LONGEST else None
