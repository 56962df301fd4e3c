"""Slack asks: a teller leaves a card, or leaves it told."""

import dataclasses

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive import cards
from bot.archive.cards import Piece
from bot.archive.cards.editing import listeners as editing
from bot.errors import NotYours
from bot.features.storytelling.harvest import crediting, views
from bot.features.storytelling.models import Telling
from bot.features.storytelling.preparing import store as pages
from bot.features.storytelling.tellers import store as turns
from bot.gatherings import store as gatherings
from bot.lookup import id_in
from bot.members import store as members
from bot.registry import Tools
from bot.slack.act import Act


async def make_card(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, respond: AsyncRespond) -> None:
    """[Make a card]: a draft from the teller's own page, open at once; nothing is published before they say so."""
    async with tools.database.transaction() as session:
        turn = await _told(session, act)
        page = await pages.opened(session, await pages.row_of(session, turn))
        gathering = await gatherings.get(session, act.workspace_id, turn.gathering_id)
        beats = [Piece(turn.member_id, each) for each in (page.changed, page.attempt, page.broke) if each]
        insight = await cards.offer(
            session,
            act.workspace_id,
            source_kind="story",
            source=crediting.source_of(turn.id),
            made_by=turn.member_id,
            pieces=beats,
            question=page.title or gathering.title or "",
            is_asked=False,
            now=tools.clock(),
        )
        number = str(insight.id)
    await editing.open_form(ack, dataclasses.replace(act, value=number), tools, client)
    await _settle(act, respond, views.drafted())


async def no_card(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Leave it told]."""
    async with tools.database.transaction() as session:
        await _told(session, act)
    await ack()
    await _settle(act, respond, views.no_card())


async def _settle(act: Act, respond: AsyncRespond, text: str) -> None:
    """What was chosen, where its buttons were."""
    if act.response_url:
        await respond(text=text, replace_original=True)


async def _told(session: AsyncSession, act: Act) -> Telling:
    member = await members.joined_actor(session, act)
    turn = await turns.get(session, act.workspace_id, id_in(act.value))
    if turn.member_id != member.id or turn.state != turns.TOLD:
        raise NotYours
    return turn
