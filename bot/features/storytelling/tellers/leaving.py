"""Somebody leaves, is deactivated, pauses, or can't come: their turn goes on, in time to find somebody else."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling.models import StorySession, Telling
from bot.features.storytelling.tellers import acting, store, swapping
from bot.features.storytelling.tellers.settling import is_ahead
from bot.features.storytelling.tellers.store import ASKED
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.members.models import Member
from bot.members.rules import start_of_day


async def went_away(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They tell nothing while they are away, and swap with nobody."""
    member = await members.by_id(session, workspace_id, member_id)
    for found in await store.of_member(session, workspace_id, member_id):
        gathering, story = await store.lock(session, workspace_id, found.gathering_id)
        turn = await store.get(session, workspace_id, found.id)
        if is_ahead(gathering, now) and _is_away(member, gathering):
            await _give_back(session, gathering, story, turn, now)
    for found in await store.asked_to_swap(session, workspace_id, member_id):
        gathering, _ = await store.lock(session, workspace_id, found.gathering_id)
        turn = await store.get(session, workspace_id, found.id)
        if turn.swap_with == member_id and _is_away(member, gathering):
            await swapping.leave(session, gathering, turn, now=now)


def _is_away(member: Member | None, gathering: Gathering) -> bool:
    if member is None or member.left_at is not None or member.deactivated_at is not None:
        return True
    return member.paused_until is not None and start_of_day(member.paused_until, member.tz) > gathering.starts_at


async def left_program(
    session: AsyncSession, workspace_id: int, program_id: int, member_id: int, now: datetime
) -> None:
    """The rota asks them no more. What they promised stays theirs: they can step back, and say so there."""
    for found in await store.of_member(session, workspace_id, member_id):
        gathering, story = await store.lock(session, workspace_id, found.gathering_id)
        turn = await store.get(session, workspace_id, found.id)
        if gathering.program_id == program_id and turn.state == ASKED and gathering.starts_at > now:
            await acting.decline(session, gathering, story, turn, now=now)


async def cannot_come(session: AsyncSession, gathering: Gathering, member_id: int, now: datetime) -> None:
    """A teller who says that they can't come does not tell either."""
    if gathering.starts_at <= now:
        return
    turns = await store.of_session(session, gathering)
    mine = next((each for each in turns if each.member_id == member_id), None)
    if mine is not None:
        _, story = await store.lock(session, gathering.workspace_id, gathering.id)
        await _give_back(session, gathering, story, mine, now)


async def are_away(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """A session was moved: whoever pauses on its new date does not tell there."""
    _, story = await store.lock(session, gathering.workspace_id, gathering.id)
    for turn in await store.of_session(session, gathering):
        if _is_away(await members.by_id(session, turn.workspace_id, turn.member_id), gathering):
            await _give_back(session, gathering, story, turn, now)


async def _give_back(
    session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling, now: datetime
) -> None:
    """A story that was promised is lacking now; whoever was only asked has not promised any."""
    if turn.state == ASKED:
        await acting.decline(session, gathering, story, turn, now=now)
    else:
        await acting.step_back(session, gathering, story, turn, now=now)
