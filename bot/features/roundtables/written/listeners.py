"""Slack asks: a moderator looks at the draft, posts it, passes it on, or keeps what was learned."""

import dataclasses
from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive import cards
from bot.archive.cards.editing import listeners as editing
from bot.delivery.submissions import first_time
from bot.features.roundtables.models import Roundtable, RoundtableTurn
from bot.features.roundtables.written import drafting, ending, moderating, store, summaries, turn_views
from bot.features.roundtables.written.errors import Closed, Forgotten, Hidden, SomebodyElse, Stale
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content
from bot.programs import telling
from bot.registry import Tools
from bot.slack.act import Act
from bot.slack.handed_in import answer_form


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Look at the draft], and [Change the summary] once there is one."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        roundtable, _ = await _mine(session, act, member, act.value)
        words = await summaries.words_of(session, roundtable)
        posted = words is not None
        at = f"{act.channel}:{act.message_ts}" if act.channel else ""  # so that it can say what became of it
        draft = drafting.Draft(words) if words else await drafting.draft(session, roundtable)
        view = turn_views.form(
            roundtable.round_id,
            roundtable.version,
            roundtable.question,
            draft.words,
            posted=posted,
            at=at,
            reacted=draft.reacted,
        )
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def save(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The summary, posted in every thread, or changed where it stands."""
    now = tools.clock()
    words, problem = turn_views.read_form(act.state)
    try:
        if problem is None:
            async with tools.database.transaction() as session:
                await _save(session, act, words, now)
    except (SomebodyElse, Closed, Hidden, Stale) as error:  # under the field, so that the words stay in it
        problem = error.message
    await answer_form(ack, {turn_views.WORDS: problem} if problem else {})


async def _save(session: AsyncSession, act: Act, words: str, now: datetime) -> None:
    member = await members.joined_actor(session, act)
    roundtable, turn = await _mine(session, act, member, act.memory.get("round"))
    if await first_time(session, act):
        if roundtable.version != act.memory.get("version"):
            raise Stale
        await _post(session, roundtable, turn, member, words, now)
        await _say(session, act, turn_views.posted(roundtable.round_id), now)


async def _post(
    session: AsyncSession, roundtable: Roundtable, turn: RoundtableTurn, member: Member, words: str, now: datetime
) -> None:
    turn.state = store.SUMMED_UP
    roundtable.version += 1
    await summaries.keep(session, roundtable, member.id, words)
    await ending.with_a_summary(session, roundtable, now)


async def pass_on(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Somebody else this time]."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        roundtable, turn = await _mine(session, act, member, act.value)
        if turn.state != store.ASKED:
            raise Closed
        await moderating.pass_on(session, roundtable, turn, store.PASSED, now)
        await _replace(session, act, act.channel, act.message_ts, turn_views.passed(), now)
    await ack()


async def keep(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Keep as insight]: a draft from everybody's words is made, and opens; the archive asks everybody quoted."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        roundtable, _ = await _mine(session, act, member, act.value)
        pieces = await drafting.pieces(session, roundtable)
        insight = await cards.offer(
            session,
            act.workspace_id,
            source_kind="roundtable",
            source=await _source(session, roundtable),
            made_by=member.id,
            pieces=pieces,
            question=roundtable.question,
            now=now,
        )
        number = str(insight.id)
        content = turn_views.kept(roundtable.round_id, insight.id)
        await _replace(session, act, act.channel, act.message_ts, content, now)
    await editing.open_form(ack, dataclasses.replace(act, value=number), tools, client)


async def _mine(session: AsyncSession, act: Act, member: Member, named: object) -> tuple[Roundtable, RoundtableTurn]:
    """A locked round that this person sums up, now or by a summary that stands there."""
    roundtable = await store.get(session, act.workspace_id, named, lock=True)
    turn = next((each for each in await store.turns_of(session, roundtable) if each.member_id == member.id), None)
    if turn is None:
        raise SomebodyElse
    if roundtable.step == store.DONE:
        raise Forgotten
    if roundtable.hidden or roundtable.withheld:
        raise Hidden
    if turn.state == store.LAPSED or roundtable.moderator_id is None:
        raise Closed
    if turn.state not in (store.ASKED, store.SUMMED_UP):
        raise SomebodyElse
    return roundtable, turn


async def _source(session: AsyncSession, roundtable: Roundtable) -> str:
    """What its card is filed under; leads read none from a private channel before its writers agreed."""
    hidden = "private:" if await drafting.stays_in_its_channel(session, roundtable) else ""
    return f"{hidden}roundtable:{roundtable.round_id}"


async def _say(session: AsyncSession, act: Act, content: Content, now: datetime) -> None:
    channel, _, ts = str(act.memory.get("at") or "").partition(":")
    if channel and ts:
        await _replace(session, act, channel, ts, content, now)


async def _replace(session: AsyncSession, act: Act, channel: str, ts: str, content: Content, now: datetime) -> None:
    at = dataclasses.replace(act, channel=channel, message_ts=ts)
    await telling.replace_used(session, at, "roundtables:turn", content, now)
