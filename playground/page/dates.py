"""Dates and times as this client writes them, always in the reader's own zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def from_ts(ts: str) -> datetime:
    """A message's ts is seconds since 1970 with the order of arrival behind the point."""
    return datetime.fromtimestamp(float(ts), UTC)


def clock_time(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%H:%M")


def short_date(day: date) -> str:
    return f"{day.day} {day:%b}"


def long_date(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def day_name(day: date, today: date) -> str:
    """Today and Yesterday by name, this year's days without the year."""
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    if day == today + timedelta(days=1):
        return "Tomorrow"
    if day.year == today.year:
        return f"{day:%A} {day.day} {day:%B}"
    return long_date(day)


def how_long_ago(then: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The last hour in minutes, today by the clock, anything older by its date."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    day, today = then.astimezone(zone).date(), now.astimezone(zone).date()
    if day == today:
        return f"today at {clock_time(then, zone)}"
    if day == today - timedelta(days=1):
        return f"yesterday at {clock_time(then, zone)}"
    return f"{short_date(day)} at {clock_time(then, zone)}"


def fill_tokens(pattern: str, moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Slack's date tokens, such as {date_short} at {time}."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    near = abs((local.date() - today).days) <= 1
    pretty = day_name(local.date(), today).lower() if near else None
    month_day = f"{local:%B} {local.day}, {local.year}"
    tokens = {
        "date_num": f"{local:%Y-%m-%d}",
        "date_slash": f"{local:%m/%d/%Y}",
        "date": month_day,
        "date_long": f"{local:%A}, {month_day}",
        "date_long_full": f"{local:%A}, {month_day}",
        "date_short": f"{local:%b} {local.day}, {local.year}",
        "date_pretty": pretty or month_day,
        "date_short_pretty": pretty or f"{local:%b} {local.day}, {local.year}",
        "date_long_pretty": pretty or f"{local:%A}, {month_day}",
        "day_divider_pretty": day_name(local.date(), today),
        "time": f"{local:%H:%M}",
        "time_secs": f"{local:%H:%M:%S}",
        "ago": how_long_ago(moment, now, zone),
    }
    for token, words in tokens.items():
        pattern = pattern.replace("{" + token + "}", words)
    return pattern
