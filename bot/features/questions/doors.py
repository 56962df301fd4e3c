"""The doors and hours of questions: every message, job, button and form, by name."""

from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
