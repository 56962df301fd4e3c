"""Links to cards that people post in Slack show what they are about: a title and tags, and only among colleagues."""

from bot.archive.unfurling import listeners
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its door."""
    registry.events.on("link_shared", listeners.show_cards, wants=listeners.wants_links)
