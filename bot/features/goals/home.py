"""App Home: goals on the front page, all of them, one of them, and what others let me follow."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.features.goals import helping, pages, rules, store, views
from bot.features.goals.following import naming
from bot.features.goals.following import store as follow_store
from bot.features.goals.models import Goal
from bot.features.goals.steps import store as step_store
from bot.features.goals.words import local_day
from bot.lookup import id_in
from bot.members import store as members
from bot.messages import Block
from bot.registry import Viewer


async def goals_section(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """At most three goals; one inviting line for somebody who has none."""
    if not viewer.joined:
        return []
    goals = await store.standing(session, viewer.workspace_id, viewer.member_id)
    followed = await follow_store.followed(session, viewer.workspace_id, viewer.member_id)
    if not goals and not followed:
        return views.invitation()
    today = local_day(viewer.now, viewer.tz)
    return views.front([shown(each) for each in goals], len(followed), viewer.tz, today)


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """`goals`, `goals:closed`, `goals:12` and `goals:12:help`; whatever is not the viewer's is not there."""
    if not viewer.joined:
        return pages.not_here()
    _, _, which = viewer.place.partition(":")
    goal_id, _, part = which.partition(":")
    if which == "closed":
        return await _closed(session, viewer)
    if not which:
        return await _all(session, viewer)
    try:
        return await _one(session, viewer, id_in(goal_id), part)
    except Gone:
        return pages.not_here()


def shown(each: store.Opened) -> views.Shown:
    """A goal as its views take it."""
    row = each.row
    return views.Shown(
        id=row.id,
        state=row.state,
        rhythm=row.rhythm,
        text=each.text,
        moved_at=row.moved_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
    )


async def _all(session: AsyncSession, viewer: Viewer) -> list[Block]:
    goals = await store.standing(session, viewer.workspace_id, viewer.member_id)
    closed = await store.closed(session, viewer.workspace_id, viewer.member_id)
    followed = await follow_store.followed(session, viewer.workspace_id, viewer.member_id)
    others = [views.Followed(shown(each), owner.name) for each, owner in followed]
    today = local_day(viewer.now, viewer.tz)
    return views.everything([shown(each) for each in goals], others, len(closed), viewer.tz, today)


async def _closed(session: AsyncSession, viewer: Viewer) -> list[Block]:
    goals = await store.closed(session, viewer.workspace_id, viewer.member_id)
    return views.closed_page([shown(each) for each in goals], viewer.tz, local_day(viewer.now, viewer.tz))


async def _one(session: AsyncSession, viewer: Viewer, goal_id: int, part: str) -> list[Block]:
    for each, owner in await follow_store.followed(session, viewer.workspace_id, viewer.member_id):
        if each.row.id == goal_id:
            notes = [note for note in await step_store.notes(session, each.row) if note.shared]
            others = views.Followed(shown(each), owner.name)
            return pages.follower_page(others, notes, viewer.tz, local_day(viewer.now, viewer.tz))
    goal = await session.get(Goal, goal_id)
    if goal is None or goal.workspace_id != viewer.workspace_id or goal.member_id != viewer.member_id:
        return pages.not_here()
    opened = shown(store.Opened(goal, await store.read(session, goal)))
    if part == "help" and goal.state in rules.STANDING:
        helps = await helping.buttons(session, viewer.workspace_id, viewer.member_id)
        return pages.help_page(opened, helps)
    notes = await step_store.notes(session, goal)
    people = await _named(session, goal)
    return pages.page(opened, notes, people, viewer.tz, local_day(viewer.now, viewer.tz))


async def _named(session: AsyncSession, goal: Goal) -> list[tuple[str, str]]:
    rows = await follow_store.followers(session, goal, "asked", "following", *naming.SAID_NO)
    names = await members.names(session, goal.workspace_id, [row.member_id for row in rows])
    return [(names[row.member_id], row.state) for row in rows if row.member_id in names]
