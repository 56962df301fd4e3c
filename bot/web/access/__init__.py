"""Access to the web pages: a link from Slack, or Sign in with Slack, and a session that is checked every time."""

from bot.registry import Registry
from bot.web.access import jobs, store
from bot.web.access.links import make_link, page_address

__all__ = ["make_link", "page_address", "register"]


def register(registry: Registry) -> None:
    """Its hours; its doors hang in the site, where an address for pages is set."""
    registry.left.append(store.end_all)
    registry.schedule.when_due("forget page sessions", jobs.forget, next_due=store.next_forgetting)
