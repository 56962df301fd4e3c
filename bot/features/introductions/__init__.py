"""Introductions: people from different teams meet, round after round, and hear why."""

from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
