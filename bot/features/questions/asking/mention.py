"""Somebody mentions the bot in a channel: they alone are answered, in the thread, by a button that opens the form."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions.asking.listeners import MENTION, show_form, typed_from
from bot.features.questions.asking.reading import words_at
from bot.members import store as members
from bot.members.models import Member, Workspace
from bot.messages import Content
from bot.registry import Answer, Event, Tools
from bot.slack import blocks
from bot.slack.act import Act

ASK = "questions.ask_from_mention"


async def wants_mention(session: AsyncSession, event: Event) -> bool:
    """A colleague's own words; bots, workflows, edits and people of other companies are left alone."""
    said = event.payload
    if said.get("bot_id") or said.get("subtype") or said.get("edited") or not said.get("user"):
        return False
    workspace = await session.get(Workspace, event.workspace_id)
    home = {said.get("user_team"), said.get("source_team")} - {None, ""}
    return workspace is not None and home <= {workspace.team_id} and said["user"] != workspace.bot_user_id


async def answer_mention(session: AsyncSession, event: Event, tools: Tools) -> list[Answer]:
    """Nothing is kept of what was said; whoever may ask gets a button, whoever could join is told how."""
    said = event.payload
    member = await members.by_slack_id(session, event.workspace_id, said["user"])
    workspace = await session.get(Workspace, event.workspace_id)
    if member is None or member.deactivated_at is not None or workspace is None:
        return []
    if member.is_guest and not workspace.guests_allowed:
        return []
    content = offer(said) if members.has_joined(member) else invitation()
    return [_say(tools, event, member, content)]


async def open_from_mention(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The button: the form with the words of that message in it."""
    typed = typed_from(await words_at(act, tools, client))
    await show_form(ack, act, tools, client, typed, {MENTION: 1})


def offer(said: dict[str, Any]) -> Content:
    """To somebody who may ask; the place of their message is in the button, its words are not."""
    place = ":".join(filter(None, (said["channel"], said["ts"], said.get("thread_ts"))))
    return Content(
        text="Shall I ask a mentor for you?",
        blocks=[
            blocks.section(
                "Shall I find somebody who can answer this? The form opens with your words in it, and nothing goes out before "
                "you hand it in.",
                block_id="offer",
            ),
            blocks.actions(blocks.button("Ask mentors", ASK, place, style="primary"), block_id="offer_acts"),
            blocks.context(
                "Only you see this. You ask under your own name here, because the channel has seen it; for an alias, ask from "
                "my Home tab."
            ),
        ],
    )


def invitation() -> Content:
    """To a colleague who is not in."""
    text = "I pass questions on to colleagues who know. To ask one, join first: my Home tab has three short steps."
    return Content(text=text, blocks=[blocks.section(text), blocks.context("Only you see this.")])


def _say(tools: Tools, event: Event, member: Member, content: Content) -> Answer:
    said = event.payload

    async def say() -> None:
        client = await tools.client_for(event.workspace_id)
        await client.chat_postEphemeral(
            channel=said["channel"],
            user=member.slack_id,
            thread_ts=said.get("thread_ts") or said["ts"],
            text=content.text,
            blocks=content.blocks,
        )

    return say
