"""The doors of asking: every form, button and page, by name."""

from bot.features.questions.asking import (
    aliases,
    changed_views,
    changing,
    coming_out,
    ending,
    forms,
    helping,
    home,
    home_views,
    listeners,
    looking,
    mention,
    merging,
    talking,
    views,
)
from bot.registry import Registry


def register(registry: Registry) -> None:
    """All of them."""
    aliases.parts()  # a broken content file stops the start, not the first question under an alias
    registry.words.add("ask", listeners.open_by_word, help="asks colleagues who know; write your question after it")
    registry.home.add(home.section, position=260)
    registry.home.add_ahead(home.for_me)
    registry.home.add_page(home_views.PAGE, home.page)
    registry.helps.append(helping.ask_mentors)
    registry.finds.append(helping.ask_mentors)
    registry.talk_offers += [talking.OFFER, talking.ADD_OFFER]
    registry.events.on("app_mention", mention.answer_mention, wants=mention.wants_mention)
    registry.schedule.when_due("take out questions left behind", coming_out.look, next_due=coming_out.next_left)
    _form(registry)
    _card(registry)
    _messages(registry)


def _form(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(forms.ASK)(listeners.open_form)
    bolt.shortcut(forms.ASK)(listeners.open_form)
    bolt.view(forms.ASK)(listeners.hand_in)
    bolt.action(forms.LOOK)(looking.look)
    bolt.action(forms.WHO)(looking.choose_who)


def _card(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(views.CHANGE)(changing.open_change)
    bolt.view(views.CHANGE)(changing.save_change)
    bolt.action(views.CLOSE)(ending.close)
    bolt.action(views.WITHDRAW)(ending.withdraw)
    bolt.action(views.REOPEN)(ending.reopen)
    bolt.action(views.MORE)(merging.choose_more)
    bolt.view(views.SHOW_NAME)(ending.show_name)
    bolt.view(views.MERGE)(merging.merge)
    bolt.action(views.DETAILS)(ending.show_details)


def _messages(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(mention.ASK)(mention.open_from_mention)
    bolt.action(talking.ASK)(talking.ask_with_message)
    bolt.action(changed_views.ADD)(talking.open_add)
    bolt.view(changed_views.ADD)(talking.save_add)
