"""Leading: leads name other leads, and decide whether guests may join."""

from datetime import timedelta

from bot.members.leading import listeners, views
from bot.messages import Kind, MessageClass
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors, and what it says."""
    bolt = registry.bolt
    bolt.action(views.LEADS)(listeners.open_leads)
    bolt.view(views.LEADS)(listeners.save_leads)
    bolt.action(views.ALLOW_GUESTS)(listeners.allow_guests)
    bolt.action(views.STOP_GUESTS)(listeners.stop_guests)
    registry.kinds.add(Kind(views.CHANGED, MessageClass.ANSWER, priority=45, expires=timedelta(days=7), cost=0))
