"""A message to the bot outside any thread: it goes nowhere by itself, and whoever wrote it is told what could be done."""

from bot.members.talk import listeners, views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its door and its message."""
    registry.kinds.add(views.ANSWER)
    registry.events.on("message", listeners.answer_message, wants=listeners.wants_message)
