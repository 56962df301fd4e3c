"""A way on for somebody who is stuck: meeting somebody, where introductions run for them."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.introductions.kind import KIND
from bot.members.front.views import GO
from bot.messages import Block
from bot.programs import store as programs
from bot.programs.pages import MY_PLACE
from bot.slack import blocks


async def meet_somebody(session: AsyncSession, workspace_id: int, member_id: int) -> Block | None:
    """The way to their programs, if they take part in introductions or could; None where there are none for them."""
    mine = await programs.enrolments_of(session, workspace_id, member_id, "joined")
    open_ones = await programs.open_to(session, workspace_id, member_id)
    if not any(program.kind == KIND.name for program in [*mine, *open_ones]):
        return None
    return blocks.button("Meet somebody", GO, MY_PLACE)
