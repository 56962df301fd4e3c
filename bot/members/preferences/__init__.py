"""Preferences: whatever was said while joining can be changed at any time, and one can leave."""

from bot.members.preferences import listeners, views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors."""
    bolt = registry.bolt
    bolt.action(views.EDIT_ABOUT)(listeners.open_about)
    bolt.action(views.EDIT_SKILLS)(listeners.open_skills)
    bolt.action(views.EDIT_HOURS)(listeners.open_hours)
    bolt.view(views.EDIT_ABOUT)(listeners.save_about)
    bolt.view(views.EDIT_SKILLS)(listeners.save_skills)
    bolt.view(views.EDIT_HOURS)(listeners.save_hours)
    bolt.action(views.LEAVE)(listeners.leave)
