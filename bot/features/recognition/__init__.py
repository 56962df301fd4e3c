"""Recognition: thanks said by one to another, skills seen at work, and points worth a quiet moment; never a score."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.registry import Registry


def register(registry: "Registry") -> None:
    """Its doors and hours, which doors.py lists; imported only here, as the process that matches passes by."""
    from bot.features.recognition import doors

    doors.register(registry)
