"""Pauses: leave me alone until a day; it ends by itself and says so, or at once with an undo."""

from datetime import timedelta

from bot.members.pauses import jobs, listeners, store, views
from bot.messages import Kind, MessageClass
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors, its hours, and what it says."""
    bolt = registry.bolt
    bolt.action(views.PAUSE)(listeners.open_pause)
    bolt.view(views.PAUSE)(listeners.pause)
    bolt.action(views.RESUME)(listeners.resume)
    bolt.action(views.UNDO_RESUME)(listeners.undo_resume)
    registry.words.add("pause", listeners.pause_by_word, help="for 2 weeks, or until 2026-04-01: leaves you alone")
    registry.words.add("resume", listeners.resume_by_word, help="ends your pause now")
    registry.schedule.when_due("end pauses", jobs.end_pauses, next_due=store.next_end)
    registry.kinds.add(Kind(views.ENDED, MessageClass.ANSWER, priority=40, expires=timedelta(days=2), cost=0))
