"""What may be read by everybody, for features that show it where it was earned; nothing of who is not here any more."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.recognition import store
from bot.features.recognition.giving.people import here_by_id
from bot.registry import SharedThanks


async def shared(session: AsyncSession, workspace_id: int, subjects: list[str], most: int) -> list[SharedThanks]:
    """For `registry.thanks`: what both sides like to share about these occasions, oldest first."""
    rows = [row for row in await store.about(session, workspace_id, subjects) if row.shared_at is not None]
    ids = {each for row in rows for each in (row.giver_id, row.receiver_id)}
    here = {member.id for member in await here_by_id(session, workspace_id, ids)}
    named = [row for row in rows if {row.giver_id, row.receiver_id} <= here]
    return [
        SharedThanks(f"thanks:{each.row.id}", each.giver, each.said.words)
        for each in await store.opened(session, named[:most])
    ]
