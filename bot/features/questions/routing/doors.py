"""The doors and hours of routing: every message, job, button and form, by name."""

from bot.features.questions.routing import (
    choosing,
    holding,
    home,
    jobs,
    leaving,
    listeners,
    muting,
    muting_views,
    once_more,
    posting,
    seconds,
    step_views,
    taken_views,
    views,
)
from bot.features.questions.routing.leading import channels
from bot.features.questions.routing.leading import listeners as leading
from bot.features.questions.routing.leading import views as leading_views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    _messages(registry)
    registry.schedule.when_due("route questions", jobs.route, next_due=jobs.next_question)
    registry.schedule.when_due("look after questions held", jobs.look_after_holders, next_due=jobs.next_holder)
    registry.paused.append(leaving.away)
    registry.no_more.append(leaving.full)
    registry.reportable["question"] = muting.REPORTABLE
    registry.home.add_page(taken_views.PAGE, home.page)
    registry.home.add(home.open_row, position=261)
    registry.home.add_lead_setting(leading.section)
    _acts(registry)
    _leading(registry)


def _messages(registry: Registry) -> None:
    kinds = registry.kinds
    kinds.add(posting.POSTED, draw=posting.draw, sent=posting.sent, ended=posting.ended)
    kinds.add(posting.POST_CHANGED, draw=posting.draw)
    kinds.add(holding.HELD, draw=holding.draw_held, sent=holding.held_sent)
    kinds.add(once_more.AGAIN, draw=once_more.draw, ended=jobs.ask_ended)
    kinds.add(jobs.STILL, draw=jobs.draw_still)
    kinds.add(seconds.USED)


def _acts(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(views.TAKE)(listeners.take)
    bolt.action(views.PASS)(listeners.pass_on)
    bolt.action(views.UNPASS)(listeners.unpass)
    bolt.action(views.NOT_NOW)(listeners.not_now)
    for reason in views.WHY.values():
        bolt.action(reason)(listeners.say_why)
    bolt.action(views.HAND_ON)(listeners.hand_on)
    bolt.action(views.STILL)(listeners.still_on_it)
    bolt.action(views.SECOND)(listeners.second_opinion)
    bolt.action(taken_views.SEE)(listeners.see_open)
    bolt.action(step_views.AGAIN)(choosing.again)
    bolt.action(step_views.OTHERS)(choosing.others)
    bolt.action(step_views.WAIT)(choosing.wait)
    bolt.action(muting_views.MUTE)(muting.mute)


def _leading(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(views.NAME)(leading.open_name)
    bolt.view(leading_views.NAME_FORM)(leading.name)
    bolt.action(views.POST)(leading.post)
    bolt.action(leading_views.PLACES)(leading.open_places)
    bolt.view(leading_views.PLACES_FORM)(leading.add_place)
    bolt.action(leading_views.FIRST)(leading.put_first)
    bolt.action(leading_views.REMOVE)(leading.remove_place)
    registry.events.on("member_left_channel", channels.left, wants=channels.wants)
    for archived in ("channel_archive", "group_archive"):  # Slack's older name for private channels
        registry.events.on(archived, channels.archived, wants=channels.wants)
    registry.events.on("channel_id_changed", channels.renumbered, wants=channels.wants)
