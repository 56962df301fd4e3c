"""Roundtables: a question for several teams, answered in threads; and tables where people of several teams meet."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.registry import Registry


def register(registry: "Registry") -> None:
    """Its doors and hours, which doors.py lists; imported only here, as the process that matches passes by."""
    from bot.features.roundtables import doors

    doors.register(registry)
