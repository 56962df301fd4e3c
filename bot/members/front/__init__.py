"""The personal side of App Home: the first lines of the front page, the Settings page, and the way between pages."""

from bot.members.front import ahead, listeners, views
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors, and its places on the Home tab."""
    registry.events.on("app_home_opened", listeners.open_home_tab, wants=listeners.wants_home_tab)
    registry.bolt.action(views.GO)(listeners.turn_page)
    registry.home.add(listeners.hello, position=0)
    registry.home.add(ahead.section_of(registry.home), position=120)
    registry.home.add_page(ahead.PAGE, ahead.page_of(registry.home))
    registry.home.add_page(views.SETTINGS, listeners.settings_page)
    registry.words.add("home", listeners.show_home, help="shows the way to your Home tab")
    registry.words.add("settings", listeners.show_settings, help="opens your settings on the Home tab")
