"""Slack asks: a lead names somebody, posts a question, or chooses channels; each authorised where it is performed."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import submissions
from bot.features.questions import askers, lifecycle, store
from bot.features.questions.models import Question
from bot.features.questions.routing import asking_people, audiences, places, posting, rules
from bot.features.questions.routing.errors import OverNow
from bot.features.questions.routing.leading import views
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Block
from bot.programs import channels
from bot.registry import Tools, Viewer
from bot.slack import home
from bot.slack.act import Act

THOUGHT_OF = "a lead thought of you"


async def open_name(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Ask somebody I name]."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        question = await _open(session, act, act.value)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.name_form(question.id))


async def name(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Somebody was named: asked, if they may be; the answer never tells why somebody can't."""
    now, problem = tools.clock(), None
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        question = await _open(session, act, act.memory.get("question"), lock=True)
        person = await members.by_slack_id(session, act.workspace_id, views.read_name(act.state))
        problem = await _problem_with(session, question, person)
        if problem is None and person is not None and await submissions.first_time(session, act):
            found = await asking_people.ask_named(session, question, person, THOUGHT_OF, step=rules.LEADS, now=now)
            if found is not None:
                question.due_at = max(question.due_at, found.until) if question.due_at else found.until
                await session.flush()
                await lifecycle.changed(session, question, now=now)
    if problem is not None:
        await ack(response_action="errors", errors={views.WHO: problem})
    else:
        await ack(response_action="update", view=views.named())


async def _problem_with(session: AsyncSession, question: Question, person: Member | None) -> str | None:
    """Only what everybody may know of a person; that somebody asked it, or is kept apart, is not among it."""
    if person is None:
        return views.CHOOSE
    if not members.has_joined(person) or person.deactivated_at is not None:
        return views.NOT_IN
    if askers.is_mine(session, question, person.id):
        return None
    among = await audiences.includes(session, question.workspace_id, question.audience, person.id)
    return None if among else views.NOT_AMONG


async def post(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[Post it to …]."""
    now = tools.clock()
    number, _, channel = act.value.partition(":")
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        question = await _open(session, act, number, lock=True)
        if channel not in dict(await places.open_to(session, question)):
            raise OverNow("It stands in a channel already, or that channel is closed for questions by now.")
        await posting.post(session, question, channel, now=now)
        await session.flush()
        for row in await store.asked_for(session, question):
            if row.role == "lead" and row.state == "asked":
                await lifecycle.show_to_asked(session, row, now=now)
        await lifecycle.changed(session, question, now=now)
    await ack()
    content = views.posted(channel)
    if act.response_url:
        await respond(text=content.text, blocks=content.blocks, response_type="ephemeral", replace_original=False)


async def section(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """For leads."""
    return views.row(await places.question_channels(session, viewer.workspace_id)) if viewer.is_lead else []


async def open_places(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change]."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        known = await places.question_channels(session, act.workspace_id)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.places_form(known))


async def add_place(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """One more; the bot goes into it, or the form says why it can't."""
    field, channel = views.read_channel(act.state)
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        full = len(await places.question_channels(session, act.workspace_id)) >= places.MOST
    problem = views.ENOUGH if full else await channels.enter(client, channel) if channel else "Choose a channel."
    if problem:
        await ack(response_action="errors", errors={field: problem})
        return
    info = (await client.conversations_info(channel=channel))["channel"]
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        await places.add(session, act.workspace_id, channel, str(info.get("name") or ""))
        known = await places.question_channels(session, act.workspace_id)
        await home.redraw(session, act.workspace_id, [lead.id], now=tools.clock())
    await ack(response_action="update", view=views.places_form(known))


async def put_first(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Make it the usual one]."""
    await _change(act, tools, client, places.put_first)
    await ack()


async def remove_place(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Take away]: what stands there already stays."""
    await _change(act, tools, client, places.remove)
    await ack()


async def _change(
    act: Act, tools: Tools, client: AsyncWebClient, do: Callable[[AsyncSession, int, str], Awaitable[object]]
) -> None:
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        await do(session, act.workspace_id, act.value)
        known = await places.question_channels(session, act.workspace_id)
        await home.redraw(session, act.workspace_id, [lead.id], now=tools.clock())
    await client.views_update(view_id=act.view["id"], view=views.places_form(known))


async def _open(session: AsyncSession, act: Act, number: object, *, lock: bool = False) -> Question:
    """A question that leads were asked about and that still has nobody; nothing of any other."""
    question = await store.get(session, act.workspace_id, number, lock=lock)
    rows = await store.asked_for(session, question)
    if question.state != "open" or not any(each.role == "lead" for each in rows):
        raise OverNow
    return question
