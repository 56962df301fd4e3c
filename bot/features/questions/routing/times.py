"""Promised hours, counted in somebody's own working time."""

from datetime import datetime, timedelta

from bot.delivery import hours
from bot.messages import Recipient

SOON, HORIZON = timedelta(days=4), timedelta(days=21)


def promised(person: Recipient, now: datetime, working_hours: float) -> datetime | None:
    """When so many of their working hours will have passed; None where that is more than three weeks away."""
    left = timedelta(hours=working_hours)
    since = max(now, person.paused_until) if person.paused_until is not None else now
    for after, until in ((since, since + SOON), (since + SOON, now + HORIZON)):  # mostly the first days are enough
        for begins, ends in hours.spans(person, after, until):
            if ends - begins >= left:
                return begins + left
            left -= ends - begins
    return None


def next_morning(person: Recipient, now: datetime) -> datetime | None:
    """When their next working day begins."""
    today = hours.local_date(person, now)
    coming = hours.spans(person, now, now + HORIZON)
    return next((begins for begins, _ in coming if hours.local_date(person, begins) > today), None)
