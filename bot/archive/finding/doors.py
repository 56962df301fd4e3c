"""The doors and hours of finding: every message, job, button and form, by name."""

from bot.archive.finding import (
    acting,
    acts,
    command,
    helping,
    leading,
    library,
    listeners,
    looking_again,
    pages,
    yearly,
)
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    library.built_in()  # a broken content file stops the start, not the first visit
    registry.words.add("find", command.find, help="looks for insights: `find saying no`, or `find` alone for the form")
    registry.home.add(pages.front, position=270)
    registry.home.add_page(acts.PLACE, pages.page)
    registry.helps.append(helping.find_an_insight)
    registry.schedule.when_due("ask whether cards are still true", yearly.ask, next_due=looking_again.next_due)
    registry.kinds.add(yearly.ASK, draw=yearly.draw)
    registry.kinds.add(yearly.ANSWERED)
    _searching(registry)
    _cards(registry)


def _searching(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(acts.SEARCH)(listeners.open_search)
    bolt.view(acts.SEARCH_FORM)(listeners.search)
    bolt.options(acts.FIND_TAG)(listeners.suggest_tags)
    bolt.action(acts.ALL)(listeners.open_all)
    bolt.action(acts.EXACTLY)(listeners.search_exactly)
    bolt.action(acts.MORE)(listeners.turn)
    bolt.action(acts.EARLIER)(listeners.turn)
    bolt.action(acts.LOOK_FOR_TAG)(listeners.look_for_tag)
    bolt.action(acts.OPEN_COLLECTION)(listeners.open_collection)


def _cards(registry: Registry) -> None:
    bolt = registry.bolt
    bolt.action(acts.READ)(listeners.read)
    for each in (acts.KEEP, acts.LET_GO):
        bolt.action(each)(acting.keep)
    for each in acting.OUTCOME_OF:
        bolt.action(each)(acting.tell)
    bolt.action(acts.STILL_TRUE)(yearly.still_true)
    bolt.action(acts.UNDO_STILL_TRUE)(yearly.undo)
    bolt.action(acts.COLLECT)(leading.open_form)
    bolt.view(acts.COLLECT_FORM)(leading.save)
    bolt.action(acts.UNCOLLECT)(leading.take_out)
