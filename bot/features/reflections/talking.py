"""A message that somebody wrote to the bot can become an entry: read back by their own press, kept only once they save."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Gone, NotYours
from bot.features.reflections import forms
from bot.features.reflections.journal import rules
from bot.features.reflections.prompts import store as prompts
from bot.members import store as members
from bot.registry import TalkOffer, Tools
from bot.slack.act import Act

KEEP = "reflections.keep_message"
OFFER = TalkOffer("Keep as reflection", KEEP)


async def keep_message(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Keep as reflection]: the form with the words in it; nothing is kept before it is saved."""
    channel, _, ts = act.value.partition(":")
    if channel != act.channel:
        raise NotYours
    async with tools.database.reading() as session:
        await members.looking_actor(session, act)
    text = await _read_back(client, channel, ts, act.user_id)
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        named = await members.names_in_slack(session, act.workspace_id, rules.people_in(text))
        typed = rules.as_typed(text, named)
        pace = prompts.pace_in(await prompts.rhythm_of(session, act.workspace_id, member.id))
        cut = len(typed) > rules.LONGEST
        view = forms.write(pace, prompts.hours_of(member), text=typed[: rules.LONGEST], cut=cut)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def _read_back(client: AsyncWebClient, channel: str, ts: str, user_id: str) -> str:
    """The words of that one message, if it is their own; nothing else of the conversation is fetched."""
    try:
        answer = await client.conversations_history(channel=channel, latest=ts, oldest=ts, inclusive=True, limit=1)
    except SlackApiError as error:
        raise Gone(
            "Slack did not let me read that message again. Copy its words into the form: Write, in my Home tab."
        ) from error
    found: list[dict[str, Any]] = [each for each in answer.get("messages") or [] if each.get("ts") == ts]
    if not found:
        raise Gone("That message is no longer there, so there is nothing to keep.")
    if found[0].get("user") != user_id or found[0].get("bot_id"):
        raise NotYours
    text = str(found[0].get("text") or "")
    if not text.strip():
        raise Gone("That message has no words of its own, so there is nothing to keep.")
    return text
