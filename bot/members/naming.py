"""Naming people for a task of their workspace: who can be named, and telling whoever was, or no longer is."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from slack_bolt.async_app import AsyncAck
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.members import changes, store
from bot.members.models import Member
from bot.messages import Content, Message, People
from bot.registry import Tools
from bot.slack.act import Act

Save = Callable[[AsyncSession, Act, Member, datetime], Awaitable[dict[str, str]]]  # gives what to mend, by field


async def hand_in(ack: AsyncAck, act: Act, tools: Tools, save: Save) -> None:
    """A lead sent the form in which people are named; nobody else's counts."""
    async with tools.database.transaction() as session:
        lead = await store.lead_actor(session, act)
        errors = await save(session, act, lead, tools.clock())
    if errors:
        await ack(response_action="errors", errors=errors)
    else:
        await ack()


def is_colleague(member: Member) -> bool:
    """Whether somebody can be named at all: guests, apps and deactivated accounts can't."""
    return member.deactivated_at is None and not member.is_guest and member.seen_at is not None


async def sort_out(
    session: AsyncSession, workspace_id: int, slack_ids: Sequence[str], may: Callable[[Member], bool]
) -> tuple[dict[int, Member], list[str]]:
    """Who was chosen in a form, by id, and what to call those of them who may not be named."""
    query = select(Member).where(Member.workspace_id == workspace_id, Member.slack_id.in_(slack_ids))
    known = {member.slack_id: member for member in (await session.execute(query.order_by(Member.id))).scalars()}
    refused = [each for each in slack_ids if each not in known or not may(known[each])]
    people = {member.id: member for member in known.values()}
    return people, [known[each].name if each in known else each for each in refused]


async def tell(session: AsyncSession, member: Member, kind: str, content: Content, key: str, now: datetime) -> None:
    """To one person; the same `key` says it once."""
    message = Message(
        workspace_id=member.workspace_id,
        kind=kind,
        subject=changes.subject_of(member),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=key,
        due_at=now,
        content=content,
    )
    await outbox.enqueue(session, message, now=now)
