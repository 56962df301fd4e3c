"""The small forms of leads: who owns a program, which days are holidays, which channel comes first."""

from datetime import date, datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.lookup import id_in
from bot.members import store as members
from bot.programs import channels, first_hour, forms, rules, store, telling
from bot.programs.leads import change
from bot.programs.models import Program
from bot.registry import Tools
from bot.slack import blocks
from bot.slack.act import Act

NOT_A_LEAD = "An owner needs to be a lead. Make them one first, or choose somebody who is."


async def open_owner(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """Ask who answers for a program."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        program = await store.get(session, act.workspace_id, id_in(act.value))
        owner = await members.by_id(session, act.workspace_id, program.owner_id or 0)
    await ack()
    await client.views_open(
        trigger_id=act.trigger_id, view=forms.owner_form(program.id, owner.slack_id if owner else None)
    )


async def save_owner(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Give a program its owner: one of the leads."""
    chosen = str(blocks.chosen(act.state, "owner") or "")
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        owner = await members.by_slack_id(session, act.workspace_id, chosen)
        suits = owner is not None and await members.is_lead(session, owner)
    if owner is None or not suits:
        await ack(response_action="errors", errors={"owner": NOT_A_LEAD})
        return
    owner_id = owner.id

    async def do(session: AsyncSession, program: Program, now: datetime) -> None:
        program.owner_id = owner_id

    await change(act, tools, do, program_id=id_in(act.memory.get("program")), edits=False)
    await ack()


async def open_holidays(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The company's holidays, and a field for one more."""
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        found = await store.holidays(session, act.workspace_id)
        view = forms.holidays_form(found, today=rules.local_date(tools.clock(), lead.tz))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def add_holiday(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """One more day on which nothing happens; every cadence respects it at once."""
    now = tools.clock()
    field, day, name = forms.read_holiday(act.state)
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        today = rules.local_date(now, lead.tz)
        problem = _problem_with(day, today, await store.holidays(session, act.workspace_id))
        if problem is None and day is not None:
            await store.add_holiday(session, act.workspace_id, day, name)
            await _move_programs(session, act.workspace_id, now)
        view = forms.holidays_form(await store.holidays(session, act.workspace_id), today=today)
    if problem is not None:
        await ack(response_action="errors", errors={field: problem})
    else:
        await ack(response_action="update", view=view)


def _problem_with(day: date | None, today: date, known: dict[date, str]) -> str | None:
    if day is None:
        return "Choose a day."
    if day <= today:
        return "That day has begun or passed, so it can't be kept free any more. Pick a later one."
    return "That day is in the list already." if day in known else None


async def remove_holiday(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """A day is a working day after all."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        try:
            day = date.fromisoformat(act.value)
        except ValueError:
            raise Gone from None
        if await store.remove_holiday(session, act.workspace_id, day):
            await _move_programs(session, act.workspace_id, now)
        found = await store.holidays(session, act.workspace_id)
        view = forms.holidays_form(found, today=rules.local_date(now, lead.tz))
    await ack()
    await client.views_update(view_id=act.view["id"], view=view)


async def _move_programs(session: AsyncSession, workspace_id: int, now: datetime) -> None:
    """The calendar changed: look anew at the next date of everything that runs."""
    for found in await store.living(session, workspace_id, states=("active",)):
        program = await store.get(session, workspace_id, found.id, lock=True)
        told = telling.told_of(program)
        await store.reschedule(session, program, now)
        await telling.call_off(session, program, told, now)
    await telling.redraw_leads(session, workspace_id, now)


async def open_channel(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The first of the four steps."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        started = await store.first_hour(session, act.workspace_id)
    await ack()
    await client.views_open(
        trigger_id=act.trigger_id, view=forms.channel_form(started.channel if started is not None else None)
    )


async def save_channel(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """Enter the channel and remember it for the program that comes next."""
    now, channel = tools.clock(), str(blocks.chosen(act.state, "channel") or "")
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
    problem = await channels.enter(client, channel) if channel else "Choose a channel."
    if problem:
        await ack(response_action="errors", errors={"channel": problem})
        return
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        started = await store.first_hour(session, act.workspace_id, lock=True)
        if started is not None:
            started.channel = channel
        await first_hour.tick_off(session, act.workspace_id, now)
        await telling.redraw_leads(session, act.workspace_id, now)
    await ack()
