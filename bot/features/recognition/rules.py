"""Decides what can be said, how often, who may read it, and when a month is read; values in, values out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_WORDS, LONGEST_EVIDENCE = 500, 200
MOST_AT_ONCE = 10  # people in one form
MOST_A_DAY = 10  # people one thanks within a day
MOST_A_WEEK_TO_ONE = 3
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
ALONE_A_DAY = 3  # thanks that come to one person each in a message of its own; more come together
TOGETHER_AFTER = timedelta(hours=3)
GIVEN, TAKEN_BACK, HIDDEN = "given", "taken_back", "hidden"
OPEN, SHARE, PRIVATE = "open", "share", "private"
PAGE, NOTE, ALOUD = "page", "note", "share"  # volumes
FEWEST_COUNTED = 5  # a count of fewer people would point at them
AT = time(9, 30)
LATE_AT_MOST = timedelta(days=7)  # how late a month is still worth reading
SATURDAY = 5

TO, WORDS, SKILL, EVIDENCE = "to", "words", "skill", "evidence"


@dataclass(frozen=True)
class Said:
    """What a thank-you says."""

    words: str
    skill: str = ""  # by name, as the person listed it at that moment
    evidence: str = ""


@dataclass(frozen=True)
class Before:
    """What one person said to the people they want to thank now; names as they are read."""

    today: int = 0  # people they thanked within a day
    often: tuple[str, ...] = ()  # whom they thanked as often as one does in a week
    same: tuple[str, ...] = ()  # who has these very words from them


def cleaned(text: str, longest: int) -> str:
    """What was typed, without empty lines around it, and with Windows' line ends made usual."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()[:longest].strip()


def problem_with_people(many: int, *, oneself: bool) -> str | None:
    """Why these can't be thanked in one form."""
    if not many:
        return "Choose at least one person."
    if oneself:
        return "You are among them. Take yourself out, and it can go to the others."
    if many > MOST_AT_ONCE:
        return f"{MOST_AT_ONCE} people are the most for one thank-you. A few words to each one say more."
    return None


def problems_with_words(said: Said, offers: Mapping[str, str] | None) -> dict[str, str]:
    """What is wrong with what was written, by field. `offers`: what the one person offers; None: they are several."""
    problems = {}
    if not said.words:
        problems[WORDS] = "Write a sentence about what they did."
    if said.skill and offers is not None and said.skill not in offers.values():
        problems[SKILL] = "They don't list this any more. Choose another one, or leave it out."
    elif said.skill and not said.evidence:
        problems[EVIDENCE] = "One sentence about what you saw makes it worth something. Or take the skill out."
    elif said.evidence and not said.skill:
        problems[SKILL] = "Choose the skill this is about, or empty the sentence below."
    return problems


def problem_with_often(before: Before, many: int) -> str | None:
    """Why no more thanks go out for now, kindly."""
    if before.same:
        return f"{_listed(before.same)} got these words from you already, so there is nothing left to send."
    if before.often:
        return (
            f"You thanked {_listed(before.often)} {_times(MOST_A_WEEK_TO_ONE)} within a week, and it was heard. "
            "The next one can wait for a few days."
        )
    if before.today + many > MOST_A_DAY:
        return (
            f"{MOST_A_DAY} people a day are the most, so that each of them can feel meant. You thanked "
            f"{before.today or 'none'} so far; the others can follow tomorrow."
        )
    return None


def is_shared(state: str, choice: str, *, may_share: bool) -> bool:
    """Whether others may read it: only while both sides like that."""
    return state == GIVEN and may_share and choice == SHARE


def comes_together(received_today: int) -> bool:
    """Whether a thank-you joins others in one message, because several have come to the same person already."""
    return received_today >= ALONE_A_DAY


def local(moment: datetime, tz: str) -> date:
    """Which day a moment is there."""
    return moment.astimezone(ZoneInfo(tz)).date()


def month_before(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def bounds(month: date, tz: str) -> tuple[datetime, datetime]:
    """When a month begins and ends there, in UTC."""
    return _moment(month.replace(day=1), time(), tz), _moment(month_after(month), time(), tz)


def first_working_morning(month: date, tz: str, closed: Collection[date]) -> datetime:
    """The morning of the month's first working day there, in UTC; where a whole month is closed, of its first."""
    days = [month.replace(day=1) + timedelta(days=each) for each in range(28)]
    working = [day for day in days if day.weekday() < SATURDAY and day not in closed]
    return _moment(working[0] if working else days[0], AT, tz)


def next_reading(now: datetime, tz: str, closed: Collection[date]) -> datetime:
    """The first such morning that is still to come."""
    month = local(now, tz)
    this = first_working_morning(month, tz, closed)
    return this if this > now else first_working_morning(month_after(month), tz, closed)


def _moment(day: date, at: time, tz: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(tz)).astimezone(UTC)


def _listed(names: Collection[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _times(many: int) -> str:
    return {1: "once", 2: "twice", 3: "three times"}.get(many, f"{many} times")
