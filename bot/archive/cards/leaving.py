"""Somebody leaves Perennial, or is deactivated: what becomes of their words, and of what waits for them."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import people, rules, store, taking_back
from bot.archive.models import Insight
from bot.members import store as members


async def end_what_waits(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Somebody is here no longer: who left takes their words along; who was deactivated said what they said before.

    Nobody waits for either of them.
    """
    member = await members.by_id(session, workspace_id, member_id)
    left = member is None or member.left_at is not None
    ids = {
        *await people.cards_of(session, workspace_id, member_id),
        *await store.made_by(session, workspace_id, member_id),
    }
    for insight_id in sorted(ids):
        insight = await store.get(session, workspace_id, insight_id, lock=True)
        if insight.state == rules.WITHDRAWN:
            continue
        if left:
            await taking_back.everything_of(session, insight, member_id, now)
        else:
            await _without_whoever_is_gone(session, insight, member_id, now)


async def forget(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Somebody is erased: their words leave every card, and what cards were compared with for their sake is deleted.

    To be called before their row is deleted, under whose id what they said under aliases is found.
    """
    ids = await people.cards_of(session, workspace_id, member_id)
    for insight_id in sorted({*ids, *await store.made_by(session, workspace_id, member_id)}):
        insight = await store.get(session, workspace_id, insight_id, lock=True)
        if insight.state != rules.WITHDRAWN:
            await taking_back.everything_of(session, insight, member_id, now)
        if insight.made_by == member_id:
            insight.made_by = None
        await people.forget(session, insight, member_id)


async def _without_whoever_is_gone(session: AsyncSession, insight: Insight, member_id: int, now: datetime) -> None:
    version = (await store.versions(session, insight)).open
    if version is not None and version.state == rules.ASKING:
        rows, mine = (
            await store.quotes(session, version),
            people.keys_of(member_id, await people.everybody(session, insight)),
        )
        if any(rows[key].state == rules.ASKED for key in mine & rows.keys()):
            insight.due_at = now  # the job leaves out whoever can't be reached, one card a transaction
