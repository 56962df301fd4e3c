"""Slack asks: this helped, ask for more, read all of it, close it, open it again."""

import dataclasses
from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards.editing import listeners as editing
from bot.delivery import outbox
from bot.errors import NotYours
from bot.features.questions import askers, lifecycle, store
from bot.features.questions.asking import ending
from bot.features.questions.models import Answer
from bot.features.questions.rules import OPEN
from bot.features.questions.threads import carrying, keep_views, keeping, messages, thank_views, thanking, views
from bot.features.questions.threads import store as answers
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content
from bot.registry import Tools
from bot.slack.act import Act
from bot.slack.used import in_place


async def helped(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[This helped] under an answer."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await thanking.helped(session, member, act.value, now=tools.clock())
    await ack()


async def not_helped(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Undo] behind it."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await thanking.not_helped(session, member, act.value, now=tools.clock())
    await ack()


async def ask_more(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Ask for more]: how that is done."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        answer, _, _ = await thanking.for_asker(session, act.workspace_id, member, act.value)
        by = (await messages.carried(session, answer)).by
    await client.views_open(trigger_id=act.trigger_id, view=views.how_to_ask_more(by))
    await ack()


async def read_rest(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Read all of it]: for those whose thread shows its beginning."""
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        answer = await answers.get(session, act.workspace_id, act.value)
        await _may_read(session, act, member, answer)
        said = await messages.carried(session, answer)
    await client.views_open(trigger_id=act.trigger_id, view=views.whole(said))
    await ack()


async def _may_read(session: AsyncSession, act: Act, member: Member, answer: Answer) -> None:
    """Whoever asked, whoever is in it, and whoever stands in the thread that others see."""
    circle = await carrying.around(session, await store.get(session, act.workspace_id, answer.question_id))
    asks = any(askers.is_mine(session, each, member.id) for each in circle.questions)
    answering = any(member.id == each.id for _, each, _ in circle.asked)
    in_channel = bool(circle.root.channel) and act.channel == circle.root.channel
    if not (asks or answering or in_channel):
        raise NotYours


async def close(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Close it], after something helped."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        question = await store.own(session, act.workspace_id, member.id, act.value)
        if question.state in OPEN:
            await lifecycle.end(session, question, "closed", closing="helped", now=now)
        await replace(session, act, thank_views.closed(question.id), now=now)
    await ack()


async def keep_open(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Leave it open]."""
    async with tools.database.transaction() as session:
        await members.joined_actor(session, act)
        await replace(session, act, thank_views.left_open(), now=tools.clock())
    await ack()


async def open_again(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Open again], under a line of ours or under an answer that came after the end."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        is_line = act.value.startswith("question:")
        if is_line:
            question = await store.own(session, act.workspace_id, member.id, act.value.removeprefix("question:"))
        else:
            _, mine, _ = await thanking.for_asker(session, act.workspace_id, member, act.value)
            question = await store.own(session, act.workspace_id, member.id, mine.id)
        if question.state not in OPEN:
            await ending.open_again(session, question, member, now)
        if is_line:
            await replace(session, act, thank_views.opened_again(), now=now)
        else:
            answer = await answers.get(session, act.workspace_id, act.value)
            await carrying.follow(
                session, question, answer, now=now, nonce=outbox.moment(session, now), askers_only=True
            )
    await ack()


async def replace(session: AsyncSession, act: Act, content: Content, *, now: datetime) -> None:
    """A used button becomes what was chosen."""
    key = f"{messages.NOTED.name}:{act.channel}:{act.message_ts}:{outbox.moment(session, now)}"
    shown = in_place(act, messages.NOTED, "questions:noted", content, key=key, now=now)
    await outbox.enqueue(session, shown, now=now)


async def keep(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Keep as insight]: a draft is made, and opens."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        insight = await keeping.draft(session, act.workspace_id, member, act.value, now)
        await replace(session, act, keep_views.drafted(insight.id), now=now)
        number = str(insight.id)
    await editing.open_form(ack, dataclasses.replace(act, value=number), tools, client)


async def keep_not(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Leave it]."""
    async with tools.database.transaction() as session:
        await members.joined_actor(session, act)
        question = await store.get(session, act.workspace_id, act.value)
        await replace(session, act, keep_views.left(question.id), now=tools.clock())
    await ack()
