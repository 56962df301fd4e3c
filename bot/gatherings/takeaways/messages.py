"""What goes out for takeaways: the one question, what gathers under the post, and the question two weeks later."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.gatherings import store, subjects
from bot.gatherings.coming.acting import ends_at
from bot.gatherings.facts import about, facts_of, now_in
from bot.gatherings.messages import only, to_one
from bot.gatherings.models import Gathering, Takeaway
from bot.gatherings.takeaways import acting, views
from bot.gatherings.takeaways import store as takeaways
from bot.gatherings.takeaways.kinds import TakeawayKind, takeaway_kind_of
from bot.members import store as members
from bot.messages import Channel, Content, Kind, Message, MessageClass, Recipient, Verb
from bot.programs import phrases

# Whoever came had reminders in the same week, so that their week is often full: then they are asked in the next one.
QUESTION = Kind(
    "gatherings.takeaway",
    MessageClass.SUGGESTION,
    priority=33,
    expires=timedelta(days=6),
    noun=("a question after a session", "questions after sessions"),
)
GATHERED = Kind("gatherings.gathered", MessageClass.ANSWER, priority=40, expires=timedelta(days=7), cost=0)
GATHERED_CHANGED = Kind(
    "gatherings.gathered_changed", MessageClass.ANSWER, priority=45, expires=timedelta(days=14), cost=0
)
FOLLOW_UP = Kind(
    "gatherings.came_of_takeaway",
    MessageClass.SUGGESTION,
    priority=34,
    expires=timedelta(days=14),
    private=True,
    noun=("what came of something you took along", "what came of things you took along"),
)
TOLD = Kind(
    "gatherings.takeaway_told", MessageClass.ANSWER, priority=20, expires=timedelta(days=7), cost=0, private=True
)


def subject_of(gathering_id: int) -> str:
    """What is asked after one gathering."""
    return f"{subjects.of(gathering_id)}:takeaway"


def question(gathering: Gathering, kind: TakeawayKind, person: Recipient, now: datetime) -> Message:
    """The one question to somebody who came, drawn as it leaves."""
    subject, until = subject_of(gathering.id), ends_at(gathering) + kind.asked_for
    return to_one(gathering, kind.message, person, key="takeaway", now=now, subject=subject, expires_at=until)


async def draw_question(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Nothing for whoever shared something meanwhile, says that they were not there, or wants no such question."""
    gathering, member = await about(session, delivery)
    kind, said = takeaway_kind_of(session, gathering), await takeaways.mine(session, gathering, member.id)
    stopped = await takeaways.not_to_be_asked(session, gathering, [member.id])
    came = acting.came(await store.seat_of(session, gathering, member.id))
    if kind is None or said is not None or stopped or not came:
        return None
    if not acting.asks(kind, gathering) or not acting.is_open(gathering, now_in(session)):
        return None
    beside = await kind.beside(session, gathering, member.id) if kind.beside is not None else None
    in_thread = acting.has_thread(gathering)
    return views.question(await facts_of(session, gathering), kind, in_thread=in_thread, beside=beside)


async def gather(session: AsyncSession, gathering: Gathering, row: Takeaway, *, now: datetime) -> None:
    """Have the post a takeaway stands on say what it says now; the first on it posts it."""
    subject = f"{subject_of(gathering.id)}:{row.page}"
    if not acting.has_thread(gathering) or await outbox.is_waiting(session, gathering.workspace_id, subject):
        return
    before = await outbox.newest(session, gathering.workspace_id, subject)
    stands = before if before is not None and before.state not in outbox.NEVER_LEFT else None
    key = f"{GATHERED.name}:{gathering.id}:{row.page}:{before.id if before else 0}"
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


async def draw_gathered(session: AsyncSession, delivery: Delivery) -> Content | None:
    """One post of the thread, as it stands when it leaves."""
    gathering = await store.get(session, delivery.workspace_id, subjects.gathering_in(delivery.subject))
    rows = await takeaways.shown(session, gathering, page=int(delivery.subject.rpartition(":")[2]))
    if not rows and delivery.verb == Verb.POST:
        return None
    kind = takeaway_kind_of(session, gathering)
    if kind is None:
        return None
    about = await kind.about(session, gathering)
    names = await members.names(session, gathering.workspace_id, [row.member_id for row, _ in rows])
    return views.gathered(await facts_of(session, gathering), kind, rows, names, about)


def follow_up(row: Takeaway, person: Recipient, was_due: datetime) -> Message:
    """What came of it, drawn as it leaves; nothing, where it could only leave when that is long ago."""
    return Message(
        workspace_id=row.workspace_id,
        kind=FOLLOW_UP.name,
        subject=takeaways.subject_of(row.id),
        to=only(person),
        dedupe_key=f"{FOLLOW_UP.name}:{row.id}:{row.said_at.isoformat()}",
        due_at=was_due,
    )


async def draw_follow_up(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Two weeks later; nothing, where it was taken back or hidden meanwhile."""
    row = await takeaways.get(session, delivery.workspace_id, delivery.subject.rpartition(":")[2])
    gathering = await store.get(session, row.workspace_id, row.gathering_id)
    kind = takeaway_kind_of(session, gathering)
    if row.state != takeaways.SHOWN or row.outcome is not None or kind is None:
        return None
    member = await members.by_id(session, row.workspace_id, row.member_id)
    assert member is not None, "whoever shared it exists"
    said_on = phrases.day(row.said_at.astimezone(ZoneInfo(member.tz)).date())
    words, facts = await takeaways.words_of(session, row), await facts_of(session, gathering)
    return views.follow_up(row.id, words, said_on, facts, kind, counts=await kind.counts(session, gathering, row))
