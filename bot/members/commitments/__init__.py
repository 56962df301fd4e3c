"""Commitments: what a mentor has taken on, in one number that every later offer is checked against."""

from bot.members.commitments import store
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    assert store
