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
    """At most three that wait for an answer; nothing where none does."""
    if not viewer.joined:
        return []
    waiting = [
        each
        for each in await store.of_member(session, viewer.workspace_id, viewer.member_id)
        if each.state == store.ASKED
    ]
    shown: list[Block] = []
    for turn in waiting[:MOST_ROWS]:
        gathering = await gatherings.get(session, viewer.workspace_id, turn.gathering_id)
        when = words.their_time(gathering.starts_at, viewer.tz, viewer.now)
        text = f"*Would you tell a story?* {words.title(session, gathering)}, {when}. A no is a fine answer."
        shown += page_views.asked(turn, text)
    return shown
