"""Remembers who reacted to which reply, until the round is forgotten; which emoji it was is kept as a mark alone."""

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import vault_of
from bot.features.roundtables.models import Roundtable, RoundtableReaction, RoundtableReply
from bot.members.models import Member
from bot.slack import said as reading
from bot.slack.reacted import Reacted


async def keep(session: AsyncSession, reply: RoundtableReply, member_id: int, reacted: Reacted) -> None:
    """Under the round's lock: what Slack told last by its own time stays, in whatever order it is told."""
    mark = vault_of(session).fingerprint(reacted.name, f"roundtable reaction:{reply.id}:{member_id}")
    known = await session.get(RoundtableReaction, (reply.id, member_id, mark))
    if known is None:
        known = RoundtableReaction(
            reply_id=reply.id, member_id=member_id, mark=mark, workspace_id=reply.workspace_id
        )  # fmt: skip
        session.add(known)
    elif not reading.is_newer(reacted.at, known.changed_ts):
        return
    known.there, known.changed_ts = reacted.there, reacted.at
    await session.flush()


async def has(session: AsyncSession, reply: RoundtableReply, slack_id: str) -> bool:
    """Whether it is known that this person reacted to a reply."""
    query = (
        select(RoundtableReaction.reply_id)
        .join(Member, Member.id == RoundtableReaction.member_id)
        .where(
            RoundtableReaction.workspace_id == reply.workspace_id,
            RoundtableReaction.reply_id == reply.id,
            Member.slack_id == slack_id,
        )
    )
    return (await session.execute(query.limit(1))).first() is not None


async def counted(session: AsyncSession, roundtable: Roundtable) -> dict[int, int]:
    """How many people reacted to each reply of a round, each of them once; nobody who left is among them."""
    query = (
        select(RoundtableReaction.reply_id, func.count(RoundtableReaction.member_id.distinct()))
        .join(RoundtableReply, RoundtableReply.id == RoundtableReaction.reply_id)
        .join(Member, Member.id == RoundtableReaction.member_id)
        .where(
            RoundtableReply.workspace_id == roundtable.workspace_id,
            RoundtableReply.round_id == roundtable.round_id,
            RoundtableReaction.there,
            Member.left_at.is_(None),
            Member.deactivated_at.is_(None),
        )
        .group_by(RoundtableReaction.reply_id)
    )
    return {row[0]: row[1] for row in (await session.execute(query)).all()}


async def forget_reply(session: AsyncSession, reply: RoundtableReply) -> None:
    """It is gone, or its writer keeps it out."""
    await session.execute(
        delete(RoundtableReaction).where(
            RoundtableReaction.workspace_id == reply.workspace_id, RoundtableReaction.reply_id == reply.id
        )
    )


async def forget_round(session: AsyncSession, roundtable: Roundtable) -> None:
    """Together with its words."""
    replies = select(RoundtableReply.id).where(
        RoundtableReply.workspace_id == roundtable.workspace_id, RoundtableReply.round_id == roundtable.round_id
    )
    await session.execute(
        delete(RoundtableReaction).where(
            RoundtableReaction.workspace_id == roundtable.workspace_id, RoundtableReaction.reply_id.in_(replies)
        )
    )


async def forget_person(session: AsyncSession, workspace_id: int, member_id: int) -> None:
    """Whatever one person reacted to."""
    await session.execute(
        delete(RoundtableReaction).where(
            RoundtableReaction.workspace_id == workspace_id, RoundtableReaction.member_id == member_id
        )
    )
