"""The end of a round: the channel hears how many met, and what people agreed to share."""

from datetime import datetime, timedelta

from bot.delivery import outbox
from bot.features.introductions.checkins import messages
from bot.features.introductions.checkins.shared import note_key
from bot.features.introductions.checkins.store import how_it_went
from bot.messages import Channel, Message
from bot.programs import store as programs
from bot.programs.models import Program
from bot.programs.rules import in_their_hours
from bot.registry import Tools

OPENS, CLOSES = 9 * 60, 17 * 60  # minutes after midnight, where the program is at home
LATEST = timedelta(days=4)


async def close_round(tools: Tools, workspace_id: int, round_id: int) -> None:
    """Close a round that is over, and say so where it belongs; nothing is said of one in which nobody met."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        row = await programs.get_round(session, workspace_id, round_id, lock=True)
        if row.state != "sealed":
            return
        row.state, row.due_at, row.lease_until = "closed", None, None
        program = await programs.get(session, workspace_id, row.program_id)
        went = await how_it_went(session, workspace_id, round_id)
        if program.channel is None or program.state == "ended" or not went.met:
            return
        note = Message(
            workspace_id=workspace_id,
            kind=messages.NOTE.name,
            subject=f"round:{round_id}:note",
            to=Channel(program.channel),
            dedupe_key=note_key(round_id),
            due_at=_office_hours(program, now),
        )
        await outbox.enqueue(session, note, now=now)


def _office_hours(program: Program, now: datetime) -> datetime:
    """A channel is read on working days: what ends on a Sunday is told on Monday morning."""
    return in_their_hours(
        now, before=now + LATEST, tz=program.tz, hours_start=OPENS, hours_end=CLOSES, work_days=(0, 1, 2, 3, 4)
    )
