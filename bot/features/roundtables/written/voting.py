"""Lets members choose the next prompt: a vote in the program's channel, some days before the prompt is posted."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock, utc_now
from bot.features.roundtables.written import choosing, rules, store, withholding
from bot.features.roundtables.written.options import RoundtableOptions
from bot.features.roundtables.written.rules import Had
from bot.gatherings.ballots import acting
from bot.gatherings.ballots import store as ballots
from bot.gatherings.ballots.kinds import BallotKind
from bot.gatherings.models import Ballot, Proposal
from bot.programs import store as programs
from bot.programs.models import Program
from bot.registry import Tools
from bot.scheduler import one_by_one

OURS = 3  # prompts of our own beside what members propose
QUESTION = "Which question shall the next round have?"


async def counted(session: AsyncSession, ballot: Ballot, won: Sequence[Proposal], now: datetime) -> None:
    """Nothing to do: the next round takes what was chosen, whenever it comes."""


BALLOT = BallotKind(
    name="roundtable",
    proposes="prompt",
    hint="Such as: what did you stop doing this year, and what did that give you?",
    counted=counted,
    locks=withholding.locks,
    moderated=withholding.moderated,
)


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next vote is to be opened."""
    clock: Clock = session.info.get("clock", utc_now)
    for program in await _voting(session, clock()):  # soonest first, and mostly the first is the one
        if program.due_at is not None and not await _is_chosen(session, program, clock()):
            return program.due_at - rules.VOTE_BEFORE
    return None


async def open_due(tools: Tools) -> int:
    """Open every vote whose time has come."""
    now = tools.clock()
    async with tools.database.reading() as session:
        due = [
            (program.workspace_id, program.id)
            for program in await _waiting(session, now)
            if program.due_at is not None and program.due_at - rules.VOTE_BEFORE <= now
        ]
    return await one_by_one(tools, due, partial(_open_one, tools))


async def _open_one(tools: Tools, found: tuple[int, int]) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        program = await programs.get(session, *found, lock=True)
        if program not in await _waiting(session, now, program_id=program.id) or program.due_at is None:
            return
        own = await _ideas(session, program)
        closes_at = program.due_at - rules.VOTE_ENDS
        await acting.open_ballot(session, program, _subject(program), QUESTION, own=own, closes_at=closes_at, now=now)


async def _ideas(session: AsyncSession, program: Program) -> list[tuple[str, str]]:
    """Prompts of our own, each of another theme than the one before it, and others than those that lost last time."""
    had, found = await store.had(session, program), list[tuple[str, str]]()
    had += [Had(slug, "", None) for slug in await store.put_to_vote(session, program)]
    for _ in range(OURS):
        idea = choosing.our_own(program, had)
        assert idea.slug is not None, "it is one of ours"
        found.append((idea.slug, idea.question))
        had = [Had(idea.slug, idea.theme, None), *had]
    return found


async def _waiting(session: AsyncSession, now: datetime, *, program_id: int | None = None) -> list[Program]:
    """Programs whose next prompt is put to the vote, and is not so far."""
    voting = await _voting(session, now, program_id=program_id)
    return [each for each in voting if not await _is_chosen(session, each, now)]


async def _voting(session: AsyncSession, now: datetime, *, program_id: int | None = None) -> list[Program]:
    """Programs whose members choose the next prompt, soonest first; few, however many programs there are."""
    query = select(Program).where(
        Program.kind == store.KIND,
        Program.state == "active",
        Program.channel.is_not(None),
        Program.due_at > now + rules.SHORTEST_VOTE,
    )
    if program_id is not None:
        query = query.where(Program.id == program_id)
    found = (await session.execute(query.order_by(Program.due_at, Program.id))).scalars()
    return [each for each in found if RoundtableOptions.model_validate(each.options).vote]


async def _is_chosen(session: AsyncSession, program: Program, now: datetime) -> bool:
    """Whether a vote was held for this date, is open or was a moment ago for another, or its choice still waits."""
    if await ballots.about(session, program.workspace_id, _subject(program)) is not None:
        return True
    query = select(Ballot.id).where(
        Ballot.workspace_id == program.workspace_id,
        Ballot.program_id == program.id,
        Ballot.subject.startswith(f"{BALLOT.name}:"),
        Ballot.closes_at > now - rules.BETWEEN_VOTES,
    )
    return (await session.execute(query)).first() is not None or await store.voted_for(session, program) is not None


def _subject(program: Program) -> str:
    return f"{BALLOT.name}:{program.id}:{program.next_date}"
