"""Slack asks: somebody who was asked takes it, passes, puts it off, or hands it on."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import lifecycle, messages, store
from bot.features.questions.models import Asked, Question
from bot.features.questions.routing import holding, open_page, seconds, step_views, taken_views, views
from bot.features.questions.routing.errors import NotAskedOfYou, TakenAlready
from bot.members import store as members
from bot.members.front.turning import turn_by_button
from bot.members.models import Member
from bot.messages import Content
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act


async def take(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond, client: AsyncWebClient) -> None:
    """[I'll take it], in the message, the channel or the Home tab; who is a moment late reads by whom it was taken."""
    now = tools.clock()
    late: TakenAlready | None = None
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await holding.lock(session, member)
        question = await store.get(session, act.workspace_id, act.value, lock=True)
        try:
            await holding.take(session, question, member, now=now, channel=act.channel)
            await _answer_in_thread(session, act, question, taken_views.chosen("You took it."), now)
        except TakenAlready as error:
            late = TakenAlready(error.name, len(await open_page.questions(session, act.workspace_id, member.id)))
        await home.open_home(session, act.workspace_id, member.id, now=now) if act.view.get("type") == "home" else None
    await ack()
    if late is not None:
        await _say(act, taken_views.late(late.name, late.waiting), respond, client)
    elif act.response_url and act.thread_ts == "" and not act.channel.startswith("D"):
        await _say(act, taken_views.yours(), respond, client)


async def pass_on(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Pass]."""
    async with tools.database.transaction() as session:
        _, question, row = await _asked(session, act)
        await holding.pass_on(session, question, row, now=tools.clock())
        await _answer_in_thread(session, act, question, taken_views.chosen("You passed."), tools.clock())
    await ack()


async def unpass(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Undo] of a pass."""
    async with tools.database.transaction() as session:
        _, question, row = await _asked(session, act)
        await holding.unpass(session, question, row, now=tools.clock())
    await ack()


async def say_why(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Not my subject, no time, too close: noted, and told to nobody."""
    reason = next((each for each, action_id in views.WHY.items() if action_id == act.action_id), None)
    async with tools.database.transaction() as session:
        _, _, row = await _asked(session, act)
        if row.state == "passed":
            row.pass_reason = reason
            await session.flush()
            await lifecycle.show_to_asked(session, row, now=tools.clock())
    await ack()


async def not_now(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Not now]."""
    async with tools.database.transaction() as session:
        member, question, row = await _asked(session, act)
        await holding.put_off(session, question, row, member, now=tools.clock())
    await ack()


async def hand_on(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Hand it on]."""
    async with tools.database.transaction() as session:
        member, question, row = await _asked(session, act)
        await holding.hand_on(session, question, row, now=tools.clock(), told=step_views.handed_on(member.name))
        await _redraw(session, act, member, tools.clock())
    await ack()


async def still_on_it(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Still on it]."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, question, row = await _asked(session, act)
        if row.state == "claimed":
            row.checked_at, row.due_at = None, await holding.patience(session, question, member, now)
            await seconds.replace(session, act, question, taken_views.goes_on(), now=now)
    await ack()


async def second_opinion(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond, client: AsyncWebClient) -> None:
    """[Ask for a second opinion], by whoever holds it or whoever asked."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        question = await store.get(session, act.workspace_id, act.value, lock=True)
        content, holder = await seconds.ask(session, question, member, now=tools.clock())
        if holder is not None and act.message_ts:
            await messages.replace_line(session, act, question, step_views.taken(holder), now=tools.clock())
    await ack()
    await _say(act, content, respond, client)


async def see_open(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[See them]: the Home tab turns to open questions, and the answer shows the way there."""
    await turn_by_button(ack, act, tools, respond, place=taken_views.PAGE, what="open questions")


async def _asked(session: AsyncSession, act: Act) -> tuple[Member, Question, Asked]:
    """Whoever did this, the question, locked, and what it was to them; whoever was not asked learns nothing of it."""
    member = await members.actor(session, act)
    question = await store.get(session, act.workspace_id, act.value, lock=True)
    row = await store.asked_as(session, question, member.id)
    if row is None:
        raise NotAskedOfYou
    return member, question, row


async def _answer_in_thread(
    session: AsyncSession, act: Act, question: Question, content: Content, now: datetime
) -> None:
    """A button in a line under the question gives way to what was chosen; the question itself says more."""
    if act.thread_ts and act.thread_ts != act.message_ts:
        await seconds.replace(session, act, question, content, now=now)


async def _redraw(session: AsyncSession, act: Act, member: Member, now: datetime) -> None:
    if act.view.get("type") == "home":
        await home.open_home(session, act.workspace_id, member.id, now=now)


async def _say(act: Act, content: Content, respond: AsyncRespond, client: AsyncWebClient) -> None:
    """Where it was pressed, to that person alone."""
    if act.response_url:
        await respond(text=content.text, blocks=content.blocks, response_type="ephemeral", replace_original=False)
    elif act.trigger_id:
        view = blocks.modal("Questions", content.blocks, callback_id="notice", close="Close")
        await client.views_open(trigger_id=act.trigger_id, view=view)
