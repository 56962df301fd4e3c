"""Slack asks: an answer to "Did you meet?", and one tap on how it was."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import TooLate
from bot.features.introductions import people
from bot.features.introductions.checkins import milestones, rules, showing
from bot.features.introductions.models import Introduction, IntroductionMember
from bot.lookup import id_in
from bot.members import store as members
from bot.registry import Tools
from bot.slack.act import Act

ANSWERABLE = ("sent", "closed")


async def answer(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Met, date is set, not yet, won't happen: kept, and shown where it was asked."""
    said = act.action_id.removeprefix("introductions.")
    now = tools.clock()
    async with tools.database.transaction() as session:
        introduction, me, _ = await _mine(session, act)
        me.answer, me.answered_at = said, now
        if said != "met":
            me.rating = None
        else:
            await milestones.met(session, act.workspace_id, me.member_id, now)
        if said == "wont" and introduction.state == "sent":
            introduction.step, introduction.due_at = "close", introduction.ends_at + rules.LAST_CALL
        await _show(session, act, introduction, me, now)
    await ack()


async def change_answer(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Take the answer back: the question stands again."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        introduction, me, _ = await _mine(session, act)
        me.answer = me.answered_at = me.rating = None
        await _show(session, act, introduction, me, now)
    await ack()


async def rate(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """How was it, in one tap."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        introduction, me, _ = await _mine(session, act)
        if me.answer != "met":
            raise TooLate
        me.rating = act.action_id.removeprefix("introductions.rate_")
        await _show(session, act, introduction, me, now)
    await ack()


async def _mine(session: AsyncSession, act: Act) -> tuple[Introduction, IntroductionMember, list[IntroductionMember]]:
    member = await members.joined_actor(session, act)
    introduction, me, everybody = await people.mine(session, act.workspace_id, id_in(act.value), member.id)
    if introduction.state not in ANSWERABLE:
        raise TooLate("This introduction has changed since, so there is nothing to answer any more.")
    if not act.message_ts:
        await showing.asked_in(session, introduction, member.id)  # held first, as by whoever notes that it was sent
    return introduction, me, everybody


async def _show(
    session: AsyncSession, act: Act, introduction: Introduction, me: IntroductionMember, now: datetime
) -> None:
    """In the message it was asked in, wherever it was answered; and on the Home tab of whoever looks."""
    # One change a press, however often Slack repeats it.
    await showing.show(session, introduction, me, act.trigger_id, now, channel=act.channel, ts=act.message_ts or None)
