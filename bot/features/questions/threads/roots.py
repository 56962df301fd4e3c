"""What happens when the message that a thread stands under is deleted in Slack."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.questions import askers
from bot.features.questions import messages as to_people
from bot.features.questions.askers import Asker
from bot.features.questions.models import Asked, Question
from bot.features.questions.routing import holding
from bot.features.questions.rules import OPEN
from bot.features.questions.threads import places, speaking
from bot.features.questions.threads.places import Where
from bot.members import store as members
from bot.messages import Message, People
from bot.slack.said import Said

CHANNEL_GONE = "The thread of your question in <#{channel}> was deleted there. What was answered so far is still here."
AGAIN = "The message your question stood in was deleted, so here it is again."


async def gone(session: AsyncSession, question: Question, where: Where, said: Said, *, now: datetime) -> bool:
    """Whether what was deleted is the beginning of a thread; if so, what follows from that is done."""
    if where.thread == places.CHANNEL and (question.channel, question.channel_ts) == (said.channel, said.ts):
        await _channel_gone(session, question, said, now)
        return True
    if where.thread == places.ASKER and question.asker_place == askers.place_of(session, said.channel, said.ts):
        await _asker_gone(session, question, said, now)
        return True
    if where.asked is not None and (where.asked.channel, where.asked.ts) == (said.channel, said.ts):
        await _mentor_gone(session, question, where.asked, now)
        return True
    return False


async def _mentor_gone(session: AsyncSession, question: Question, asked: Asked, now: datetime) -> None:
    """Whoever holds it gets a thread of their own anew, with what was said before; who was only asked is left in peace."""
    asked.channel = asked.ts = asked.delivery_id = None
    await session.flush()
    member = await members.by_id(session, question.workspace_id, asked.member_id)
    if asked.state == "claimed" and member is not None:
        await holding.show(session, question, asked, member, now=now)


async def _channel_gone(session: AsyncSession, question: Question, said: Said, now: datetime) -> None:
    """That thread is over; the question goes on where it is still asked, and nothing that was kept is lost."""
    question.channel = question.channel_ts = None
    await session.flush()
    content = speaking.line(CHANNEL_GONE.format(channel=said.channel))
    await to_people.tell(session, question, content, now=now, key=f"channel_gone:{said.ts}")
    await to_people.show(session, question, now=now, key=f"channel_gone:{said.ts}")


async def _asker_gone(session: AsyncSession, question: Question, said: Said, now: datetime) -> None:
    """Their thread begins anew, as long as there is something to wait for."""
    asker = askers.asker_of(session, question)
    member = await members.by_id(session, question.workspace_id, asker.member_id)
    if member is None or question.state not in OPEN:
        return
    message = Message(
        workspace_id=question.workspace_id,
        kind=to_people.STATUS.name,
        subject=askers.subject_of(session, question.id),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"questions.status:{askers.veiled(session, question.id)}:{said.ts}",
        due_at=now,
    )
    delivery_id = await outbox.enqueue(session, message, now=now)
    if delivery_id is not None:
        askers.keep(session, question, Asker(asker.member_id, delivery_id))
        await to_people.tell(session, question, speaking.line(AGAIN), now=now, key=f"again:{said.ts}")
