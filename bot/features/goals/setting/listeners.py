"""Slack asks: a goal is written down, or cut anew; of two windows, the second is told."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.features.goals import acting, answers, dates, rules, saying, store
from bot.features.goals.errors import AlreadyClosed, EnoughGoals
from bot.features.goals.following import naming
from bot.features.goals.models import Goal
from bot.features.goals.reviews import views as review_views
from bot.features.goals.saying import Draft, Text
from bot.features.goals.setting import views
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Block
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act
from bot.slack.handed_in import answer_form

Errors = dict[str, str]


async def open_new(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Set a goal]."""
    await _open_new(ack, act, tools, client, "")


async def open_by_word(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, rest: str) -> None:
    """`/mentor goal`, with the first words of it or without."""
    await _open_new(ack, act, tools, client, rest)


async def _open_new(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, title: str) -> None:
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        if await store.count_standing(session, act.workspace_id, member.id) >= rules.MOST_OPEN:
            raise EnoughGoals
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.new_form(Draft(title=title[: rules.LONGEST_TITLE])))


async def open_edit(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Re-cut it]: the form with what the goal says now."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, goal = await acting.owner_of(session, act, act.value)
        text = await store.read(session, goal)
        named = await naming.named(session, goal)
        draft = Draft(text.title, text.why, text.by, text.skill, goal.rhythm, tuple(named))
        form = views.edit_form(goal.id, goal.version, draft, today=changes.today_of(member, now))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def save_new(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep a goal, or say in the form what is wrong with it; handed in twice, it is kept once."""
    draft, steps = views.read_goal(act.state)
    now = tools.clock()
    errors: Errors = {}
    view: Block | None = None
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        errors = rules.problems_with(draft, changes.today_of(member, now))
        if problem := rules.problem_with_steps(steps, 0):
            errors[views.STEPS] = problem
        people, problem = await naming.who(session, member, draft.followers)
        if problem:
            errors.setdefault(views.FOLLOWERS, problem)
        if not errors and await first_time(session, act):
            view = await _keep_new(session, member, draft, steps, people, now)
    await answer_form(ack, errors, view)


async def _keep_new(
    session: AsyncSession, member: Member, draft: Draft, steps: tuple[str, ...], people: list[Member], now: datetime
) -> Block:
    await members.by_id(session, member.workspace_id, member.id, lock=True)  # two windows can't make an eighth
    if await store.count_standing(session, member.workspace_id, member.id) >= rules.MOST_OPEN:
        raise EnoughGoals
    text = saying.with_steps(Text(draft.title, draft.why, draft.by, draft.skill), steps)
    goal = await store.add(session, member, text, draft.rhythm, now)
    dates.plan_review(goal, member, now)
    await naming.name(session, goal, member, people, now)
    await home.redraw(session, member.workspace_id, [member.id], now=now)
    today = changes.today_of(member, now)
    due = goal.due_at and goal.due_at.astimezone(dates.zone_of(member)).date()
    return views.kept(draft.title, due, [each.name for each in people], today)


async def save_edit(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep a goal cut anew. Where another window was quicker, nothing is kept, and the form shows what it says now."""
    draft, _ = views.read_goal(act.state)
    now = tools.clock()
    errors: Errors = {}
    newer: Block | None = None
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        goal = await store.mine(session, member, act.memory.get("goal"))
        today = changes.today_of(member, now)
        text = await store.read(session, goal)
        errors = rules.problems_with(draft, today, before=text.by)
        people, problem = await naming.who(session, member, draft.followers, goal=goal)
        if problem:
            errors.setdefault(views.FOLLOWERS, problem)
        if not errors and goal.version != act.memory.get("version"):
            newer = views.edit_form(goal.id, goal.version, draft, now_says=text, today=today)
        elif not errors and await first_time(session, act):
            await _keep_edit(session, act, goal, text, draft, people, member, now)
    await answer_form(ack, errors, newer)


async def _keep_edit(
    session: AsyncSession, act: Act, goal: Goal, text: Text, draft: Draft, people: list[Member], member: Member,
    now: datetime,
) -> None:  # fmt: skip
    if goal.state not in rules.STANDING:
        raise AlreadyClosed
    cut = Text(draft.title, draft.why, draft.by, draft.skill, text.milestones)
    await store.write(session, goal, cut)
    goal.version += 1
    dates.moved(goal, now)
    if goal.rhythm != draft.rhythm:
        goal.rhythm = draft.rhythm
        if goal.state == rules.OPEN and goal.step != dates.AFTER:
            dates.plan_review(goal, member, now)
    await naming.name(session, goal, member, people, now)
    content = review_views.recut(goal.id, cut, changes.today_of(member, now))
    await answers.show(session, act, goal, content, now)
    await home.redraw(session, goal.workspace_id, [member.id, *await naming.readers(session, goal)], now=now)
