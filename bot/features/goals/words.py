"""How goals are spoken of everywhere: a title in quotation marks, a day, how far it has come."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.features.goals.rules import Text, next_step
from bot.members.rules import day_in_words, number
from bot.slack import blocks


def quoted(title: str) -> str:
    """A title inside a sentence; what people wrote is escaped."""
    return f"“{blocks.escape(title)}”"


def first_name(name: str) -> str:
    """What one calls somebody, escaped."""
    return blocks.escape(name.split()[0] if name.split() else name)


def local_day(moment: datetime, tz: str) -> date:
    """Which day a moment is where somebody lives."""
    return moment.astimezone(ZoneInfo(tz)).date()


def by_when(by: date | None, today: date) -> str:
    """Until when a goal is meant to be reached."""
    if by is None:
        return "Open end"
    if by < today:
        return f"The day you named, {day_in_words(by, today)}, has passed; it can move"
    return f"By {day_in_words(by, today)}"


def steps_done(text: Text) -> str:
    """How many milestones are done, in words; empty where there are none."""
    done, many = sum(each.done_on is not None for each in text.milestones), len(text.milestones)
    if not many:
        return ""
    if not done:
        return f"{number(many)} milestone{'s' if many != 1 else ''} ahead"
    if done == many:
        return "every milestone done" if many > 1 else "its milestone done"
    return f"{number(done)} of {number(many)} milestones done"


def last_moved(moved_at: datetime, tz: str, today: date) -> str:
    """When something moved last."""
    day = local_day(moved_at, tz)
    return "moved today" if day == today else f"last moved on {day_in_words(day, today)}"


def progress(text: Text, moved_at: datetime, tz: str, today: date) -> str:
    """How far it has come, quietly."""
    said = ", ".join(filter(None, [steps_done(text), last_moved(moved_at, tz, today)]))
    return said[0].upper() + said[1:]


def coming(text: Text) -> str:
    """The next milestone as a line, or nothing."""
    step = next_step(text)
    return f"Next: {blocks.escape(step.text)}" if step else ""
