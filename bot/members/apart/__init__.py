"""Apart: a confidential list of people one would rather not be paired with; it works both ways, and only its owner sees it."""

from bot.members.apart import listeners, views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors."""
    registry.bolt.action(views.APART)(listeners.open_apart)
    registry.bolt.view(views.APART)(listeners.save_apart)
