"""How long somebody usually takes, as one would say it."""

from datetime import timedelta

from bot.features.questions.mentoring.rules import DAY, HOUR, WEEK
from bot.members.rules import number


def usual_time(span: timedelta | None) -> str:
    """ "within an hour", "about four hours", "about two days"."""
    if span is None:
        return "not known yet"
    if span <= HOUR:
        return "within an hour"
    if span < 22 * HOUR:
        return about(round(span / HOUR), "hour")
    if span < 11 * DAY:
        return about(round(span / DAY), "day")
    return about(round(span / WEEK), "week")


def about(many: int, unit: str) -> str:
    """ "about an hour", "about two days"."""
    if many <= 1:
        return f"about {'an' if unit == 'hour' else 'a'} {unit}"
    return f"about {number(many)} {unit}s"
