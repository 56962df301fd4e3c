"""The doors of a mentor's page."""

from bot.features.questions.mentoring import home, listeners, reporting, store, views
from bot.registry import Registry, Reportable


def register(registry: Registry) -> None:
    """Its doors, its places on the Home tab, and what others need to know of it."""
    registry.bolt.action(views.EDIT)(listeners.open_helping)
    registry.bolt.view(views.EDIT)(listeners.save_helping)
    registry.home.add(home.section, position=331)
    registry.home.add_page(views.PAGE, home.page)
    registry.kinds.add(reporting.TOLD)
    registry.reportable["helping"] = Reportable(reporting.look, reporting.hide, reporting.restore, reporting.tell)
    registry.commitment_names["question"] = store.names_of
