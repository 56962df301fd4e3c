"""A lead chooses the channel of thanks; and what happens when that channel goes away."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.recognition import rules
from bot.features.recognition import store as thanks
from bot.features.recognition.models import ThanksPlace
from bot.features.recognition.monthly import store, views
from bot.members import store as members
from bot.members.models import Workspace
from bot.members.rules import day_in_words
from bot.messages import Block
from bot.programs import channels, forms
from bot.programs import store as programs
from bot.registry import Event, Tools, Viewer
from bot.slack import blocks, home
from bot.slack.act import Act


async def row(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """For leads: where, when next, and how many people said thanks last month, where that points at nobody."""
    if not viewer.is_lead:
        return []
    place = await store.place_of(session, viewer.workspace_id)
    tz = place.tz if place is not None else viewer.tz
    counted = await _counted(session, viewer, tz)
    if place is None:
        return views.row(None, None, "", counted)
    day = rules.local(place.due_at, tz) if place.due_at is not None else None
    next_day = day_in_words(day, rules.local(viewer.now, tz)) if day is not None else ""
    return views.row(place.channel, place.trouble, next_day, counted)


async def _counted(session: AsyncSession, viewer: Viewer, tz: str) -> str:
    month = rules.month_before(rules.local(viewer.now, tz))
    people = await thanks.people_who_thanked(session, viewer.workspace_id, *rules.bounds(month, tz))
    return f"{people} people said thanks in {month:%B}." if people >= rules.FEWEST_COUNTED else ""


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Choose one], [Change]."""
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        place = await store.place_of(session, act.workspace_id)
        form = views.place_form(place.channel, place.tz) if place is not None else views.place_form(None, lead.tz)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def save(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The bot goes into the channel, or the form says why it can't."""
    now = tools.clock()
    channel, tz = str(blocks.chosen(act.state, views.CHANNEL) or ""), str(blocks.chosen(act.state, views.ZONE) or "")
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
    problems = {}
    if problem := await channels.enter(client, channel) if channel else "Choose a channel.":
        problems[views.CHANNEL] = problem
    if tz not in forms.ZONES and tz != "UTC":
        problems[views.ZONE] = "Choose a zone from the list: type a city near you, such as Lisbon."
    if problems:
        await ack(response_action="errors", errors=problems)
        return
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        await _keep(session, act.workspace_id, channel, tz, now)
        await home.redraw(session, act.workspace_id, [lead.id], now=now)
    await ack()


async def _keep(session: AsyncSession, workspace_id: int, channel: str, tz: str, now: datetime) -> None:
    # Of two leads at once, the second changes what the first kept.
    await session.execute(select(Workspace.id).where(Workspace.id == workspace_id).with_for_update())
    place = await store.place_of(session, workspace_id)
    if place is None:
        place = ThanksPlace(workspace_id=workspace_id, channel=channel, tz=tz, chosen_at=now)
        session.add(place)
    closed = await programs.holidays(session, workspace_id)
    place.channel, place.tz, place.chosen_at, place.trouble = channel, tz, now, None
    place.due_at = rules.next_reading(now, tz, closed)


async def stop(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Stop the page]."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        if place := await store.place_of(session, act.workspace_id, lock=True):
            await session.delete(place)
        await home.redraw(session, act.workspace_id, [lead.id], now=now)
    await ack()
    await client.views_update(view_id=act.view["id"], view=views.stopped())


async def suggest_zone(ack: AsyncAck, act: Act) -> None:
    """Zones whose name holds what was typed."""
    await ack(options=forms.zones_like(act.words))


async def wants_channel(session: AsyncSession, event: Event) -> bool:
    """Only what happens in the channel of thanks is kept."""
    place = await store.place_of(session, event.workspace_id)
    return place is not None and place.channel in (event.payload.get("channel"), event.payload.get("old_channel_id"))


async def channel_archived(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Nobody reads there any more."""
    await _rest(session, event, "archived", tools.clock())


async def somebody_left(session: AsyncSession, event: Event, tools: Tools) -> None:
    """If it was the bot itself, nothing can be read there; people may come and go."""
    workspace = await programs.workspace_of(session, event.workspace_id)
    if event.payload.get("user") == workspace.bot_user_id:
        await _rest(session, event, "removed", tools.clock())


async def channel_renumbered(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Slack gave the channel another id: follow it."""
    if place := await store.place_of(session, event.workspace_id, lock=True):
        place.channel = event.payload["new_channel_id"]


async def _rest(session: AsyncSession, event: Event, why: str, now: datetime) -> None:
    place = await store.place_of(session, event.workspace_id, lock=True)
    if place is not None:
        place.trouble, place.due_at = why, None
        leads = await members.leads(session, event.workspace_id)
        await home.redraw(session, event.workspace_id, [lead.id for lead in leads], now=now)
