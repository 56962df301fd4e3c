"""The doors and hours of introductions: every message, job, button and form, by name."""

import re

from bot.features.introductions import helping, home, kind, moments
from bot.features.introductions.checkins import jobs as checkin_jobs
from bot.features.introductions.checkins import listeners as checkins
from bot.features.introductions.checkins import messages as checkin_messages
from bot.features.introductions.checkins import milestones, quiet, shared
from bot.features.introductions.checkins import store as checkin_store
from bot.features.introductions.checkins import views as checkin_views
from bot.features.introductions.hello import callbacks, messages
from bot.features.introductions.hello import views as hello_views
from bot.features.introductions.late import jobs as late_jobs
from bot.features.introductions.late import waiting
from bot.features.introductions.lead import listeners as lead
from bot.features.introductions.lead import views as lead_views
from bot.features.introductions.making import jobs as making_jobs
from bot.features.introductions.making import store as making_store
from bot.features.introductions.meetings import leaving
from bot.features.introductions.meetings import listeners as meetings
from bot.features.introductions.meetings import views as meeting_views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    registry.program_kinds[kind.KIND.name] = kind.KIND
    _messages(registry)
    _hours(registry)
    _lead(registry)
    _members(registry)
    registry.left.append(leaving.call_off)
    registry.moments.append(moments.meetings)
    registry.moments.append(moments.introductions)
    registry.helps.append(helping.meet_somebody)
    registry.thanks.changed.append(shared.thanks_changed)
    registry.milestones.kinds[milestones.TENTH] = milestones.KIND
    registry.home.add(home.people_section, position=200)
    registry.home.add_ahead(home.coming_meetings)
    registry.home.add_page(lead_views.PLACE, lead.page)


def _messages(registry: Registry) -> None:
    registry.kinds.add(messages.HELLO, draw=callbacks.draw, sent=callbacks.sent, ended=callbacks.ended)
    registry.kinds.add(messages.NEWS)
    registry.kinds.add(messages.MOVED)
    registry.kinds.add(checkin_messages.BUMP, draw=checkin_jobs.draw_bump)
    registry.kinds.add(checkin_messages.CHECK_IN, draw=checkin_jobs.draw_check_in, sent=checkin_jobs.check_in_sent)
    for each in (checkin_messages.QUIET, checkin_messages.ANSWERED):
        registry.kinds.add(each)
    registry.kinds.add(checkin_messages.NOTE, draw=shared.draw_note)
    registry.kinds.add(shared.CHANGED, draw=shared.draw_note)
    for each in (meetings.MEETING, meetings.CALENDAR, lead.SAMPLE):
        registry.kinds.add(each)


def _hours(registry: Registry) -> None:
    schedule = registry.schedule
    schedule.when_due("make rounds of introductions", making_jobs.make_rounds, next_due=making_store.next_round)
    schedule.when_due("draw previews of rounds", making_jobs.draw_previews, next_due=making_store.next_preview)
    schedule.when_due("seat those who wait", late_jobs.seat_waiting, next_due=waiting.next_due)
    schedule.when_due("follow introductions up", checkin_jobs.follow_up, next_due=checkin_store.next_due)


def _lead(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(lead_views.PREVIEW)(lead.open_preview)
    bolt.action(re.compile(f"^{re.escape(lead_views.PAGE)}_(back|on)$"))(lead.turn_page)
    bolt.action(lead_views.AGAIN)(lead.draw_again)
    bolt.action(lead_views.CHANGE)(lead.open_change)
    bolt.view(lead_views.CHANGE_FORM)(lead.change)
    bolt.action(lead_views.SAMPLE)(lead.send_sample)
    bolt.action(lead_views.SEND)(lead.send)
    bolt.action(lead_views.UNDO)(lead.undo)
    bolt.action(lead_views.BACK)(lead.leave_preview)


def _members(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(hello_views.TIME)(meetings.propose)
    bolt.action(hello_views.EXCHANGE)(meetings.exchange)
    bolt.action(meeting_views.WORKS)(meetings.works)
    bolt.action(meeting_views.ANOTHER)(meetings.another)
    bolt.action(meeting_views.MOVE)(meetings.move)
    bolt.action(meeting_views.OPEN)(meetings.open_conversation)
    bolt.action(meeting_views.CANCEL)(meetings.cancel)
    for answer in (checkin_views.MET, checkin_views.DATE, checkin_views.NOT_YET, checkin_views.WONT):
        bolt.action(answer)(checkins.answer)
    for rating in checkin_views.RATE.values():
        bolt.action(rating)(checkins.rate)
    bolt.action(checkin_views.CHANGE_ANSWER)(checkins.change_answer)
    for choice in (checkin_views.STAY, checkin_views.LATER, checkin_views.STOP):
        bolt.action(choice)(quiet.choose)
