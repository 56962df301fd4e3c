"""What a moderator can do with something said in a thread: look at it, hide every copy of it, and put it back."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.errors import Gone
from bot.features.questions import messages as to_people
from bot.features.questions import store
from bot.features.questions.models import Answer, Question
from bot.features.questions.threads import authors, carrying, rules, telling
from bot.features.questions.threads import store as answers
from bot.messages import Content, Kind, MessageClass
from bot.registry import Reportable, Written
from bot.slack import blocks

MODERATED = Kind(
    "questions.moderated", MessageClass.ANSWER, priority=10, expires=timedelta(days=7), cost=0, private=True
)


async def look(session: AsyncSession, workspace_id: int, answer_id: int, now: datetime) -> Written | None:
    """Its words, also while it is hidden; None where they are gone."""
    try:
        answer, question = await _both(session, workspace_id, answer_id)
        text = await answers.text_of(session, question, answer)
    except Gone:
        return None
    if answer.state not in (answers.KEPT, answers.HIDDEN):
        return None
    where = "a line of whoever asked, in the thread of a question" if answer.by_asker else "an answer to a question"
    return Written("\n".join(rules.pieces(text)), answer.author_id, where)


async def hide(session: AsyncSession, workspace_id: int, answer_id: int, now: datetime) -> None:
    """No copy says it any more; thanks for it do not count meanwhile."""
    await _turn(session, workspace_id, answer_id, answers.KEPT, answers.HIDDEN, now)


async def restore(session: AsyncSession, workspace_id: int, answer_id: int, now: datetime) -> None:
    """Every copy says it again, as it reads by now."""
    await _turn(session, workspace_id, answer_id, answers.HIDDEN, answers.KEPT, now)


async def tell(session: AsyncSession, workspace_id: int, answer_id: int, what: str, now: datetime) -> None:
    """Its author hears what happened; under an alias, in their own thread."""
    answer, question = await _both(session, workspace_id, answer_id)
    content = Content(what, [blocks.section(what)])
    if answer.by_asker:
        await to_people.tell(session, question, content, now=now, key=f"moderated:{outbox.moment(session, now)}")
        return
    circle = await carrying.around(session, question)
    await authors.tell(session, answer, circle, content, MODERATED, due_at=now, key=outbox.moment(session, now))


async def _turn(session: AsyncSession, workspace_id: int, answer_id: int, old: str, new: str, now: datetime) -> None:
    answer, question = await _both(session, workspace_id, answer_id, lock=True)
    if answer.state != old:
        return
    answer.state = new
    await session.flush()
    await carrying.follow(session, question, answer, now=now, nonce=f"{new}:{outbox.moment(session, now)}")
    await telling.show(session, question, now=now)


async def _both(
    session: AsyncSession, workspace_id: int, answer_id: int, *, lock: bool = False
) -> tuple[Answer, Question]:
    answer = await answers.get(session, workspace_id, answer_id)
    question = await store.get(session, workspace_id, answer.question_id, lock=lock)
    return (await answers.get(session, workspace_id, answer_id, lock=True) if lock else answer), question


REPORTABLE = Reportable(look, hide, restore, tell)
