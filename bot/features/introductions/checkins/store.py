"""Remembers check-ins: what is due, who answered, who has gone quiet, and how a round went."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import vault_of
from bot.features.introductions.models import Introduction, IntroductionMember
from bot.members.models import Member
from bot.programs import store as programs

MOST_QUOTES = 2
WRITERS = 2**31  # more than there are members, so that two ids fit into one number


@dataclass(frozen=True)
class HowItWent:
    """A round in numbers, and the thank-yous that may be read by all."""

    seated: int
    met: int
    dates: int
    quotes: list[dict[str, str]]


async def due(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace id, introduction id) of those with a step to take."""
    query = (
        select(Introduction.workspace_id, Introduction.id)
        .where(Introduction.due_at <= now)
        .order_by(Introduction.due_at, Introduction.id)
        .limit(limit)
    )
    return list(await session.execute(query))


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next introduction has a step to take."""
    return (await session.execute(select(func.min(Introduction.due_at)))).scalar_one()


async def lately(session: AsyncSession, workspace_id: int, member_id: int, *, limit: int) -> list[bool]:
    """Somebody's closed introductions they were asked about, newest first: answered, or known to have met."""
    query = (
        select(Introduction.id, IntroductionMember.answer)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .where(
            Introduction.workspace_id == workspace_id,
            IntroductionMember.member_id == member_id,
            IntroductionMember.asked_at.is_not(None),
            Introduction.state == "closed",
        )
        .order_by(Introduction.id.desc())
        .limit(limit)
    )
    rows = (await session.execute(query)).all()
    met = select(IntroductionMember.introduction_id).where(
        IntroductionMember.workspace_id == workspace_id,
        IntroductionMember.introduction_id.in_([row_id for row_id, _ in rows]),
        IntroductionMember.answer == "met",
    )
    known = set((await session.execute(met)).scalars())
    return [answer is not None or row_id in known for row_id, answer in rows]


def seal_thanks(session: AsyncSession, text: str, introduction_id: int, member_id: int) -> bytes:
    """A thank-you as it is stored."""
    return vault_of(session).seal(text.encode(), f"thanks:{introduction_id}:{member_id}")


async def how_it_went(session: AsyncSession, workspace_id: int, round_id: int) -> HowItWent:
    """Of one round: counts, and at most two thank-yous whose writers said that the channel may read them."""
    query = (
        select(IntroductionMember, Member.name)
        .join(Introduction, Introduction.id == IntroductionMember.introduction_id)
        .join(Member, Member.id == IntroductionMember.member_id)
        .where(
            Introduction.workspace_id == workspace_id,
            Introduction.round_id == round_id,
            Introduction.state.in_(("sent", "closed")),
        )
        .order_by(IntroductionMember.introduction_id, IntroductionMember.member_id)
    )
    rows = (await session.execute(query)).all()
    everything = {row.introduction_id for row, _ in rows}
    met = {row.introduction_id for row, _ in rows if row.answer == "met"}
    dates = {row.introduction_id for row, _ in rows if row.answer == "date"} - met
    shared = [(row, name) for row, name in rows if row.shareable and row.thanks is not None and row.answer == "met"]
    quotes = [
        {"sender": name, "text": text_of(session, row), "subject": f"thanks:{thanks_id(row)}"}
        for row, name in shared[:MOST_QUOTES]
    ]
    return HowItWent(len(everything), len(met), len(dates), quotes)


async def round_as_it_went(session: AsyncSession, workspace_id: int, round_id: int) -> tuple[int, HowItWent]:
    """The same with the round's number."""
    row = await programs.get_round(session, workspace_id, round_id)
    return row.number, await how_it_went(session, workspace_id, round_id)


def thanks_id(row: IntroductionMember) -> int:
    """One number for a thank-you: which introduction, and who wrote it."""
    return row.introduction_id * WRITERS + row.member_id


def read_thanks_id(number: int) -> tuple[int, int]:
    """The introduction's id and the writer's."""
    return divmod(number, WRITERS)


def text_of(session: AsyncSession, row: IntroductionMember) -> str:
    """A thank-you as it was written."""
    assert row.thanks is not None, "only written ones are read"
    return vault_of(session).open(row.thanks, f"thanks:{row.introduction_id}:{row.member_id}").decode()
