"""Decides which question comes next, and when. Values in, values out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.hours import Hours as Hours

PACES = ("daily", "weekly", "fortnightly", "off")
AT, ON = 15 * 60, 4  # where nothing was chosen yet: Friday at 15:00
NOT_AGAIN_WITHIN = timedelta(days=60)
NEWEST_THEMES = 6  # of so many prompts before, no theme comes again if another fits
LAST_MINUTES = 15  # a prompt comes so long before somebody's day ends at the latest
LOOK_AHEAD = 30  # days; two weeks and a long holiday


@dataclass(frozen=True)
class Pace:
    """How often somebody is asked; `days`: Monday is 0; `at_minute`: minutes after local midnight."""

    pace: str = "off"
    days: tuple[int, ...] = (ON,)
    at_minute: int = AT


@dataclass(frozen=True)
class Candidate:
    """A question in rotation, as far as choosing needs it."""

    slug: str
    theme: str
    for_mentors: bool = False


def choose(
    core: Sequence[str],
    rotation: Sequence[Candidate],
    history: Sequence[tuple[str, date]],
    *,
    mentor: bool,
    today: date,
    luck: int,
) -> str:
    """The next question's slug: a core one and one in rotation in turns.

    Core questions take turns among themselves. One in rotation never comes twice within 60 days; where none is left,
    a core one comes instead. `history`: (slug, local date), newest first. `luck` sets the order for this person.
    """
    last = dict(reversed(history))  # of those asked twice, the newest day stays
    next_core = min(core, key=lambda slug: (last.get(slug, date.min), core.index(slug)))
    if not history or history[0][0] not in core:
        return next_core
    fresh = [
        each
        for each in rotation
        if (mentor or not each.for_mentors) and (each.slug not in last or today - last[each.slug] >= NOT_AGAIN_WITHIN)
    ]
    if not fresh:
        return next_core
    stale = _themes(rotation, history)
    return min(fresh, key=lambda each: (each.theme in stale, crc32(f"{luck}|{each.slug}".encode()), each.slug)).slug


def _themes(rotation: Sequence[Candidate], history: Sequence[tuple[str, date]]) -> set[str]:
    themes: Mapping[str, str] = {each.slug: each.theme for each in rotation}
    return set([themes[slug] for slug, _ in history if slug in themes][:NEWEST_THEMES])


def next_prompt(pace: Pace, hours: Hours, *, now: datetime, last_on: date | None) -> datetime | None:
    """When the next question comes, in UTC: later than now, within their hours, at most one a day; None: never."""
    if pace.pace == "off":
        return None
    zone = ZoneInfo(hours.tz)
    today = now.astimezone(zone).date()
    minute = in_hours(pace.at_minute, hours)
    for ahead in range(LOOK_AHEAD):
        day = today + timedelta(days=ahead)
        moment = datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(UTC)
        if moment > now and _is_their_day(day, pace, hours, last_on):
            return moment
    return None


def _is_their_day(day: date, pace: Pace, hours: Hours, last_on: date | None) -> bool:
    if day.weekday() not in days_of(pace, hours):
        return False
    if last_on is None:
        return True
    return day - last_on > timedelta(days=7 if pace.pace == "fortnightly" else 0)


def days_of(pace: Pace, hours: Hours) -> tuple[int, ...]:
    """The weekdays on which they are asked, as their working days stand now."""
    working = tuple(sorted(hours.days)) or tuple(range(7))
    if pace.pace == "daily":
        return working
    both = tuple(day for day in sorted(pace.days) if day in working) or working[-1:]
    return both[:1] if pace.pace == "fortnightly" else both


def in_hours(minute: int, hours: Hours) -> int:
    """The nearest minute of the day that lies within somebody's hours."""
    latest = hours.end - LAST_MINUTES if hours.end > hours.start else 24 * 60 - LAST_MINUTES
    return max(hours.start, min(minute, latest))


def useful_through(day: date, hours: Hours) -> date:
    """The last day on which a question of `day` is still worth putting: their next working day."""
    ahead = (day + timedelta(days=number) for number in range(1, 8))
    return next((each for each in ahead if each.weekday() in hours.days), day + timedelta(days=1))


def less_often(pace: Pace, hours: Hours, weekday: int) -> Pace:
    """One step slower; the day that is kept is the one of the prompt they pressed on."""
    days = days_of(pace, hours)
    kept = (weekday,) if weekday in days else days[:1]
    if pace.pace == "daily" or len(days) > 1:
        return replace(pace, pace="weekly", days=kept)
    return replace(pace, pace="fortnightly", days=kept)


def problems_with(pace: Pace, days: Collection[int], at_minute: int | None, hours: Hours) -> dict[str, str]:
    """What is wrong with a choice, by field: "days", "at"."""
    if pace.pace == "off":
        return {}
    problems = {}
    if pace.pace != "daily":
        if not days:
            problems["days"] = "Pick a day."
        elif pace.pace == "fortnightly" and len(days) > 1:
            problems["days"] = "For every second week, pick one day."
        elif [day for day in days if day not in hours.days]:
            problems["days"] = "Pick among the days you work. Settings has your days."
    if at_minute is None or not hours.start <= at_minute < hours.end:
        problems["at"] = "Pick a time within your hours. Settings has your hours."
    return problems
