"""Decides about people's words, days and numbers; values in, values out."""

import re
import unicodedata
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_WORD = 40
LONGEST_PAUSE = timedelta(days=366)
LEAST_HOURS = 60  # minutes between the beginning and the end of somebody's working day
SMALL, ENOUGH_SMALL = 50, 3  # above this priority a suggestion is small; so many of them are worth a line
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PRESETS = {"week": timedelta(weeks=1), "two_weeks": timedelta(weeks=2), "month": timedelta(days=30)}

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ACCENT = re.compile("[\u0300-\u036f\ufe0e\ufe0f\u200c\u200d]")
_BETWEEN = re.compile(r"[\s\-_/]+")
_SPAN = re.compile(r"(?:for )?(?:(\d{1,3})|an?|one|two|three|four) (day|week|month)s?")
_DAYS_IN = {"day": 1, "week": 7, "month": 30}


def clean(text: str) -> str:
    """What somebody typed on one line, without characters that only disturb the line they stand in."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def slug(text: str) -> str:
    """What makes two spellings one word: capitals, accents, spaces and dashes don't count; C, C++ and C# differ."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", clean(text)).casefold())
    bare = unicodedata.normalize("NFC", _ACCENT.sub("", folded))
    return _BETWEEN.sub("-", bare).strip("-")


def problem_with_word(text: str, longest: int = LONGEST_WORD) -> str | None:
    """Why this can't be the name of a skill, an interest or a team, in words for whoever typed it."""
    word = clean(text)
    if not slug(word):
        return "Please write a word or two."
    if len(word) > longest:
        return f"That is {len(word)} characters long; {longest} is the most. A word or two is easiest to find."
    return None


def start_of_day(day: date, tz: str) -> datetime:
    """The moment a local day begins, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(tz)).astimezone(UTC)


def end_of_pause(until: date, tz: str, work_days: Collection[int], hours_start: int) -> datetime:
    """When somebody is told that their pause is over: as their first working hours after it begin, in UTC."""
    day = until
    while work_days and day.weekday() not in work_days:
        day += timedelta(days=1)
    local = datetime.combine(day, time(hours_start // 60 % 24, hours_start % 60), ZoneInfo(tz))
    return local.astimezone(UTC)


def last_working_morning(now: datetime, tz: str, work_days: Collection[int], hours_start: int) -> datetime:
    """When the last working day of the week begins that is not over yet, in UTC; today's may have begun already."""
    today = now.astimezone(ZoneInfo(tz)).date()
    last = max(work_days, default=6)
    day = today + timedelta(days=(last - today.weekday()) % 7)
    local = datetime.combine(day, time(hours_start // 60 % 24, hours_start % 60), ZoneInfo(tz))
    return local.astimezone(UTC)


def is_worth_a_digest(priorities: Collection[int]) -> bool:
    """Whether somebody wants to hear what they missed: one thing that matters, or several small ones together."""
    return min(priorities, default=SMALL + 1) <= SMALL or len(priorities) >= ENOUGH_SMALL


def problem_with_pause(until: date | None, today: date) -> str | None:
    """Why a pause can't end on that day."""
    if until is None:
        return "Pick the day you want to be back."
    if until <= today:
        return "A pause ends on a later day than today. Pick one after today."
    if until - today > LONGEST_PAUSE:
        return "A pause can last a year at most. Pick an earlier day, or leave Perennial in Settings."
    return None


def pause_in_words(words: str, today: date) -> date | None:
    """The day that "for 2 weeks", "a month" or "until 2026-04-01" means; None where it can't be read."""
    said = " ".join(words.lower().split())
    if iso := re.fullmatch(r"(?:until |till |to )?(\d{4}-\d{2}-\d{2})", said):
        try:
            return date.fromisoformat(iso[1])
        except ValueError:
            return None
    span = _SPAN.fullmatch(said)
    if span is None:
        return None
    spelled = said.removeprefix("for ").split()[0]
    many = int(span[1]) if span[1] else NUMBERS.index(spelled) if spelled in NUMBERS else 1
    return today + timedelta(days=many * _DAYS_IN[span[2]])


def problems_with_hours(start: int | None, end: int | None, days: Collection[int]) -> dict[str, str]:
    """What is wrong with working hours, by field: "end" and "days"."""
    problems = {}
    if start is None or end is None or end - start < LEAST_HOURS:
        problems["end"] = "The day must end at least an hour after it starts. If you work past midnight, choose 23:59."
    if not days:
        problems["days"] = "Pick at least one day. For a break from all messages, use Pause instead."
    return problems


def minutes(clock_time: str | None) -> int | None:
    """ "09:30" as minutes after midnight."""
    if not clock_time or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", clock_time):
        return None
    return int(clock_time[:2]) * 60 + int(clock_time[3:])


def greeting(local: datetime) -> str:
    """What one says at that hour."""
    if 5 <= local.hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= local.hour < 18 else "Good evening"


def number(count: int) -> str:
    """A small number in words."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


def hour(minute: int) -> str:
    """Minutes after midnight as one says them: 9, 9:30, 17."""
    return f"{minute // 60}:{minute % 60:02}" if minute % 60 else str(minute // 60)


def days_in_words(days: Collection[int]) -> str:
    """Working days as one says them: Monday to Friday; Tuesday, Thursday and Sunday."""
    named = sorted(set(days))
    if len(named) > 2 and named == list(range(named[0], named[-1] + 1)):
        return f"{DAYS[named[0]]} to {DAYS[named[-1]]}"
    return listed([DAYS[day] for day in named])


def listed(words: list[str]) -> str:
    """A, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def day_in_words(day: date, today: date) -> str:
    """A day as one says it: Monday 16 March, with the year where it is another."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{DAYS[day.weekday()]} {day.day} {day:%B}{year}"
