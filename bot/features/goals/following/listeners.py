"""Slack asks: somebody would like to follow, would rather not, or ends it."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.goals import rules, store, subjects
from bot.features.goals.following import messages, views
from bot.features.goals.following import store as follow_store
from bot.features.goals.models import Goal, GoalFollower
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act
from bot.slack.used import in_place


async def accept(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[I'd like to follow]."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, goal, row, owner = await _between(session, act, "asked", "following", "declined")
        row.state, row.answered_at = "following", now
        content = views.accepted(goal.id, owner.name, (await store.read(session, goal)).title)
        await _show(session, act, goal, member, content, now)
    await ack()


async def decline(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[No thanks]."""
    await _turn(act, tools, "asked", "declined", views.declined)
    await ack()


async def stop(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Stop following]: nothing of it is shown to them any more; it is theirs to take back, and not asked again."""
    await _turn(act, tools, "following", "declined", views.stopped)
    await ack()


async def undo(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Undo]: the question stands again."""
    await _turn(act, tools, "declined", "asked", views.request)
    await ack()


async def _turn(act: Act, tools: Tools, before: str, after: str, said: Callable[[int, str], Content]) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, goal, row, owner = await _between(session, act, before, after)
        row.state, row.answered_at = after, None if after == "asked" else now
        await _show(session, act, goal, member, said(goal.id, owner.name), now)


async def draw_request(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Nothing, once it was taken back or the goal is over."""
    goal, row, owner = await _about(session, delivery)
    if goal is None or goal.state not in rules.STANDING or row is None or row.state != "asked" or owner is None:
        return None
    return views.request(goal.id, owner.name)


async def request_ended(session: AsyncSession, delivery: Delivery) -> None:
    """It never arrived, so they can be asked again."""
    _, row, _ = await _about(session, delivery)
    if row is not None and row.state == "asked":
        row.state = "ended"


async def draw_reached(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Nothing, where they follow no more, the owner is gone, or it is open again."""
    goal, row, owner = await _about(session, delivery)
    if goal is None or goal.state != rules.DONE or row is None or row.state != "following" or owner is None:
        return None
    return views.reached(goal.id, owner.name, (await store.read(session, goal)).title)


async def _between(session: AsyncSession, act: Act, *states: str) -> tuple[Member, Goal, GoalFollower, Member]:
    """Who acts, the goal, what is between them, and its owner; Gone in every other case."""
    member = await members.joined_actor(session, act)
    goal = await store.get(session, act.workspace_id, act.value, lock=True)
    row = await follow_store.following(session, act.workspace_id, member.id, goal.id)
    owner = await _present(session, goal)
    if row is None or row.state not in states or owner is None or goal.state == rules.LET_GO:
        raise Gone
    return member, goal, row, owner


async def _present(session: AsyncSession, goal: Goal) -> Member | None:
    owner = await members.by_id(session, goal.workspace_id, goal.member_id)
    here = owner is not None and members.has_joined(owner) and owner.deactivated_at is None
    return owner if here else None


async def _about(session: AsyncSession, delivery: Delivery) -> tuple[Goal | None, GoalFollower | None, Member | None]:
    """The goal a message is about, what is between it and whoever gets the message, and its owner, if present."""
    goal = await subjects.about(session, delivery)
    if goal is None:
        return None, None, None
    (me,) = delivery.member_ids
    row = await follow_store.following(session, goal.workspace_id, me, goal.id)
    return goal, row, await _present(session, goal)


async def _show(session: AsyncSession, act: Act, goal: Goal, member: Member, content: Content, now: datetime) -> None:
    if act.message_ts:
        key = f"goal:{goal.id}:follow:{member.id}:answered:{act.trigger_id}"
        subject = subjects.request_subject(goal.id, member.id)
        update = in_place(act, messages.ANSWERED, subject, content, key=key, now=now)
        await outbox.enqueue(session, update, now=now)
    await home.redraw(session, act.workspace_id, [member.id, goal.member_id], now=now)
