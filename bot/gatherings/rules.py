"""When a gathering's reminders are due, and who gets a seat. Values in, values out."""

from datetime import datetime, timedelta

COMING, WAITING, INVITED, CANNOT, JOINING = SAID = ("coming", "waiting", "invited", "cannot", "joining")
BEFORE = {"week": timedelta(days=7), "day": timedelta(days=1), "soon": timedelta(minutes=15)}
STEPS = ("announce", "week", "day", "soon", "over", "done")
OUTSIDE = "outside"  # between the announcement and the reminders: members who are not in the channel are asked
QUEUED_AHEAD = timedelta(minutes=30)  # the last reminder is queued so long before its minute that it leaves in it
TELLING = ("moved", "changed", "called_off")  # what whoever was told hears before the clock goes on
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


def useful(step: str, starts_at: datetime, now: datetime) -> bool:
    """Whether a late reminder still helps: not when the next one is due, and never after the start."""
    if step == "soon":
        return now < starts_at
    following = moment_of("day" if step == "week" else "soon", starts_at, 0)
    return following is not None and now < following


def after_missed(step: str, starts_at: datetime, minutes: int, now: datetime) -> tuple[str, datetime | None]:
    """What follows a reminder that came too late to help: the next one at once, if its time has passed and it helps."""
    found = next_step(step, starts_at, minutes, now)
    for name in STEPS[STEPS.index(step) + 1 : STEPS.index(found[0])]:
        if name in BEFORE and useful(name, starts_at, now):
            return name, now
    return found


def announced_at(starts_at: datetime, before: timedelta | None, now: datetime) -> datetime:
    """When its channel hears of it."""
    return now if before is None else max(now, starts_at - before)


def telling(change: str, step: str) -> str:
    """The step in which a change is told; one that is being told already takes the new one with it."""
    if change != "changed":
        return change
    return step if step.partition(":")[0] in TELLING else f"changed:{step}"


def told(step: str, starts_at: datetime, minutes: int, now: datetime) -> tuple[str, datetime | None]:
    """What follows once everybody was told; a new date begins with its reminders."""
    if step == "called_off":
        return "done", None
    left_at = step.partition(":")[2]
    if left_at == OUTSIDE:
        return OUTSIDE, now
    if step == "moved" or left_at == "announce":
        return next_step("announce", starts_at, minutes, now)
    return left_at, moment_of(left_at, starts_at, minutes)


def seat(wants: int, seats: int | None, taken: int) -> int:
    """How many of those who want one get a seat."""
    return wants if seats is None else max(0, min(wants, seats - taken))
