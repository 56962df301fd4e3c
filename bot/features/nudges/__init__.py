"""Nudges: small things to try, chosen for the person and the moment, as often as they like."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.registry import Registry


def register(registry: "Registry") -> None:
    """Its doors and hours, which doors.py lists.

    Imported only here: the process that matches introductions passes through the features' package, and needs none of it.
    """
    from bot.features.nudges import doors

    doors.register(registry)
