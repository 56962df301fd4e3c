"""Whom an owner names for a goal: who may be named, who is asked, and who is let go."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.goals import store
from bot.features.goals.following import messages
from bot.features.goals.models import Goal, GoalFollower
from bot.members import store as members
from bot.members.models import Member
from bot.slack import home

BETWEEN = ("asked", "following")


async def who(
    session: AsyncSession, owner: Member, slack_ids: Sequence[str], *, goal: Goal | None = None
) -> tuple[list[Member], str | None]:
    """The members behind these Slack ids, or why one of them can't be asked."""
    if owner.slack_id in slack_ids:
        return [], "You see it anyway. Name others, or nobody."
    query = select(Member).where(
        Member.workspace_id == owner.workspace_id, Member.slack_id.in_(list(slack_ids)), members.present()
    )
    found = {each.slack_id: each for each in (await session.execute(query)).scalars()}
    if missing := [each for each in slack_ids if each not in found]:
        known = await members.by_slack_id(session, owner.workspace_id, missing[0])
        name = known.name if known is not None else "Somebody among them"
        return [], f"{name} is not in Perennial, so can't be asked. Everybody who joined can."
    said_no = await store.followers(session, goal, "declined") if goal is not None else []
    refused = {row.member_id for row in said_no}
    if no := next((each for each in found.values() if each.id in refused), None):
        return [], f"{no.name} said no thanks to this goal, and is not asked again. Leave them out, please."
    return [found[each] for each in slack_ids], None


async def named(session: AsyncSession, goal: Goal) -> list[str]:
    """The Slack ids of who is asked or follows, for the form."""
    ids = [row.member_id for row in await store.followers(session, goal, *BETWEEN)]
    query = select(Member.slack_id).where(
        Member.workspace_id == goal.workspace_id, Member.id.in_(ids), members.present()
    )
    return list((await session.execute(query.order_by(Member.id))).scalars())


async def readers(session: AsyncSession, goal: Goal) -> list[int]:
    """The member ids of who follows."""
    return [row.member_id for row in await store.followers(session, goal, "following")]


async def name(session: AsyncSession, goal: Goal, owner: Member, people: Sequence[Member], now: datetime) -> None:
    """Have exactly these people asked or following: new ones are asked, others are let go without a word."""
    kept = {each.id for each in people}
    rows = {row.member_id: row for row in await store.followers(session, goal)}
    for row in rows.values():
        if row.state in BETWEEN and row.member_id not in kept:
            await end(session, goal, row, now)
    for person in people:
        row = rows.get(person.id) or _new(session, goal, person, now)
        if row.state != "ended":
            continue
        row.state, row.asked_at, row.answered_at = "asked", now, None
        recipient = (await members.recipients(session, goal.workspace_id, [person.id]))[person.id]
        await outbox.enqueue(session, messages.request(goal, recipient, now), now=now)


def _new(session: AsyncSession, goal: Goal, person: Member, now: datetime) -> GoalFollower:
    row = GoalFollower(
        goal_id=goal.id, member_id=person.id, workspace_id=goal.workspace_id, state="ended", asked_at=now
    )
    session.add(row)
    return row


async def end(session: AsyncSession, goal: Goal, row: GoalFollower, now: datetime) -> None:
    """Nothing is between them any more, and what has not left yet stays."""
    row.state, row.answered_at = "ended", now
    await outbox.withdraw(session, goal.workspace_id, store.request_subject(goal.id, row.member_id), now=now)
    await home.redraw(session, goal.workspace_id, [row.member_id, goal.member_id], now=now)
