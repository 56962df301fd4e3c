"""Slack asks: keep, pause, done, let go, ask no more, and undo; all of them honourable."""

from dataclasses import replace
from datetime import timedelta

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import outbox
from bot.delivery.submissions import first_time
from bot.errors import Gone
from bot.features.goals import acting, answers, dates, rules, store, subjects
from bot.features.goals.reviews import closing, finishing, views
from bot.features.goals.setting.views import read_day
from bot.features.goals.words import local_day
from bot.members import changes
from bot.registry import Tools
from bot.slack import blocks
from bot.slack.act import Act

PAUSE_OFFERED = timedelta(weeks=4)


async def keep(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Keep it]: it goes on, and is asked about again at its rhythm."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, goal = await acting.owner_of(session, act, act.value)
        if goal.state == rules.PAUSED or goal.step != dates.AFTER:
            goal.state = rules.OPEN
            dates.plan_review(goal, member, now)
        text, today = await store.read(session, goal), changes.today_of(member, now)
        due = local_day(goal.due_at, member.tz) if goal.due_at else None
        await answers.show(session, act, goal, views.kept(goal.id, text, due, today), now)
        await closing.redraw(session, goal, now)
    await ack()


async def open_pause(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Pause it]: until when?"""
    async with tools.database.transaction() as session:
        member, goal = await acting.owner_of(session, act, act.value)
        form = views.pause_form(goal.id, changes.today_of(member, tools.clock()) + PAUSE_OFFERED)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def pause(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The day was sent: it rests until then, or the form says what is wrong with the day."""
    now = tools.clock()
    until = read_day(blocks.chosen(act.state, views.UNTIL))
    async with tools.database.transaction() as session:
        member, goal = await acting.owner_of(session, act, act.memory.get("goal"))
        today = changes.today_of(member, now)
        problem = rules.problem_with_pause(until, today)
        if problem is None and until is not None and await first_time(session, act):
            goal.state, goal.version = rules.PAUSED, goal.version + 1
            await outbox.withdraw(session, goal.workspace_id, subjects.subject_of(goal.id), now=now)
            dates.plan_back(goal, member, until)
            text = await store.read(session, goal)
            await answers.show(session, act, goal, views.paused(goal.id, text, until, today), now)
            await closing.redraw(session, goal, now)
    await (ack(response_action="errors", errors={views.UNTIL: problem}) if problem else ack())


async def let_go(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Let it go]."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        _, goal = await acting.owner_of(session, act, act.value)
        await closing.close(session, goal, rules.LET_GO, now)
        text = await store.read(session, goal)
        await answers.show(session, act, goal, views.let_go(goal.id, text), now)
        await closing.redraw(session, goal, now)
    await ack()


async def no_reviews(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Stop asking about it]: it stays open, unasked."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        _, goal = await acting.owner_of(session, act, act.value)
        goal.rhythm, goal.version = "none", goal.version + 1
        if goal.state == rules.OPEN:
            dates.rest(goal)
        text = await store.read(session, goal)
        await answers.show(session, act, goal, views.no_reviews(goal.id, text), now)
        await closing.redraw(session, goal, now)
    await ack()


async def choose_more(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """One of the choices behind the dots: "done:12" and the like."""
    what, _, goal_id = act.value.partition(":")
    of_this_goal = replace(act, value=goal_id)
    if what == "done":
        await finishing.open_done(ack, of_this_goal, tools, client)
    elif what == "keep":
        await keep(ack, of_this_goal, tools)
    elif what == "pause":
        await open_pause(ack, of_this_goal, tools, client)
    elif what == "let_go":
        await let_go(ack, of_this_goal, tools)
    elif what == "no_reviews":
        await no_reviews(ack, of_this_goal, tools)
    else:
        raise Gone
