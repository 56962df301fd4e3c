"""App Home: the turns to tell that somebody was asked for."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling import page_views
from bot.features.storytelling.tellers import store
from bot.gatherings import store as gatherings
from bot.gatherings import words
from bot.messages import Block
from bot.registry import Viewer

MOST_ROWS = 3


async def my_turns(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """At most three: those that wait for an answer, then those to prepare; nothing where none is."""
    if not viewer.joined:
        return []
    turns = await store.of_member(session, viewer.workspace_id, viewer.member_id)
    turns.sort(key=lambda each: each.state != store.ASKED)
    shown: list[Block] = []
    for turn in turns[:MOST_ROWS]:
        gathering = await gatherings.get(session, viewer.workspace_id, turn.gathering_id)
        when = words.their_time(gathering.starts_at, viewer.tz, viewer.now)
        shown += page_views.on_home(turn, words.title(session, gathering), when)
    return shown
