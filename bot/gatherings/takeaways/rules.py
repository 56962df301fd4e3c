"""What a takeaway may be, and when somebody is asked for it and about it. Values in, values out."""

from datetime import datetime, timedelta

LONGEST = 200
ON_A_POST = 20  # takeaways on one post: a thread of five hundred stays readable
ASKED_AFTER = timedelta(minutes=30)  # its end: by then whoever was not there has had time to say so
FOLLOWED_AFTER = timedelta(days=14)
OPEN_FOR = timedelta(days=7)  # how long one can be shared after its end
REPORTED = "shared_takeaway"  # what subjects of reports begin with
WORKED = {"yes": "worked", "partly": "partly", "no": "not"}  # as a card's outcome counts it


def page_of(before: int) -> int:
    """On which post the next one stands, where so many were said before."""
    return before // ON_A_POST


def problem_with(text: str) -> str | None:
    """What to mend."""
    if not text:
        return "Write one thing, in a line."
    return f"Keep it under {LONGEST} characters: one thing is enough." if len(text) > LONGEST else None


def is_open(ended_at: datetime, now: datetime) -> bool:
    """Whether one can still be shared."""
    return now < ended_at + OPEN_FOR
