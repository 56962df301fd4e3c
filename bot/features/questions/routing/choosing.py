"""Slack asks: an asker chooses how it goes on, where the ladder found nobody."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import after_commit
from bot.features.questions import lifecycle, messages, store
from bot.features.questions.models import Question
from bot.features.questions.routing import step_views
from bot.features.questions.routing.errors import OverNow
from bot.features.questions.threads import store as answers
from bot.members import store as members
from bot.messages import Content
from bot.registry import Tools
from bot.slack.act import Act

Do = Callable[[AsyncSession, Question, str, datetime], Awaitable[Content]]
A_WEEK, TWO_DAYS = timedelta(days=7), timedelta(days=2)


async def again(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Ask again next week]: from the first step; who let their time pass may be asked anew, who passed may not."""

    async def do(session: AsyncSession, question: Question, tz: str, now: datetime) -> Content:
        for row in await store.asked_for(session, question, lock=True):
            if row.state == "lapsed":
                row.state = "over"
        question.step, question.due_at = 0, answers.told_at(question, now) + A_WEEK
        return step_views.chose_again(question.due_at, tz)

    await _choose(act, tools, do)
    await ack()


async def others(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Ask others too]: it is for everybody from now on."""

    async def do(session: AsyncSession, question: Question, tz: str, now: datetime) -> Content:
        question.audience, question.step, question.due_at = "everyone", 0, now
        if wake := session.info.get("wake"):
            after_commit(session, wake)
        return step_views.chose_others()

    await _choose(act, tools, do)
    await ack()


async def wait(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Wait two more days]: the one person it was put to can still take it."""

    async def do(session: AsyncSession, question: Question, tz: str, now: datetime) -> Content:
        question.due_at = answers.told_at(question, now) + TWO_DAYS
        for row in await store.asked_for(session, question, lock=True):
            if row.state == "lapsed":
                row.state, row.due_at, row.ended_at = "asked", question.due_at, None
                await session.flush()
                await lifecycle.show_to_asked(session, row, now=now)
        return step_views.chose_to_wait(question.due_at, tz)

    await _choose(act, tools, do)
    await ack()


async def _choose(act: Act, tools: Tools, do: Do) -> None:
    """One choice about one's own question, while nobody has it; the buttons give way to what was chosen."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        question = await store.own(session, act.workspace_id, member.id, act.value)
        if question.state != "open" or question.due_at is not None:
            raise OverNow("That is settled by now, so nothing was changed. My Home tab shows how it stands.")
        content = await do(session, question, member.tz, now)
        await session.flush()
        await messages.replace_line(session, act, question, content, now=now)
        await lifecycle.changed(session, question, now=now)
