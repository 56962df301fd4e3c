"""Slack asks: the holder opens the checklist, and hands in what they saw."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.submissions import first_time
from bot.errors import TooLate
from bot.features.questions import rules, store
from bot.features.questions.threads import review_views, reviewing
from bot.features.questions.threads.listeners import NOT_KEPT
from bot.features.questions.threads.reviewing import Noted
from bot.members import store as members
from bot.registry import Tools
from bot.slack.act import Act


async def open_review(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Go through the checklist], in the message of whoever holds it."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        question = await store.get(session, act.workspace_id, act.value)
        await reviewing.holder(session, question, member)
        checklist = reviewing.checklist_of(question)
        notes = await reviewing.notes_of(session, question, member.id)
        words = await store.words_of(session, question)
    view = review_views.form(question.id, checklist, notes, rules.first_line(words.question))
    await client.views_open(trigger_id=act.trigger_id, view=view)
    await ack()


async def ticked(ack: AsyncAck) -> None:
    """A box was ticked; what the form holds is kept once it is handed in."""
    await ack()


async def save_review(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """What they saw, as far as they got; handed in twice, it counts once."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        question = await store.get(session, act.workspace_id, act.memory.get("question"), lock=True)
        await reviewing.holder(session, question, member)
        if question.state in NOT_KEPT:
            raise TooLate
        if await first_time(session, act):
            read = review_views.read(reviewing.checklist_of(question), act.state)
            notes = {point: Noted(*said) for point, said in read.items()}
            await reviewing.save(session, question, member, notes, now=now)
    await ack()
