"""The doors and hours of storytelling: every message, job, button and form, by name."""

from functools import partial

from bot.features.storytelling import gathering, kind, themes
from bot.gatherings import rounds
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    themes.ideas()  # a broken content file stops the start, not the first vote
    registry.program_kinds[kind.KIND.name] = kind.KIND
    registry.gathering_kinds[gathering.KIND.name] = gathering.KIND
    registry.ballots[themes.KIND.name] = themes.KIND
    registry.schedule.when_due(
        "plan story sessions",
        partial(rounds.plan_due, kind.NAME, kind.describe),
        next_due=rounds.next_due(kind.NAME),
    )
