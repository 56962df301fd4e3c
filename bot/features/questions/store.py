"""Remembers questions: by their id, their asker, and the places they stand in; every query names the workspace."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.errors import Gone
from bot.features.questions import askers
from bot.features.questions.askers import Asker
from bot.features.questions.models import Asked, Question, QuestionSkill
from bot.features.questions.rules import OPEN, Draft, Words
from bot.members import private, vocabulary
from bot.members.models import Skill


async def add(
    session: AsyncSession, workspace_id: int, member_id: int, draft: Draft, *, alias: str, now: datetime
) -> Question:
    """A new question, to be routed at once; `alias` is empty where it is asked under the asker's own name."""
    question = Question(
        workspace_id=workspace_id,
        token=secrets.token_urlsafe(12),
        asker_id=None if alias else member_id,
        alias=alias,
        kind=draft.kind,
        checklist=draft.checklist,
        pace=draft.pace,
        audience=draft.audience,
        state="open",
        asked_at=now,
        changed_at=now,
        due_at=now,
    )
    askers.keep(session, question, Asker(member_id))
    await write(session, question, draft.words)
    session.add(question)
    await session.flush()
    await set_skills(session, question, draft.skills)
    return question


async def write(session: AsyncSession, question: Question, words: Words) -> None:
    """Keep the words of a question, sealed with its asker's key."""
    asker = askers.asker_of(session, question)
    seal = (await private.seal_of(session, question.workspace_id, asker.member_id)).apart(_about(question))
    question.body = seal.seal_json({"question": words.question, "context": words.context}, _about(question))


async def words_of(session: AsyncSession, question: Question) -> Words:
    """What it asks; Gone where its asker's key was forgotten."""
    asker = askers.asker_of(session, question)
    seal = (await private.open_seal(session, question.workspace_id, asker.member_id)).apart(_about(question))
    return Words(**seal.open_json(question.body, _about(question)))


async def words_of_all(session: AsyncSession, questions: Sequence[Question]) -> dict[int, Words]:
    """The same for many of one workspace; those that can't be opened any more are left out."""
    if not questions:
        return {}
    owners = {each.id: askers.asker_of(session, each).member_id for each in questions}
    seals = await private.seals_of(session, questions[0].workspace_id, set(owners.values()))
    return {
        each.id: Words(**seals[owners[each.id]].apart(_about(each)).open_json(each.body, _about(each)))
        for each in questions
        if owners[each.id] in seals
    }


async def get(session: AsyncSession, workspace_id: int, question_id: object, *, lock: bool = False) -> Question:
    """The question with this id, in this workspace only; Gone for every other."""
    return await lookup.get(session, Question, workspace_id, question_id, lock=lock)


async def lock_all(session: AsyncSession, workspace_id: int, question_ids: Collection[int]) -> None:
    """Hold several, in the one order in which everybody does; before anything that hangs on them is touched."""
    query = select(Question.id).where(Question.workspace_id == workspace_id, Question.id.in_(list(question_ids)))
    await session.execute(query.order_by(Question.id).with_for_update(key_share=True))


async def mine(
    session: AsyncSession, workspace_id: int, member_id: int, states: Collection[str] = OPEN, *, limit: int = 50
) -> list[Question]:
    """Somebody's own questions, under an alias or not, newest first. To be shown to themselves alone."""
    query = (
        select(Question)
        .where(
            Question.workspace_id == workspace_id,
            Question.asker_hash.in_(askers.hashes_of(session, workspace_id, member_id)),
            Question.state.in_(list(states)),
        )
        .order_by(Question.asked_at.desc(), Question.id.desc())
        .limit(limit)
    )
    return list((await session.execute(query)).scalars())


async def own(session: AsyncSession, workspace_id: int, member_id: int, question_id: object) -> Question:
    """Somebody's own question, locked; Gone where it is another's, so that nobody learns that it exists."""
    question = await get(session, workspace_id, question_id, lock=True)
    if not askers.is_mine(session, question, member_id):
        raise Gone
    return question


async def set_skills(session: AsyncSession, question: Question, words: Collection[str]) -> None:
    """Have it be about exactly these skills; words nobody used before are added."""
    await session.execute(
        delete(QuestionSkill).where(
            QuestionSkill.workspace_id == question.workspace_id, QuestionSkill.question_id == question.id
        )
    )
    for skill_id in await vocabulary.ids_of(session, question.workspace_id, "skill", words):
        session.add(QuestionSkill(question_id=question.id, skill_id=skill_id, workspace_id=question.workspace_id))
    await session.flush()


async def skills_of(
    session: AsyncSession, workspace_id: int, question_ids: Collection[int]
) -> dict[int, dict[str, str]]:
    """What each question is about: by question, slug to name."""
    query = (
        select(QuestionSkill.question_id, Skill.slug, Skill.name)
        .join(Skill, Skill.id == QuestionSkill.skill_id)
        .where(QuestionSkill.workspace_id == workspace_id, QuestionSkill.question_id.in_(list(question_ids)))
        .order_by(Skill.slug)
    )
    found: dict[int, dict[str, str]] = {}
    for question_id, slug, name in (await session.execute(query)).all():
        found.setdefault(question_id, {})[slug] = name
    return found


async def asked_for(session: AsyncSession, question: Question, *, lock: bool = False) -> list[Asked]:
    """Everybody who was asked, in the order in which they were."""
    query = (
        select(Asked)
        .where(Asked.workspace_id == question.workspace_id, Asked.question_id == question.id)
        .order_by(Asked.id)
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list((await session.execute(query)).scalars())


async def asked_as(session: AsyncSession, question: Question, member_id: int) -> Asked | None:
    """What somebody was asked about a question, if they were."""
    query = select(Asked).where(
        Asked.workspace_id == question.workspace_id, Asked.question_id == question.id, Asked.member_id == member_id
    )
    return (await session.execute(query)).scalar_one_or_none()


async def at_asker_place(session: AsyncSession, workspace_id: int, channel: str, ts: str) -> Question | None:
    """The question whose asker's own thread stands there."""
    place = askers.place_of(session, channel, ts)
    query = select(Question).where(Question.workspace_id == workspace_id, Question.asker_place == place)
    return (await session.execute(query)).scalar_one_or_none()


async def at_channel_place(session: AsyncSession, workspace_id: int, channel: str, ts: str) -> Question | None:
    """The question whose thread in a channel stands there."""
    query = select(Question).where(
        Question.workspace_id == workspace_id, Question.channel == channel, Question.channel_ts == ts
    )
    return (await session.execute(query)).scalar_one_or_none()


async def at_mentor_place(session: AsyncSession, workspace_id: int, channel: str, ts: str) -> Asked | None:
    """Whose thread about which question stands there, of somebody who was asked."""
    query = select(Asked).where(Asked.workspace_id == workspace_id, Asked.channel == channel, Asked.ts == ts)
    return (await session.execute(query)).scalar_one_or_none()


def _about(question: Question) -> str:
    return f"question:{question.token}:body"
