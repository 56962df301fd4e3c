"""Programs: recurring arrangements that open a round when it is due, once."""

from bot.programs import (
    audiences,
    channels,
    first_hour,
    forms,
    front,
    jobs,
    joining,
    leads,
    making,
    pages,
    small_forms,
    store,
    telling,
    troubles,
    views,
)
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    _speak(registry)
    _keep_time(registry)
    _stand_on_home(registry)
    _serve_members(registry)
    _serve_leads(registry)
    _serve_forms(registry)


def _speak(registry: Registry) -> None:
    for kind in views.KINDS:
        registry.kinds.add(kind, draw=telling.draw_notice if kind is views.NOTICE else None)


def _keep_time(registry: Registry) -> None:
    registry.schedule.when_due("open rounds", jobs.open_rounds, next_due=store.next_due)
    registry.schedule.when_due("tell of tomorrow", jobs.tell_of_tomorrow, next_due=store.next_notice)
    registry.schedule.when_due("greet leads", jobs.greet_leads, next_due=store.next_greeting)
    registry.joined.append(joining.came_in)
    registry.left.append(joining.went_away)
    registry.audiences.append(audiences.of_member)
    registry.events.on("member_joined_channel", channels.somebody_joined, wants=channels.wants_channel)
    registry.events.on("member_left_channel", channels.somebody_left, wants=channels.wants_channel)
    for archived in ("channel_archive", "group_archive"):  # Slack's older name for private channels
        registry.events.on(archived, channels.channel_archived, wants=channels.wants_channel)
    registry.events.on("channel_id_changed", channels.channel_renumbered, wants=channels.wants_channel)


def _stand_on_home(registry: Registry) -> None:
    registry.home.add_ahead(front.ahead)
    registry.home.add(front.my_programs, position=300)
    registry.home.add(front.lead_section, position=900)
    registry.home.add_page(pages.MY_PLACE, front.my_programs_page)
    registry.home.add_page("program", front.program_page)
    registry.home.add_page("programs", front.all_page)
    registry.home.add_page(troubles.PLACE, troubles.page)


def _serve_members(registry: Registry) -> None:
    registry.bolt.action(views.JOIN)(joining.join)
    registry.bolt.action(views.DECLINE)(joining.decline)
    registry.bolt.action(views.SKIP)(joining.skip)
    registry.bolt.action(views.UNSKIP)(joining.unskip)
    registry.bolt.action(views.LEAVE)(joining.leave)


def _serve_leads(registry: Registry) -> None:
    registry.bolt.action(views.OPEN)(leads.open_page)
    registry.bolt.action(pages.ALL)(leads.open_all)
    registry.bolt.action(pages.BACK)(leads.go_back)
    registry.bolt.action(pages.UNDELIVERED)(troubles.open_page)
    registry.bolt.action(pages.RETRY)(troubles.try_again)
    registry.bolt.action(pages.PAUSE)(leads.pause)
    registry.bolt.action(pages.RESUME)(leads.resume)
    registry.bolt.action(pages.END)(leads.end)
    registry.bolt.action(pages.SEND_NOW)(leads.send_now)
    registry.bolt.action(pages.UNDO_SEND)(leads.undo_send)
    registry.bolt.action(pages.SKIP_NEXT)(leads.skip_next)
    registry.bolt.action(pages.UNDO_SKIP)(leads.undo_skip)
    registry.bolt.action(pages.STOP)(leads.stop_round)
    registry.bolt.action(pages.INVITE)(leads.invite)
    registry.bolt.action(first_hour.INVITE)(leads.invite)


def _serve_forms(registry: Registry) -> None:
    registry.bolt.action(pages.NEW)(making.open_new)
    registry.bolt.action(first_hour.PROGRAM)(making.open_new)
    registry.bolt.action(pages.EDIT)(making.open_edit)
    registry.bolt.action(pages.OPTIONS)(making.open_options)
    registry.bolt.action(first_hour.DATES)(making.open_options)
    registry.bolt.view(forms.KIND_FORM)(making.choose_kind)
    registry.bolt.view(forms.PROGRAM_FORM)(making.save_program)
    registry.bolt.view(forms.OPTIONS_FORM)(making.save_options)
    registry.bolt.options(forms.ZONE)(making.suggest_zone)
    for action_id in forms.CALENDAR_FIELDS.values():
        registry.bolt.action(action_id)(making.show_dates)
    registry.bolt.action(pages.OWNER)(small_forms.open_owner)
    registry.bolt.view(forms.OWNER_FORM)(small_forms.save_owner)
    registry.bolt.action(pages.HOLIDAYS)(small_forms.open_holidays)
    registry.bolt.view(forms.HOLIDAYS_FORM)(small_forms.add_holiday)
    registry.bolt.action(forms.HOLIDAY_REMOVE)(small_forms.remove_holiday)
    registry.bolt.action(first_hour.CHANNEL)(small_forms.open_channel)
    registry.bolt.view(forms.CHANNEL_FORM)(small_forms.save_channel)
