"""The doors and hours of questions: every message, job, button and form, by name."""

from bot.features.questions import leaving, messages, settled, wishing
from bot.features.questions.asking import doors as asking
from bot.features.questions.mentoring import doors as mentoring
from bot.features.questions.routing import doors as routing
from bot.features.questions.routing import jobs as routing_jobs
from bot.features.questions.threads import beginnings
from bot.features.questions.threads import doors as threads
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    kinds = registry.kinds
    kinds.add(messages.STATUS, draw=messages.draw_status, sent=messages.status_sent)
    kinds.add(messages.STATUS_CHANGED, draw=messages.draw_status)
    kinds.add(messages.TOLD)
    kinds.add(settled.SETTLED, draw=settled.draw)
    kinds.add(messages.ASK, draw=messages.draw_ask, sent=beginnings.ask_sent, ended=routing_jobs.ask_ended)
    kinds.add(messages.ASK_CHANGED, draw=messages.draw_ask)
    registry.wishes.append(wishing.ASKED_ABOUT)
    registry.left.append(leaving.gone)
    mentoring.register(registry)
    asking.register(registry)
    routing.register(registry)
    threads.register(registry)
