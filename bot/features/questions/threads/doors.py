"""The doors and hours of what is said in threads: every message, job, button and form, by name."""

from bot.features.questions.threads import buttons, checklists, listeners, messages, thanking, views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    checklists.checklists()  # a broken content file stops the start, not the first review
    registry.events.on("message", listeners.hear, wants=listeners.wants)
    _messages(registry)
    _thanking(registry)


def _messages(registry: Registry) -> None:
    kinds = registry.kinds
    kinds.add(messages.CARRIED, draw=messages.draw)
    kinds.add(messages.CARRIED_CHANGED, draw=messages.draw)
    kinds.add(messages.NOTED)
    kinds.add(thanking.THANKED)


def _thanking(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(views.HELPED)(buttons.helped)
    bolt.action(views.NOT_HELPED)(buttons.not_helped)
    bolt.action(views.MORE)(buttons.ask_more)
    bolt.action(views.REST)(buttons.read_rest)
    bolt.action(views.CLOSE)(buttons.close)
    bolt.action(views.KEEP_OPEN)(buttons.keep_open)
    bolt.action(views.REOPEN)(buttons.open_again)
