"""Decides about people's days, words and numbers; values in, values out."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def start_of_day(day: date, tz: str) -> datetime:
    """The moment a local day begins, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(tz)).astimezone(UTC)
