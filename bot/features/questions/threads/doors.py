"""The doors and hours of what is said in threads: every message, job, button and form, by name."""

from bot.features.questions.threads import (
    buttons,
    checklists,
    keep_views,
    keeping,
    listeners,
    messages,
    milestones,
    moderating,
    moments,
    outcome_views,
    outcomes,
    quiet,
    review_views,
    reviews,
    thanking,
    views,
)
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    checklists.checklists()  # a broken content file stops the start, not the first review
    registry.events.on("message", listeners.hear, wants=listeners.wants)
    registry.schedule.when_due("close quiet questions", quiet.close, next_due=quiet.next_quiet)
    registry.schedule.when_due("ask how answers worked out", outcomes.ask, next_due=outcomes.next_outcome)
    registry.reportable["answer"] = moderating.REPORTABLE
    registry.moments.append(moments.answered)
    registry.thanks.changed.append(thanking.thanks_changed)
    registry.milestones.kinds[milestones.FIRST] = milestones.KIND
    _messages(registry)
    _thanking(registry)
    _reviewing(registry)


def _messages(registry: Registry) -> None:
    kinds = registry.kinds
    kinds.add(messages.CARRIED, draw=messages.draw)
    kinds.add(messages.CARRIED_CHANGED, draw=messages.draw)
    kinds.add(messages.NOTED)
    kinds.add(quiet.CLOSED, draw=quiet.draw)
    kinds.add(thanking.THANKED)
    kinds.add(outcomes.OUTCOME, draw=outcomes.draw)
    kinds.add(outcomes.TOLD)
    kinds.add(keeping.OFFERED)
    kinds.add(moderating.MODERATED)


def _thanking(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(views.HELPED)(buttons.helped)
    bolt.action(views.NOT_HELPED)(buttons.not_helped)
    bolt.action(views.MORE)(buttons.ask_more)
    bolt.action(views.REST)(buttons.read_rest)
    bolt.action(views.CLOSE)(buttons.close)
    bolt.action(views.KEEP_OPEN)(buttons.keep_open)
    bolt.action(keep_views.KEEP)(buttons.keep)
    bolt.action(keep_views.NOT_KEPT)(buttons.keep_not)
    bolt.action(views.REOPEN)(buttons.open_again)


def _reviewing(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(review_views.REVIEW)(reviews.open_review)
    bolt.action(review_views.TICK)(reviews.ticked)
    bolt.view(review_views.REVIEW_FORM)(reviews.save_review)
    for action_id in outcome_views.SAY.values():
        bolt.action(action_id)(outcomes.say)
