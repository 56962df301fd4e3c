"""Remembers what Slack says about people, and how far the walk through them has come."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.members import changes
from bot.members.models import Member, Workspace
from bot.members.sync.rules import Person

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


async def next_walk(session: AsyncSession) -> datetime | None:
    """When the next page of people is to be read."""
    query = select(func.min(Workspace.sync_due_at)).where(Workspace.state == "active")
    return (await session.execute(query)).scalar_one()


async def walks_due(session: AsyncSession, now: datetime) -> list[int]:
    """The workspaces whose next page is due."""
    query = select(Workspace.id).where(Workspace.state == "active", Workspace.sync_due_at <= now)
    return list((await session.execute(query)).scalars())


async def next_lookup(session: AsyncSession) -> datetime | None:
    """When somebody who came to us before the walk reached them is to be looked up."""
    query = select(Workspace.lookups_after).where(
        Workspace.state == "active", Workspace.id.in_(select(Member.workspace_id).where(Member.seen_at.is_(None)))
    )
    times = [time or AT_ONCE for time in (await session.execute(query)).scalars()]
    return min(times, default=None)


async def unseen(session: AsyncSession, now: datetime, *, limit: int) -> list[tuple[int, str]]:
    """People whom Slack has not described yet: workspace and Slack id."""
    query = (
        select(Member.workspace_id, Member.slack_id)
        .join(Workspace, Workspace.id == Member.workspace_id)
        .where(
            Member.seen_at.is_(None),
            Workspace.state == "active",
            func.coalesce(Workspace.lookups_after, AT_ONCE) <= now,
        )
        .order_by(Member.id)
        .limit(limit)
    )
    return list((await session.execute(query)).all())


async def lock_workspace(session: AsyncSession, workspace_id: int) -> Workspace | None:
    """The installation, held until the transaction ends; rows that only point to it can still be written."""
    return await session.get(Workspace, workspace_id, with_for_update={"key_share": True}, populate_existing=True)


async def keep(
    session: AsyncSession,
    workspace_id: int,
    people: Sequence[Person],
    *,
    now: datetime,
    said_at: datetime | None = None,
) -> list[int]:
    """Store what Slack said at a moment (now, if none is given), unless it has said something newer since.

    Returns the ids of those of whom something changed that their Home tab shows. All of them are locked before
    anything else, because whoever is gone has questions that others hold, or are about to take.
    """
    said_at = said_at or now
    slack_ids = [person.slack_id for person in people]
    rows = [_row(workspace_id, person, now) for person in people]
    await insert_new(session, Member, rows, unique=("workspace_id", "slack_id"), returning=Member.id)
    query = select(Member).where(Member.workspace_id == workspace_id, Member.slack_id.in_(slack_ids))
    held = query.order_by(Member.id).with_for_update(key_share=True).execution_options(populate_existing=True)
    members = {member.slack_id: member for member in (await session.execute(held)).scalars()}
    changed = []
    for person in people:
        member = members[person.slack_id]
        if (member.seen_at is None or member.seen_at <= said_at) and await _describe(session, member, person, now):
            changed.append(member.id)
    return changed


async def forget_one_who_is_no_person(session: AsyncSession, workspace_id: int, slack_id: str, now: datetime) -> None:
    """Slack says that this is a bot, or knows nobody of that id: whatever row we made of it is out of everything."""
    query = select(Member).where(Member.workspace_id == workspace_id, Member.slack_id == slack_id)
    member = (await session.execute(query)).scalar_one_or_none()
    if member is not None:
        member.seen_at = now
        await changes.deactivate(session, member, now=now)


def _row(workspace_id: int, person: Person, now: datetime) -> dict[str, object]:
    return {
        "workspace_id": workspace_id,
        "slack_id": person.slack_id,
        "name": person.name,
        "avatar": person.avatar,
        "title": person.title,
        "tz": person.tz,
        "is_guest": person.is_guest,
        "is_admin": person.is_admin,
        "deactivated_at": now if person.deactivated else None,
        "seen_at": now,
    }


async def _describe(session: AsyncSession, member: Member, person: Person, now: datetime) -> bool:
    shown = (member.name, member.tz, member.is_admin, member.is_guest, member.deactivated_at is not None)
    zone_moved = member.tz != person.tz
    if member.seen_at is not None and member.title and person.title and member.title != person.title:
        member.role_changed_at = now  # not on first sight, and not where a title was merely filled in
    member.name, member.avatar, member.title, member.tz = person.name, person.avatar, person.title, person.tz
    member.is_guest, member.is_admin, member.seen_at = person.is_guest, person.is_admin, now
    if zone_moved:
        changes.plan_end_of_pause(member)
    if person.deactivated:
        await changes.deactivate(session, member, now=now)
    else:
        member.deactivated_at = None
    return shown != (member.name, member.tz, member.is_admin, member.is_guest, member.deactivated_at is not None)
