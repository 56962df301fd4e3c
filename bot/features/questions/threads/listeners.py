"""Slack tells of a message in a thread of a question: kept, changed or removed, in whatever order that is heard."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers, store
from bot.features.questions.models import Answer, Question
from bot.features.questions.threads import carrying, places, roots, telling, writers
from bot.features.questions.threads import store as answers
from bot.features.questions.threads.places import Where
from bot.features.questions.threads.writers import Writer
from bot.members.store import names_in_slack
from bot.registry import Event, Tools
from bot.slack import said as reading
from bot.slack.said import Said

NOT_KEPT = ("withdrawn", "hidden")  # whoever asked took it back, or a moderator did: nothing more is kept


async def wants(session: AsyncSession, event: Event) -> bool:
    """Words in a thread we keep, or something gone from one; all else is forgotten unread, most of it without a look."""
    said = reading.read(event.payload)
    if said is None or (not said.thread_ts and said.what != "deleted"):
        return False
    return await _where(session, event.workspace_id, said) is not None


async def hear(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Have what we keep say what the thread says; the same event, and an older one, change nothing."""
    said = reading.read(event.payload)
    where = None if said is None else await _where(session, event.workspace_id, said)
    if said is None or where is None:
        return
    now = tools.clock()
    question = await _held(session, event.workspace_id, where)
    if said.what == "deleted" and not said.thread_ts and await roots.gone(session, question, where, said, now=now):
        return
    known = await answers.at(session, event.workspace_id, said.channel, said.ts, lock=True)
    if said.what == "deleted" or (known is not None and not said.text):
        await _deleted(session, question, where, known, said, now)
    elif known is not None:
        await _edited(session, question, known, said, now)
    else:
        await _written(session, question, where, said, now)


async def _held(session: AsyncSession, workspace_id: int, where: Where) -> Question:
    """The question, locked; with the one it was merged into, which hears of every word, too."""
    question = await store.get(session, workspace_id, where.question_id)
    if question.merged_into_id is not None:
        root = await answers.root_of(session, question)
        await store.lock_all(session, workspace_id, {question.id, root.id})
    return await store.get(session, workspace_id, where.question_id, lock=True)


async def _where(session: AsyncSession, workspace_id: int, said: Said) -> Where | None:
    """The thread it stands in; of what is gone, perhaps the message a thread stands under."""
    if said.thread_ts:
        return await places.find(session, workspace_id, said.kind, said.channel, said.thread_ts)
    if said.by_app:
        return await places.find(session, workspace_id, said.kind, said.channel, said.ts)
    known = await answers.at(session, workspace_id, said.channel, said.ts)
    return None if known is None else Where(known.question_id, known.thread)


async def _written(session: AsyncSession, question: Question, where: Where, said: Said, now: datetime) -> None:
    writer = await writers.writer_of(session, question, where, said)
    if writer is None:
        return
    if question.state in NOT_KEPT:
        await telling.taken_back(session, question, where, said, now=now)
        return
    if not writer.may_be_kept or writer.member is None:
        await _pass_over(session, question, where, said, now)
        return
    if said.files:
        await telling.files(session, question, where, said, now=now)
    if said.text:
        await _keep(session, question, where, writer, said, now)


async def _pass_over(session: AsyncSession, question: Question, where: Where, said: Said, now: datetime) -> None:
    """Somebody from elsewhere: that they wrote is known, so that an edit brings nothing new; their words are not."""
    place = askers.place_of(session, said.channel, said.ts)
    await answers.add(session, question, place, where.thread, writer_id=None, state=answers.UNREAD, now=now)
    await telling.outsiders(session, question, said, now=now)


async def _keep(
    session: AsyncSession, question: Question, where: Where, writer: Writer, said: Said, now: datetime
) -> None:
    assert writer.member is not None
    answer = await answers.add(
        session,
        question,
        askers.place_of(session, said.channel, said.ts),
        where.thread,
        writer_id=writer.member.id,
        by_asker=writer.by_asker,
        text=await _text(session, question, said),
        edited_ts=said.edited_ts,
        held=writer.held or await _holds(session, question, writer),
        now=now,
    )
    await telling.said(session, question, answer, where, said, writer.member, now=now)


async def _holds(session: AsyncSession, question: Question, writer: Writer) -> bool:
    assert writer.member is not None
    asked = await store.asked_as(session, question, writer.member.id)
    return asked is not None and asked.state == "claimed"


async def _edited(session: AsyncSession, question: Question, known: Answer, said: Said, now: datetime) -> None:
    if said.what != "edited" or known.state not in (answers.KEPT, answers.HIDDEN):
        return
    writer_id = answers.writer_of(session, question, known)
    if writer_id is None or not reading.is_newer(said.edited_ts, known.edited_ts):
        return
    known.edited_ts = said.edited_ts
    await answers.write(session, known, writer_id, await _text(session, question, said))
    await session.flush()
    await carrying.follow(session, question, known, now=now, nonce=said.edited_ts)


async def _deleted(
    session: AsyncSession, question: Question, where: Where, known: Answer | None, said: Said, now: datetime
) -> None:
    if known is None:  # should its writing be told later, it is known as gone
        place = askers.place_of(session, said.channel, said.ts)
        await answers.add(session, question, place, where.thread, writer_id=None, state=answers.GONE, now=now)
        return
    if known.state == answers.GONE:
        return
    known.state, known.body, known.helped_at = answers.GONE, None, None
    await session.flush()
    await carrying.follow(session, question, known, now=now, nonce="gone")
    await telling.gone(session, question, now=now)


async def _text(session: AsyncSession, question: Question, said: Said) -> str:
    named = await names_in_slack(session, question.workspace_id, reading.people_in(said.text))
    return reading.as_typed(said.text, named)
