"""Slack asks: keep a card or let it go, say how it went, say that it is still true; each shown in the card itself."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import acts, keeping, looking_again, store, views
from bot.archive.finding.reading import now_of
from bot.archive.opening import open_in_browser
from bot.lookup import id_in
from bot.members import store as members
from bot.members.changes import today_of
from bot.members.models import Member
from bot.messages import Block
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act

RELATED = 3
OUTCOME_OF = {acts.WORKED: "worked", acts.PARTLY: "partly", acts.NOT: "not", acts.UNTOLD: None}
Change = Callable[[AsyncSession, Member, int, datetime], Awaitable[None]]


async def keep(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Keep], and [Kept. Let go]."""

    async def change(session: AsyncSession, member: Member, insight_id: int, now: datetime) -> None:
        keeps = act.action_id == acts.KEEP
        await keeping.keep(session, act.workspace_id, member.id, insight_id, keeps=keeps, now=now)
        await home.redraw(session, act.workspace_id, [member.id], now=now)

    await _change(ack, act, tools, client, change)


async def tell(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[It worked for me], [Partly], [Not for me], [Take it back]."""

    async def change(session: AsyncSession, member: Member, insight_id: int, now: datetime) -> None:
        outcome = OUTCOME_OF[act.action_id]
        await keeping.tell(session, act.workspace_id, member.id, insight_id, outcome, now=now)

    await _change(ack, act, tools, client, change)


async def still_true(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Still true]: the next look is a year from now."""

    async def change(session: AsyncSession, member: Member, insight_id: int, now: datetime) -> None:
        await looking_again.still_true(session, act.workspace_id, insight_id, member, now)
        await home.redraw(session, act.workspace_id, [member.id], now=now)

    await _change(ack, act, tools, client, change)


async def _change(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, change: Change) -> None:
    """One change to one card; where the card is open, it is drawn anew."""
    now, insight_id = tools.clock(), id_in(act.value)
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await change(session, member, insight_id, now)
        view = await card_view(session, act.workspace_id, insight_id, member, today_of(member, now))
    await ack()
    if act.view.get("callback_id") == views.CARD:
        await client.views_update(view_id=act.view["id"], view=view)


async def card_view(session: AsyncSession, workspace_id: int, insight_id: int, member: Member, today: date) -> Block:
    """A card as one member reads it."""
    card = await store.card(session, workspace_id, insight_id, member_id=member.id)
    if card is None:
        return views.gone()
    looker = views.Looker(
        member_id=member.id,
        is_lead=await members.is_lead(session, member),
        knows=card.look_again and await looking_again.may_answer(session, card, member),
        page=await open_in_browser(session, workspace_id, member.id, f"/insights/{card.id}", now_of(session)),
    )
    related = await store.related(session, card, limit=RELATED, member_id=member.id)
    return views.card_modal(card, looker, related, today)
