"""The doors and hours of gatherings: every message, job, button, form and page, by name."""

from bot.gatherings import (
    acts,
    announcing,
    calendars,
    changing,
    channels,
    front,
    jobs,
    leaving,
    messages,
    outside,
    page_views,
    reminding,
    store,
)
from bot.gatherings.coming import listeners as coming
from bot.gatherings.coming import people
from bot.gatherings.hosting import acting
from bot.gatherings.hosting import listeners as hosting
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    _messages(registry)
    registry.schedule.when_due("take gatherings further", jobs.take_steps, next_due=store.next_due)
    registry.joined.append(people.came_in)
    registry.left.append(leaving.went_away)
    registry.paused.append(leaving.paused)
    registry.home.add(front.just_over, position=119)
    registry.home.add_ahead(front.ahead, more=page_views.all_sessions())
    registry.home.add_page(page_views.PAGE, front.page)
    registry.home.add_page(page_views.LIST, front.list_page)
    _channels(registry)
    _everybody(registry)
    _hosts(registry)


def _messages(registry: Registry) -> None:
    for post in (messages.POSTED, messages.REFRESHED):
        registry.kinds.add(post, draw=announcing.draw)
    for reminder in (messages.SOON, messages.REMINDER):
        registry.kinds.add(reminder, draw=reminding.draw)
    registry.kinds.add(messages.OUTSIDE, draw=outside.draw)
    registry.kinds.add(messages.NEWS, draw=changing.draw)
    registry.kinds.add(messages.CALENDAR, draw=calendars.draw)
    registry.kinds.add(messages.INVITATION, draw=acting.draw_invitation)
    for kind in (messages.THREAD, messages.SEAT, messages.HOST):
        registry.kinds.add(kind)


def _channels(registry: Registry) -> None:
    for archived in ("channel_archive", "group_archive"):  # Slack's older name for private channels
        registry.events.on(archived, channels.channel_archived, wants=channels.wants_channel)
    registry.events.on("member_left_channel", channels.somebody_left, wants=channels.wants_channel)
    registry.events.on("channel_id_changed", channels.channel_renumbered, wants=channels.wants_new_id)


def _everybody(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(acts.COME)(coming.come)
    bolt.action(acts.CANNOT)(coming.cannot)
    bolt.action(acts.CHANGE)(coming.change_mind)
    bolt.action(acts.OPEN)(coming.open_page)
    bolt.action(acts.JOIN)(coming.join_call)
    bolt.action(acts.THERE)(coming.was_there)
    bolt.action(acts.NOT_THERE)(coming.was_not_there)


def _hosts(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(acts.EDIT)(hosting.open_edit)
    bolt.view(acts.EDIT_FORM)(hosting.save_edit)
    bolt.action(acts.MOVE)(hosting.open_move)
    bolt.view(acts.MOVE_FORM)(hosting.save_move)
    bolt.action(acts.CALL_OFF)(hosting.call_off)
    bolt.action(acts.INVITE)(hosting.open_invite)
    bolt.view(acts.INVITE_FORM)(hosting.send_invitations)
    bolt.action(acts.COHOST)(hosting.open_cohost)
    bolt.view(acts.COHOST_FORM)(hosting.save_cohost)
    bolt.action(acts.RECORDING)(hosting.open_recording)
    bolt.view(acts.RECORDING_FORM)(hosting.save_recording)
