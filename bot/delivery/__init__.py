"""Delivery: whatever speaks to someone later leaves through the outbox; whatever Slack tells us waits in the inbox."""

from functools import partial

from bot.delivery import inbox, jobs, queues, renumbering
from bot.delivery.limits import Limits
from bot.registry import Registry


def register(registry: Registry, limits: Limits | None = None) -> None:
    """Its hours, and the one event that concerns every message."""
    limits = limits or Limits()
    registry.schedule.when_due(
        "deliver", partial(jobs.deliver, registry, limits), next_due=partial(queues.next_due, limits=limits)
    )
    registry.events.on("channel_id_changed", renumbering.channel_renumbered, wants=renumbering.wants)
    registry.schedule.when_due("forget handled events", inbox.forget_handled, next_due=inbox.next_forgetting)
