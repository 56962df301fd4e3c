"""Channels a program lives in: which ones will do, and what happens when one goes away."""

from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import store as members
from bot.programs import store, telling, views
from bot.programs.kinds import kinds_of
from bot.registry import Answer, Event, Tools

INVISIBLE = (
    "I can't see that channel. If it is private, invite me there first: write /invite @perennial in it, "
    "then come back and press the button again."
)
PRIVATE = (
    "I am not in that private channel yet. Write /invite @perennial in it, then come back and press the button again."
)
SHARED = "That channel is shared with another company, and programs stay inside this one. Choose a channel of your own."
ARCHIVED = "That channel is archived, so nobody would see anything there. Choose another one, or bring it back first."
NOT_A_CHANNEL = "That is a direct message. Choose a channel, so that people can find it."
REFUSED = "Slack didn't let me into that channel ({error}). Choose another one, or ask a workspace admin."


async def enter(client: AsyncWebClient, channel: str) -> str | None:
    """Make sure the bot is in a channel, joining a public one by itself; otherwise why it can't be used."""
    try:
        info: dict[str, Any] = (await client.conversations_info(channel=channel))["channel"]
        if problem := problem_with(info):
            return problem
        if not info.get("is_member"):
            await client.conversations_join(channel=channel)
    except SlackApiError as error:
        code = error.response.get("error")
        return INVISIBLE if code == "channel_not_found" else REFUSED.format(error=code)
    return None


def problem_with(info: dict[str, Any]) -> str | None:
    """Why a channel, as Slack describes it, can't be a program's home."""
    if info.get("is_im") or info.get("is_mpim"):
        return NOT_A_CHANNEL
    if info.get("is_archived"):
        return ARCHIVED
    if info.get("is_ext_shared") or info.get("is_pending_ext_shared"):
        return SHARED
    if info.get("is_private") and not info.get("is_member"):
        return PRIVATE
    return None


async def wants_channel(session: AsyncSession, event: Event) -> bool:
    """Only what happens in channels of ours is kept."""
    channel = event.payload.get("old_channel_id") or event.payload.get("channel") or ""
    return bool(await store.living(session, event.workspace_id, channel=str(channel)))


async def channel_archived(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Nobody reads there any more: pause its programs and tell their owners."""
    await _pause(session, event, tools, reason="archived")


async def somebody_left(session: AsyncSession, event: Event, tools: Tools) -> None:
    """If it was the bot itself, its programs there are paused; people may come and go."""
    workspace = await store.workspace_of(session, event.workspace_id)
    if event.payload.get("user") == workspace.bot_user_id:
        await _pause(session, event, tools, reason="removed")


async def channel_renumbered(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Slack gave a channel another id, as it does when a private one is shared: follow it."""
    for program in await store.living(session, event.workspace_id, channel=event.payload["old_channel_id"]):
        locked = await store.get(session, event.workspace_id, program.id, lock=True)
        locked.channel = event.payload["new_channel_id"]
    await telling.redraw_leads(session, event.workspace_id, tools.clock())


async def somebody_joined(session: AsyncSession, event: Event, tools: Tools) -> list[Answer]:
    """Offer the channel's programs to whoever enters it; only they see that, and only who never said yes or no."""
    slack_id = str(event.payload.get("user") or "")
    workspace = await store.workspace_of(session, event.workspace_id)
    team = event.payload.get("team") or workspace.team_id
    if slack_id in (workspace.bot_user_id, members.SLACKBOT, "") or team != workspace.team_id:
        return []
    member = await members.by_slack_id(session, event.workspace_id, slack_id)
    if member is not None and (member.deactivated_at or (member.is_guest and not workspace.guests_allowed)):
        return []
    offers: list[Answer] = []
    for program in await store.living(
        session, event.workspace_id, states=("active",), channel=event.payload["channel"]
    ):
        if member is not None and await store.enrolment(session, program, member.id) is not None:
            continue
        kind = kinds_of(session).get(program.kind)
        if kind is None:
            continue
        content = views.offer(program, kind.invitation_lines(program))
        offers.append(partial(_whisper, tools, event, slack_id, content.text, content.blocks))
    return offers


async def _whisper(tools: Tools, event: Event, slack_id: str, text: str, shown: list[dict[str, Any]]) -> None:
    """An offer that Slack refuses is not worth a second try: they may have left again."""
    client = await tools.client_for(event.workspace_id)
    try:
        await client.chat_postEphemeral(channel=event.payload["channel"], user=slack_id, text=text, blocks=shown)
    except SlackApiError as error:
        tools.log.info("offer to join not shown", error=error.response.get("error"))


async def _pause(session: AsyncSession, event: Event, tools: Tools, *, reason: str) -> None:
    now = tools.clock()
    for found in await store.living(session, event.workspace_id, channel=event.payload["channel"]):
        program = await store.get(session, event.workspace_id, found.id, lock=True)
        if program.state != "active":
            continue
        told = telling.told_of(program)
        program.state, program.pause_reason, program.version = "paused", reason, program.version + 1
        await store.reschedule(session, program, now)
        await telling.call_off(session, program, told, now)
        news = views.paused_by_slack(program.id, program.name, reason)
        await telling.tell_owner(session, program, news, key=f"paused:{event.event_id}", now=now)
    await telling.redraw_leads(session, event.workspace_id, now)
