"""Slack asks: a host moves somebody to another table, and writes down what came of it."""

import dataclasses

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive import cards
from bot.archive.cards.editing import listeners as editing
from bot.errors import TooLate
from bot.features.roundtables.live import acting, harvest, store, tables, views
from bot.features.roundtables.live.models import LiveRoundtable
from bot.gatherings import store as gatherings
from bot.gatherings import words
from bot.gatherings.hosting.acting import host_of
from bot.gatherings.models import Gathering
from bot.lookup import id_in
from bot.members.models import Member
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act

NOT_OVER = "It is not over yet. Its page has the button again right after it."


async def open_move(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Move somebody]."""
    async with tools.database.transaction() as session:
        _, gathering, live = await _hosted(session, act, act.value)
        found = await tables.to_choose(session, gathering)
        if not found:
            raise TooLate(acting.NO_TABLES)
        view = views.move_form(gathering.id, live.version, found)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def save_move(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """They hear of it; or what to mend."""
    (who, number), now = views.read_move(act.state), tools.clock()
    async with tools.database.transaction() as session:
        member, gathering, live = await _hosted(session, act, act.memory.get("gathering"), lock=True)
        seen = act.memory.get("version")
        problems = await acting.move(session, gathering, live, who, number, seen=seen, now=now)
        if not problems:
            place = words.place_of(gathering.id)
            await home.open_home(session, act.workspace_id, member.id, now=now, place=place)
    if problems:
        await ack(response_action="errors", errors=problems)
    else:
        await ack()


async def came_of_it(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Write down what came of it]: a card of the host's own, open to be written, from what people shared so far."""
    async with tools.database.transaction() as session:
        member, gathering, live = await _hosted(session, act, act.value)
        if gathering.state != gatherings.OVER:
            raise TooLate(NOT_OVER)
        insight = await cards.offer(
            session,
            act.workspace_id,
            source_kind="roundtable",
            source=harvest.source_of(gathering, member.id),
            made_by=member.id,
            pieces=await harvest.pieces(session, gathering),
            question=live.topics[0] if live.topics else gathering.title or "",
            is_asked=False,
            now=tools.clock(),
        )
        number = str(insight.id)
    await editing.open_form(ack, dataclasses.replace(act, value=number), tools, client)


async def _hosted(
    session: AsyncSession, act: Act, gathering_id: object, *, lock: bool = False
) -> tuple[Member, Gathering, LiveRoundtable]:
    """Whoever hosts or leads, with what they decide about."""
    member, gathering = await host_of(session, act, id_in(gathering_id), lock=lock)
    gathering, live = await store.get(session, act.workspace_id, gathering.id, lock=lock)
    return member, gathering, live
