"""A used button is replaced by what was chosen: in the message it stood in, or in the one that still asks."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.goals import store
from bot.features.goals.models import Goal
from bot.messages import Channel, Content, Kind, Message, MessageClass, Verb
from bot.slack.act import Act

ANSWERED = Kind("goals.answered", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0, private=True)


async def show(session: AsyncSession, act: Act, goal: Goal, content: Content, now: datetime) -> bool:
    """Put what was chosen where it was asked; False where no message asks (the Home tab shows it anyway)."""
    asked = await store.question_of(session, goal)
    channel, ts, target = act.channel, act.message_ts or None, None
    if ts is None:
        if asked is None or asked.state != "sent" or asked.channel is None:
            return False
        channel, target = asked.channel, asked.id
    if asked is None or ts is None or asked.ts == ts:
        goal.asked_id = None
    message = Message(
        workspace_id=goal.workspace_id,
        kind=ANSWERED.name,
        subject=f"{store.subject_of(goal.id)}:answers",
        to=Channel(channel),
        dedupe_key=f"goal:{goal.id}:answered:{act.trigger_id or act.view.get('id', '')}",
        due_at=now,
        content=content,
        verb=Verb.UPDATE,
        target_ts=ts,
        target_id=target,
    )
    await outbox.enqueue(session, message, now=now)
    return True
