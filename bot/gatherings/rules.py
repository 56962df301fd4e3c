"""When a gathering's reminders are due, and who gets a seat. Values in, values out."""

from datetime import datetime, timedelta

BEFORE = {"week": timedelta(days=7), "day": timedelta(days=1), "soon": timedelta(minutes=15)}
STEPS = ("announce", "week", "day", "soon", "over", "done")
QUEUED_AHEAD = timedelta(minutes=30)  # the last reminder is queued so long before its minute that it leaves in it
LONGEST_TITLE = 120
SEATS = range(2, 501)
MINUTES = (15, 20, 30, 45, 60, 90)


def moment_of(step: str, starts_at: datetime, minutes: int) -> datetime | None:
    """When a step of the clock is due; None for the first, which is due at once, and for the last, which never is."""
    if step == "over":
        return starts_at + timedelta(minutes=minutes)
    if step == "soon":
        return starts_at - BEFORE["soon"] - QUEUED_AHEAD
    return starts_at - BEFORE[step] if step in BEFORE else None


def next_step(step: str, starts_at: datetime, minutes: int, now: datetime) -> tuple[str, datetime | None]:
    """The step after this one, and its moment. Reminders whose time has passed are left out; nothing fires in a burst."""
    for name in STEPS[STEPS.index(step) + 1 :]:
        moment = moment_of(name, starts_at, minutes)
        if name == "soon" and moment is not None and moment <= now < starts_at - BEFORE["soon"]:
            return name, now
        if name == "over" or moment is None or moment > now:
            return name, moment
    return "done", None


def seat(wants: int, seats: int | None, taken: int) -> int:
    """How many of those who want one get a seat."""
    return wants if seats is None else max(0, min(wants, seats - taken))
