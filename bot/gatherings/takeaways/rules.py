"""What a takeaway may be, and when somebody is asked about it. Values in, values out."""

from datetime import datetime, timedelta

LONGEST = 200
ON_A_POST = 20  # takeaways on one post: a thread of five hundred stays readable
FOLLOWED_AFTER = timedelta(days=14)
OPEN_FOR = timedelta(days=7)  # how long one can be shared after its end
REPORTED = "takeaway"  # what subjects of reports begin with
WORKED = {"yes": "worked", "partly": "partly", "no": "not"}  # as a card's outcome counts it


def page_of(before: int) -> int:
    """On which post the next one stands, where so many were said before."""
    return before // ON_A_POST


def problem_with(text: str, missing: str) -> str | None:
    """What to mend; the kind says what is read where nothing was written."""
    if not text:
        return missing
    return f"Keep it under {LONGEST} characters: one thing is enough." if len(text) > LONGEST else None


def is_open(ended_at: datetime, now: datetime) -> bool:
    """Whether one can still be shared."""
    return now < ended_at + OPEN_FOR
