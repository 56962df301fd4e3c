"""The doors and hours of reflections: every message, job, button and form, by name."""

from bot.features.reflections import command, forms, leaving, library, listeners, talking
from bot.features.reflections.journal import finding, months, pages, places
from bot.features.reflections.journal import listeners as journal
from bot.features.reflections.journal import views as journal_views
from bot.features.reflections.prompts import jobs, messages, store
from bot.features.reflections.prompts import listeners as prompts
from bot.features.reflections.prompts import views as prompt_views
from bot.features.reflections.replies import listeners as replies
from bot.features.reflections.replies import messages as reply_messages
from bot.features.reflections.ritual import jobs as ritual_jobs
from bot.features.reflections.ritual import kind
from bot.features.reflections.ritual import listeners as ritual
from bot.features.reflections.ritual import messages as ritual_messages
from bot.features.reflections.ritual import store as ritual_store
from bot.features.reflections.ritual import views as ritual_views
from bot.features.reflections.sharing import listeners as sharing
from bot.features.reflections.sharing import messages as share_messages
from bot.features.reflections.sharing import views as share_views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    library.prompts(), library.rounds()  # a broken content file stops the start, not the first question
    registry.program_kinds[kind.KIND.name] = kind.KIND
    registry.talk_offers.append(talking.OFFER)
    registry.left.append(leaving.stop_asking)
    registry.words.add("reflect", command.reflect, help="write a reflection, or `reflect weekly` to be asked")
    registry.home.add(pages.front_row, position=340)
    registry.home.add_page(places.PLACE, pages.page)
    registry.events.on("message", replies.keep_reply, wants=replies.wants_reply)
    registry.schedule.when_due("ask for reflections", jobs.ask, next_due=store.next_due)
    registry.schedule.when_due("hold shared rounds", ritual_jobs.hold, next_due=ritual_store.next_due)
    _messages(registry)
    _writing(registry)
    _asking(registry)
    _sharing(registry)


def _messages(registry: Registry) -> None:
    kinds = registry.kinds
    kinds.add(messages.PROMPT, draw=messages.draw, sent=messages.sent, ended=messages.ended)
    kinds.add(messages.SHOWN)
    kinds.add(reply_messages.KEPT)
    kinds.add(share_messages.SHARED, draw=share_messages.draw)
    kinds.add(share_messages.TAKEN_BACK)
    kinds.add(ritual_messages.QUESTION, sent=ritual_messages.sent)
    kinds.add(ritual_messages.CLOSED)


def _writing(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(forms.WRITE)(listeners.open_write)
    bolt.shortcut(forms.WRITE)(listeners.open_write)
    bolt.action(prompt_views.ANSWER)(listeners.open_answer)
    bolt.action(prompt_views.AFTER_ALL)(listeners.open_answer)
    bolt.view(forms.WRITE)(listeners.keep)
    bolt.action(prompt_views.CHANGE)(listeners.open_change)
    bolt.view(forms.CHANGE_FORM)(listeners.change)
    bolt.action(prompt_views.REMOVE)(listeners.remove)
    bolt.action(talking.KEEP)(talking.keep_message)
    bolt.action(journal_views.SEARCH)(journal.open_search)
    bolt.view(finding.SEARCH_FORM)(journal.search)
    bolt.action(journal_views.READ)(journal.read_found)
    bolt.action(months.OPEN_DAY)(journal.open_day)
    bolt.action(places.BACK)(journal.turn)
    bolt.action(places.ON)(journal.turn)


def _asking(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(prompt_views.NOT_TODAY)(prompts.not_today)
    bolt.action(prompt_views.MORE)(prompts.more)
    bolt.action(prompt_views.UNDO)(prompts.undo)
    bolt.action(prompt_views.RHYTHM)(prompts.open_rhythm)
    bolt.view(prompt_views.RHYTHM_FORM)(prompts.save_rhythm)


def _sharing(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(journal_views.SHARE)(sharing.open_share)
    bolt.view(share_views.SHARE_FORM)(sharing.save_share)
    bolt.action(share_views.READ_SHARED)(sharing.read_shared)
    bolt.action(ritual_views.SHARED)(ritual.shared_one)
    bolt.action(ritual_views.NOT_SHARED)(ritual.not_shared)
