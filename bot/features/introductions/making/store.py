"""Remembers how rounds are made: what is due, the plan behind each, and the introductions written from it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from bot.db import insert_new, vault_of
from bot.errors import Gone
from bot.features.introductions.making.inputs import chunks
from bot.features.introductions.models import Introduction, IntroductionMember, RoundPlan, Unseated
from bot.plain import unpack
from bot.programs import opened
from bot.programs.models import Round

KIND = "introductions"
OPEN_STATES = ("claimed", "matched", "sealed")


async def rounds_due(session: AsyncSession, now: datetime) -> list[tuple[int, int]]:
    """(workspace id, round id) of rounds whose next step may be taken."""
    return await opened.due(session, KIND, OPEN_STATES, now)


async def next_round(session: AsyncSession) -> datetime | None:
    """When the next round has a step to take."""
    return await opened.next_due(session, KIND, OPEN_STATES)


async def previews_due(session: AsyncSession, now: datetime, *, limit: int = 20) -> list[tuple[int, int]]:
    """(workspace id, round id) of previews that are to be drawn."""
    query = select(RoundPlan.workspace_id, RoundPlan.round_id).where(RoundPlan.due_at <= now).limit(limit)
    return list(await session.execute(query))


async def next_preview(session: AsyncSession) -> datetime | None:
    """When the next preview is to be drawn."""
    return (await session.execute(select(func.min(RoundPlan.due_at)))).scalar_one()


async def plan_of(
    session: AsyncSession, workspace_id: int, round_id: int, *, lock: bool = False, with_inputs: bool = False
) -> RoundPlan | None:
    """The plan behind a round, if it was begun."""
    query = select(RoundPlan).where(RoundPlan.workspace_id == workspace_id, RoundPlan.round_id == round_id)
    if with_inputs:
        query = query.options(undefer(RoundPlan.inputs))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def begin_plan(session: AsyncSession, row: Round) -> RoundPlan:
    """The plan of a round, locked; an empty one where there was none."""
    found = await plan_of(session, row.workspace_id, row.id, lock=True)
    if found is not None:
        return found
    values = {
        "round_id": row.id,
        "workspace_id": row.workspace_id,
        "program_id": row.program_id,
        "order": [],
        "seed": 0,
        "options": {},
        "written": 0,
    }
    await insert_new(session, RoundPlan, [values], unique=("round_id",), returning=RoundPlan.round_id)
    found = await plan_of(session, row.workspace_id, row.id, lock=True)
    assert found is not None, "it was written a moment ago"
    return found


def seal_inputs(session: AsyncSession, packed: bytes, round_id: int) -> bytes:
    """Packed inputs as they are stored."""
    return vault_of(session).seal(packed, f"round:{round_id}")


def packed_inputs(session: AsyncSession, plan: RoundPlan) -> bytes:
    """The frozen inputs of a plan, packed."""
    if plan.inputs is None:
        raise Gone("This round has no stored inputs, so it can't be made again.")
    return vault_of(session).open(plan.inputs, f"round:{plan.round_id}")


def inputs_of(session: AsyncSession, plan: RoundPlan) -> dict[str, Any]:
    """The frozen inputs of a plan."""
    inputs: dict[str, Any] = unpack(packed_inputs(session, plan))
    return inputs


async def advance_written(session: AsyncSession, workspace_id: int, round_id: int, seen: int, now_written: int) -> bool:
    """Note how many introductions are written; False where somebody else was quicker."""
    changed = await session.execute(
        update(RoundPlan)
        .where(RoundPlan.workspace_id == workspace_id, RoundPlan.round_id == round_id, RoundPlan.written == seen)
        .values(written=now_written)
        .returning(RoundPlan.round_id)
        .execution_options(synchronize_session=False)
    )
    return changed.first() is not None


def keep_drawn(plan: RoundPlan, drawn: dict[str, Any]) -> None:
    """Keep what the other process found."""
    plan.result, plan.order, plan.certificate = drawn["result"], drawn["order"], drawn["certificate"]
    plan.value, plan.bound = drawn["result"]["value"], drawn["result"]["bound"]
    plan.seed, plan.options = drawn["seed"], drawn["options"]


async def starters_given(session: AsyncSession, workspace_id: int, member_ids: Sequence[int]) -> dict[int, set[str]]:
    """Slugs of the conversation starters these people had before."""
    found: dict[int, set[str]] = {}
    for some in chunks(member_ids):
        query = (
            select(IntroductionMember.member_id, Introduction.starters)
            .join(Introduction, Introduction.id == IntroductionMember.introduction_id)
            .where(IntroductionMember.workspace_id == workspace_id, IntroductionMember.member_id.in_(some))
        )
        for member_id, slugs in await session.execute(query):
            found.setdefault(member_id, set()).update(slugs)
    return found


async def last_opened(session: AsyncSession, workspace_id: int, member_ids: Sequence[int]) -> dict[int, int]:
    """The newest introduction in which each of these was asked to write first."""
    found: dict[int, int] = {}
    for some in chunks(member_ids):
        query = (
            select(Introduction.opener_id, func.max(Introduction.id))
            .where(Introduction.workspace_id == workspace_id, Introduction.opener_id.in_(some))
            .group_by(Introduction.opener_id)
        )
        found |= dict((await session.execute(query)).all())
    return found


async def write_introductions(
    session: AsyncSession, rows: list[dict[str, Any]], groups: list[list[int]]
) -> dict[int, list[int]]:
    """Insert introductions with their people, a statement each; the people of each by its id, first ones first."""
    by_place = {row["place"]: group for row, group in zip(rows, groups, strict=True)}
    ids = await insert_new(session, Introduction, rows, unique=("round_id", "place"), returning=Introduction.id)
    query = select(Introduction.id, Introduction.place).where(Introduction.id.in_(ids)).order_by(Introduction.id)
    places = (await session.execute(query)).all()
    written = {row_id: by_place[place] for row_id, place in places if place is not None}
    await add_people(session, rows[0]["workspace_id"], written)
    return written


async def add_people(session: AsyncSession, workspace_id: int, groups: dict[int, list[int]]) -> None:
    """Put people into introductions, by the introduction's id."""
    people = [
        {"introduction_id": row_id, "member_id": member_id, "workspace_id": workspace_id}
        for row_id, group in groups.items()
        for member_id in group
    ]
    unique = ("introduction_id", "member_id")
    if people:
        returning = IntroductionMember.member_id
        await insert_new(session, IntroductionMember, people, unique=unique, returning=returning)


async def owe(
    session: AsyncSession, row: Round, member_ids: Sequence[int], reason: str, state: str, now: datetime,
    due_at: datetime | None = None,
) -> list[int]:  # fmt: skip
    """Write down who has no seat; ids of the members for whom this is new."""
    rows = [
        {
            "workspace_id": row.workspace_id,
            "program_id": row.program_id,
            "round_id": row.id,
            "member_id": member_id,
            "reason": reason,
            "state": state,
            "due_at": due_at,
            "created_at": now,
        }
        for member_id in member_ids
    ]
    if not rows:
        return []
    unique = ("round_id", "member_id", "reason")
    return await insert_new(session, Unseated, rows, unique=unique, returning=Unseated.member_id)
