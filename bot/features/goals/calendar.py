"""When a goal is asked about: the columns that say so, set from the rules and its owner's hours."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.features.goals import rules
from bot.features.goals.models import Goal
from bot.members import changes
from bot.members.models import Member

REVIEW, BACK, AFTER = "review", "back", "after"


def hours_of(member: Member) -> rules.Hours:
    """When somebody works, as the rules take it."""
    return rules.Hours(member.tz, member.hours_start, tuple(member.work_days))


def zone_of(member: Member) -> ZoneInfo:
    """Where they are."""
    return ZoneInfo(member.tz)


def plan_review(goal: Goal, member: Member, now: datetime) -> None:
    """Ask about it next as its rhythm says, counted from today."""
    goal.due_at = rules.next_review(goal.rhythm, changes.today_of(member, now), hours_of(member), goal.id)
    goal.step = REVIEW if goal.due_at else None


def plan_back(goal: Goal, member: Member, until: date) -> None:
    """Bring it back from a pause on that morning."""
    goal.step, goal.due_at = BACK, rules.morning(until, hours_of(member), goal.id)


def plan_after(goal: Goal, member: Member, now: datetime) -> None:
    """Ask a week from now what came of a plan."""
    day = changes.today_of(member, now) + rules.AFTER_A_PLAN
    goal.step, goal.due_at = AFTER, rules.morning(day, hours_of(member), goal.id)


def rest(goal: Goal) -> None:
    """Ask nothing more."""
    goal.step, goal.due_at = None, None


def moved(goal: Goal, now: datetime) -> None:
    """Something happened: it stands still no longer."""
    goal.moved_at, goal.still = now, 0
