"""Delivery: whatever speaks to someone later leaves through the outbox; whatever Slack tells us waits in the inbox."""

from functools import partial

from bot.delivery import inbox, jobs, queues
from bot.delivery.limits import Limits
from bot.registry import Registry


def register(registry: Registry, limits: Limits | None = None) -> None:
    """Its hours."""
    limits = limits or Limits()
    registry.schedule.when_due(
        "deliver", partial(jobs.deliver, registry, limits), next_due=partial(queues.next_due, limits=limits)
    )
    registry.schedule.when_due("forget handled events", inbox.forget_handled, next_due=inbox.next_forgetting)
