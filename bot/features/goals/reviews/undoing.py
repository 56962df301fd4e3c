"""Slack asks: what was chosen is taken back, and the question stands where it stood."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.goals import answers, dates, rules, store, subjects
from bot.features.goals.errors import EnoughGoals
from bot.features.goals.following import naming
from bot.features.goals.models import Goal
from bot.features.goals.plans import views as plan_views
from bot.features.goals.reviews import closing, jobs, messages, views
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content
from bot.registry import Tools
from bot.slack.act import Act


async def undo(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Undo], or [Open again] on the Home tab: as it was, with the question where it stood."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await members.by_id(session, act.workspace_id, member.id, lock=True)
        goal = await store.mine(session, member, act.value)
        if goal.state in rules.CLOSED:
            if await store.count_standing(session, act.workspace_id, member.id) >= rules.MOST_OPEN:
                raise EnoughGoals
            await _take_news_back(session, goal, now)
        if goal.state != rules.OPEN:
            goal.state, goal.closed_at, goal.version = rules.OPEN, None, goal.version + 1
            dates.moved(goal, now)
            dates.plan_review(goal, member, now)
        await _ask_again(session, act, goal, member, now)
        await closing.redraw(session, goal, now)
    await ack()


async def _ask_again(session: AsyncSession, act: Act, goal: Goal, member: Member, now: datetime) -> None:
    """In the message itself: the question it held before, or that the goal is open again."""
    if not act.message_ts:
        return
    asked = await subjects.message_at(session, goal, act.channel, act.message_ts)
    text = await store.read(session, goal)
    content: Content = views.open_again(goal.id, text)
    if asked is not None and asked.kind == messages.REVIEW.name:
        content = views.review(await jobs.asked(session, goal, now))
    elif asked is not None and asked.kind == messages.PLAN.name:
        content = plan_views.plan(goal.id, text.title)
        goal.plan = None
        if goal.step == dates.AFTER:
            dates.plan_review(goal, member, now)
    elif asked is not None and asked.kind == messages.AFTER.name and goal.plan is not None:
        content = plan_views.after(goal.id, text, goal.plan)
    await answers.show(session, act, goal, content, now)
    goal.asked_id = asked.id if asked is not None and asked.kind != messages.DONE.name else None


async def _take_news_back(session: AsyncSession, goal: Goal, now: datetime) -> None:
    for member_id in await naming.readers(session, goal):
        await outbox.withdraw(session, goal.workspace_id, subjects.request_subject(goal.id, member_id), now=now)
