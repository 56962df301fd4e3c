"""Questions: somebody asks, whoever knows answers in a thread, and nobody is left in silence."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.registry import Registry


def register(registry: "Registry") -> None:
    """Its doors and hours, which doors.py lists; imported only here, as the process that matches passes by."""
    from bot.features.questions import doors

    doors.register(registry)
