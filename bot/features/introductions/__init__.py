"""Introductions: people from different teams meet, round after round, and hear why."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.registry import Registry


def register(registry: "Registry") -> None:
    """Its doors and hours, which doors.py lists.

    Imported only here: the process that matches passes through this package as well, and without Slack and the
    database it starts a second sooner and holds 60 MB less.
    """
    from bot.features.introductions import doors

    doors.register(registry)
