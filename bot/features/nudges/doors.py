"""The doors and hours of nudges: every message, job, button and form, by name."""

import re

from bot.features.nudges import front, home, library
from bot.features.nudges.answers import listeners as answers
from bot.features.nudges.answers import views
from bot.features.nudges.lead import listeners as lead
from bot.features.nudges.lead import views as lead_views
from bot.features.nudges.sending import jobs, messages, store
from bot.features.nudges.training import listeners as training
from bot.features.nudges.training import views as training_views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours. A broken content file stops the start here, with one line."""
    library.built_in(), library.themes(), library.steps()
    registry.kinds.add(messages.NUDGE, draw=jobs.draw, sent=jobs.sent, ended=jobs.ended)
    registry.kinds.add(messages.SEEN_ALL)
    registry.kinds.add(messages.ANSWERED)
    registry.schedule.when_due("send nudges", jobs.send_nudges, next_due=store.next_due)
    registry.joined.append(store.begin)
    registry.left.append(store.stop)
    registry.home.add(home.section, position=320)
    registry.home.add_page(front.PLACE, home.page)
    registry.home.add_setting(home.settings_row)
    registry.words.add("nudges", answers.open_rhythm, help="sets how often you get a small thing to try")
    _answers(registry)
    _training(registry)
    _lead(registry)


def _answers(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(views.DID)(answers.answer)
    bolt.action(views.NOT_NOW)(answers.answer)
    bolt.action(views.UNDO)(answers.undo)
    bolt.action(views.UNDO_STOP)(answers.undo_stop)
    bolt.action(views.MORE)(answers.choose)
    bolt.action(views.OPEN_CHECKLIST)(answers.open_checklist)
    bolt.view(views.CHECKLIST_FORM)(answers.keep_checklist)
    bolt.action(views.OPEN_RHYTHM)(answers.open_rhythm)
    bolt.view(views.RHYTHM_FORM)(answers.keep_rhythm)


def _training(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(training_views.OPEN)(training.open_step)
    bolt.action(re.compile(f"^{re.escape(training_views.OPEN)}_(before|next)$"))(training.turn)
    bolt.view(training_views.TRIED)(training.tried_step)


def _lead(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(lead_views.EDIT)(lead.choose)
    bolt.action(lead_views.ADD)(lead.open_new)
    bolt.view(lead_views.SAVE)(lead.save)
    bolt.action(lead_views.IMPORT)(lead.open_import)
    bolt.view(lead_views.IMPORT_FORM)(lead.import_all)
    bolt.action(lead_views.FILTER)(lead.show_theme)
    bolt.action(lead_views.NEXT)(lead.turn_page)
    bolt.action(lead_views.USUAL)(lead.set_usual)
