"""The clock asks: a review, the end of a pause, a plan where nothing moves; one goal a transaction."""

from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.goals import calendar, rules, store
from bot.features.goals.models import Goal
from bot.features.goals.plans import views as plan_views
from bot.features.goals.reviews import messages, views
from bot.features.goals.words import local_day
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content, Kind
from bot.registry import Tools
from bot.scheduler import one_by_one
from bot.slack import home


async def ask(tools: Tools) -> int:
    """Ask about every goal for which it is time."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(take_step, tools))


async def take_step(tools: Tools, found: tuple[int, int]) -> None:
    """One goal, if it is still due."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        goal = await store.get(session, *found, lock=True)
        if goal.due_at is None or goal.due_at > now:
            return
        owner = await members.by_id(session, goal.workspace_id, goal.member_id)
        if owner is None or goal.state not in rules.STANDING:
            calendar.rest(goal)
        elif not members.has_joined(owner) or owner.deactivated_at is not None:
            _wait_for_their_return(goal, owner, now)
        elif owner.paused_until is not None and owner.paused_until > changes.today_of(owner, now):
            goal.due_at = rules.morning(owner.paused_until, calendar.hours_of(owner), goal.id)
        else:
            await _ask(session, goal, owner, now)


def _wait_for_their_return(goal: Goal, owner: Member, now: datetime) -> None:
    """Nothing is asked of who is away; should they come back, it goes on by itself."""
    day = rules.months_later(changes.today_of(owner, now), 1)
    goal.due_at = rules.morning(day, calendar.hours_of(owner), goal.id)


async def _ask(session: AsyncSession, goal: Goal, owner: Member, now: datetime) -> None:
    person = (await members.recipients(session, goal.workspace_id, [owner.id]))[owner.id]
    kind, back = _what_to_ask(goal)
    if back:
        goal.state = rules.OPEN
        calendar.moved(goal, now)
        await home.redraw(session, goal.workspace_id, [owner.id], now=now)
    calendar.plan_review(goal, owner, now)
    await outbox.enqueue(session, messages.question(goal, kind, person, now, back=back), now=now)


def _what_to_ask(goal: Goal) -> tuple[Kind, bool]:
    """Which question it is time for, and whether it ends a pause."""
    if goal.state == rules.PAUSED:
        return messages.REVIEW, True
    if goal.step == calendar.AFTER:
        return messages.AFTER, False
    return (messages.PLAN if rules.stands_still(goal.still) else messages.REVIEW), False


async def draw_review(session: AsyncSession, delivery: Delivery) -> Content | None:
    """As things stand when it leaves; nothing, once the goal is over or rests."""
    goal = await _standing(session, delivery)
    if goal is None:
        return None
    about = await asked(session, goal, delivery.started_at or delivery.due_at)
    return views.review(about, back=messages.BACK in delivery.dedupe_key)


async def draw_plan(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Three ways on; nothing, where something has moved since."""
    goal = await _standing(session, delivery)
    if goal is None or not rules.stands_still(goal.still):
        return None
    return plan_views.plan(goal.id, (await store.read(session, goal)).title)


async def draw_after(session: AsyncSession, delivery: Delivery) -> Content | None:
    """What came of the way that was chosen a week ago."""
    goal = await _standing(session, delivery)
    if goal is None or goal.plan is None:
        return None
    return plan_views.after(goal.id, await store.read(session, goal), goal.plan)


async def review_sent(session: AsyncSession, delivery: Delivery) -> None:
    """One more review was put to them; what their budget held back counts as nobody's standing still."""
    goal = await store.get(session, delivery.workspace_id, store.goal_id_in(delivery.subject), lock=True)
    goal.asked_id = delivery.id
    goal.still += 1


async def plan_sent(session: AsyncSession, delivery: Delivery) -> None:
    """The plan was offered: reviews count from nothing again."""
    goal = await store.get(session, delivery.workspace_id, store.goal_id_in(delivery.subject), lock=True)
    goal.asked_id, goal.still, goal.plan = delivery.id, 0, None


async def after_sent(session: AsyncSession, delivery: Delivery) -> None:
    """The plan's last question waits for its answer."""
    goal = await store.get(session, delivery.workspace_id, store.goal_id_in(delivery.subject), lock=True)
    goal.asked_id = delivery.id


async def asked(session: AsyncSession, goal: Goal, now: datetime) -> views.Asked:
    """What a review says of a goal."""
    owner = await members.by_id(session, goal.workspace_id, goal.member_id)
    tz = owner.tz if owner is not None else "UTC"
    text = await store.read(session, goal)
    return views.Asked(goal.id, text, goal.rhythm, goal.moved_at, tz, local_day(now, tz))


async def _standing(session: AsyncSession, delivery: Delivery) -> Goal | None:
    goal = await store.get(session, delivery.workspace_id, store.goal_id_in(delivery.subject))
    return goal if goal.state == rules.OPEN else None
