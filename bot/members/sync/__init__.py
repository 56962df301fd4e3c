"""Keeps who people are as Slack says it: a walk through everybody once a day, and every change as it happens."""

from bot.members.sync import jobs, listeners, store
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    registry.events.on("user_change", listeners.keep_person)
    registry.events.on("team_join", listeners.keep_person)
    registry.events.on("app_uninstalled", listeners.stop_for_good)
    registry.events.on("tokens_revoked", listeners.stop)
    registry.schedule.when_due("sync people", jobs.sync_people, next_due=store.next_walk)
    registry.schedule.when_due("look people up", jobs.look_people_up, next_due=store.next_lookup)
