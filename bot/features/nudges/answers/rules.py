"""Decides what is worth celebrating. Values in, values out."""

from collections.abc import Iterable
from datetime import date, timedelta

A_WEEK = timedelta(days=7)


def weeks_running(tried: Iterable[date], today: date) -> int:
    """For how many weeks in a row, this one included, they tried something; weeks begin on Monday."""
    mondays = {_monday(day) for day in tried}
    week, count = _monday(today), 0
    while week in mondays:
        week, count = week - A_WEEK, count + 1
    return count


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
