"""What a story session does as a gathering: its lines, and what begins, follows and ends with it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling import kind, store, themes
from bot.gatherings.ballots import acting
from bot.gatherings.ballots import store as ballots
from bot.gatherings.kinds import GatheringKind
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.members.rules import listed
from bot.messages import Block
from bot.programs import store as programs
from bot.slack import blocks


async def lines(session: AsyncSession, gathering: Gathering) -> list[str]:
    """Who tells, once anybody promised to."""
    ids = await store.tellers(session, gathering, "accepted", "told")
    names = await members.names(session, gathering.workspace_id, ids)
    told_by = [blocks.escape(names[each]) for each in ids if each in names]
    return [f"Told by {listed(told_by)}."] if told_by else []


async def member_rows(session: AsyncSession, gathering: Gathering, member_id: int) -> list[Block]:
    """What somebody who looks can do beside coming."""
    return []


async def host_rows(session: AsyncSession, gathering: Gathering) -> list[Block]:
    """What its host can do about its tellers."""
    return []


async def planned(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Its theme is put to the vote, and its tellers are looked for at once."""
    program = await programs.get(session, gathering.workspace_id, gathering.program_id)
    await store.begin(session, gathering, wanted=kind.options_of(program).tellers, now=now)
    await themes.put_to_vote(session, gathering, now)


async def moved(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Who promised to tell is asked nothing anew: the change itself reaches them."""
    await store.look_again(session, gathering, now)


async def called_off(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Nobody is asked any more, and what was proposed waits for the next one."""
    await store.stop(session, gathering, now)
    ballot = await ballots.about(session, gathering.workspace_id, f"{themes.NAME}:{gathering.id}", lock=True)
    if ballot is not None:
        await acting.take_back(session, ballot, now=now)


async def over(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """It took place: whoever had promised has told."""
    await store.was_held(session, gathering, now)


KIND = GatheringKind(
    name=kind.NAME,
    noun="story session",
    untitled="Stories",
    lines=lines,
    member_rows=member_rows,
    host_rows=host_rows,
    planned=planned,
    moved=moved,
    called_off=called_off,
    over=over,
)
