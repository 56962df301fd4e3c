"""Who or what can help somebody whose goal is stuck, as the features that are there contribute it."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Block
from bot.registry import Help

MOST = 4


async def buttons(session: AsyncSession, workspace_id: int, member_id: int) -> list[Block]:
    """Their buttons, those first that were registered first; often there is none."""
    helps: list[Help] = session.info.get("helps", [])
    offered = [await each(session, workspace_id, member_id) for each in helps]
    return [button for button in offered if button is not None][:MOST]
