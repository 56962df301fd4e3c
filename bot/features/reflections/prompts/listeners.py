"""Slack asks: not today, less often, stop, and when to ask."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.errors import Gone, NotAMember
from bot.features.reflections.models import Prompt
from bot.features.reflections.prompts import messages, rules, store, views
from bot.features.reflections.prompts.rules import Pace
from bot.lookup import id_in
from bot.members import store as members
from bot.members.models import Member
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def not_today(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Not today]: the question goes, and nothing is asked about why."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, prompt = await _mine(session, act, act.value)
        if prompt.state == "put":
            prompt.state = "passed"
            await messages.show(session, prompt, now, key=act.trigger_id)
            await home.redraw(session, act.workspace_id, [member.id], now=now)
    await ack()


async def more(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The menu under a question: less often, stop, another time."""
    what, _, prompt_id = act.value.partition(":")
    if what == views.WHEN:
        await open_rhythm(ack, act, tools, client)
        return
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, prompt = await _mine(session, act, prompt_id)
        before = store.pace_in(await store.rhythm_of(session, act.workspace_id, member.id))
        hours = store.hours_of(member)
        wanted = Pace("off", before.days, before.at_minute)
        if what == views.LESS and before.pace != "off":
            wanted = rules.less_often(before, hours, prompt.local_date.weekday())
        rhythm = await store.set_pace(session, member, wanted, now=now, undo=True)
        if wanted.pace == "off":
            await messages.take_back(session, act.workspace_id, member.id, now)
        await messages.show_rhythm(session, prompt, rhythm, member, now, key=act.trigger_id)
        await home.redraw(session, act.workspace_id, [member.id], now=now)
    await ack()


async def undo(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Undo] after the menu: as often as before, and the question stands again."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, prompt = await _mine(session, act, act.value)
        rhythm = await store.rhythm_of(session, act.workspace_id, member.id, lock=True)
        if rhythm is not None and rhythm.before is not None:
            before = Pace(rhythm.before["pace"], tuple(rhythm.before["days"]), rhythm.at_minute)
            await store.set_pace(session, member, before, now=now)
        await messages.show(session, prompt, now, key=act.trigger_id)
        await home.redraw(session, act.workspace_id, [member.id], now=now)
    await ack()


async def open_rhythm(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """When to ask; from inside another form it is laid over that one."""
    async with tools.database.reading() as session:
        member = await members.by_slack_id(session, act.workspace_id, act.user_id)
        if member is None:
            raise NotAMember
        await members.joined_actor(session, act)
        pace = store.pace_in(await store.rhythm_of(session, act.workspace_id, member.id))
        view = views.rhythm_form(pace, store.hours_of(member))
    await ack()
    if act.view.get("type") == "modal":
        await client.views_push(trigger_id=act.trigger_id, view=view)
    else:
        await client.views_open(trigger_id=act.trigger_id, view=view)


async def save_rhythm(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The form was handed in: asked like this from now on."""
    pace, at_minute = views.read_rhythm(act.state)
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        hours = store.hours_of(member)
        problems = rules.problems_with(pace, pace.days, at_minute, hours)
        if not problems and await first_time(session, act):
            await _set(session, member, pace, tools)
    if problems:
        await ack(response_action="errors", errors=views.rhythm_errors(problems))
    else:
        await ack(response_action="update", view=views.rhythm_saved(pace, hours))


async def by_word(session: AsyncSession, act: Act, tools: Tools, pace: str) -> str:
    """`/mentor reflect weekly`: at that pace, on the days and at the time that were chosen before; what was done."""
    if pace not in rules.PACES:
        raise Gone
    member = await members.joined_actor(session, act)
    before = store.pace_in(await store.rhythm_of(session, act.workspace_id, member.id))
    wanted = Pace(pace, before.days, before.at_minute)
    await _set(session, member, wanted, tools)
    return views.said_back(wanted, store.hours_of(member))


async def _set(session: AsyncSession, member: Member, pace: Pace, tools: Tools) -> None:
    now = tools.clock()
    await store.set_pace(session, member, pace, now=now)
    if pace.pace == "off":
        await messages.take_back(session, member.workspace_id, member.id, now)
    await home.redraw(session, member.workspace_id, [member.id], now=now)


async def _mine(session: AsyncSession, act: Act, prompt_id: str) -> tuple[Member, Prompt]:
    member = await members.joined_actor(session, act)
    return member, await store.own(session, act.workspace_id, member.id, id_in(prompt_id), lock=True)
