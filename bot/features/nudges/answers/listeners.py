"""Slack asks: did it, not now, why, less, stop, a checklist, and how often."""

from datetime import datetime
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.standing import place_of, standing
from bot.errors import Gone, PerennialError
from bot.features.nudges import entries
from bot.features.nudges.answers import rules, store, views
from bot.features.nudges.library import Entry, theme_name
from bot.features.nudges.models import Nudge
from bot.features.nudges.sending import messages, reasons
from bot.features.nudges.sending import rules as times
from bot.features.nudges.sending import store as nudges
from bot.lookup import id_in
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Channel, Content
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act


async def answer(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Did it], [Not now]: kept, and shown where the nudge stands, wherever it was pressed."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, nudge = await _mine(session, act, act.value)
        await _say(session, act, member, nudge, act.action_id.removeprefix("nudges."), now)
    await ack()


async def undo(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Take the answer back: the nudge stands as it came."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, nudge = await _mine(session, act, act.value)
        await _say(session, act, member, nudge, None, now)
    await ack()


async def undo_stop(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Nudges come again, as often as before."""
    now = tools.clock()
    nudge_id, _, before = act.value.partition(":")
    async with tools.database.transaction() as session:
        member, nudge = await _mine(session, act, nudge_id)
        cadence = before if before in times.CADENCES else times.USUAL
        await nudges.set_cadence(session, act.workspace_id, member.id, cadence, now)
        await _say(session, act, member, nudge, None, now)
    await ack()


async def choose(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """One of the three dots' choices."""
    what, _, nudge_id = act.value.partition(":")
    if what == views.OFTEN:
        await open_rhythm(ack, act, tools, client)
        return
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, nudge = await _mine(session, act, nudge_id)
        if what == views.WHY:
            await _say_why(session, act, nudge, now)
        elif what == views.LESS:
            await _say(session, act, member, nudge, "less", now)
        elif what == views.STOP:
            await _stop(session, act, member, nudge, now)
    await ack()


async def open_checklist(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The two lines behind a longer nudge."""
    async with tools.database.transaction() as session:
        _, nudge = await _mine(session, act, act.value)
        entry = (await entries.texts(session, act.workspace_id, [nudge.slug])).get(nudge.slug)
    if entry is None or not entry.checklist:
        raise Gone
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.checklist_form(nudge.id, entry, nudge.ticked))


async def keep_checklist(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """What is ticked stays ticked."""
    ticked = [int(number) for number in blocks.chosen(act.state, views.LINES) or [] if number in ("0", "1")]
    async with tools.database.transaction() as session:
        _, nudge = await _mine(session, act, str(act.memory.get("nudge")))
        nudge.ticked = sorted(ticked)
    await ack()


async def open_rhythm(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """How often: from the nudge itself, the Home tab, Settings, or `/mentor nudges`."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        rhythm = await nudges.rhythm_of(session, act.workspace_id, member.id)
        chosen = rhythm.cadence if rhythm is not None else await nudges.usual(session, act.workspace_id)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.rhythm_form(times.CADENCES, chosen))


async def keep_rhythm(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep how often; the same again changes nothing."""
    now, chosen = tools.clock(), str(blocks.chosen(act.state, views.CADENCE) or "")
    if chosen not in times.CADENCES:
        await ack(response_action="errors", errors={views.CADENCE: "Pick one of these, please."})
        return
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        rhythm = await nudges.rhythm_of(session, act.workspace_id, member.id)
        if rhythm is None or rhythm.cadence != chosen:
            await nudges.set_cadence(session, act.workspace_id, member.id, chosen, now)
            await home.redraw(session, act.workspace_id, [member.id], now=now)
    await ack()


async def _mine(session: AsyncSession, act: Act, nudge_id: str) -> tuple[Member, Nudge]:
    member = await members.joined_actor(session, act)
    return member, await nudges.mine(session, act.workspace_id, id_in(nudge_id), member.id)


async def _say(session: AsyncSession, act: Act, member: Member, nudge: Nudge, said: str | None, now: datetime) -> None:
    nudge.answer, nudge.answered_at = said, now if said else None
    await session.flush()
    entry = (await entries.texts(session, act.workspace_id, [nudge.slug])).get(nudge.slug)
    await _show(session, act, nudge, await _content(session, member, nudge, entry, now), now)


async def _content(session: AsyncSession, member: Member, nudge: Nudge, entry: Entry | None, now: datetime) -> Content:
    if nudge.answer is None:
        if entry is None:
            raise PerennialError("This nudge is not in the library any more, so it can't be shown again.")
        return views.nudge(nudge.id, entry)
    weeks = 0
    if nudge.answer == "did":
        zone = ZoneInfo(member.tz)
        tried = await store.times_tried(session, nudge.workspace_id, member.id, now)
        weeks = rules.weeks_running([each.astimezone(zone).date() for each in tried], now.astimezone(zone).date())
    return views.answered(nudge.id, entry, nudge.answer, weeks=weeks, about=theme_name(nudge.theme))


async def _say_why(session: AsyncSession, act: Act, nudge: Nudge, now: datetime) -> None:
    """The same message once more, with the reason in small print."""
    entry = (await entries.texts(session, act.workspace_id, [nudge.slug])).get(nudge.slug)
    why = await reasons.read(session, nudge)
    if entry is None:
        raise Gone
    said = (
        views.reason(why.kind, why.because, theme_name(why.theme), by_lead=why.by_lead)
        if why is not None
        else views.reason_lost()
    )
    await _show(session, act, nudge, views.nudge(nudge.id, entry, why=said), now)


async def _stop(session: AsyncSession, act: Act, member: Member, nudge: Nudge, now: datetime) -> None:
    rhythm = await nudges.rhythm_of(session, act.workspace_id, member.id)
    before = rhythm.cadence if rhythm is not None and rhythm.cadence != "off" else times.USUAL
    await nudges.set_cadence(session, act.workspace_id, member.id, "off", now)
    nudge.answer, nudge.answered_at = "stop", now
    await _show(session, act, nudge, views.stopped(nudge.id, before), now)


async def _show(session: AsyncSession, act: Act, nudge: Nudge, content: Content, now: datetime) -> None:
    """In the message it came in, and on the Home tab of whoever looks."""
    ts = act.message_ts or None
    came = None if ts else await standing(session, nudge.workspace_id, messages.key_of(nudge.id))
    if ts or came is not None:
        key = f"{nudge.member_id}:{act.trigger_id}"  # one change a press, however often Slack repeats it
        to, target = (place_of(came), came.id) if came is not None else (Channel(act.channel), None)
        update = messages.changed(nudge.workspace_id, nudge.id, content, now, to=to, ts=ts, target_id=target, key=key)
        await outbox.enqueue(session, update, now=now)
    await home.redraw(session, nudge.workspace_id, [nudge.member_id], now=now)
