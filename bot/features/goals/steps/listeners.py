"""Slack asks: a note, a tick, milestones to add or take away, and what is in the way."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.errors import Gone
from bot.features.goals import acting, answers, dates, rules, saying, store
from bot.features.goals.following import naming
from bot.features.goals.models import Goal
from bot.features.goals.setting.views import read_lines
from bot.features.goals.steps import store as step_store
from bot.features.goals.steps import views
from bot.members import changes
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act

NOTHING = "Write a few words, or close the form."


async def open_note(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Add a note]."""
    async with tools.database.transaction() as session:
        _, goal = await acting.owner_of(session, act, act.value)
        title, many = (await store.read(session, goal)).title, len(await naming.readers(session, goal))
        form = views.note_form(goal.id, title, many, answers=bool(act.message_ts))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def save_note(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep a note; where it replies to a question of ours, the question changes."""
    now = tools.clock()
    words = await _words(ack, act)
    if words is None:
        return
    async with tools.database.transaction() as session:
        _, goal = await acting.owner_of(session, act, act.memory.get("goal"))
        if await first_time(session, act):
            shared = "yes" in (blocks.chosen(act.state, views.SHARE) or [])
            await step_store.add_note(session, goal, words, now, shared=shared)
            await _moved(session, goal, now)
            if act.memory.get("answers"):
                title = (await store.read(session, goal)).title
                await answers.show(session, act, goal, views.noted(goal.id, title), now)
    await ack()


async def _words(ack: AsyncAck, act: Act) -> str | None:
    """What was written; None once the form was told that nothing was."""
    words = str(blocks.chosen(act.state, views.WORDS) or "").strip()[: rules.LONGEST_NOTE]
    if words:
        return words
    await ack(response_action="errors", errors={views.WORDS: NOTHING})
    return None


async def tick(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """A milestone is done."""
    await _tick(ack, act, tools, done=True)


async def untick(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """A milestone is open again."""
    await _tick(ack, act, tools, done=False)


async def _tick(ack: AsyncAck, act: Act, tools: Tools, *, done: bool) -> None:
    now = tools.clock()
    goal_id, _, milestone = act.value.partition(":")
    async with tools.database.transaction() as session:
        member, goal = await acting.owner_of(session, act, goal_id)
        text = await store.read(session, goal)
        found = next((each for each in text.milestones if str(each.id) == milestone), None)
        if found is None:
            raise Gone
        today = changes.today_of(member, now)
        await store.write(session, goal, saying.ticked(text, found.id, today if done else None))
        await _moved(session, goal, now)
        if act.message_ts:
            said = views.ticked(goal.id, text.title, found.text, found.id) if done else None
            await answers.show(session, act, goal, said or views.unticked(text.title, found.text), now)
    await ack()


async def open_steps(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Milestones]."""
    async with tools.database.transaction() as session:
        _, goal = await acting.owner_of(session, act, act.value)
        form = views.steps_form(goal.id, await store.read(session, goal))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def save_steps(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Add some, take some away; what another window took away already is no error."""
    now = tools.clock()
    added = read_lines(blocks.chosen(act.state, views.ADD))
    taken = {int(each) for each in blocks.chosen(act.state, views.TAKE) or [] if each.isdecimal()}
    async with tools.database.transaction() as session:
        _, goal = await acting.owner_of(session, act, act.memory.get("goal"))
        text = await store.read(session, goal)
        kept = sum(each.id not in taken for each in text.milestones)
        problem = rules.problem_with_steps(added, kept)
        if problem is None and (added or taken) and await first_time(session, act):
            await store.write(session, goal, saying.with_steps(text, added, taken))
            await _moved(session, goal, now)
    await (ack(response_action="errors", errors={views.ADD: problem}) if problem else ack())


async def open_obstacle(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[What is in the way?]."""
    async with tools.database.transaction() as session:
        _, goal = await acting.owner_of(session, act, act.value)
        form = views.obstacle_form(goal.id, (await store.read(session, goal)).title)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def save_obstacle(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep what is in the way, and turn to the page that says who or what could help."""
    now = tools.clock()
    words = await _words(ack, act)
    if words is None:
        return
    async with tools.database.transaction() as session:
        member, goal = await acting.owner_of(session, act, act.memory.get("goal"))
        if await first_time(session, act):
            await step_store.add_note(session, goal, words, now, kind="obstacle")
            await _moved(session, goal, now)
            await home.open_home(session, act.workspace_id, member.id, now=now, place=f"goals:{goal.id}:help")
    await ack()


async def _moved(session: AsyncSession, goal: Goal, now: datetime) -> None:
    dates.moved(goal, now)
    await home.redraw(session, goal.workspace_id, [goal.member_id, *await naming.readers(session, goal)], now=now)
