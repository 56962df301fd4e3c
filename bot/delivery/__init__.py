"""Delivery: whatever speaks to someone later leaves through the outbox; whatever Slack tells us waits in the inbox."""

from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its hours."""
