"""What goes out after a session: to listeners, into its thread, and to its tellers."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.storytelling.harvest import crediting, rules, store, views
from bot.features.storytelling.models import Takeaway
from bot.gatherings import facts
from bot.gatherings import store as gatherings
from bot.gatherings.coming.acting import ends_at
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.messages import Channel, Content, Kind, Message, MessageClass, People, Recipient, Verb
from bot.programs import phrases

# Part of the session they came to: it is asked while that is fresh, and what reminders of it cost is enough.
QUESTION = Kind("storytelling.takeaway", MessageClass.APPOINTMENT, priority=40, expires=timedelta(days=3), cost=0)
THREAD = Kind("storytelling.thread", MessageClass.ANSWER, priority=40, expires=timedelta(days=2), cost=0)
GATHERED = Kind("storytelling.gathered", MessageClass.ANSWER, priority=40, expires=timedelta(days=7), cost=0)
GATHERED_CHANGED = Kind(
    "storytelling.gathered_changed", MessageClass.ANSWER, priority=45, expires=timedelta(days=14), cost=0
)
DID_YOU = Kind(
    "storytelling.tried",
    MessageClass.SUGGESTION,
    priority=32,
    expires=timedelta(days=14),
    private=True,
    noun=("how something you tried went", "how things you tried went"),
)
CARD = Kind("storytelling.card", MessageClass.ANSWER, priority=40, expires=timedelta(days=7), cost=0)
TOLD = Kind(
    "storytelling.takeaway_told", MessageClass.ANSWER, priority=20, expires=timedelta(days=7), cost=0, private=True
)


def subject_of(gathering_id: int) -> str:
    """What the harvest of a session is filed under."""
    return f"gathering:{gathering_id}:harvest"


def has_thread(gathering: Gathering) -> bool:
    """Whether takeaways can gather: its post stands in a channel that we still reach."""
    return gathering.announced_id is not None and gathering.channel is not None


def question(gathering: Gathering, person: Recipient, content: Content, now: datetime) -> Message:
    """The one question to a listener, while they can still answer it."""
    return Message(
        workspace_id=gathering.workspace_id,
        kind=QUESTION.name,
        subject=subject_of(gathering.id),
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=f"{QUESTION.name}:{gathering.id}:{person.member_id}",
        due_at=now,
        content=content,
        expires_at=ends_at(gathering) + rules.ASKED_FOR,
    )


async def in_thread(session: AsyncSession, gathering: Gathering, content: Content, *, now: datetime) -> None:
    """The question under the session's post, if there is one."""
    if not has_thread(gathering):
        return
    message = Message(
        workspace_id=gathering.workspace_id,
        kind=THREAD.name,
        subject=subject_of(gathering.id),
        to=Channel(gathering.channel or ""),
        dedupe_key=f"{THREAD.name}:{gathering.id}",
        due_at=now,
        content=content,
        expires_at=ends_at(gathering) + rules.ASKED_FOR,
        target_id=gathering.announced_id,
    )
    await outbox.enqueue(session, message, now=now)


async def gather(session: AsyncSession, gathering: Gathering, row: Takeaway, *, now: datetime) -> None:
    """Have the post a takeaway stands on say what it says now; the first on it posts it."""
    if not has_thread(gathering):
        return
    key, subject = f"{GATHERED.name}:{gathering.id}:{row.page}", f"{subject_of(gathering.id)}:{row.page}"
    if await outbox.is_waiting(session, gathering.workspace_id, subject):
        return
    before = await outbox.newest(session, gathering.workspace_id, subject)
    stands = before if before is not None and before.state not in outbox.NEVER_LEFT else None
    if stands is None and before is not None:
        key = (
            f"{key}:{before.id}"  # all that was to stand there was taken back before it was posted: this is posted anew
        )
    message = Message(
        workspace_id=gathering.workspace_id,
        kind=GATHERED.name if stands is None else GATHERED_CHANGED.name,
        subject=subject,
        to=Channel(gathering.channel or ""),
        dedupe_key=key if stands is None else f"{key}:{row.id}:{outbox.moment(session, now)}",
        due_at=now,
        verb=Verb.POST if stands is None else Verb.UPDATE,
        target_id=gathering.announced_id if stands is None else stands.id,
    )
    await outbox.enqueue(session, message, now=now)


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """One post of the thread, as it stands when it leaves."""
    _, gathering_id, _, page = delivery.subject.split(":")
    gathering = await gatherings.get(session, delivery.workspace_id, int(gathering_id))
    rows = await store.on_post(session, gathering, int(page))
    if not rows and delivery.verb == Verb.POST:
        return None
    names = await members.names(session, gathering.workspace_id, [row.member_id for row, _ in rows])
    return views.gathered(rows, names)


async def draw_did_you(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Two weeks later; nothing, where it was taken back or hidden meanwhile."""
    row = await store.get(session, delivery.workspace_id, delivery.subject.rpartition(":")[2])
    if row.state != store.SHOWN or row.tried is not None:
        return None
    gathering = await gatherings.get(session, row.workspace_id, row.gathering_id)
    said = await facts.facts_of(session, gathering)
    member = await members.by_id(session, row.workspace_id, row.member_id)
    assert member is not None, "whoever said it exists"
    said_on = phrases.day(row.said_at.astimezone(ZoneInfo(member.tz)).date())
    counts = await crediting.counted_on(session, row) is not None
    return views.did_you(row.id, await store.words_of(session, row), said, said_on, counts=counts)


def did_you(row: Takeaway, person: Recipient, was_due: datetime) -> Message:
    """Whether they tried it, drawn as it leaves; nothing, where it could only leave when that is long ago."""
    return Message(
        workspace_id=row.workspace_id,
        kind=DID_YOU.name,
        subject=f"takeaway:{row.id}",
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=f"{DID_YOU.name}:{row.id}:{row.said_at.isoformat()}",
        due_at=was_due,
    )
