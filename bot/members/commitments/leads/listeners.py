"""A lead looks at the totals; who looks is checked when the page is asked for, and again whenever it is drawn."""

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import forms
from bot.members import store as members
from bot.members.commitments import store as commitments
from bot.members.commitments.leads import rules, store, views
from bot.messages import Block
from bot.registry import Tools, Viewer
from bot.slack import home
from bot.slack.act import Act


async def open_rooms(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Open]: the Home tab turns to the totals."""
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        await home.open_home(session, act.workspace_id, lead.id, now=tools.clock(), place=views.PAGE)
    await ack()


async def section(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """One line for leads, once anybody has taken anything on."""
    if not viewer.is_lead or not await commitments.anybody_holds(session, viewer.workspace_id):
        return []
    return views.row()


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """The totals."""
    if not viewer.is_lead:
        return views.not_for_you()
    totals = rules.totals(await store.people(session, viewer.workspace_id, viewer.now))
    return views.page(totals, forms.functions())
