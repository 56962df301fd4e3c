"""Slack asks: it is done; celebrated as loudly as its owner likes."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.submissions import first_time
from bot.features.goals import acting, answers, dates, milestones, rules, store
from bot.features.goals.following import messages as follow_messages
from bot.features.goals.following import naming
from bot.features.goals.models import Goal
from bot.features.goals.reviews import closing, messages, views
from bot.features.goals.steps import store as step_store
from bot.features.goals.words import local_day
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member
from bot.members.recognising import reached
from bot.registry import Tools
from bot.slack import blocks
from bot.slack.act import Act


async def open_done(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Done]: what helped, and how loudly?"""
    async with tools.database.transaction() as session:
        _, goal = await acting.owner_of(session, act, act.value)
        form = views.done_form(goal.id, len(await naming.readers(session, goal)))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def done(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """It is done: one line to whoever reached it; those who follow hear of it only if that was chosen."""
    now = tools.clock()
    helped = str(blocks.chosen(act.state, views.HELPED) or "").strip()[: rules.LONGEST_NOTE]
    together = blocks.chosen(act.state, views.LOUD) == views.TOGETHER
    async with tools.database.transaction() as session:
        member, goal = await acting.owner_of(session, act, act.memory.get("goal"))
        if await first_time(session, act):
            if helped:
                await step_store.add_note(session, goal, helped, now)
            dates.moved(goal, now)
            await closing.close(session, goal, rules.DONE, now)
            told = await _tell_followers(session, goal, now) if together else 0
            await _celebrate(session, act, goal, member, told, now)
            await reached(session, goal.workspace_id, goal.member_id, milestones.DONE, goal.id, now)
            await closing.redraw(session, goal, now)
    await ack()


async def _celebrate(session: AsyncSession, act: Act, goal: Goal, member: Member, told: int, now: datetime) -> None:
    text, today = await store.read(session, goal), changes.today_of(member, now)
    since, notes = local_day(goal.created_at, member.tz), await step_store.count_notes(session, goal)
    content = views.done(goal.id, text, since, today, notes, told)
    if not await answers.show(session, act, goal, content, now):
        person = (await members.recipients(session, goal.workspace_id, [member.id]))[member.id]
        await outbox.enqueue(session, messages.done(goal, person, content, now), now=now)


async def _tell_followers(session: AsyncSession, goal: Goal, now: datetime) -> int:
    people = await members.recipients(session, goal.workspace_id, await naming.readers(session, goal))
    reachable = [each for each in people.values() if each.reachable]
    await outbox.enqueue_all(session, [follow_messages.reached(goal, each, now) for each in reachable], now=now)
    return len(reachable)
