"""The doors and hours of live roundtables: every message, job, button and form, by name."""

from functools import partial

from bot.features.roundtables.live import gathering, jobs, kind, listeners, messages, store, topics, views
from bot.gatherings import rounds
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    topics.ours()  # a broken content file stops the start, not the first vote
    registry.program_kinds[kind.KIND.name] = kind.KIND
    registry.gathering_kinds[gathering.KIND.name] = gathering.KIND
    registry.ballots[topics.KIND.name] = topics.KIND
    registry.schedule.when_due(
        "plan live roundtables",
        partial(rounds.plan_due, kind.NAME, kind.describe),
        next_due=rounds.next_due(kind.NAME),
    )
    registry.schedule.when_due("make tables", jobs.look_at_tables, next_due=store.next_due)
    registry.kinds.add(messages.TABLE, draw=messages.draw)
    registry.kinds.add(messages.TABLE_CHANGED, draw=messages.draw)
    registry.kinds.add(messages.CAME_OF_IT, draw=messages.draw_came_of_it)
    bolt = registry.bolt
    bolt.action(views.MOVE)(listeners.open_move)
    bolt.view(views.MOVE_FORM)(listeners.save_move)
    bolt.action(views.CAME_OF_IT)(listeners.came_of_it)
