"""What people say thanks for after an introduction, and what the channel reads of it: shown as it is by now."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.delivery.standing import place_of, standing
from bot.features.introductions import people
from bot.features.introductions.checkins import showing, store, views
from bot.features.introductions.hello.messages import id_in, subject_of
from bot.features.introductions.models import Introduction
from bot.features.introductions.options import IntroductionOptions
from bot.messages import Content, Kind, MessageClass
from bot.programs import store as programs
from bot.slack.used import changed

CHANGED = Kind(
    "introductions.note_changed", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0
)  # the note in the channel, without a thank-you or with it again
MET = "met"


def note_key(round_id: int) -> str:
    """The key of the note at the end of a round."""
    return f"round:{round_id}:note"


async def thanks_changed(session: AsyncSession, workspace_id: int, subject: str, giver_id: int, now: datetime) -> None:
    """Somebody said thanks for an introduction, or it is shared, private or gone: their check-in and the note follow."""
    if not subject.startswith(subject_of(0)[:-1]):
        return
    introduction = await people.get(session, workspace_id, id_in(subject))
    for row in await people.members_of(session, introduction):
        if row.member_id == giver_id and row.answer == MET:
            await showing.show(session, introduction, row, f"thanks:{now.isoformat()}", now)
    await _redraw_note(session, introduction, now)


async def draw_note(session: AsyncSession, delivery: Delivery) -> Content:
    """How the round went, with what both sides like to share at this moment, where the program shares any of it."""
    round_id = int(delivery.subject.split(":")[1])
    row = await programs.get_round(session, delivery.workspace_id, round_id)
    program = await programs.get(session, delivery.workspace_id, row.program_id)
    went = await store.how_it_went(session, delivery.workspace_id, round_id)
    quotes = went.quotes if IntroductionOptions.model_validate(program.options).share_thanks else []
    return views.note(row.number, went.seated, went.met, went.dates, quotes)


async def _redraw_note(session: AsyncSession, introduction: Introduction, now: datetime) -> None:
    workspace_id, round_id = introduction.workspace_id, introduction.round_id
    posted = await standing(session, workspace_id, note_key(round_id))
    if posted is None:
        return
    key = f"{note_key(round_id)}:{introduction.id}:{now.isoformat()}"
    update = changed(
        workspace_id, CHANGED, posted.subject, None, to=place_of(posted), target_id=posted.id, key=key, now=now
    )
    await outbox.enqueue(session, update, now=now)
