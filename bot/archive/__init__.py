"""The archive: what was learned stays where the next person finds it, in words their owners agreed to."""

from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
