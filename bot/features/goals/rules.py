"""Decides about goals: what can be kept, when it is asked about, when it stands still; values in, values out."""

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_OPEN = 7
MOST_MILESTONES = 10
MOST_FOLLOWERS = 5
LONGEST_TITLE = 120
LONGEST_MILESTONE = 120
LONGEST_WHY = 1000
LONGEST_SKILL = 40
LONGEST_NOTE = 3000
FARTHEST = timedelta(days=3660)
LONGEST_PAUSE = timedelta(days=366)
STILL_REVIEWS = 2  # reviews without movement, after which a plan is offered instead of another one
AFTER_A_PLAN = timedelta(days=7)
QUIET_AFTER = timedelta(days=21)
SPREAD = 50  # minutes over which one morning's reviews are spread

RHYTHMS = {"two_weeks": "Every two weeks", "month": "Every month", "quarter": "Every quarter", "none": "Not at all"}
OPEN, PAUSED, DONE, LET_GO = "open", "paused", "done", "let_go"
STANDING = (OPEN, PAUSED)
CLOSED = (DONE, LET_GO)


@dataclass(frozen=True)
class Milestone:
    """A step on the way; `done_on` is the local day it was ticked."""

    id: int
    text: str
    done_on: date | None = None


@dataclass(frozen=True)
class Text:
    """Everything a goal says."""

    title: str
    why: str = ""
    by: date | None = None
    skill: str = ""
    milestones: tuple[Milestone, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Plain values, for the sealed column."""
        steps = [[each.id, each.text, each.done_on and each.done_on.isoformat()] for each in self.milestones]
        by = self.by.isoformat() if self.by else None
        return {"title": self.title, "why": self.why, "by": by, "skill": self.skill, "milestones": steps}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> "Text":
        """What `to_json` described."""
        steps = tuple(
            Milestone(each[0], each[1], date.fromisoformat(each[2]) if each[2] else None)
            for each in value["milestones"]  # type: ignore[attr-defined]
        )
        by = date.fromisoformat(str(value["by"])) if value["by"] else None
        return cls(str(value["title"]), str(value["why"]), by, str(value["skill"]), steps)


@dataclass(frozen=True)
class Note:
    """One note as it is read: progress, an obstacle, or what an angle brought up."""

    written_at: datetime
    text: str
    kind: str = "progress"  # progress | obstacle | angle
    shared: bool = False


@dataclass(frozen=True)
class Draft:
    """A goal as its form holds it."""

    title: str = ""
    why: str = ""
    by: date | None = None
    skill: str = ""
    rhythm: str = "month"
    followers: tuple[str, ...] = ()  # Slack user ids


@dataclass(frozen=True)
class Hours:
    """When somebody works: the zone, minutes after local midnight, days with Monday as 0."""

    tz: str
    start: int
    days: tuple[int, ...] = field(default=(0, 1, 2, 3, 4))


def problems_with(draft: Draft, today: date, *, before: date | None = None) -> dict[str, str]:
    """What is wrong with a draft, by field; `before`: the day it already named, which may have passed since."""
    problems = {}
    if not draft.title:
        problems["title"] = "Say in a few words what you want to get to."
    elif len(draft.title) > LONGEST_TITLE:
        problems["title"] = f"That is {len(draft.title)} characters long; {LONGEST_TITLE} is the most."
    if len(draft.why) > LONGEST_WHY:
        problems["why"] = f"That is {len(draft.why)} characters long; {LONGEST_WHY} is the most."
    if len(draft.skill) > LONGEST_SKILL:
        problems["skill"] = f"That is {len(draft.skill)} characters long; {LONGEST_SKILL} is the most."
    if draft.by is not None and draft.by != before and (problem := problem_with_day(draft.by, today)):
        problems["by"] = problem
    if draft.rhythm not in RHYTHMS:
        problems["rhythm"] = "Pick one of the four."
    if len(draft.followers) > MOST_FOLLOWERS:
        problems["followers"] = f"That is {len(draft.followers)} people; five at most."
    return problems


def problem_with_day(day: date, today: date) -> str | None:
    """Why a goal can't be meant for that day."""
    if day < today:
        return "A date in the past can't be a target. Pick a later one, or leave it open."
    if day - today > FARTHEST:
        return "That is more than ten years away. Pick an earlier day, or leave it open."
    return None


def problem_with_pause(until: date | None, today: date) -> str | None:
    """Why a goal can't rest until that day."""
    if until is None:
        return "Pick the day on which I bring it back."
    if until <= today:
        return "A pause ends on a later day than today. Pick one after today."
    if until - today > LONGEST_PAUSE:
        return "A goal can rest for a year at most. Pick an earlier day, or let it go."
    return None


def problem_with_steps(lines: Sequence[str], kept: int) -> str | None:
    """Why these new milestones can't join those that are kept."""
    if too_long := next((line for line in lines if len(line) > LONGEST_MILESTONE), None):
        return f"One of them is {len(too_long)} characters long; {LONGEST_MILESTONE} is the most."
    if kept + len(lines) > MOST_MILESTONES:
        return f"Ten milestones at most; this would make {kept + len(lines)}. Take some away, or join two into one."
    return None


def with_steps(text: Text, added: Sequence[str], taken: Collection[int] = ()) -> Text:
    """The goal with some milestones taken away and others added at the end."""
    kept = [each for each in text.milestones if each.id not in taken]
    first = max((each.id for each in text.milestones), default=0) + 1
    new = [Milestone(first + number, line) for number, line in enumerate(added)]
    return replace(text, milestones=(*kept, *new))


def with_smaller_step(text: Text, line: str) -> Text:
    """The goal with one more milestone, before all others that are still to be done."""
    *kept, new = with_steps(text, [line]).milestones
    place = next((number for number, each in enumerate(kept) if each.done_on is None), len(kept))
    return replace(text, milestones=(*kept[:place], new, *kept[place:]))


def ticked(text: Text, milestone_id: int, on: date | None) -> Text:
    """The goal with one milestone done on a day, or (None) open again."""
    changed = [replace(each, done_on=on) if each.id == milestone_id else each for each in text.milestones]
    return replace(text, milestones=tuple(changed))


def next_step(text: Text) -> Milestone | None:
    """The first milestone that is not done."""
    return next((each for each in text.milestones if each.done_on is None), None)


def next_review(rhythm: str, today: date, hours: Hours, goal_id: int) -> datetime | None:
    """When a goal is asked about next, in UTC; None: never."""
    if rhythm == "two_weeks":
        return morning(today + timedelta(weeks=2), hours, goal_id)
    if rhythm in ("month", "quarter"):
        return morning(months_later(today, 1 if rhythm == "month" else 3), hours, goal_id)
    return None


def morning(day: date, hours: Hours, goal_id: int) -> datetime:
    """As their working hours begin on that day or the next one they work, some minutes later for each goal."""
    while hours.days and day.weekday() not in hours.days:
        day += timedelta(days=1)
    local = datetime.combine(day, time(hours.start // 60 % 24, hours.start % 60), ZoneInfo(hours.tz))
    return local.astimezone(UTC) + timedelta(minutes=goal_id * 7 % SPREAD)


def months_later(day: date, months: int) -> date:
    """The same day some months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def stands_still(still: int) -> bool:
    """Whether a plan fits better than one more question."""
    return still >= STILL_REVIEWS


def has_been_quiet(moved_at: datetime, now: datetime) -> bool:
    """Whether nothing moved for three weeks."""
    return now - moved_at >= QUIET_AFTER


def themes_in(text: Text, words_by_theme: Mapping[str, Iterable[str]]) -> list[str]:
    """The themes whose words stand in a goal's title or skill, as whole words or as their beginning (`feedback*`)."""
    said = " ".join("".join(each if each.isalnum() else " " for each in f"{text.title} {text.skill}".lower()).split())
    return [theme for theme, words in words_by_theme.items() if any(_holds(said, word) for word in words)]


def _holds(said: str, word: str) -> bool:
    if word.endswith("*"):
        return f" {word[:-1]}" in f" {said}"
    return f" {word} " in f" {said} "
