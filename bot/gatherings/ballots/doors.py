"""The doors and hours of ballots: every message, job, button and form, by name."""

from bot.gatherings.ballots import jobs, leaving, listeners, messages, reporting, store, views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    registry.kinds.add(messages.POSTED, draw=messages.draw)
    registry.kinds.add(messages.CHANGED, draw=messages.draw)
    registry.kinds.add(messages.TOLD)
    registry.schedule.when_due("count votes", jobs.count_votes, next_due=store.next_due)
    registry.reportable["proposal"] = reporting.REPORTABLE
    registry.left.append(leaving.forget)
    registry.bolt.action(views.VOTE)(listeners.vote)
    registry.bolt.action(views.UNVOTE)(listeners.unvote)
    registry.bolt.action(views.PROPOSE)(listeners.open_form)
    registry.bolt.view(views.PROPOSE_FORM)(listeners.propose)
    registry.bolt.action(views.TAKE_BACK)(listeners.take_back)
