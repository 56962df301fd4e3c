"""What a takeaway may be, and when somebody is asked about it. Values in, values out."""

from datetime import timedelta

LONGEST = 200
ON_A_POST = 20  # takeaways on one post: a thread of five hundred stays readable
ASK_AFTER = timedelta(days=14)
OPEN_FOR = timedelta(days=7)  # how long one can be said after a session
TRIED = {"yes": "worked", "partly": "partly", "no": "not"}  # as a card's outcome counts it


def page_of(before: int) -> int:
    """On which post the next one stands, where so many were said before."""
    return before // ON_A_POST


def problem_with(text: str) -> str | None:
    """What to mend."""
    if not text:
        return "Write one thing you will try, in a line."
    return f"Keep it under {LONGEST} characters: one thing is enough." if len(text) > LONGEST else None
