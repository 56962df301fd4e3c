"""What a host does: authorised where it is done, against the version they saw, with what follows from it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.errors import TooLate
from bot.gatherings import announcing, messages, planning, seating, store, subjects, views, words
from bot.gatherings.coming import acting as coming
from bot.gatherings.errors import NotYoursToHost
from bot.gatherings.facts import about, facts_of, hosts, now_in
from bot.gatherings.hosting import drafts
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content
from bot.programs import rules as calendar
from bot.programs import store as programs
from bot.slack import home
from bot.slack.act import Act

STALE = (
    "Somebody else changed this session while your form was open, so yours was not saved. Copy what you need, close "
    "this form and open it again: it then shows their version."
)
PASSED = "That moment has passed. Pick a later one."
THE_SAME = "That is when it is already. Pick another moment, or press Cancel."
MOST_LATER = 60


async def host_of(session: AsyncSession, act: Act, named: object, *, lock: bool = False) -> tuple[Member, Gathering]:
    """Whoever did this, who hosts the gathering or leads."""
    member = await members.actor(session, act)
    gathering = await store.get(session, act.workspace_id, named, lock=lock)
    if member.id in hosts(gathering) or await members.is_lead(session, member):
        return member, gathering
    raise NotYoursToHost


async def from_form(session: AsyncSession, act: Act) -> tuple[Member, Gathering]:
    """The same for a form, locked, as long as nobody else changed the gathering since it was opened.

    Its program is locked before it, as whoever ends that locks it: of two that lie over each other one is seen to.
    """
    _, gathering = await host_of(session, act, act.memory.get("gathering"))
    await programs.get(session, act.workspace_id, gathering.program_id, lock=True)
    member, gathering = await host_of(session, act, gathering.id, lock=True)
    if gathering.version != act.memory.get("version"):
        raise TooLate(STALE)
    return member, gathering


async def edit(session: AsyncSession, gathering: Gathering, draft: drafts.Draft, now: datetime) -> None:
    """Keep what a host wrote; whoever was told hears of what matters to their calendar."""
    seating.check_open(gathering)
    before = (gathering.title, gathering.place, gathering.link, gathering.minutes)
    gathering.title, gathering.about = draft.title or None, draft.about or None
    gathering.place, gathering.link = draft.place or None, draft.link or None
    gathering.minutes, gathering.seats = draft.minutes, draft.chairs
    if gathering.minutes > before[-1]:
        await _check_room_for_it(session, gathering)
    if before != (gathering.title, gathering.place, gathering.link, gathering.minutes):
        await planning.change(session, gathering, now=now)
    else:
        gathering.version += 1
    await coming.fill(session, gathering, now)


async def _check_room_for_it(session: AsyncSession, gathering: Gathering) -> None:
    """Raise where one that takes longer now would run into another of its program."""
    other = await over_another(session, [gathering], {gathering.id: gathering.starts_at})
    if other is not None:
        when = words.plain_moment(other.starts_at, gathering.tz)
        raise TooLate(
            f"That long, it runs into another session of this program: {words.plain_title(session, other)}, {when}. "
            "Choose a shorter time, or move one of them first. Nothing was changed."
        )


async def later_ones(session: AsyncSession, gathering: Gathering) -> list[int]:
    """Ids of those of its program that are planned after it, in the order in which several are locked everywhere."""
    query = (
        select(Gathering.id)
        .where(
            Gathering.workspace_id == gathering.workspace_id,
            Gathering.program_id == gathering.program_id,
            Gathering.state == store.PLANNED,
            Gathering.starts_at > gathering.starts_at,
        )
        .order_by(Gathering.starts_at, Gathering.id)
        .limit(MOST_LATER)
    )
    return list((await session.execute(query)).scalars())


async def move(
    session: AsyncSession, gathering: Gathering, day: date, minute: int, *, later: bool, now: datetime
) -> dict[str, str]:
    """Move a locked one, and all later ones by as much; nothing is moved where there is something to mend."""
    seating.check_open(gathering)
    moving = [gathering]
    for later_id in await later_ones(session, gathering) if later else []:
        moving.append(await store.get(session, gathering.workspace_id, later_id, lock=True))
    shift = drafts.shift(gathering.starts_at, gathering.tz, day, minute)
    wanted = {each.id: calendar.moment(*shift.of(each.starts_at, each.tz), each.tz) for each in moving}
    if wanted[gathering.id] <= now:
        return {"day": PASSED}
    if wanted[gathering.id] == gathering.starts_at:
        return {"day": THE_SAME}
    if (other := await over_another(session, moving, wanted)) is not None:
        when = words.plain_moment(other.starts_at, gathering.tz)
        named = words.plain_title(session, other)
        return {"time": f"That is over another session of this program: {named}, {when}. Pick another time."}
    for each in moving:
        await planning.move(session, each, wanted[each.id], now=now)
    return {}


async def over_another(
    session: AsyncSession, moving: Sequence[Gathering], wanted: dict[int, datetime]
) -> Gathering | None:
    """One of the same program that these would lie over, were they held when it is wanted; None where all are apart."""
    first = moving[0]
    query = select(Gathering).where(
        Gathering.workspace_id == first.workspace_id,
        Gathering.program_id == first.program_id,
        Gathering.state == store.PLANNED,
        Gathering.id.not_in([each.id for each in moving]),
    )
    others = list((await session.execute(query.order_by(Gathering.starts_at))).scalars())
    spans = [(wanted[each.id], wanted[each.id] + timedelta(minutes=each.minutes)) for each in moving]
    place = drafts.over_each_other(spans, [(each.starts_at, coming.ends_at(each)) for each in others])
    return None if place is None else others[place]


async def invite(
    session: AsyncSession, gathering: Gathering, host: Member, slack_ids: Sequence[str], now: datetime
) -> str | None:
    """Ask these people to come, each once; or why one of them can't be asked, and then nobody is."""
    seating.check_open(gathering)
    people = []
    for slack_id in slack_ids:
        member = await members.by_slack_id(session, gathering.workspace_id, slack_id)
        if problem := _not_to_be_invited(member):
            return problem
        assert member is not None, "nobody unknown can be invited"
        people.append(member)
    fresh = [each.id for each in people if await seating.invite(session, gathering, each.id, now=now)]
    reachable = await members.recipients(session, gathering.workspace_id, fresh)
    sent = [
        messages.to_one(
            gathering,
            messages.INVITATION,
            person,
            key="invitation",
            now=now,
            subject=subjects.invitation(gathering.id, host.id),
            expires_at=gathering.starts_at,
        )
        for person in reachable.values()
    ]
    await outbox.enqueue_all(session, sent, now=now)
    return None


def _not_to_be_invited(member: Member | None) -> str | None:
    if member is None or member.deactivated_at is not None:
        return "One of them has no account here any more. Take them out, and the others are invited."
    if member.is_guest or members.has_joined(member):
        return None
    return (
        f"{member.name} is not in Perennial yet, so I can't write to them. Send them to the post in the channel: "
        "they can say yes there."
    )


async def draw_invitation(session: AsyncSession, delivery: Delivery) -> Content | None:
    """As it leaves: nothing for whoever said something meanwhile, or once it has begun."""
    gathering, member = await about(session, delivery)
    seat = await store.seat_of(session, gathering, member.id)
    now = now_in(session)
    if gathering.state != store.PLANNED or gathering.starts_at <= now or seat is None or seat.state != store.INVITED:
        return None
    inviter = int(delivery.subject.rpartition(":")[2])
    names = await members.names(session, gathering.workspace_id, [inviter])
    return views.invitation(await facts_of(session, gathering), names.get(inviter, "The host"), member.tz, now)


async def name_cohost(session: AsyncSession, gathering: Gathering, slack_id: str | None, now: datetime) -> str | None:
    """Who hosts with the host from now on, or nobody; or why they can't."""
    seating.check_open(gathering)
    member = await members.by_slack_id(session, gathering.workspace_id, slack_id) if slack_id else None
    if slack_id and (member is None or member.deactivated_at is not None or not members.has_joined(member)):
        return "They are not in Perennial, so they can't host. Choose somebody who is."
    if member is not None and member.id == gathering.host_id:
        return "They host it already. Choose somebody else."
    if member is None or member.id == gathering.cohost_id:
        gathering.cohost_id = member.id if member else None
        return None
    gathering.cohost_id = member.id
    facts = await facts_of(session, gathering)
    when = words.their_time(gathering.starts_at, member.tz, now)
    text = f"You co-host *{facts.title}*, {when}. Its page has what hosts can do."
    await tell_hosts(session, gathering, [member.id], text, key=f"cohost:{now.isoformat()}", now=now)
    return None


async def tell_hosts(
    session: AsyncSession, gathering: Gathering, member_ids: Sequence[int], text: str, *, key: str, now: datetime
) -> None:
    """Something that whoever hosts, or leads, should know."""
    people = await members.recipients(session, gathering.workspace_id, list(member_ids))
    told = [
        messages.to_one(gathering, messages.HOST, person, key=key, now=now, content=views.host_news(text, gathering.id))
        for person in people.values()
        if person.reachable
    ]
    await outbox.enqueue_all(session, told, now=now)


async def add_recording(session: AsyncSession, gathering: Gathering, link: str, now: datetime) -> None:
    """Link the recording, on its page and in the thread."""
    if gathering.state == store.CALLED_OFF:
        seating.check_open(gathering)
    gathering.recording, gathering.version = link, gathering.version + 1
    said = views.recorded(await facts_of(session, gathering), link)
    await announcing.say_in_thread(session, gathering, said, key=f"recording:{gathering.version}", now=now)
    await home.redraw(session, gathering.workspace_id, sorted(hosts(gathering)), now=now)
