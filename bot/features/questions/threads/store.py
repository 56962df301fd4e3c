"""Remembers what was said in the threads of a question, sealed with its writer's key; every query names the workspace."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.errors import Gone
from bot.features.questions import askers, rules
from bot.features.questions.models import Answer, Question
from bot.members import private
from bot.members.private import Seal

KEPT, GONE, HIDDEN, UNREAD = "kept", "gone", "hidden", "unread"


async def at(session: AsyncSession, workspace_id: int, channel: str, ts: str, *, lock: bool = False) -> Answer | None:
    """What was said in this message, if we know it."""
    place = askers.place_of(session, channel, ts)
    query = select(Answer).where(Answer.workspace_id == workspace_id, Answer.place == place)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def get(session: AsyncSession, workspace_id: int, answer_id: object, *, lock: bool = False) -> Answer:
    """The answer with this id, in this workspace only; Gone for every other."""
    return await lookup.get(session, Answer, workspace_id, answer_id, lock=lock)


async def add(
    session: AsyncSession,
    question: Question,
    place: bytes,
    thread: str,
    *,
    writer_id: int | None,
    by_asker: bool = False,
    text: str | None = None,
    state: str = KEPT,
    edited_ts: str = "",
    held: bool = False,
    now: datetime,
) -> Answer:
    """Something said; its asker's own words name nobody where the question has an alias."""
    answer = Answer(
        workspace_id=question.workspace_id,
        question_id=question.id,
        place=place,
        thread=thread,
        by_asker=by_asker,
        author_id=None if by_asker and question.alias else writer_id,
        said_at=moment(question, now),
        edited_ts=edited_ts or None,
        state=state,
        held=held,
    )
    if text is not None and writer_id is not None:
        await write(session, answer, writer_id, text)
    session.add(answer)
    await session.flush()
    return answer


def moment(question: Question, now: datetime) -> datetime:
    """When something was said, as it may be kept: to the hour, where the question is asked under an alias."""
    return rules.rounded(now) if question.alias else now


def told_at(question: Question, now: datetime) -> datetime:
    """When others hear what whoever asked chose: at the next full hour, where they have an alias."""
    return rules.rounded(now) + timedelta(hours=1) if question.alias else now


async def write(session: AsyncSession, answer: Answer, writer_id: int, text: str) -> None:
    """Keep words, sealed with their writer's own key."""
    seal = (await private.seal_of(session, answer.workspace_id, writer_id)).apart(_about(answer))
    answer.body = seal.seal(text, _about(answer))


def writer_of(session: AsyncSession, question: Question, answer: Answer) -> int | None:
    """Whose words they are; for opening them and for reaching whoever wrote, never to be shown under an alias."""
    return askers.asker_of(session, question).member_id if answer.by_asker else answer.author_id


async def text_of(session: AsyncSession, question: Question, answer: Answer) -> str:
    """What was said; Gone where it is no more, or its writer's key was forgotten."""
    writer_id = writer_of(session, question, answer)
    if answer.body is None or writer_id is None:
        raise Gone
    seal = (await private.open_seal(session, answer.workspace_id, writer_id)).apart(_about(answer))
    return seal.open(answer.body, _about(answer))


async def texts_of(session: AsyncSession, said: Sequence[tuple[Question, Answer]]) -> dict[int, str]:
    """The same for many of one workspace, by answer; those that can't be opened any more are left out."""
    if not said:
        return {}
    writers = {answer.id: writer_of(session, question, answer) for question, answer in said}
    known = {writer for writer in writers.values() if writer is not None}
    seals: dict[int, Seal] = await private.seals_of(session, said[0][0].workspace_id, known)
    return {
        answer.id: seals[writer].apart(_about(answer)).open(answer.body, _about(answer))
        for _, answer in said
        if answer.body is not None and (writer := writers[answer.id]) is not None and writer in seals
    }


async def of_questions(
    session: AsyncSession, workspace_id: int, question_ids: Collection[int], states: Collection[str] = (KEPT,)
) -> list[Answer]:
    """What was said about these questions, in the order in which we heard it."""
    query = (
        select(Answer)
        .where(
            Answer.workspace_id == workspace_id,
            Answer.question_id.in_(list(question_ids)),
            Answer.state.in_(list(states)),
        )
        .order_by(Answer.id)
    )
    return list((await session.execute(query)).scalars())


async def root_of(session: AsyncSession, question: Question, *, lock: bool = False) -> Question:
    """The question that this one was merged into, if it was, and that one, and so on; else itself."""
    seen = {question.id}
    while question.merged_into_id is not None and question.merged_into_id not in seen:
        seen.add(question.merged_into_id)
        query = select(Question).where(
            Question.workspace_id == question.workspace_id, Question.id == question.merged_into_id
        )
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        found = (await session.execute(query)).scalar_one_or_none()
        if found is None:
            return question
        question = found
    return question


async def family_of(session: AsyncSession, root: Question) -> list[Question]:
    """A question with every other that was merged into it, oldest first."""
    found = {root.id: root}
    waiting = [root.id]
    while waiting:
        query = select(Question).where(Question.workspace_id == root.workspace_id, Question.merged_into_id.in_(waiting))
        merged = [each for each in (await session.execute(query)).scalars() if each.id not in found]
        found.update({each.id: each for each in merged})
        waiting = [each.id for each in merged]
    return [found[each] for each in sorted(found)]


async def helped_count(session: AsyncSession, workspace_id: int, member_id: int) -> int:
    """In how many questions somebody's words helped whoever asked; however many answers that were."""
    query = select(func.count(Answer.question_id.distinct())).where(
        Answer.workspace_id == workspace_id,
        Answer.author_id == member_id,
        Answer.by_asker.is_(False),
        Answer.helped_at.is_not(None),
        Answer.state == KEPT,
    )
    return (await session.execute(query)).scalar_one()


def _about(answer: Answer) -> str:
    return f"answer:{answer.question_id}:{answer.place.hex()}"
