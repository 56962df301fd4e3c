"""Slack asks: an answer to "Did you meet?", one tap on how it was, a thank-you."""

from collections.abc import Sequence
from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.delivery.submissions import first_time
from bot.errors import TooLate
from bot.features.introductions import people
from bot.features.introductions.checkins import messages, rules, store, views
from bot.features.introductions.models import Introduction, IntroductionMember
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content, Message, People
from bot.registry import Tools
from bot.slack import blocks, home
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


async def open_thanks(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The form for a thank-you."""
    await ack()
    async with tools.database.reading() as session:
        member = await members.by_slack_id(session, act.workspace_id, act.user_id)
        introduction = await people.get(session, act.workspace_id, int(act.value))
        names = [
            each.name
            for each in await people.profiles(session, introduction)
            if member is None or each.member_id != member.id
        ]
    await client.views_open(trigger_id=act.trigger_id, view=views.thanks_form(introduction.id, names))


async def say_thanks(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep a thank-you and take it to whom it is for; the channel reads it only with the writer's yes."""
    text = str(blocks.chosen(act.state, views.THANKS) or "").strip()
    if not text:
        await ack(response_action="errors", errors={views.THANKS: "Write a sentence, or close the form."})
        return
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        introduction, me, everybody = await people.mine(
            session, act.workspace_id, int(act.memory["introduction"]), member.id
        )
        if me.thanks is None and await first_time(session, act):
            me.thanks = store.seal_thanks(session, text[: views.LONGEST_THANKS], introduction.id, member.id)
            me.shareable = "yes" in (blocks.chosen(act.state, views.SHARE) or [])
            others = [row.member_id for row in everybody if row.member_id != member.id]
            await _carry(session, introduction, member, others, text[: views.LONGEST_THANKS], now)
            await _show(session, act, introduction, me, now)
    await ack()


async def _carry(
    session: AsyncSession, introduction: Introduction, sender: Member, others: Sequence[int], text: str, now: datetime
) -> None:
    reachable = await members.recipients(session, introduction.workspace_id, list(others))
    carried = [
        Message(
            workspace_id=introduction.workspace_id,
            kind=messages.THANKS.name,
            subject=f"introduction:{introduction.id}:thanks",
            to=People((person.slack_id,), (person.member_id,)),
            dedupe_key=f"introduction:{introduction.id}:thanks:{sender.id}:{person.member_id}",
            due_at=now,
            content=views.thanks(sender.name, text),
        )
        for person in reachable.values()
        if person.reachable
    ]
    await outbox.enqueue_all(session, carried, now=now)


async def _mine(
    session: AsyncSession, act: Act
) -> tuple[Introduction, IntroductionMember, Sequence[IntroductionMember]]:
    member = await members.joined_actor(session, act)
    introduction, me, everybody = await people.mine(session, act.workspace_id, int(act.value), member.id)
    if introduction.state not in ANSWERABLE:
        raise TooLate("This introduction has changed since, so there is nothing to answer any more.")
    return introduction, me, everybody


async def _show(
    session: AsyncSession, act: Act, introduction: Introduction, me: IntroductionMember, now: datetime
) -> None:
    """In the message it was asked in, wherever it was answered; and on the Home tab of whoever looks."""
    await session.flush()
    others = [each.name for each in await people.profiles(session, introduction) if each.member_id != me.member_id]
    content: Content = views.check_in(introduction.id, others, again=False)
    if me.answer is not None:
        content = views.answered(introduction.id, others, me.answer, me.rating, me.thanks is not None)
    asked = await _asked_in(session, introduction, me.member_id)
    key = f"{me.member_id}:{act.trigger_id}"  # one change a press, however often Slack repeats it
    channel, ts, target = act.channel, act.message_ts or None, None
    if not ts and asked is not None:
        channel, target = asked.channel or "", asked.id
    if ts or target:
        update = messages.answered(
            act.workspace_id, introduction.id, content, now, channel=channel, ts=ts, target_id=target, key=key
        )
        await outbox.enqueue(session, update, now=now)
    await home.redraw(session, act.workspace_id, [me.member_id], now=now)


async def _asked_in(session: AsyncSession, introduction: Introduction, member_id: int) -> Delivery | None:
    """The newest check-in that was put to somebody."""
    for again in (True, False):
        key = messages.check_in_key(introduction.id, member_id, again=again)
        found = await outbox.find(session, introduction.workspace_id, key)
        if found is not None and found.state == "sent":
            return found
    return None
