"""What delivery asks of an introduction: how it reads at this moment, and what follows once it left or could not."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.introductions import people
from bot.features.introductions.hello import messages, views
from bot.features.introductions.late import waiting
from bot.features.introductions.meetings import rules as times
from bot.features.introductions.models import Introduction
from bot.features.introductions.starters import library
from bot.members import store as members
from bot.members.store import Profile
from bot.messages import Content
from bot.programs import store as programs
from bot.slack import home


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """The introduction as things stand when it leaves; nothing, where somebody of it can't take part any more."""
    now = delivery.started_at or delivery.due_at
    introduction = await people.get(session, delivery.workspace_id, messages.id_in(delivery.subject))
    if introduction.state != "planned" or await people.gone(session, delivery.workspace_id, delivery.member_ids, now):
        return None
    return views.introduction(await hello_of(session, introduction, now=now))


async def hello_of(session: AsyncSession, introduction: Introduction, *, now: datetime, said: str = "") -> views.Hello:
    """Everything an introduction says; `said` stands in for the times once they are being talked about."""
    facts = await people.profiles(session, introduction)
    program = await programs.get(session, introduction.workspace_id, introduction.program_id)
    found = times.offer([hours_of(each) for each in facts], now, until=introduction.ends_at)
    return views.Hello(
        id=introduction.id,
        people=facts,
        starters=[library()[slug].text for slug in introduction.starters if slug in library()],
        times=[] if introduction.exchange else found.times,
        shared=found.shared,
        program=program.name,
        said=said or (views.turns(facts) if introduction.exchange else ""),
    )


def hours_of(profile: Profile) -> times.Hours:
    """A member's stated hours, as the rules about times read them."""
    return times.Hours(profile.tz, profile.hours_start, profile.hours_end, profile.work_days)


async def sent(session: AsyncSession, delivery: Delivery) -> None:
    """It arrived: what follows is due half-way; in the conversation it takes the place of, it is pointed to."""
    now = _when(delivery)
    introduction = await people.get(session, delivery.workspace_id, messages.id_in(delivery.subject), lock=True)
    introduction.state, introduction.sent_at = "sent", now
    introduction.channel, introduction.ts = delivery.channel, delivery.ts
    introduction.ends_at = max(introduction.ends_at, now)
    introduction.step, introduction.due_at = "bump", now + (introduction.ends_at - now) / 2
    if introduction.follows_id is not None:
        await _point_here(session, introduction, now)
    await home.redraw(session, delivery.workspace_id, list(delivery.member_ids), now=now)


async def _point_here(session: AsyncSession, introduction: Introduction, now: datetime) -> None:
    old = await people.get(session, introduction.workspace_id, introduction.follows_id or 0, lock=True)
    before = {row.member_id for row in await people.members_of(session, old)}
    new = [each.name for each in await people.profiles(session, introduction) if each.member_id not in before]
    if old.channel is not None and old.channel != introduction.channel:
        content = views.moved(new)
        await outbox.enqueue(
            session, messages.moved(old.workspace_id, old.id, old.channel, content, now), now=now
        )  # fmt: skip


async def ended(session: AsyncSession, delivery: Delivery) -> None:
    """It could not be made: whoever is still there is told kindly, and somebody else is looked for."""
    now = _when(delivery)
    introduction = await people.get(session, delivery.workspace_id, messages.id_in(delivery.subject), lock=True)
    if introduction.state != "planned":
        return
    introduction.state, introduction.step, introduction.due_at = "dissolved", None, None
    ids = list(delivery.member_ids)
    away = await people.gone(session, delivery.workspace_id, ids, now)
    left = [member_id for member_id in ids if member_id not in away]
    reason = "partner gone" if away else "undelivered"
    waits = await waiting.look_for_somebody(session, introduction, left, reason, now)
    if away:
        names = await members.names(session, delivery.workspace_id, away)
        content = views.partner_gone([names[each] for each in away if each in names])
        reachable = await members.recipients(session, delivery.workspace_id, waits)
        subject = messages.subject_of(introduction.id)
        told = [
            messages.news(delivery.workspace_id, subject, person, content, f"gone:{person.member_id}", now)
            for person in reachable.values()
        ]
        await outbox.enqueue_all(session, told, now=now)


def _when(delivery: Delivery) -> datetime:
    assert delivery.settled_at is not None, "what has ended has a moment at which it did"
    return delivery.settled_at
