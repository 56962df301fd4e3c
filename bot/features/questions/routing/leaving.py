"""Whoever leaves, pauses or takes nothing new: what waits for them is handed on at once, and what they hold as well,
but for a short pause and for "no more for now"."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import lifecycle, store
from bot.features.questions.models import Asked
from bot.features.questions.routing import holding, ladder, rules, step_views
from bot.members import store as members
from bot.members.rules import start_of_day

WAITS, HOLDS = ("asked", "not_now"), ("claimed",)


async def gone(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They left Perennial, or their account is deactivated."""
    await _hand_on(session, workspace_id, member_id, (*WAITS, *HOLDS), now)


async def away(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They pause: what they hold stays theirs where they are back in three days."""
    member = await members.by_id(session, workspace_id, member_id)
    until = start_of_day(member.paused_until, member.tz) if member is not None and member.paused_until else now
    long = until - now > rules.SHORT_PAUSE
    await _hand_on(session, workspace_id, member_id, (*WAITS, *HOLDS) if long else WAITS, now)


async def full(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They take on nothing new for now; what they hold stays theirs."""
    await _hand_on(session, workspace_id, member_id, WAITS, now)


async def waiting(
    session: AsyncSession, workspace_id: int, member_id: int, states: Collection[str] = (*WAITS, *HOLDS)
) -> list[int]:
    """The questions that wait for somebody, or are held by them."""
    query = select(Asked.question_id).where(
        Asked.workspace_id == workspace_id, Asked.member_id == member_id, Asked.state.in_(states)
    )
    return list((await session.execute(query.order_by(Asked.question_id))).scalars())


async def _hand_on(
    session: AsyncSession, workspace_id: int, member_id: int, states: Collection[str], now: datetime
) -> None:
    found = await waiting(session, workspace_id, member_id, states)
    await store.lock_all(session, workspace_id, found)
    name = (await members.names(session, workspace_id, [member_id])).get(member_id, "Whoever had it")
    for question_id in found:
        question = await store.get(session, workspace_id, question_id, lock=True)
        row = await store.asked_as(session, question, member_id)
        if row is None or row.state not in states:
            continue
        if row.state == "claimed":
            await holding.hand_on(session, question, row, now=now, told=step_views.not_there(name))
        else:
            await lifecycle.let_go(session, row, "released", now=now)
            await ladder.hurry(session, question, now=now)
