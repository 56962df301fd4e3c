"""Gatherings: dated sessions with seats, reminders and changes that reach everybody who was told; ballots; takeaways."""

from bot.gatherings import doors
from bot.gatherings.ballots import doors as ballots
from bot.gatherings.takeaways import doors as takeaways
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    doors.register(registry)
    ballots.register(registry)
    takeaways.register(registry)
