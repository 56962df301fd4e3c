"""For somebody who is stuck with a goal: colleagues can be asked."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions.asking.forms import ASK
from bot.messages import Block
from bot.slack import blocks


async def ask_mentors(session: AsyncSession, workspace_id: int, member_id: int) -> Block | None:
    """The way to the form."""
    return blocks.button("Ask mentors", ASK)
