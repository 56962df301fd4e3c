"""Slack asks: whoever said thanks takes it back; the words are gone, wherever they stood."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.recognition import rules, store
from bot.features.recognition.models import Thanks
from bot.features.recognition.receiving import changing, messages
from bot.members import store as members
from bot.registry import Tools
from bot.slack.act import Act


async def take_back(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Take it back]."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        row = await store.given_by(session, member, act.value)
        await _take(session, row, tools.clock())
    await ack()


async def _take(session: AsyncSession, row: Thanks, now: datetime) -> None:
    row.state, row.sealed = rules.TAKEN_BACK, b""
    await outbox.withdraw(session, row.workspace_id, messages.subject_of(row.id), now=now)
    await changing.settle(session, row, now)
