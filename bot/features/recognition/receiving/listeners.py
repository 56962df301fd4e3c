"""Slack asks: share it, keep it private, hide it, read the others; and make a card of it."""

import dataclasses

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.archive.cards.editing import listeners as editing
from bot.errors import Gone
from bot.features.recognition import rules, store
from bot.features.recognition.receiving import changing, keeping, views
from bot.members import store as members
from bot.members.front.turning import turn_by_button
from bot.registry import Tools
from bot.slack.act import Act


async def share(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Share it]; nothing whoever wrote it did not agree to."""
    await _choose(act, tools, rules.SHARE)
    await ack()


async def keep_private(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Keep it private], before or after it was shared."""
    await _choose(act, tools, rules.PRIVATE)
    await ack()


async def _choose(act: Act, tools: Tools, choice: str) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        row = await store.received_by(session, member, act.value)
        if choice == rules.SHARE and not row.may_share:
            raise Gone
        if choice == rules.SHARE:
            row.put_away = (
                False  # pressed where it was read before it was hidden: what others read is on their own page
            )
        await changing.choose(session, row, choice, now)


async def choose_more(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """One of the choices behind the dots: "away:12" and the like."""
    now = tools.clock()
    what, _, number = act.value.partition(":")
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        row = await store.received_by(session, member, number)
        if what in (views.AWAY, views.BACK):
            row.put_away = what == views.AWAY
            if row.put_away and row.choice == rules.SHARE:
                row.choice = rules.PRIVATE  # what is on no page of theirs is on nobody's
        elif what == views.QUIET:
            await members.by_id(session, act.workspace_id, member.id, lock=True)
            volume, _ = await store.liking(session, act.workspace_id, member.id)
            await store.like(session, member, volume, by_message=False)
        await changing.settle(session, row, now)
    await ack()


async def read_all(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Read them]: the Home tab turns to them, and the answer shows the way there."""
    await turn_by_button(ack, act, tools, respond, place=views.PLACE, what="what was said to you")


async def make_card(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Make a card of it]: a draft in the words that were said, for either of the two to edit."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        insight = await keeping.draft(session, member, act.value, tools.clock())
        number = str(insight.id)
    await editing.open_form(ack, dataclasses.replace(act, value=number), tools, client)
