"""When somebody leaves Perennial or is deactivated: whoever agreed to meet them gets their half hour back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.introductions import people
from bot.features.introductions.hello.messages import subject_of
from bot.features.introductions.meetings import views
from bot.features.introductions.meetings.listeners import CALENDAR, MEETING, calendar_text
from bot.features.introductions.models import Introduction, Meeting
from bot.members import store as members
from bot.messages import Channel, Content, Kind, Message, Verb

MOST = 20


async def call_off(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Cancel every agreed meeting of theirs that is still ahead; those of three are left to the two others."""
    for introduction in await people.current(session, workspace_id, member_id, limit=MOST):
        meeting = await people.meeting_of(session, introduction, lock=True)
        if meeting is None or meeting.state != "agreed" or meeting.starts_at <= now:
            continue
        if len(await people.members_of(session, introduction)) == 2:
            await _cancel(session, introduction, meeting, member_id, now)


async def _cancel(
    session: AsyncSession, introduction: Introduction, meeting: Meeting, member_id: int, now: datetime
) -> None:
    facts = await people.profiles(session, introduction)
    names = await members.names(session, introduction.workspace_id, [member_id])
    meeting.state, meeting.sequence = "cancelled", meeting.sequence + 1
    text = calendar_text(meeting, facts, now, cancelled=True)
    await _say(session, introduction, views.called_off(names[member_id], meeting.starts_at), MEETING, Verb.POST, now)
    await _say(session, introduction, views.calendar_file(text, cancelled=True), CALENDAR, Verb.UPLOAD, now)


async def _say(
    session: AsyncSession, introduction: Introduction, content: Content, kind: Kind, verb: Verb, now: datetime
) -> None:
    if introduction.channel is None:
        return
    message = Message(
        workspace_id=introduction.workspace_id,
        kind=kind.name,
        subject=f"{subject_of(introduction.id)}:meeting",
        to=Channel(introduction.channel),
        dedupe_key=f"introduction:{introduction.id}:called-off:{verb.value}:{now.isoformat()}",
        due_at=now,
        content=content,
        verb=verb,
    )
    await outbox.enqueue(session, message, now=now)
