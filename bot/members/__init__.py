"""Members: who people are, what they offer and want, when they work, and how much attention they give."""

from bot.members import listeners, store, sync
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    registry.viewer = store.viewer
    registry.recipients = store.recipients
    registry.events.on("app_home_opened", listeners.open_home_tab, wants=listeners.wants_home_tab)
    sync.register(registry)
