"""An asker acts on their own question: locked, changed, and shown where they pressed."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers, lifecycle, messages, standing
from bot.features.questions import store as questions
from bot.features.questions.asking import views
from bot.features.questions.asking.looking import update
from bot.features.questions.models import Question
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Block
from bot.registry import Tools
from bot.slack.act import Act

Change = Callable[[AsyncSession, Question, Member, datetime], Awaitable[None]]


async def own(session: AsyncSession, act: Act, question_id: object) -> tuple[Member, Question]:
    """Whoever did this and their own question, both locked; Gone where it is another's."""
    member = await members.joined_actor(session, act)
    await members.by_id(session, act.workspace_id, member.id, lock=True)
    return member, await questions.own(session, act.workspace_id, member.id, question_id)


async def do(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, change: Change) -> None:
    """Make a change to the question a button names; the card follows, and the window it was pressed in, if it was one."""
    now = tools.clock()
    view: Block | None = None
    async with tools.database.transaction() as session:
        member, question = await own(session, act, act.value)
        await change(session, question, member, now)
        await _replace(session, act, question, now=now)
        if act.view.get("type") == "modal":
            view = views.details(await standing.of_asker(session, question))
    await ack()
    if view is not None:
        await update(client, act, tools, view)


async def _replace(session: AsyncSession, act: Act, question: Question, *, now: datetime) -> None:
    """Pressed in a line of the thread and not on the card itself, the buttons there give way to what was chosen."""
    if not act.message_ts or act.message_ts == askers.asker_of(session, question).ts:
        return
    await messages.replace_line(session, act, question, views.chosen(question.state), now=now)


async def show_everybody(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Words or name of a question are others now: for its asker, whoever was asked, and the channel it stands in."""
    await session.flush()
    await lifecycle.changed(session, question, now=now)  # for its asker, and in the channel
    for asked in await questions.asked_for(session, question):
        await lifecycle.show_to_asked(session, asked, now=now)


async def open_window(client: AsyncWebClient, act: Act, view: Block) -> None:
    """A form over whatever is open: on top of a window, or by itself."""
    if act.view.get("type") == "modal":
        await client.views_push(trigger_id=act.trigger_id, view=view)
    else:
        await client.views_open(trigger_id=act.trigger_id, view=view)
