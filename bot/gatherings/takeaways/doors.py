"""The doors and hours of takeaways: every message, job, button and form, by name."""

from bot.gatherings.takeaways import jobs, listeners, messages, reporting, rules, store, views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    registry.schedule.when_due("ask what people take along", jobs.ask, next_due=store.next_to_ask_for)
    registry.schedule.when_due("ask what came of it", jobs.follow, next_due=store.next_to_follow)
    registry.reportable[rules.REPORTED] = reporting.REPORTABLE
    registry.left.append(reporting.forget)
    _messages(registry)
    bolt = registry.bolt
    for say in (views.SAY, views.SAY_HERE):
        bolt.action(say)(listeners.open_form)
    bolt.view(views.FORM)(listeners.say)
    bolt.action(views.NOTHING)(listeners.nothing)
    bolt.action(views.STOP)(listeners.stop)
    bolt.action(views.AGAIN)(listeners.ask_again)
    bolt.action(views.TAKE_BACK)(listeners.take_back)
    for action_id in views.OUTCOMES.values():
        bolt.action(action_id)(listeners.answer)


def _messages(registry: Registry) -> None:
    registry.kinds.add(messages.QUESTION, draw=messages.draw_question)
    registry.kinds.add(messages.GATHERED, draw=messages.draw_gathered)
    registry.kinds.add(messages.GATHERED_CHANGED, draw=messages.draw_gathered)
    registry.kinds.add(messages.FOLLOW_UP, draw=messages.draw_follow_up)
    registry.kinds.add(messages.TOLD)
