"""A point worth a quiet moment that this feature sees: somebody's first answer to a colleague."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions.models import Answer
from bot.features.questions.threads.store import KEPT
from bot.members.recognising import reached
from bot.registry import MilestoneKind

FIRST = "first_answer"


async def answered(session: AsyncSession, answer: Answer, now: datetime) -> None:
    """Somebody answered; only the first time is kept. Whoever asks and writes on has answered nobody."""
    if not answer.by_asker and answer.author_id is not None:
        await reached(session, answer.workspace_id, answer.author_id, FIRST, 0, now)


async def _holds(session: AsyncSession, workspace_id: int, member_id: int, about: int) -> bool:
    query = select(
        exists().where(
            Answer.workspace_id == workspace_id,
            Answer.author_id == member_id,
            Answer.by_asker.is_(False),
            Answer.state == KEPT,
        )
    )
    return bool((await session.execute(query)).scalar_one())


KIND = MilestoneKind(
    yours="That was your first answer to a colleague's question here. Somebody goes on from where you were.",
    on_page="Answered a colleague's question for the first time",
    theirs="has answered a first question",
    holds=_holds,
)
