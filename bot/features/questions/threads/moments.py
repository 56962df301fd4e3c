"""What threads tell the nudges: that somebody answered a question."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions.models import Answer
from bot.features.questions.threads.store import KEPT
from bot.registry import Moment

ANSWERED, FRESH = "question-answered", timedelta(days=2)


async def answered(
    session: AsyncSession, workspace_id: int, member_ids: list[int], now: datetime
) -> dict[int, list[Moment]]:
    """Of these members, those who answered somebody within two days: one query. The reason names nobody."""
    query = (
        select(Answer.author_id, func.count(Answer.question_id.distinct()))
        .where(
            Answer.workspace_id == workspace_id,
            Answer.author_id.in_(member_ids),
            Answer.by_asker.is_(False),
            Answer.state == KEPT,
            Answer.said_at > now - FRESH,
        )
        .group_by(Answer.author_id)
    )
    return {
        member_id: [Moment(ANSWERED, "you answered a question" if count == 1 else "you answered questions")]
        for member_id, count in (await session.execute(query)).all()
        if member_id is not None
    }
