"""Goals: a member names one, is asked about it at their own rhythm, and ends it in any way that is right."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.registry import Registry


def register(registry: "Registry") -> None:
    """Its doors and hours, which doors.py lists; imported only here, as the process that matches passes by."""
    from bot.features.goals import doors

    doors.register(registry)
