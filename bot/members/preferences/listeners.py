"""Somebody changes what they said about themselves, or leaves."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.members import changes, forms, store
from bot.members.joining import store as drafts
from bot.members.models import Member
from bot.members.preferences import views
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def open_about(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change] beside who they are."""
    async with tools.database.transaction() as session:
        said = await drafts.said(session, await store.joined_actor(session, act))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.about_form(said.about))


async def open_skills(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change] beside what they bring and want."""
    async with tools.database.transaction() as session:
        said = await drafts.said(session, await store.joined_actor(session, act))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.skills_form(said.skills))


async def open_hours(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change] beside their hours."""
    async with tools.database.transaction() as session:
        member = await store.joined_actor(session, act)
        said = await drafts.said(session, member)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.hours_form(said.hours, member.tz))


async def save_about(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep who they are, or say in the form what is wrong."""
    about, errors = forms.read_about(act.state)

    async def do(session: AsyncSession, member: Member, now: datetime) -> None:
        await changes.set_about(session, member, about, now=now)

    await _save(ack, act, tools, errors, do)


async def save_skills(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep what they bring and want, or say in the form what is wrong."""
    skills, errors = forms.read_skills(act.state)

    async def do(session: AsyncSession, member: Member, now: datetime) -> None:
        await changes.set_skills(session, member, skills)

    await _save(ack, act, tools, errors, do)


async def save_hours(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep when they work, or say in the form what is wrong."""
    hours, errors = forms.read_hours(act.state)

    async def do(session: AsyncSession, member: Member, now: datetime) -> None:
        changes.set_hours(member, hours)
        await outbox.reconsider(session, member.workspace_id, member.id, now=now)

    await _save(ack, act, tools, errors, do)


async def _save(
    ack: AsyncAck,
    act: Act,
    tools: Tools,
    errors: dict[str, str],
    do: Callable[[AsyncSession, Member, datetime], Awaitable[None]],
) -> None:
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await store.joined_actor(session, act)
        await do(session, member, now)
        await home.redraw(session, act.workspace_id, [member.id], now=now)
    await ack()


async def leave(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Leave] was pressed, and the question behind it answered; pressed again, it changes nothing."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await store.actor(session, act)
        await store.by_id(session, act.workspace_id, member.id, lock=True)
        if await changes.leave(session, member, now=now):
            await drafts.forget(session, member)
        await home.open_home(session, act.workspace_id, member.id, now=now, place="front")
    await ack()
