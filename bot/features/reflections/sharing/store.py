"""Remembers who may read a reflection beside its writer; the row is the permission, and nothing else grants one."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.reflections.models import Reader, Reflection
from bot.features.reflections.sharing.rules import Named
from bot.members.models import Member
from bot.members.store import present


async def readers(session: AsyncSession, workspace_id: int, reflection_id: int) -> list[Named]:
    """Who may read an entry, by name."""
    query = (
        select(Member.id, Member.slack_id, Member.name)
        .join(Reader, Reader.reader_id == Member.id)
        .where(Reader.workspace_id == workspace_id, Reader.reflection_id == reflection_id)
        .order_by(Member.name, Member.id)
    )
    return [Named(*row) for row in await session.execute(query)]


async def reachable(session: AsyncSession, workspace_id: int, slack_ids: Collection[str]) -> list[Named]:
    """Those of these people who are in Perennial."""
    query = (
        select(Member.id, Member.slack_id, Member.name)
        .where(Member.workspace_id == workspace_id, Member.slack_id.in_(list(slack_ids)), present())
        .order_by(Member.name, Member.id)
    )
    return [Named(*row) for row in await session.execute(query)]


async def share(
    session: AsyncSession, row: Reflection, wanted: Collection[int], *, now: datetime
) -> tuple[list[int], list[int]]:
    """Have exactly these members as readers: (who is new, who no longer is)."""
    before = {reader.member_id for reader in await readers(session, row.workspace_id, row.id)}
    gone, new = sorted(before - set(wanted)), sorted(set(wanted) - before)
    if gone:
        await session.execute(
            delete(Reader).where(
                Reader.workspace_id == row.workspace_id, Reader.reflection_id == row.id, Reader.reader_id.in_(gone)
            )
        )
    rows = [
        {"reflection_id": row.id, "reader_id": member_id, "workspace_id": row.workspace_id, "since": now}
        for member_id in new
    ]
    if rows:
        await insert_new(session, Reader, rows, unique=("reflection_id", "reader_id"), returning=Reader.reader_id)
    row.sharing = "people" if wanted else "me"
    await session.flush()
    return new, gone


async def shared_with(
    session: AsyncSession, workspace_id: int, reader_id: int, reflection_id: int
) -> tuple[Reflection, Member]:
    """An entry and its writer, for somebody it is shared with at this moment; Gone for everybody else."""
    query = (
        select(Reflection, Member)
        .join(Reader, Reader.reflection_id == Reflection.id)
        .join(Member, Member.id == Reflection.member_id)
        .where(
            Reflection.workspace_id == workspace_id,
            Reflection.id == reflection_id,
            Reader.reader_id == reader_id,
            Member.left_at.is_(None),
            Member.deactivated_at.is_(None),
        )
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise Gone("This reflection is not shared with you any more, so there is nothing to read.")
    return found[0], found[1]


async def told(
    session: AsyncSession, workspace_id: int, subject: str, kind: str, reader_ids: Collection[int]
) -> list[Delivery]:
    """The messages about an entry that were meant for these readers."""
    query = select(Delivery).where(
        Delivery.workspace_id == workspace_id, Delivery.subject == subject, Delivery.kind == kind
    )
    found = (await session.execute(query)).scalars()
    return [each for each in found if set(each.member_ids) & set(reader_ids)]
