"""Attention: what waits for somebody, how they read it now, and the weekly digest of what found no place."""

from bot.members.attention import digest, listeners, views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and its message."""
    registry.kinds.add(views.DIGEST, draw=digest.draw, sent=digest.sent)
    registry.kinds.missed = digest.remember
    registry.bolt.action(views.READ)(listeners.read_now)
    registry.bolt.action(views.READ_ALL)(listeners.read_all)
    registry.home.add(listeners.waiting_section, position=110)
