"""Answers a form that was handed in: with what is wrong in it, with what follows in its place, or by closing it."""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncAck

from bot.messages import Block


async def answer_form(ack: AsyncAck, errors: Mapping[str, str], view: Block | None = None) -> None:
    """To be called after the commit. `errors`: block id → what is wrong there; the form stays open with what was typed."""
    if errors:
        await ack(response_action="errors", errors=dict(errors))
    elif view is not None:
        await ack(response_action="update", view=view)
    else:
        await ack()
