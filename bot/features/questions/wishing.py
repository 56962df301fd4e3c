"""The skills people asked about under their own name; a question under an alias counts for nothing here."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions.models import Question, QuestionSkill
from bot.members.models import Skill
from bot.registry import Wishes

NOT_THESE = ("withdrawn", "hidden")


async def asked_about(
    session: AsyncSession, workspace_id: int, only: Collection[int] | None
) -> list[tuple[int, str, str]]:
    """(member id, slug, name) of each."""
    query = (
        select(Question.asker_id, Skill.slug, Skill.name)
        .join(QuestionSkill, QuestionSkill.question_id == Question.id)
        .join(Skill, Skill.id == QuestionSkill.skill_id)
        .where(
            Question.workspace_id == workspace_id,
            Question.alias == "",
            Question.asker_id.is_not(None),
            Question.state.not_in(NOT_THESE),
        )
    )
    if only is not None:
        query = query.where(Question.asker_id.in_(list(only)))
    return [(row.asker_id, row.slug, row.name) for row in await session.execute(query)]


ASKED_ABOUT = Wishes(asks_first=False, of=asked_about)
