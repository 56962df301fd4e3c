"""Storytelling: sessions where somebody tells what broke and what changed, and others say what they will try."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.registry import Registry


def register(registry: "Registry") -> None:
    """Its doors and hours, which doors.py lists; imported only here, as the process that matches passes by."""
    from bot.features.storytelling import doors

    doors.register(registry)
