"""Who or what can help somebody whose goal is stuck, as the features that are there contribute it."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Block
from bot.registry import Help
from bot.slack import blocks

MOST = 4


async def buttons(session: AsyncSession, workspace_id: int, member_id: int) -> list[Block]:
    """Their buttons, those first that were registered first; often there is none."""
    helps: list[Help] = session.info.get("helps", [])
    offered = [await each(session, workspace_id, member_id) for each in helps]
    return [button for button in offered if button is not None][:MOST]


def rows(shown: Sequence[Block]) -> list[Block]:
    """Buttons side by side; Slack takes no two of one action in a row, so that such a one begins another."""
    found: list[list[Block]] = []
    for button in shown:
        fits = (row for row in found if button["action_id"] not in {each["action_id"] for each in row})
        row = next(fits, None)
        if row is None:
            found.append([button])
        else:
            row.append(button)
    return [blocks.actions(*row, block_id=f"helps-{number}") for number, row in enumerate(found)]
