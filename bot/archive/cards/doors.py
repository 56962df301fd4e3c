"""The doors and hours of cards: every message, job, button and form, by name."""

from bot.archive.cards import content, jobs, leaving, messages, news, reports, store
from bot.archive.cards.consents import listeners as consents
from bot.archive.cards.consents import views as consent_views
from bot.archive.cards.editing import listeners as editing
from bot.archive.cards.editing import views as edit_views
from bot.archive.cards.keeping import listeners as keeping
from bot.archive.cards.keeping import views as keep_views
from bot.archive.cards.mine import home
from bot.archive.cards.mine import listeners as mine
from bot.archive.cards.mine import views as mine_views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    content.challenges(), content.industries()  # a broken content file stops the start, not the first card
    registry.schedule.when_due("look at cards", jobs.look, next_due=store.next_due)
    registry.left_after.append(leaving.end_what_waits)
    registry.reportable[reports.KIND] = reports.REPORTABLE
    registry.home.add(home.front, position=271)  # right behind what is found
    registry.finds += [home.write_button, home.mine_button]
    registry.home.add_page(mine_views.PLACE, home.page)
    registry.kinds.add(messages.ASK, draw=messages.draw_ask)
    registry.kinds.add(messages.REMIND, draw=messages.draw_ask)
    registry.kinds.add(messages.NEWS)
    registry.kinds.add(messages.ANSWERED)
    _writing(registry)
    _consents(registry)


def _writing(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(edit_views.NEW)(editing.open_new)
    bolt.view(edit_views.NEW)(editing.save_new)
    bolt.action(news.EDIT)(editing.open_form)
    bolt.view(news.EDIT)(editing.save)
    bolt.shortcut(keep_views.KEEP)(keeping.keep)
    bolt.action(mine_views.TAKE_BACK)(mine.take_back)
    bolt.action(mine_views.OUT)(mine.take_out)


def _consents(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(consent_views.NAMED)(consents.fine_named)
    bolt.action(consent_views.UNNAMED)(consents.fine)
    bolt.action(consent_views.UNDO)(consents.undo)
    bolt.action(consent_views.LEAVE_OUT)(consents.leave_out)
    bolt.action(consent_views.CHANGE)(consents.open_change)
    bolt.view(consent_views.CHANGE_FORM)(consents.change)
    bolt.action(consent_views.OUT_TOO)(consents.out_too)
    bolt.action(consent_views.STAY)(consents.stay)
