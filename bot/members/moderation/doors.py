"""The doors and hours of moderation: every message, job, button and form, by name."""

import re

from bot.members.moderation import leaving, phrases, store
from bot.members.moderation.conduct import listeners as conduct
from bot.members.moderation.conduct import views as conduct_views
from bot.members.moderation.conduct import words
from bot.members.moderation.deciding import home, jobs, messages
from bot.members.moderation.deciding import listeners as deciding
from bot.members.moderation.deciding import views as deciding_views
from bot.members.moderation.naming import listeners as naming
from bot.members.moderation.naming import views as naming_views
from bot.members.moderation.reporting import listeners as reporting
from bot.members.moderation.reporting import views as reporting_views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    words.default_text()  # a broken content file stops the start, not the first person who needs it
    phrases.known()
    registry.left.append(leaving.hand_on)
    _conduct(registry)
    _reports(registry)
    _moderators(registry)


def _conduct(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(conduct_views.READ)(conduct.read)
    bolt.action(conduct_views.EDIT)(conduct.open_form)
    bolt.action(conduct_views.OURS)(conduct.use_ours)
    bolt.view(conduct_views.EDIT)(conduct.preview)
    bolt.view(conduct_views.PREVIEW)(conduct.save)
    registry.words.add("conduct", conduct.answer, help="shows how we speak with each other, and whom you can turn to")
    registry.welcomes.append(conduct.welcome)
    registry.home.add_setting(conduct.row)
    registry.home.add_lead_setting(conduct.row_for_leads)


def _reports(registry: Registry) -> None:
    bolt = registry.bolt
    # Behind anybody's three dots, too, so that no feature needs to know what [Report] does.
    bolt.action(re.compile(".*"), matchers=[reporting.is_report])(reporting.open_form)
    bolt.view(reporting_views.FORM)(reporting.report)
    bolt.action(deciding_views.PUT_BACK)(deciding.put_back)
    bolt.action(deciding_views.KEEP_HIDDEN)(deciding.keep_hidden)
    bolt.action(deciding_views.TURN_ROUND)(deciding.turn_round)
    registry.kinds.add(messages.ASK, draw=deciding.draw_request)
    for each in (messages.DECIDED, messages.AUTHOR, messages.REPORTER):
        registry.kinds.add(each)
    registry.home.add(home.section, position=20)
    registry.home.add_page(deciding_views.PAGE, home.page)
    registry.home.add_setting(home.row)
    registry.home.add_lead_setting(home.row_of_a_lead_outside)
    registry.schedule.when_due("bring reports to the leads", jobs.ask_leads, next_due=store.next_due)


def _moderators(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(naming_views.MODERATORS)(naming.open_form)
    bolt.view(naming_views.MODERATORS)(naming.save)
    bolt.action(naming_views.STEP_DOWN)(naming.step_down)
    registry.kinds.add(naming_views.CHANGED)
    registry.home.add_lead_setting(naming.row_for_leads)
