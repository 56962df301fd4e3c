"""Slack asks: keep, pause, done, let go, ask no more, and undo; all of them honourable."""

from dataclasses import replace
from datetime import datetime, timedelta

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.submissions import first_time
from bot.errors import Gone
from bot.features.goals import answers, calendar, rules, store
from bot.features.goals.errors import AlreadyClosed, EnoughGoals
from bot.features.goals.following import messages as follow_messages
from bot.features.goals.following import naming
from bot.features.goals.models import Goal
from bot.features.goals.plans import views as plan_views
from bot.features.goals.reviews import jobs, messages, views
from bot.features.goals.setting.views import read_day
from bot.features.goals.words import local_day
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act

PAUSE_OFFERED = timedelta(weeks=4)


async def keep(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Keep it]: it goes on, and is asked about again at its rhythm."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, goal = await _standing(session, act, act.value)
        if goal.state == rules.PAUSED or goal.step != calendar.AFTER:
            goal.state = rules.OPEN
            calendar.plan_review(goal, member, now)
        text, today = await store.read(session, goal), changes.today_of(member, now)
        due = local_day(goal.due_at, member.tz) if goal.due_at else None
        await answers.show(session, act, goal, views.kept(goal.id, text, due, today), now)
        await _redraw(session, goal, now)
    await ack()


async def open_pause(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Pause it]: until when?"""
    async with tools.database.transaction() as session:
        member, goal = await _standing(session, act, act.value)
        form = views.pause_form(goal.id, changes.today_of(member, tools.clock()) + PAUSE_OFFERED)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def pause(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The day was sent: it rests until then, or the form says what is wrong with the day."""
    now = tools.clock()
    until = read_day(blocks.chosen(act.state, views.UNTIL))
    async with tools.database.transaction() as session:
        member, goal = await _standing(session, act, act.memory.get("goal"))
        today = changes.today_of(member, now)
        problem = rules.problem_with_pause(until, today)
        if problem is None and until is not None and await first_time(session, act):
            goal.state, goal.version = rules.PAUSED, goal.version + 1
            await outbox.withdraw(session, goal.workspace_id, store.subject_of(goal.id), now=now)
            calendar.plan_back(goal, member, until)
            text = await store.read(session, goal)
            await answers.show(session, act, goal, views.paused(goal.id, text, until, today), now)
            await _redraw(session, goal, now)
    await (ack(response_action="errors", errors={views.UNTIL: problem}) if problem else ack())


async def open_done(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Done]: what helped, and how loudly?"""
    async with tools.database.transaction() as session:
        _, goal = await _standing(session, act, act.value)
        form = views.done_form(goal.id, len(await naming.readers(session, goal)))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def done(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """It is done: one line to whoever reached it; those who follow hear of it only if that was chosen."""
    now = tools.clock()
    helped = str(blocks.chosen(act.state, views.HELPED) or "").strip()[: rules.LONGEST_NOTE]
    together = blocks.chosen(act.state, views.LOUD) == views.TOGETHER
    async with tools.database.transaction() as session:
        member, goal = await _standing(session, act, act.memory.get("goal"))
        if await first_time(session, act):
            if helped:
                await store.add_note(session, goal, helped, now)
            calendar.moved(goal, now)
            await _close(session, goal, rules.DONE, now)
            told = await _tell_followers(session, goal, now) if together else 0
            await _celebrate(session, act, goal, member, told, now)
            await _redraw(session, goal, now)
    await ack()


async def let_go(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Let it go]."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        _, goal = await _standing(session, act, act.value)
        await _close(session, goal, rules.LET_GO, now)
        text = await store.read(session, goal)
        await answers.show(session, act, goal, views.let_go(goal.id, text), now)
        await _redraw(session, goal, now)
    await ack()


async def no_reviews(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Stop asking about it]: it stays open, unasked."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        _, goal = await _standing(session, act, act.value)
        goal.rhythm, goal.version = "none", goal.version + 1
        if goal.state == rules.OPEN:
            calendar.rest(goal)
        text = await store.read(session, goal)
        await answers.show(session, act, goal, views.no_reviews(goal.id, text), now)
        await _redraw(session, goal, now)
    await ack()


async def choose_more(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """One of the choices behind the dots: "done:12" and the like."""
    what, _, goal_id = act.value.partition(":")
    of_this_goal = replace(act, value=goal_id)
    if what == "done":
        await open_done(ack, of_this_goal, tools, client)
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
            calendar.moved(goal, now)
            calendar.plan_review(goal, member, now)
        await _ask_again(session, act, goal, member, now)
        await _redraw(session, goal, now)
    await ack()


async def _ask_again(session: AsyncSession, act: Act, goal: Goal, member: Member, now: datetime) -> None:
    """In the message itself: the question it held before, or that the goal is open again."""
    if not act.message_ts:
        return
    asked = await store.message_at(session, goal, act.channel, act.message_ts)
    text = await store.read(session, goal)
    content: Content = views.open_again(goal.id, text)
    if asked is not None and asked.kind == messages.REVIEW.name:
        content = views.review(await jobs.asked(session, goal, now))
    elif asked is not None and asked.kind == messages.PLAN.name:
        content = plan_views.plan(goal.id, text.title)
        goal.plan = None
        if goal.step == calendar.AFTER:
            calendar.plan_review(goal, member, now)
    elif asked is not None and asked.kind == messages.AFTER.name and goal.plan is not None:
        content = plan_views.after(goal.id, text, goal.plan)
    await answers.show(session, act, goal, content, now)
    goal.asked_id = asked.id if asked is not None and asked.kind != messages.DONE.name else None


async def _standing(session: AsyncSession, act: Act, goal_id: object) -> tuple[Member, Goal]:
    member = await members.joined_actor(session, act)
    goal = await store.mine(session, member, str(goal_id))
    if goal.state not in rules.STANDING:
        raise AlreadyClosed
    return member, goal


async def _close(session: AsyncSession, goal: Goal, state: str, now: datetime) -> None:
    """It is over: nothing is asked any more, and nobody is asked to follow it."""
    goal.state, goal.closed_at, goal.version = state, now, goal.version + 1
    calendar.rest(goal)
    await outbox.withdraw(session, goal.workspace_id, store.subject_of(goal.id), now=now)
    for row in await store.followers(session, goal, "asked"):
        await naming.end(session, goal, row, now)


async def _celebrate(session: AsyncSession, act: Act, goal: Goal, member: Member, told: int, now: datetime) -> None:
    text, today = await store.read(session, goal), changes.today_of(member, now)
    since, notes = local_day(goal.created_at, member.tz), await store.count_notes(session, goal)
    content = views.done(goal.id, text, since, today, notes, told)
    if not await answers.show(session, act, goal, content, now):
        person = (await members.recipients(session, goal.workspace_id, [member.id]))[member.id]
        await outbox.enqueue(session, messages.done(goal, person, content, now), now=now)


async def _tell_followers(session: AsyncSession, goal: Goal, now: datetime) -> int:
    people = await members.recipients(session, goal.workspace_id, await naming.readers(session, goal))
    reachable = [each for each in people.values() if each.reachable]
    await outbox.enqueue_all(session, [follow_messages.reached(goal, each, now) for each in reachable], now=now)
    return len(reachable)


async def _take_news_back(session: AsyncSession, goal: Goal, now: datetime) -> None:
    for member_id in await naming.readers(session, goal):
        await outbox.withdraw(session, goal.workspace_id, store.request_subject(goal.id, member_id), now=now)


async def _redraw(session: AsyncSession, goal: Goal, now: datetime) -> None:
    people = [goal.member_id, *await naming.readers(session, goal)]
    await home.redraw(session, goal.workspace_id, people, now=now)
