"""Remembers how people like to help, and looks up what they were asked and took on."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.features.questions import store as questions
from bot.features.questions.mentoring import rules
from bot.features.questions.mentoring.rules import Held
from bot.features.questions.models import Asked, Helping, Question
from bot.features.questions.rules import KINDS, OPEN
from bot.members.rules import listed
from bot.slack import blocks

MOST_NAMED = 500  # of more people than this all rows of their workspace are read: naming each takes longer
MOST_SKILLS = 3  # of a question, where it is named in passing
CALLED = {
    "question": "a question",
    "feedback": "feedback",
    "review": "a quick review",
    "thinking": "thinking together",
}


async def helping_of(
    session: AsyncSession, workspace_id: int, member_ids: Collection[int]
) -> dict[int, tuple[tuple[str, ...], str]]:
    """Which kinds of question each of these people takes, and how they like to help, unescaped.

    Whoever never said takes every kind; words that were reported are left out.
    """
    query = select(Helping.member_id, Helping.kinds, Helping.how, Helping.how_hidden).where(
        Helping.workspace_id == workspace_id
    )
    if len(member_ids) <= MOST_NAMED:
        query = query.where(Helping.member_id.in_(list(member_ids)))
    said = {
        member_id: (tuple(rules.known(kinds, KINDS)), "" if hidden else how)
        for member_id, kinds, how, hidden in (await session.execute(query)).all()
    }
    return {member_id: said.get(member_id, (tuple(KINDS), "")) for member_id in member_ids}


async def row_of(session: AsyncSession, workspace_id: int, member_id: int, *, lock: bool = False) -> Helping | None:
    """What somebody said about how they help, if they did."""
    query = select(Helping).where(Helping.workspace_id == workspace_id, Helping.member_id == member_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def keep(
    session: AsyncSession, workspace_id: int, member_id: int, kinds: list[str], how: str, now: datetime
) -> None:
    """Keep what they said; new words may be seen, though others of theirs were reported."""
    row = {"workspace_id": workspace_id, "member_id": member_id, "kinds": kinds, "how": how, "changed_at": now}
    await insert_new(
        session, Helping, [row | {"how_hidden": False}], unique=("member_id",), returning=Helping.member_id
    )
    kept = await row_of(session, workspace_id, member_id, lock=True)
    assert kept is not None, "it was made, if it was not there"
    kept.how_hidden = kept.how_hidden and kept.how == how
    kept.kinds, kept.how, kept.changed_at = kinds, how, now


async def held_by(session: AsyncSession, workspace_id: int, member_id: int, *, limit: int = 20) -> list[Held]:
    """What somebody holds, then what they were asked and have not answered yet; oldest first."""
    query = (
        select(Asked.question_id, Asked.state, Asked.asked_at, Asked.claimed_at)
        .join(Question, Question.id == Asked.question_id)
        .where(
            Asked.workspace_id == workspace_id,
            Asked.member_id == member_id,
            Asked.state.in_(("asked", "claimed")),
            Question.workspace_id == workspace_id,
            Question.state.in_(OPEN),
        )
        .order_by(Asked.state.desc(), Asked.asked_at, Asked.id)
        .limit(limit)
    )
    rows = (await session.execute(query)).all()
    names = await names_of(session, workspace_id, [row[0] for row in rows])
    return [
        Held(question_id, names[question_id], claimed_at or asked_at, state == "claimed")
        for question_id, state, asked_at, claimed_at in rows
    ]


async def names_of(session: AsyncSession, workspace_id: int, question_ids: list[int]) -> dict[int, str]:
    """What each question is, without its words and whoever asks: "a question about pricing"."""
    query = select(Question.id, Question.kind).where(
        Question.workspace_id == workspace_id, Question.id.in_(question_ids)
    )
    kinds = dict((await session.execute(query)).all())
    skills = await questions.skills_of(session, workspace_id, question_ids)
    found = {}
    for question_id, kind in kinds.items():
        about = [blocks.escape(each) for each in skills.get(question_id, {}).values()][:MOST_SKILLS]
        found[question_id] = f"{CALLED[kind]} about {listed(about)}" if about else CALLED[kind]
    return found


async def waits(session: AsyncSession, workspace_id: int, member_id: int) -> list[timedelta]:
    """How long those who asked somebody last waited until they took it, newest first."""
    query = (
        select(Asked.claimed_at, Asked.asked_at)
        .where(Asked.workspace_id == workspace_id, Asked.member_id == member_id, Asked.claimed_at.is_not(None))
        .order_by(Asked.claimed_at.desc(), Asked.id.desc())
        .limit(rules.LAST)
    )
    return [claimed - asked for claimed, asked in (await session.execute(query)).all() if claimed is not None]
