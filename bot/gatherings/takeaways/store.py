"""Remembers takeaways, each under its writer's own key: though everybody read them, they go when they go."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot import lookup
from bot.db import insert_new
from bot.gatherings.models import Gathering, NoTakeaway, Takeaway
from bot.gatherings.takeaways import rules
from bot.members import private
from bot.members.models import Workspace
from bot.members.moderation import store as moderation
from bot.members.moderation.rules import OPEN, UPHELD

SHOWN, HIDDEN, TAKEN_BACK = "shown", "hidden", "taken_back"


async def to_ask_for(session: AsyncSession, now: datetime, *, limit: int = 50) -> list[tuple[int, int]]:
    """(workspace id, gathering id) of those whose people are to be asked what they take from it."""
    query = (
        select(Gathering.workspace_id, Gathering.id)
        .where(_running(Gathering.workspace_id), Gathering.takeaways_at <= now)
        .order_by(Gathering.takeaways_at, Gathering.id)
        .limit(limit)
    )
    return [(row.workspace_id, row.id) for row in await session.execute(query)]


async def next_to_ask_for(session: AsyncSession) -> datetime | None:
    """When the next of them is."""
    query = select(func.min(Gathering.takeaways_at)).where(_running(Gathering.workspace_id))
    return (await session.execute(query)).scalar_one()


async def to_follow(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace id, takeaway id) of those whose writer is to be asked what came of it."""
    query = (
        select(Takeaway.workspace_id, Takeaway.id)
        .where(_running(Takeaway.workspace_id), Takeaway.ask_at <= now)
        .order_by(Takeaway.ask_at, Takeaway.id)
        .limit(limit)
    )
    return [(row.workspace_id, row.id) for row in await session.execute(query)]


async def next_to_follow(session: AsyncSession) -> datetime | None:
    """When the next of them is."""
    query = select(func.min(Takeaway.ask_at)).where(_running(Takeaway.workspace_id))
    return (await session.execute(query)).scalar_one()


def _running(workspace_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Those of workspaces that still have Perennial and a token that works."""
    return workspace_id.in_(select(Workspace.id).where(Workspace.state == "active"))


async def get(session: AsyncSession, workspace_id: int, named: object, *, lock: bool = False) -> Takeaway:
    """One takeaway; Gone where there is none."""
    return await lookup.get(session, Takeaway, workspace_id, named, lock=lock)


def _of(gathering: Gathering) -> tuple[ColumnElement[bool], ...]:
    return Takeaway.workspace_id == gathering.workspace_id, Takeaway.gathering_id == gathering.id


async def mine(session: AsyncSession, gathering: Gathering, member_id: int) -> Takeaway | None:
    """What one person shared of a gathering, whatever became of it."""
    query = select(Takeaway).where(*_of(gathering), Takeaway.member_id == member_id)
    return await lookup.one(session, query.execution_options(populate_existing=True))


async def say(
    session: AsyncSession, gathering: Gathering, member_id: int, text: str, about: int | None = None, *, now: datetime
) -> Takeaway:
    """Keep what somebody shares, over what they shared before; the gathering must be locked.

    What was hidden stays hidden, also where it was taken back in between, until a moderator has put it back.
    """
    seal = await private.seal_of(session, gathering.workspace_id, member_id)
    said = {
        "body": seal.seal(text, _about(gathering.id)), "about": about, "said_at": now,
        "ask_at": now + rules.FOLLOWED_AFTER, "outcome": None,
    }  # fmt: skip
    before = int((await session.execute(select(func.count()).where(*_of(gathering)))).scalar_one())
    row = said | {
        "workspace_id": gathering.workspace_id, "gathering_id": gathering.id, "member_id": member_id,
        "state": SHOWN, "page": rules.page_of(before),
    }  # fmt: skip
    unique = ("gathering_id", "member_id")
    new = await insert_new(session, Takeaway, [row], unique=unique, returning=Takeaway.id)
    found = await mine(session, gathering, member_id)
    assert found is not None, "it was said a moment ago"
    if not new:
        for name, value in said.items():
            setattr(found, name, value)
        if found.state == TAKEN_BACK:
            found.state = HIDDEN if await _is_hidden(session, found) else SHOWN
        await session.flush()
    return found


async def _is_hidden(session: AsyncSession, row: Takeaway) -> bool:
    reports = await moderation.rounds(session, row.workspace_id, subject_of(row.id))
    return bool(reports) and reports[0].state in (OPEN, UPHELD)


def subject_of(takeaway_id: int) -> str:
    """What a report of it names."""
    return f"{rules.REPORTED}:{takeaway_id}"


async def take_back(session: AsyncSession, row: Takeaway) -> None:
    """A locked one is nobody's to read any more, and its words are gone."""
    row.state, row.body, row.ask_at = TAKEN_BACK, b"", None
    await session.flush()


async def shown(session: AsyncSession, gathering: Gathering, *, page: int | None = None) -> list[tuple[Takeaway, str]]:
    """What is shared, with its words, on one post or on all; whoever's key is gone is left out."""
    query = select(Takeaway).where(*_of(gathering), Takeaway.state == SHOWN).order_by(Takeaway.id)
    if page is not None:
        query = query.where(Takeaway.page == page)
    rows = list((await session.execute(query)).scalars())
    seals = await private.seals_of(session, gathering.workspace_id, [each.member_id for each in rows])
    return [
        (each, seals[each.member_id].open(each.body, _about(gathering.id))) for each in rows if each.member_id in seals
    ]


async def about_one(session: AsyncSession, gathering: Gathering, about: int) -> list[Takeaway]:
    """The newest of each post that is about one thing: enough to have these posts drawn anew."""
    query = select(Takeaway).where(*_of(gathering), Takeaway.about == about).order_by(Takeaway.id)
    return list({each.page: each for each in (await session.execute(query)).scalars()}.values())


async def words_of(session: AsyncSession, row: Takeaway) -> str:
    """What one takeaway says."""
    seal = await private.open_seal(session, row.workspace_id, row.member_id)
    return seal.open(row.body, _about(row.gathering_id))


async def of_member(session: AsyncSession, workspace_id: int, member_id: int) -> list[Takeaway]:
    """Everything one person shared."""
    query = (
        select(Takeaway)
        .where(Takeaway.workspace_id == workspace_id, Takeaway.member_id == member_id)
        .join(Gathering, Gathering.id == Takeaway.gathering_id)
        .order_by(Gathering.starts_at, Gathering.id)  # the order in which everybody locks several sessions
    )
    return list((await session.execute(query)).scalars())


async def stop(session: AsyncSession, gathering: Gathering, member_id: int) -> None:
    """Somebody is not asked any more after gatherings of this program."""
    row = {"program_id": gathering.program_id, "member_id": member_id, "workspace_id": gathering.workspace_id}
    await insert_new(session, NoTakeaway, [row], unique=("program_id", "member_id"), returning=NoTakeaway.member_id)


async def go_on(session: AsyncSession, gathering: Gathering, member_id: int) -> None:
    """They are asked again."""
    found = await lookup.one(session, _stopped(gathering, [member_id]))
    if found is not None:
        await session.delete(found)
        await session.flush()


async def not_to_be_asked(session: AsyncSession, gathering: Gathering, member_ids: Collection[int]) -> set[int]:
    """Who of these people wants no question after gatherings of this program."""
    return {each.member_id for each in (await session.execute(_stopped(gathering, member_ids))).scalars()}


def _stopped(gathering: Gathering, member_ids: Collection[int]) -> Select[NoTakeaway]:
    return select(NoTakeaway).where(
        NoTakeaway.workspace_id == gathering.workspace_id,
        NoTakeaway.program_id == gathering.program_id,
        NoTakeaway.member_id.in_(list(member_ids)),
    )


def _about(gathering_id: int) -> str:
    return f"takeaway:{gathering_id}"
