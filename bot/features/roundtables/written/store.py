"""Remembers written roundtables: prompts and their threads, how many wrote, and who was asked to sum up."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.db import insert_new
from bot.errors import Gone
from bot.features.roundtables.models import Roundtable, RoundtableReply, RoundtableThread, RoundtableTurn
from bot.features.roundtables.written.rules import Had
from bot.gatherings.ballots import store as ballots
from bot.gatherings.models import Proposal
from bot.members.models import Member
from bot.members.store import present
from bot.programs import opened
from bot.programs.models import Program

KIND = "roundtables"
CLAIMED = ("claimed",)
NUDGE, CLOSE, SUMMARY, FORGET, DONE = "nudge", "close", "summary", "forget", "done"
WAITING, OPEN, CLOSED, LOST = "waiting", "open", "closed", "lost"
KEPT, APART, GONE, UNREAD = "kept", "apart", "gone", "unread"
ASKED, SUMMED_UP, PASSED, LAPSED, RELEASED = "asked", "done", "passed", "lapsed", "released"
HAD_THEIR_TURN = (SUMMED_UP, PASSED, LAPSED)
LATELY = timedelta(days=365)


async def claimed(session: AsyncSession, now: datetime) -> list[tuple[int, int]]:
    """(workspace id, round id) of rounds whose prompt is to be posted."""
    return await opened.due(session, KIND, CLAIMED, now)


async def next_claimed(session: AsyncSession) -> datetime | None:
    """When the next one is."""
    return await opened.next_due(session, KIND, CLAIMED)


async def due(session: AsyncSession, now: datetime, *, limit: int = 50) -> list[tuple[int, int]]:
    """(workspace id, round id) of roundtables whose next step is due."""
    query = (
        select(Roundtable.workspace_id, Roundtable.round_id)
        .where(Roundtable.due_at <= now)
        .order_by(Roundtable.due_at, Roundtable.round_id)
        .limit(limit)
    )
    return [(row.workspace_id, row.round_id) for row in await session.execute(query)]


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next step of any is due."""
    return (await session.execute(select(func.min(Roundtable.due_at)))).scalar_one()


async def find(session: AsyncSession, workspace_id: int, round_id: int, *, lock: bool = False) -> Roundtable | None:
    """The roundtable of a round, once its prompt was chosen."""
    query = select(Roundtable).where(Roundtable.workspace_id == workspace_id, Roundtable.round_id == round_id)
    return await lookup.one(session, query, lock=lock)


async def get(session: AsyncSession, workspace_id: int, named: object, *, lock: bool = False) -> Roundtable:
    """The same by what a button names; Gone where there is none."""
    found = await find(session, workspace_id, lookup.id_in(named), lock=lock)
    if found is None:
        raise Gone
    return found


def step_of(roundtable: Roundtable) -> str:
    """What the clock does next, whoever of many it has reached with it."""
    return roundtable.step.partition(":")[0]


def is_open(roundtable: Roundtable) -> bool:
    """Whether answers are still waited for."""
    return step_of(roundtable) in (NUDGE, CLOSE)


async def had(session: AsyncSession, program: Program) -> list[Had]:
    """The prompts a program has had, newest first."""
    query = (
        select(Roundtable.slug, Roundtable.theme, Roundtable.skill)
        .where(Roundtable.workspace_id == program.workspace_id, Roundtable.program_id == program.id)
        .order_by(Roundtable.round_id.desc())
    )
    return [Had(*row) for row in (await session.execute(query)).all()]


async def voted_for(session: AsyncSession, program: Program, *, lock: bool = False) -> Proposal | None:
    """What was chosen by votes and not posted so far, first chosen first. Locked, nobody hides it meanwhile."""
    posted = select(Roundtable.proposal_id).where(
        Roundtable.program_id == program.id, Roundtable.proposal_id.is_not(None)
    )
    query = (
        select(Proposal)
        .where(
            Proposal.workspace_id == program.workspace_id,
            Proposal.program_id == program.id,
            Proposal.kind == "prompt",
            Proposal.state == ballots.USED,
            Proposal.id.not_in(posted),
        )
        .order_by(Proposal.id)
        .limit(1)
    )
    return await lookup.one(session, query, lock=lock)


async def put_to_vote(session: AsyncSession, program: Program) -> list[str]:
    """Which prompts of our own stood on a ballot of a program, as often as they did."""
    query = select(Proposal.slug).where(
        Proposal.workspace_id == program.workspace_id,
        Proposal.program_id == program.id,
        Proposal.kind == "prompt",
        Proposal.slug.is_not(None),
    )
    return [slug for slug in (await session.execute(query)).scalars() if slug is not None]


async def add_threads(session: AsyncSession, roundtable: Roundtable, channels: Collection[str]) -> None:
    """One for each channel; a round that was begun before keeps those it has."""
    rows = [
        {"workspace_id": roundtable.workspace_id, "round_id": roundtable.round_id, "channel": each, "state": WAITING}
        for each in channels
    ]
    unique = ("round_id", "channel")
    await insert_new(session, RoundtableThread, rows, unique=unique, returning=RoundtableThread.id)


async def threads(session: AsyncSession, roundtable: Roundtable, *states: str) -> list[RoundtableThread]:
    """The threads of a round that are in one of these states, or all."""
    query = select(RoundtableThread).where(
        RoundtableThread.workspace_id == roundtable.workspace_id, RoundtableThread.round_id == roundtable.round_id
    )
    if states:
        query = query.where(RoundtableThread.state.in_(states))
    return list((await session.execute(query.order_by(RoundtableThread.id))).scalars())


async def thread(session: AsyncSession, workspace_id: int, thread_id: int) -> RoundtableThread | None:
    """One thread of this workspace."""
    return await lookup.find(session, RoundtableThread, workspace_id, thread_id)


async def has_threads(session: AsyncSession, workspace_id: int, channel: str) -> bool:
    """Whether a thread of ours stands in a channel."""
    query = select(RoundtableThread.id).where(
        RoundtableThread.workspace_id == workspace_id, RoundtableThread.channel == channel
    )
    return (await session.execute(query.limit(1))).first() is not None


async def renumber(session: AsyncSession, workspace_id: int, old: str, new: str) -> None:
    """A channel has another id now."""
    for table in (RoundtableThread, RoundtableReply):
        await session.execute(
            update(table)
            .where(table.workspace_id == workspace_id, table.channel == old)
            .values(channel=new)
            .execution_options(synchronize_session=False)
        )


async def writers(session: AsyncSession, workspace_id: int, round_id: int) -> set[int]:
    """Who wrote in any thread of a round, words kept or kept out."""
    query = select(RoundtableReply.member_id).where(
        RoundtableReply.workspace_id == workspace_id,
        RoundtableReply.round_id == round_id,
        RoundtableReply.state.in_((KEPT, APART)),
        RoundtableReply.member_id.is_not(None),
    )
    return {each for each in (await session.execute(query.distinct())).scalars() if each is not None}


async def answered_in(session: AsyncSession, workspace_id: int, round_id: int) -> int:
    """In how many channels somebody wrote."""
    query = select(func.count(RoundtableReply.thread_id.distinct())).where(
        RoundtableReply.workspace_id == workspace_id,
        RoundtableReply.round_id == round_id,
        RoundtableReply.state.in_((KEPT, APART)),
    )
    return (await session.execute(query)).scalar_one()


async def turns(session: AsyncSession, program: Program, now: datetime) -> dict[int, tuple[int, datetime]]:
    """How often it was somebody's turn in a program lately, whatever they made of it, and when they were last asked."""
    query = (
        select(RoundtableTurn)
        .join(Roundtable, Roundtable.round_id == RoundtableTurn.round_id)
        .where(
            RoundtableTurn.workspace_id == program.workspace_id,
            Roundtable.program_id == program.id,
            RoundtableTurn.asked_at > now - LATELY,
        )
        .order_by(RoundtableTurn.asked_at)
    )
    found: dict[int, tuple[int, datetime]] = {}
    for each in (await session.execute(query)).scalars():
        times = found[each.member_id][0] if each.member_id in found else 0
        found[each.member_id] = (times + (each.state in HAD_THEIR_TURN), each.asked_at)
    return found


async def turns_of(session: AsyncSession, roundtable: Roundtable) -> list[RoundtableTurn]:
    """Who was asked to sum up this one, in order."""
    query = (
        select(RoundtableTurn)
        .where(RoundtableTurn.workspace_id == roundtable.workspace_id, RoundtableTurn.round_id == roundtable.round_id)
        .order_by(RoundtableTurn.asked_at, RoundtableTurn.member_id)
    )
    return list((await session.execute(query.execution_options(populate_existing=True))).scalars())


async def waiting_for(session: AsyncSession, workspace_id: int, member_id: int) -> list[int]:
    """Rounds whose summary waits for this person."""
    query = select(RoundtableTurn.round_id).where(
        RoundtableTurn.workspace_id == workspace_id,
        RoundtableTurn.member_id == member_id,
        RoundtableTurn.state == ASKED,
    )
    return list((await session.execute(query.order_by(RoundtableTurn.round_id))).scalars())


async def people(session: AsyncSession, workspace_id: int, member_ids: Collection[int]) -> dict[int, Member]:
    """Those of these people who are in Perennial now."""
    query = select(Member).where(Member.workspace_id == workspace_id, Member.id.in_(list(member_ids)), present())
    return {each.id: each for each in (await session.execute(query)).scalars()}
