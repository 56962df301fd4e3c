"""The doors and hours of roundtables, room by room."""

from bot.features.roundtables.live import doors as live
from bot.features.roundtables.written import doors as written
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    written.register(registry)
    live.register(registry)
