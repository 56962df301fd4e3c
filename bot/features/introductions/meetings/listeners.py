"""Slack asks: a time suggested, accepted, turned down, moved or cancelled, in the conversation it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendar import Entry, ics
from bot.delivery import outbox
from bot.errors import Gone, TooLate
from bot.features.introductions import people
from bot.features.introductions.hello import views as hello_views
from bot.features.introductions.hello.callbacks import hello_of, hours_of
from bot.features.introductions.hello.messages import subject_of
from bot.features.introductions.meetings import rules, views
from bot.features.introductions.models import Introduction, Meeting
from bot.lookup import id_in
from bot.members import store as members
from bot.members.models import Member
from bot.members.store import Profile
from bot.messages import Channel, Content, Kind, Message, MessageClass, Verb
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act

MEETING = Kind("introductions.meeting", MessageClass.ANSWER, priority=10, cost=0)
CALENDAR = Kind("introductions.calendar", MessageClass.ANSWER, priority=20, cost=0)


@dataclass
class Talk:
    """One press in one conversation: everything that acting on it needs, locked."""

    session: AsyncSession
    act: Act
    now: datetime
    member: Member
    introduction: Introduction
    facts: list[Profile]
    meeting: Meeting | None

    @property
    def ids(self) -> list[int]:
        """Everybody in the introduction."""
        return [each.member_id for each in self.facts]

    async def say(self, content: Content, what: str) -> None:
        """Something new in their conversation."""
        await self._queue(content, what, MEETING, Verb.POST, None)

    async def show(self, content: Content, what: str = "shown") -> None:
        """The message that was pressed changes into what came of it."""
        await self._queue(content, what, MEETING, Verb.UPDATE, self.act.message_ts)

    async def give_file(self, content: Content, sequence: int) -> None:
        """The calendar file, once per version of the meeting."""
        await self._queue(content, f"ics:{sequence}", CALENDAR, Verb.UPLOAD, None)

    async def _queue(self, content: Content, what: str, kind: Kind, verb: Verb, ts: str | None) -> None:
        unique = what if verb is Verb.UPLOAD else f"{what}:{self.act.trigger_id}"
        message = Message(
            workspace_id=self.act.workspace_id,
            kind=kind.name,
            subject=f"{subject_of(self.introduction.id)}:meeting",
            to=Channel(self.introduction.channel or self.act.channel),
            dedupe_key=f"introduction:{self.introduction.id}:meeting:{unique}",
            due_at=self.now,
            content=content,
            verb=verb,
            target_ts=ts,
        )
        await outbox.enqueue(self.session, message, now=self.now)

    async def redraw(self) -> None:
        """Home tabs show the meeting, too."""
        await home.redraw(self.session, self.act.workspace_id, self.ids, now=self.now)

    async def offer(self) -> rules.Offer:
        """Times that suit now, without those that did not."""
        without = [datetime.fromtimestamp(each, UTC) for each in (self.meeting.turned_down if self.meeting else [])]
        if self.meeting is not None and self.meeting.state != "cancelled":
            without.append(self.meeting.starts_at)
        return rules.offer([hours_of(each) for each in self.facts], self.now, without=without)


async def begin(session: AsyncSession, act: Act, now: datetime, introduction_id: int) -> Talk:
    """Who pressed, in what; only its own people, and only while it goes on."""
    member = await members.joined_actor(session, act)
    introduction, _, _ = await people.mine(session, act.workspace_id, introduction_id, member.id)
    if introduction.state == "moved":
        raise TooLate("This went on in a larger conversation, so there is nothing to choose here any more.")
    if introduction.state not in ("sent", "closed"):
        raise TooLate
    facts = await people.profiles(session, introduction)
    meeting = await people.meeting_of(session, introduction, lock=True)
    return Talk(session, act, now, member, introduction, facts, meeting)


def read_value(act: Act) -> tuple[int, datetime]:
    """The introduction and the time a button stands for."""
    introduction_id, _, seconds = act.value.partition(":")
    try:
        return id_in(introduction_id), datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):  # no second of any calendar
        raise Gone from None


async def propose(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """One of them can at this time; the others are asked. Pressed by the second of two, it is agreed at once."""
    introduction_id, starts_at = read_value(act)
    async with tools.database.transaction() as session:
        talk = await begin(session, act, tools.clock(), introduction_id)
        meeting = talk.meeting
        if not rules.may_be_proposed(starts_at, talk.now, talk.introduction.ends_at):
            raise TooLate("That time has passed. Write in the conversation which other one suits you.")
        if meeting is not None and meeting.state == "proposed" and meeting.starts_at == starts_at:
            await _accept(talk, meeting)
        else:
            talk.meeting = meeting = await _suggest(talk, meeting, starts_at)
            await _show_suggested(talk, starts_at)
            others = [each.slack_id for each in talk.facts if each.member_id != talk.member.id]
            await talk.say(views.suggestion(introduction_id, [talk.member.name], starts_at, others), "suggested")
        await talk.redraw()
    await ack()


async def _suggest(talk: Talk, meeting: Meeting | None, starts_at: datetime) -> Meeting:
    if meeting is None:
        meeting = Meeting(
            introduction_id=talk.introduction.id,
            workspace_id=talk.act.workspace_id,
            uid=f"introduction-{talk.introduction.id}-{int(talk.introduction.created_at.timestamp())}@perennial",
            sequence=0,
            turned_down=[],
        )
        talk.session.add(meeting)
    meeting.state, meeting.proposed_by, meeting.accepted_by = "proposed", talk.member.id, [talk.member.id]
    meeting.starts_at = starts_at
    await talk.session.flush()
    return meeting


async def _show_suggested(talk: Talk, starts_at: datetime) -> None:
    said = views.said_in_hello(talk.member.name, starts_at)
    if talk.act.message_ts and talk.act.message_ts == talk.introduction.ts:
        hello = await hello_of(talk.session, talk.introduction, now=talk.now, said=said)
        await talk.show(hello_views.introduction(hello))
    else:
        await talk.show(Content(said, [blocks.section(said)]))


async def works(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """It suits one of the others; once it suits all, it is agreed."""
    introduction_id, starts_at = read_value(act)
    async with tools.database.transaction() as session:
        talk = await begin(session, act, tools.clock(), introduction_id)
        meeting = talk.meeting
        if meeting is None or meeting.starts_at != starts_at or meeting.state != "proposed":
            raise TooLate(
                "That time is not on the table any more. The newest message in the conversation has the one that is."
            )
        if starts_at <= talk.now:
            raise TooLate("That time has passed. Press Another for the next ones.")
        if talk.member.id in meeting.accepted_by:
            raise TooLate("You suggested this one, so it is for the others to say.")
        await _accept(talk, meeting)
        await talk.redraw()
    await ack()


async def _accept(talk: Talk, meeting: Meeting) -> None:
    meeting.accepted_by = sorted({*meeting.accepted_by, talk.member.id})
    missing = [each for each in talk.facts if each.member_id not in meeting.accepted_by]
    if missing:
        names = [each.name for each in talk.facts if each.member_id in meeting.accepted_by]
        asked = [each.slack_id for each in missing]
        await talk.show(views.suggestion(talk.introduction.id, names, meeting.starts_at, asked))
        return
    meeting.state = "agreed"
    if meeting.in_calendar is not None:
        meeting.sequence += 1
    meeting.in_calendar = meeting.starts_at
    await talk.show(views.agreed(talk.introduction.id, meeting.starts_at))
    await talk.give_file(
        views.calendar_file(calendar_text(meeting, talk.facts, talk.now), cancelled=False), meeting.sequence
    )


def calendar_text(meeting: Meeting, facts: Sequence[Profile], now: datetime, *, cancelled: bool = False) -> str:
    """The meeting as a file for calendars, as it stands."""
    starts_at = meeting.in_calendar or meeting.starts_at
    entry = Entry(
        uid=meeting.uid,
        sequence=meeting.sequence,
        starts_at=starts_at,
        ends_at=starts_at + rules.LASTS,
        summary=" and ".join(each.name for each in facts),
        description=views.IN_CALENDAR,
        cancelled=cancelled,
    )
    return ics(entry, now=now)


async def another(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """It does not suit: fresh times instead."""
    introduction_id, starts_at = read_value(act)
    async with tools.database.transaction() as session:
        talk = await begin(session, act, tools.clock(), introduction_id)
        if talk.meeting is not None:
            seconds = int(starts_at.timestamp())
            talk.meeting.turned_down = sorted({*talk.meeting.turned_down, seconds})
        await _offer_again(talk)
    await ack()


async def move(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The agreed time no longer suits: fresh ones; until one is agreed, calendars keep the old."""
    async with tools.database.transaction() as session:
        await _offer_again(await begin(session, act, tools.clock(), id_in(act.value)))
    await ack()


async def _offer_again(talk: Talk) -> None:
    found = await talk.offer()
    await talk.show(views.other_times(talk.introduction.id, talk.member.name, found.times, shared=found.shared))


async def open_conversation(ack: AsyncAck) -> None:
    """[Open] leads to their conversation; there is nothing for us to do."""
    await ack()


async def cancel(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """It will not take place; calendars get a cancellation of the entry they have."""
    async with tools.database.transaction() as session:
        talk = await begin(session, act, tools.clock(), id_in(act.value))
        if talk.meeting is None or talk.meeting.state == "cancelled":
            raise TooLate("There is no meeting to cancel any more.")
        await talk.show(views.cancelled(talk.introduction.id, talk.member.name, talk.meeting.starts_at))
        await _cancel(talk, talk.meeting)
        await talk.redraw()
    await ack()


async def _cancel(talk: Talk, meeting: Meeting) -> None:
    meeting.state = "cancelled"
    if meeting.in_calendar is not None:
        meeting.sequence += 1
        text = calendar_text(meeting, talk.facts, talk.now, cancelled=True)
        await talk.give_file(views.calendar_file(text, cancelled=True), meeting.sequence)


async def exchange(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Write or speak in turns instead of meeting."""
    async with tools.database.transaction() as session:
        talk = await begin(session, act, tools.clock(), id_in(act.value))
        talk.introduction.exchange = True
        if talk.act.message_ts == talk.introduction.ts:
            await talk.show(hello_views.introduction(await hello_of(session, talk.introduction, now=talk.now)))
        else:
            text = hello_views.turns(talk.facts)
            await talk.show(Content(text, [blocks.section(text)]))
    await ack()
