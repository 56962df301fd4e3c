"""Gatherings: dated sessions with seats, reminders and changes that reach everybody who was told; and ballots."""

from bot.gatherings.ballots import doors as ballots
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    ballots.register(registry)
