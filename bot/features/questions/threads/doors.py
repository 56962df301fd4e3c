"""The doors and hours of what is said in threads: every message, job, button and form, by name."""

from bot.features.questions.threads import checklists, listeners, messages
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    checklists.checklists()  # a broken content file stops the start, not the first review
    registry.events.on("message", listeners.hear, wants=listeners.wants)
    _messages(registry)


def _messages(registry: Registry) -> None:
    kinds = registry.kinds
    kinds.add(messages.CARRIED, draw=messages.draw)
    kinds.add(messages.CARRIED_CHANGED, draw=messages.draw)
    kinds.add(messages.NOTED)
