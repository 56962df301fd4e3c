"""The lead-only page of the library on the Home tab."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.nudges import entries
from bot.features.nudges.front import LIBRARY
from bot.features.nudges.lead import views
from bot.features.nudges.library import themes
from bot.features.nudges.sending import rules, store
from bot.lookup import number_in
from bot.messages import Block
from bot.registry import Viewer

A_PAGE = 10


async def library(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """One page of it; the place says which: "nudges:library:<theme or all>:<page>"."""
    theme, page = _place(viewer.place)
    everything = list((await entries.shelf(session, viewer.workspace_id)).values())
    chosen = [each for each in everything if theme in (views.ALL, *each.entry.themes)]
    pages = max(1, -(-len(chosen) // A_PAGE))
    page = min(page, pages)
    return views.library(
        chosen[(page - 1) * A_PAGE : page * A_PAGE],
        page=page,
        pages=pages,
        theme=theme,
        count=len(everything),
        off=sum(each.off for each in everything),
        usual=await store.usual(session, viewer.workspace_id),
        cadences=rules.CADENCES,
    )


def _place(place: str) -> tuple[str, int]:
    theme, _, page = place.removeprefix(LIBRARY).removeprefix(":").partition(":")
    return theme if theme in themes() else views.ALL, max(1, number_in(page))
