"""Remembers when whom is due, and the nudges people got."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.delivery import outbox
from bot.errors import NotYours
from bot.features.nudges.models import Nudge, NudgeRhythm
from bot.features.nudges.sending import rules
from bot.features.nudges.sending.messages import subject_of
from bot.members import store as members
from bot.members.models import Workspace

OPTION = "nudges"  # in a workspace's options: how often people get nudges who did not say


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next person is due."""
    return (await session.execute(select(func.min(NudgeRhythm.due_at)))).scalar_one()


async def due(session: AsyncSession, now: datetime, *, limit: int) -> list[tuple[int, int]]:
    """(workspace id, member id) of those who are due, longest first."""
    query = (
        select(NudgeRhythm.workspace_id, NudgeRhythm.member_id)
        .where(NudgeRhythm.due_at <= now)
        .order_by(NudgeRhythm.due_at, NudgeRhythm.member_id)
        .limit(limit)
    )
    return list((await session.execute(query)).all())


async def lock_due(
    session: AsyncSession, workspace_id: int, member_ids: Sequence[int], now: datetime
) -> list[NudgeRhythm]:
    """Those of these who are still due, held until the transaction ends; another process may have been here."""
    query = (
        select(NudgeRhythm)
        .where(
            NudgeRhythm.workspace_id == workspace_id,
            NudgeRhythm.member_id.in_(member_ids),
            NudgeRhythm.due_at <= now,
        )
        .order_by(NudgeRhythm.member_id)
        .with_for_update(skip_locked=True)
    )
    return list((await session.execute(query)).scalars())


async def rhythm_of(
    session: AsyncSession, workspace_id: int, member_id: int, *, lock: bool = False
) -> NudgeRhythm | None:
    """How often somebody wants a nudge; None before they joined."""
    query = select(NudgeRhythm).where(NudgeRhythm.workspace_id == workspace_id, NudgeRhythm.member_id == member_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def usual(session: AsyncSession, workspace_id: int) -> str:
    """How often people get nudges here who did not say otherwise."""
    workspace = await session.get(Workspace, workspace_id)
    cadence = str((workspace.options if workspace is not None else {}).get(OPTION, rules.USUAL))
    return cadence if cadence in rules.CADENCES else rules.USUAL


async def set_cadence(
    session: AsyncSession, workspace_id: int, member_id: int, cadence: str, now: datetime
) -> NudgeRhythm:
    """From now on so often; what is queued is taken back where nothing is wanted any more."""
    person = (await members.recipients(session, workspace_id, [member_id]))[member_id]
    row = await rhythm_of(session, workspace_id, member_id, lock=True)
    if row is None:
        row = NudgeRhythm(member_id=member_id, workspace_id=workspace_id)
        session.add(row)
    row.cadence, row.due_at = cadence, rules.next_due(cadence, person, now)
    if cadence == "off":
        await withdraw(session, workspace_id, member_id, now)
    await session.flush()
    return row


async def begin(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They are in (again): nudges come as often as is usual here, or as they wanted them before."""
    row = await rhythm_of(session, workspace_id, member_id, lock=True)
    cadence = row.cadence if row is not None else await usual(session, workspace_id)
    await set_cadence(session, workspace_id, member_id, cadence, now)


async def stop(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They left, or their account is deactivated: nothing that waits reaches them.

    Who left is due no more; a deactivated account may come back without a word, so the clock looks again.
    """
    await withdraw(session, workspace_id, member_id, now)
    member = await members.by_id(session, workspace_id, member_id)
    row = await rhythm_of(session, workspace_id, member_id, lock=True)
    if row is not None and member is not None and not members.has_joined(member):
        row.due_at = None


async def withdraw(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Take back what is queued for somebody."""
    await outbox.withdraw(session, workspace_id, f"nudges:{member_id}", now=now)
    query = select(Nudge).where(
        Nudge.workspace_id == workspace_id, Nudge.member_id == member_id, Nudge.state == "queued"
    )
    for nudge in (await session.execute(query)).scalars():
        nudge.state = "lost"
        await outbox.withdraw(session, workspace_id, subject_of(nudge.id), now=now)


async def get(session: AsyncSession, workspace_id: int, nudge_id: int, *, lock: bool = False) -> Nudge:
    """A nudge of this workspace; Gone where there is none."""
    return await lookup.get(session, Nudge, workspace_id, nudge_id, lock=lock)


async def mine(session: AsyncSession, workspace_id: int, nudge_id: int, member_id: int) -> Nudge:
    """A nudge, locked, for the person who got it; nobody else may touch it."""
    found = await get(session, workspace_id, nudge_id, lock=True)
    if found.member_id != member_id:
        raise NotYours
    return found


async def newest(session: AsyncSession, workspace_id: int, member_id: int, *, limit: int) -> list[Nudge]:
    """What reached somebody, newest first."""
    query = (
        select(Nudge)
        .where(Nudge.workspace_id == workspace_id, Nudge.member_id == member_id, Nudge.state == "sent")
        .order_by(Nudge.day.desc())
        .limit(limit)
    )
    return list((await session.execute(query)).scalars())
