"""Moderation: how we speak with each other here, whom to turn to, and what happens when somebody reports something."""

from bot.members.moderation import models
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    assert models
