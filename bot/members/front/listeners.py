"""Somebody opens their Home tab, or turns to another page of it."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import rules, store
from bot.members.front import settings as settings_views
from bot.members.front import store as front
from bot.members.front import views
from bot.members.joining import store as drafts
from bot.members.models import Member, Workspace
from bot.messages import Block
from bot.registry import Event, Section, Tools, Viewer
from bot.slack import home
from bot.slack.act import Act


async def open_home_tab(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Somebody looks at their Home tab: draw it as things stand now."""
    slack_id = event.payload["user"]
    workspace = await session.get(Workspace, event.workspace_id)
    if workspace is None or slack_id in (store.SLACKBOT, workspace.bot_user_id):
        return
    member = await store.meet(session, event.workspace_id, slack_id)
    if member.deactivated_at is None:
        await home.open_home(session, event.workspace_id, member.id, now=tools.clock())


async def wants_home_tab(session: AsyncSession, event: Event) -> bool:
    """Opening the Messages tab sends the same event, and changes nothing."""
    return event.payload.get("tab") == "home"


async def turn_page(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """A button on the Home tab leads to the place in its value; pages draw only what their viewer may see."""
    async with tools.database.transaction() as session:
        member = await store.actor(session, act)
        await home.open_home(session, act.workspace_id, member.id, now=tools.clock(), place=act.value[:100] or "front")
    await ack()


async def show_home(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """`/mentor home`."""
    await _show(ack, act, tools, "front", "what comes next for you")


async def show_settings(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """`/mentor settings`."""
    await _show(ack, act, tools, views.SETTINGS, "your settings")


async def _show(ack: AsyncAck, act: Act, tools: Tools, place: str, what: str) -> None:
    async with tools.database.transaction() as session:
        member = await store.actor(session, act)
        workspace = await session.get(Workspace, act.workspace_id)
        await home.open_home(session, act.workspace_id, member.id, now=tools.clock(), place=place)
        app_id = workspace.app_id if workspace is not None else None
    await ack(text=views.way_home(act.team_id, app_id, what), response_type="ephemeral")


async def hello(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """The first lines of the front page."""
    member = await _member(session, viewer)
    local = viewer.now.astimezone(ZoneInfo(member.tz))
    greeting = rules.greeting(local)
    if not viewer.joined:
        return await _first_visit(session, member, greeting, local.date(), is_lead=viewer.is_lead)
    said = await drafts.said(session, member)
    back_until = viewer.place.partition(":")[2] if viewer.place.startswith("resumed:") else ""
    return views.hello(
        views.Hello(
            greeting=greeting,
            name=member.name,
            used=await front.messages_this_week(session, member, viewer.now),
            budget=member.weekly_budget,
            hours_start=member.hours_start,
            hours_end=member.hours_end,
            today=local.date(),
            paused_until=_still(member.paused_until, local.date()),
            back_until=_still(date.fromisoformat(back_until), local.date()) if back_until else None,
            has_skills=bool(said.skills.offers or said.skills.wants),
            kept_out=member.is_guest and not await _guests_allowed(session, member.workspace_id),
        )
    )


async def settings_page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """The Settings page; a lead who is not in Perennial finds the leads' part of it."""
    member = await _member(session, viewer)
    guests_allowed = await _guests_allowed(session, viewer.workspace_id)
    leads = [lead.name for lead in await store.leads(session, viewer.workspace_id)]
    today = viewer.now.astimezone(ZoneInfo(member.tz)).date()
    if not viewer.joined:
        if viewer.is_lead:
            more = await _contributed(session, viewer, "lead_settings_rows")
            return settings_views.settings_of_a_lead_outside(leads, guests_allowed, more)
        return await hello(session, replace(viewer, place=""))
    said = await drafts.said(session, member)
    return settings_views.settings(
        settings_views.Settings(
            about=said.about,
            skills=said.skills,
            hours=said.hours,
            tz=member.tz,
            today=today,
            paused_until=_still(member.paused_until, today),
            leads=leads,
            is_lead=viewer.is_lead,
            guests_allowed=guests_allowed,
            more=await _contributed(session, viewer, "settings_rows"),
            more_for_leads=await _contributed(session, viewer, "lead_settings_rows") if viewer.is_lead else (),
        )
    )


async def _contributed(session: AsyncSession, viewer: Viewer, where: str) -> list[Block]:
    """The rows of features, in the order they were added."""
    rows: list[Section] = session.info.get(where, [])
    return [block for row in rows for block in await row(session, viewer)]


async def _first_visit(
    session: AsyncSession, member: Member, greeting: str, today: date, *, is_lead: bool
) -> list[Block]:
    leads = [lead.name for lead in await store.leads(session, member.workspace_id)]
    if member.is_guest and not await _guests_allowed(session, member.workspace_id):
        return views.first_visit_of_a_guest(greeting, member.name, leads)
    left = member.left_at
    left_on = rules.day_in_words(left.astimezone(ZoneInfo(member.tz)).date(), today) if left else None
    return views.first_visit(greeting, member.name, left=left_on, is_lead=is_lead, leads=leads)


async def _guests_allowed(session: AsyncSession, workspace_id: int) -> bool:
    workspace = await session.get(Workspace, workspace_id)
    return workspace is not None and workspace.guests_allowed


async def _member(session: AsyncSession, viewer: Viewer) -> Member:
    member = await store.by_id(session, viewer.workspace_id, viewer.member_id)
    assert member is not None, "whoever looks is a member"
    return member


def _still(day: date | None, today: date) -> date | None:
    """A day, while it has not come."""
    return day if day is not None and day > today else None
