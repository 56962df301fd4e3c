"""The archive in the browser: found, read, printed and kept, by members only. All of it exists in Slack, too."""

from bot.archive import opening
from bot.archive.pages import doing, reading, reporting
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its addresses."""
    pages = registry.pages
    pages.add("/insights", reading.search)
    pages.add("/insights/kept", reading.kept)
    pages.add("/insights/collections/{slug}", reading.collection)
    pages.add("/insights/{insight_id:int}", reading.card)
    pages.add_deed("/insights/{insight_id:int}/keep", doing.keep)
    pages.add_deed("/insights/{insight_id:int}/outcome", doing.tell_outcome)
    pages.add_deed("/insights/{insight_id:int}/report", reporting.report)
    registry.bolt.action(opening.OPEN)(opening.opened)
