"""Words of asking that several views share: spans of time, who reads what, where a question goes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.members.rules import day_in_words, number

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHO_READS = "Read by whoever is asked, and where you choose a group or a channel, there. If nobody finds time, a lead sees it, too."
WHO_READS_ONE = "Read by this one person. If they find no time, you decide whether others are asked."
LOCKED = "Your words are locked with a key of your own; whoever runs this server could open them."
WHAT_AN_ALIAS_HIDES = (
    "Your name is hidden from colleagues and leads in every list and count; not from whoever holds the server and its key. "
    "What you write can still give you away."
)
NOT_KNOWN = "How long people usually wait for this is not known yet."


def span(waited: timedelta) -> str:
    """About how long something takes: four hours, two days."""
    if waited < HOUR:
        return "less than an hour"
    if waited < 36 * HOUR:
        hours = max(1, round(waited / HOUR))
        return "an hour" if hours == 1 else f"{number(hours)} hours"
    return f"{number(round(waited / DAY))} days"


def usual_wait(waited: timedelta | None) -> str:
    """What somebody can expect who asks now."""
    if waited is None:
        return NOT_KNOWN
    about = "" if waited < HOUR else "about "
    return f"People usually wait {about}{span(waited)} for this."


def ago(moment: datetime, now: datetime) -> str:
    """How long ago something was, as one says it."""
    gone = now - moment
    if gone < timedelta(minutes=2):
        return "just now"
    if gone < HOUR:
        return f"{number(int(gone / timedelta(minutes=1)))} minutes ago"
    if gone < DAY:
        hours = int(gone / HOUR)
        return "an hour ago" if hours == 1 else f"{number(hours)} hours ago"
    days = int(gone / DAY)
    return "a day ago" if days == 1 else f"{number(days)} days ago"


def until(moment: datetime, now: datetime, tz: str) -> str:
    """A moment to come as its reader says it: 15:00, tomorrow 10:00, Monday 16 March, 10:00."""
    local, today = moment.astimezone(ZoneInfo(tz)), now.astimezone(ZoneInfo(tz)).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return clock
    if local.date() == today + DAY:
        return f"tomorrow {clock}"
    return f"{day_in_words(local.date(), today)}, {clock}"


def day(moment: datetime, now: datetime, tz: str) -> str:
    """The day of a moment where its reader is."""
    zone = ZoneInfo(tz)
    return day_in_words(moment.astimezone(zone).date(), now.astimezone(zone).date())
