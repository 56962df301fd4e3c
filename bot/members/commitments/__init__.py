"""Commitments: what a mentor has taken on, in one number that every later offer is checked against."""

from bot.members.commitments import home, listeners, store, views
from bot.members.commitments.leads import listeners as leads
from bot.members.commitments.leads import views as lead_views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors, and its places on the Home tab."""
    bolt = registry.bolt
    bolt.action(views.CAP)(listeners.open_cap)
    bolt.view(views.CAP)(listeners.save_cap)
    bolt.action(views.NO_MORE)(listeners.no_more)
    bolt.action(views.OPEN_AGAIN)(listeners.open_again)
    bolt.action(views.CLOSE_AGAIN)(listeners.close_again)
    bolt.action(lead_views.OPEN)(leads.open_rooms)
    registry.home.add(home.section, position=330)
    registry.home.add_page(views.PAGE, home.page)
    registry.home.add_setting(home.settings_row)
    registry.home.add(leads.section, position=910)
    registry.home.add_page(lead_views.PAGE, leads.page)
    registry.left_after.append(store.end_all)
