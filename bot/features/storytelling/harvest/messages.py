"""What goes out after a session: to listeners, into its thread, and to its tellers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.storytelling.harvest import views
from bot.features.storytelling.models import Telling
from bot.features.storytelling.preparing import store as pages
from bot.gatherings import facts
from bot.gatherings.coming.acting import ends_at
from bot.gatherings.models import Gathering
from bot.gatherings.takeaways import acting
from bot.members import store as members
from bot.messages import Channel, Kind, Message, MessageClass, People

ASKED_FOR = timedelta(days=3)  # how late the question still comes, which says that a session has just ended

# Part of the session they came to: it is asked while that is fresh, and what reminders of it cost is enough.
QUESTION = Kind("storytelling.takeaway", MessageClass.APPOINTMENT, priority=40, expires=ASKED_FOR, cost=0)
THREAD = Kind("storytelling.thread", MessageClass.ANSWER, priority=40, expires=timedelta(days=2), cost=0)
CARD = Kind("storytelling.card", MessageClass.ANSWER, priority=40, expires=timedelta(days=7), cost=0)


async def after(session: AsyncSession, gathering: Gathering, told: Sequence[Telling], now: datetime) -> None:
    """Stories were told: the thread and whoever listened are asked at once, and its tellers are offered a card."""
    if not told:
        return
    acting.begin(session, gathering, now)
    if acting.has_thread(gathering) and now < ends_at(gathering) + ASKED_FOR:
        await _ask_in_thread(session, gathering, now)
    for turn in told:
        await _offer_card(session, gathering, turn, now)


def _subject_of(gathering_id: int) -> str:
    return f"gathering:{gathering_id}:harvest"


async def _ask_in_thread(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    message = Message(
        workspace_id=gathering.workspace_id,
        kind=THREAD.name,
        subject=_subject_of(gathering.id),
        to=Channel(gathering.channel or ""),
        dedupe_key=f"{THREAD.name}:{gathering.id}",
        due_at=now,
        content=views.thread_question(await facts.facts_of(session, gathering)),
        expires_at=ends_at(gathering) + ASKED_FOR,
        target_id=gathering.announced_id,
    )
    await outbox.enqueue(session, message, now=now)


async def _offer_card(session: AsyncSession, gathering: Gathering, turn: Telling, now: datetime) -> None:
    member = await members.by_id(session, gathering.workspace_id, turn.member_id)
    if member is None or member.is_guest or member.deactivated_at is not None or member.left_at is not None:
        return
    page = await pages.opened(session, await pages.row_of(session, turn))
    message = Message(
        workspace_id=gathering.workspace_id,
        kind=CARD.name,
        subject=_subject_of(gathering.id),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"{CARD.name}:{turn.id}",
        due_at=now,
        content=views.offer_card(turn.id, not page.is_empty),
    )
    await outbox.enqueue(session, message, now=now)
