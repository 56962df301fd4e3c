"""Slack asks: a smaller step, somebody else, or a different angle."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.features.goals import answers, calendar, content, helping, rules, store
from bot.features.goals.errors import AlreadyClosed
from bot.features.goals.following import naming
from bot.features.goals.models import Goal
from bot.features.goals.plans import views
from bot.members import store as members
from bot.members.models import Member
from bot.members.rules import clean
from bot.messages import Content
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act


async def open_smaller(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[A smaller step]."""
    async with tools.database.transaction() as session:
        _, goal = await _open(session, act, act.value)
        form = views.smaller_form(goal.id, (await store.read(session, goal)).title)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def save_smaller(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """A step was named: it stands before all others, and is asked about in a week."""
    now = tools.clock()
    step = clean(str(blocks.chosen(act.state, views.STEP) or ""))
    problem: str | None = None if step else "Write one thing to do, however small."
    async with tools.database.transaction() as session:
        member, goal = await _open(session, act, act.memory.get("goal"))
        text = await store.read(session, goal)
        problem = problem or rules.problem_with_steps([step], len(text.milestones))
        if problem is None and await first_time(session, act):
            await store.write(session, goal, rules.with_smaller_step(text, step))
            await _chosen(session, act, goal, member, "smaller", views.stepping(goal.id, text.title, step), now)
    await (ack(response_action="errors", errors={views.STEP: problem}) if problem else ack())


async def choose_person(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Somebody else]: whoever other features know to be of help."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, goal = await _open(session, act, act.value)
        helps = await helping.buttons(session, act.workspace_id, member.id)
        title = (await store.read(session, goal)).title
        await _chosen(session, act, goal, member, "person", views.seeing(goal.id, title, helps), now, moves=False)
    await ack()


async def open_angle(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[A different angle]: two questions."""
    async with tools.database.transaction() as session:
        _, goal = await _open(session, act, act.value)
        questions = content.two_questions(goal.id + await store.count_notes(session, goal))
        form = views.angle_form(goal.id, (await store.read(session, goal)).title, questions)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def save_angle(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """At least one of the two was answered: kept as a note that nobody else reads."""
    now = tools.clock()
    said = [str(blocks.chosen(act.state, each) or "").strip() for each in (views.FIRST, views.SECOND)]
    if not any(said):
        await ack(response_action="errors", errors={views.FIRST: "A few words to one of the two are enough."})
        return
    async with tools.database.transaction() as session:
        member, goal = await _open(session, act, act.memory.get("goal"))
        if await first_time(session, act):
            words = "\n".join(each for each in said if each)
            await store.add_note(session, goal, words, now, kind="angle")
            title = (await store.read(session, goal)).title
            await _chosen(session, act, goal, member, "angle", views.seen_anew(goal.id, title), now)
    await ack()


async def _open(session: AsyncSession, act: Act, goal_id: object) -> tuple[Member, Goal]:
    member = await members.joined_actor(session, act)
    goal = await store.mine(session, member, str(goal_id))
    if goal.state not in rules.STANDING:
        raise AlreadyClosed
    return member, goal


async def _chosen(
    session: AsyncSession, act: Act, goal: Goal, member: Member, way: str, content: Content, now: datetime,
    *, moves: bool = True,
) -> None:  # fmt: skip
    """Ask in a week; a step or a thought is movement, the wish to speak to somebody is not yet."""
    goal.plan = way
    if goal.state == rules.OPEN:
        calendar.plan_after(goal, member, now)
    if moves:
        calendar.moved(goal, now)
    await answers.show(session, act, goal, content, now)
    await home.redraw(session, goal.workspace_id, [goal.member_id, *await naming.readers(session, goal)], now=now)
