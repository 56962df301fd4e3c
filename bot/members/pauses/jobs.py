"""The clock ends pauses, and says so."""

from functools import partial

from bot.delivery import outbox
from bot.members import changes, store
from bot.members.pauses import store as pauses
from bot.members.pauses import views
from bot.messages import Message, People
from bot.registry import Tools
from bot.scheduler import one_by_one
from bot.slack import home


async def end_pauses(tools: Tools) -> int:
    """Welcome back everybody whose pause is over."""
    async with tools.database.reading() as session:
        due = await pauses.ended(session, tools.clock())
    return await one_by_one(tools, due, partial(_end_pause, tools))


async def _end_pause(tools: Tools, who: tuple[int, int]) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await pauses.lock_ended(session, *who, now)
        if member is None:
            return
        until = changes.resume(member)
        if until is None or not store.has_joined(member) or member.deactivated_at is not None:
            return
        await outbox.enqueue(
            session,
            Message(
                workspace_id=member.workspace_id,
                kind=views.ENDED,
                subject=changes.subject_of(member),
                to=People((member.slack_id,), (member.id,)),
                dedupe_key=f"pause-ended:{member.id}:{until.isoformat()}",
                due_at=now,
                content=views.pause_ended(member.name),
            ),
            now=now,
        )
        await home.redraw(session, member.workspace_id, [member.id], now=now)
