"""Members: who people are, what they offer and want, when they work, and how much attention they give."""

from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
