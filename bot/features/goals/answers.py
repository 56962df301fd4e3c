"""A used button is replaced by what was chosen: in the message it stood in, or in the one that still asks."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.goals import subjects
from bot.features.goals.models import Goal
from bot.messages import Channel, Content, Kind, MessageClass
from bot.slack.act import Act
from bot.slack.used import changed

ANSWERED = Kind("goals.answered", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0, private=True)


async def show(session: AsyncSession, act: Act, goal: Goal, content: Content, now: datetime) -> bool:
    """Put what was chosen where it was asked; False where no message asks (the Home tab shows it anyway)."""
    asked = await subjects.question_of(session, goal)
    channel, ts, target = act.channel, act.message_ts or None, None
    if ts is None:
        if asked is None or asked.state != "sent" or asked.channel is None:
            return False
        channel, target = asked.channel, asked.id
    if asked is None or ts is None or asked.ts == ts:
        goal.asked_id = None
    key = f"goal:{goal.id}:answered:{act.trigger_id or act.view.get('id', '')}"
    subject = f"{subjects.subject_of(goal.id)}:answers"
    message = changed(
        goal.workspace_id, ANSWERED, subject, content, to=Channel(channel), ts=ts, target_id=target, key=key, now=now
    )
    await outbox.enqueue(session, message, now=now)
    return True
