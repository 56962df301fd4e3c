"""A feature saw somebody come to a point worth a quiet moment; and what they like to be done with it."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.recognition import rules
from bot.features.recognition import store as thanks
from bot.features.recognition.milestones import kinds, messages, store, views
from bot.features.recognition.models import Milestone
from bot.features.recognition.monthly import drawing
from bot.members import store as members
from bot.members.moderation.showing import show
from bot.messages import Block
from bot.registry import Tools, Viewer
from bot.slack import blocks, home
from bot.slack.act import Act


async def reached(
    session: AsyncSession, workspace_id: int, member_id: int, kind: str, about_id: int, now: datetime
) -> None:
    """For `registry.milestones`: kept once ever, told as loudly as they like."""
    member = await members.by_id(session, workspace_id, member_id)
    if member is None or not members.has_joined(member) or kind not in kinds.known(session):
        return
    volume, _ = await thanks.liking(session, workspace_id, member_id)
    row = await store.add(session, member, kind, about_id, now, shared=volume == rules.ALOUD)
    if row is None:
        return
    if volume != rules.PAGE and not kinds.known(session)[kind].told_there:
        person = (await members.recipients(session, workspace_id, [member_id]))[member_id]
        await outbox.enqueue(session, messages.reached(row, person, now), now=now)
    await home.redraw(session, workspace_id, [member_id], now=now)


async def share(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Share it on the page of thanks]."""
    await _change(act, tools, act.value, "share")
    await ack()


async def keep(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Keep it to myself]."""
    await _change(act, tools, act.value, "keep")
    await ack()


async def choose_more(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """One of the choices behind the dots: "hide:12" and the like."""
    what, _, number = act.value.partition(":")
    await _change(act, tools, number, what)
    await ack()


async def _change(act: Act, tools: Tools, number: str, what: str) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        row = await store.mine(session, member, number)
        before = row.shared_at
        if what == "share":
            row.shared_at, row.put_away = before or now, False
        elif what in ("keep", "hide"):  # what is on no page of theirs is not on the channel's either
            row.shared_at = None
        if what in ("hide", "show"):
            row.put_away = what == "hide"
        await session.flush()
        await _shown(session, row, before, now)


async def _shown(session: AsyncSession, row: Milestone, before: datetime | None, now: datetime) -> None:
    await messages.follow(session, row, now)
    await home.redraw(session, row.workspace_id, [row.member_id], now=now)
    if row.shared_at != before:
        await drawing.follow(session, row.workspace_id, [before or now], now)


async def open_liking(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[How I like such news], [Change]."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        volume, by_message = await thanks.liking(session, act.workspace_id, member.id)
    await ack()
    await show(client, act, views.liking_form(volume, by_message=by_message))


async def save_liking(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Kept; it holds from the next time on."""
    volume = str(blocks.chosen(act.state, views.VOLUME) or rules.NOTE)
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await members.by_id(session, act.workspace_id, member.id, lock=True)
        by_message = blocks.chosen(act.state, views.BY_MESSAGE) != "no"
        await thanks.like(session, member, volume if volume in views.VOLUMES else rules.NOTE, by_message=by_message)
        await home.redraw(session, act.workspace_id, [member.id], now=tools.clock())
    await ack()


async def setting(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """On the Settings page of people who are in."""
    volume, by_message = await thanks.liking(session, viewer.workspace_id, viewer.member_id)
    return views.setting_row(volume, by_message=by_message)
