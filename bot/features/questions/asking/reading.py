"""A message is read back by its writer's own press: nothing else of the conversation is fetched."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone, NotYours
from bot.features.questions.asking import rules
from bot.members.models import Member, Workspace
from bot.registry import Tools
from bot.slack.act import Act

NOT_READ = "Slack did not let me read that message again. Ask from my Home tab, and copy your words into the form."
NOT_THERE = "That message is no longer there, so there is nothing to ask with it. My Home tab has an empty form."


async def words_at(act: Act, tools: Tools, client: AsyncWebClient) -> str:
    """The words of the message a button names as channel:ts, or channel:ts:thread; only its writer's, as they typed them."""
    channel, _, place = act.value.partition(":")
    ts, _, thread = place.partition(":")
    if channel != act.channel:
        raise NotYours
    message = await _message(client, channel, ts, thread)
    if message.get("user") != act.user_id or message.get("bot_id"):
        raise NotYours
    text = str(message.get("text") or "")
    async with tools.database.reading() as session:
        workspace = await session.get(Workspace, act.workspace_id)
        bot = workspace.bot_user_id if workspace is not None else None
        return await as_typed(session, act.workspace_id, text, without=bot or "")


async def as_typed(session: AsyncSession, workspace_id: int, text: str, *, without: str = "") -> str:
    """What Slack sent, as its writer saw it: people by name."""
    query = select(Member.slack_id, Member.name).where(
        Member.workspace_id == workspace_id, Member.slack_id.in_(rules.people_in(text))
    )
    return rules.as_typed(text, dict((await session.execute(query)).all()), without=without)


async def _message(client: AsyncWebClient, channel: str, ts: str, thread: str) -> dict[str, Any]:
    how: dict[str, Any] = {"channel": channel, "latest": ts, "oldest": ts, "inclusive": True, "limit": 10}
    try:
        if thread:
            answer = await client.conversations_replies(ts=thread, **how)
        else:
            answer = await client.conversations_history(**how)
    except SlackApiError as error:
        raise Gone(NOT_READ) from error
    found: list[dict[str, Any]] = [each for each in answer.get("messages") or [] if each.get("ts") == ts]
    if not found:
        raise Gone(NOT_THERE)
    return found[0]
