"""Reflections: a question to oneself, a journal that only its writer opens, and a channel's shared round."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.registry import Registry


def register(registry: "Registry") -> None:
    """Its doors and hours, which doors.py lists; imported only here, as the process that matches passes by."""
    from bot.features.reflections import doors

    doors.register(registry)
