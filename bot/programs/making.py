"""Makes and edits programs: a form with its dates live, a second one with its options; two leads never overwrite each other."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.errors import Gone, TooLate
from bot.lookup import id_in
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Block
from bot.programs import channels, first_hour, forms, rules, store, telling
from bot.programs.kinds import OptionsRead, ProgramKind, ahead_of, kind_of, kinds_of
from bot.programs.leads import place
from bot.programs.models import Program
from bot.registry import Tools
from bot.slack import blocks, home
from bot.slack.act import Act

STALE = (
    "Somebody else changed this program while your form was open, so yours was not saved. Copy what you need, close "
    "this form and open it again: it then shows their version."
)
MORNING = 10 * 60


async def open_new(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The form for a new program; where there are several kinds, the question which one comes first."""
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        kinds = list(kinds_of(session).values())
        if not kinds:
            raise Gone("No feature that has programs is switched on, so there is nothing to set up.")
        chosen = (started.channel if (started := await store.first_hour(session, act.workspace_id)) else None) or ""
        view = _new_form(kinds[0], lead, chosen, tools.clock())
        if len(kinds) > 1:
            view = forms.kind_form([(kind.name, kind.title, kind.about) for kind in kinds])
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def choose_kind(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """On to the form itself."""
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        kind = kinds_of(session).get(str(blocks.chosen(act.state, "kind")))
        if kind is None:
            raise Gone
        chosen = (started.channel if (started := await store.first_hour(session, act.workspace_id)) else None) or ""
        view = _new_form(kind, lead, chosen, tools.clock())
    await ack(response_action="update", view=view)


def _new_form(kind: ProgramKind, lead: Member, channel: str, now: datetime) -> Block:
    """Filled in as far as one can guess: every second Tuesday at ten, where the lead is, from next week on."""
    today = rules.local_date(now, lead.tz)
    draft = forms.ProgramDraft(
        name="", channel=channel, often="w2", weekday=1, minute=MORNING, tz=lead.tz, starts_on=today + timedelta(days=7)
    )
    assert draft.cadence is not None, "it is filled in"
    dates = rules.next_dates(draft.cadence, set(), after=today)
    return forms.program_form(kind.title, kind.about, draft, dates, memory={"kind": kind.name})


async def open_edit(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The same form with a program in it, and the version it shows."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        program = await store.get(session, act.workspace_id, id_in(act.value))
        kind, cadence = kind_of(session, program), store.cadence_of(program)
        draft = forms.ProgramDraft(
            name=program.name,
            channel=program.channel or "",
            often=forms.often_of(cadence),
            weekday=program.weekday,
            minute=program.at_minute,
            tz=program.tz,
            starts_on=program.starts_on,
        )
        memory = {"program": program.id, "version": program.version}
        dates = await store.coming_dates(session, program, now)
        view = forms.program_form(kind.title, kind.about, draft, dates, memory=memory, editing=True)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def show_dates(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The calendar of the form was changed: show the next dates it would lead to."""
    await ack()
    draft, dates = forms.read_program(act.state), list[date]()
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        if draft.cadence is not None and (draft.tz in forms.ZONES or draft.tz == "UTC"):
            closed = await store.holidays(session, act.workspace_id)
            known = await _edited(session, act)
            done = await store.last_date(session, known) if known else None
            skipped = known.skip_through if known else None
            after = rules.earliest(tools.clock(), draft.cadence, done=done, skipped=skipped)
            dates = rules.next_dates(draft.cadence, closed, after=after)
    try:
        view = forms.with_dates(act.view, dates)
        await client.views_update(view_id=act.view["id"], hash=act.view.get("hash"), view=view)
    except SlackApiError as error:
        # A newer change of the same form has been drawn meanwhile, or the form was closed.
        tools.log.info("dates not shown", error=error.response.get("error"))


async def suggest_zone(ack: AsyncAck, act: Act) -> None:
    """Zones whose name holds what was typed."""
    await ack(options=forms.zones_like(act.words))


async def save_program(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """Keep a new program as a draft and go on to its options, or save an edited one."""
    draft, now = forms.read_program(act.state), tools.clock()
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        before = await _edited(session, act)
    tz = draft.tz if draft.tz in forms.ZONES else lead.tz
    today = rules.local_date(now, tz)
    problems = forms.problems_with(draft, today=today, before=before.starts_on if before else None)
    if not problems and (problem := await channels.enter(client, draft.channel)):
        problems["channel"] = problem
    if problems:
        await ack(response_action="errors", errors=problems)
        return
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        if act.memory.get("program"):
            next_view = None
            await _save_edited(session, act, draft, now)
        else:
            next_view = await _make(session, act, draft, lead, now)
        await first_hour.tick_off(session, act.workspace_id, now)
        await telling.redraw_leads(session, act.workspace_id, now)
    if next_view is None:
        await ack()
    else:
        await ack(response_action="update", view=next_view)


async def _edited(session: AsyncSession, act: Act, *, lock: bool = False) -> Program | None:
    """The program a form is about, as it is now; None for a new one."""
    program_id = act.memory.get("program")
    if program_id is None:
        return None
    program = await store.get(session, act.workspace_id, id_in(program_id), lock=lock)
    if program.state == "ended":
        raise Gone("That program has ended, so nothing was changed.")
    return program


async def _make(
    session: AsyncSession, act: Act, draft: forms.ProgramDraft, lead: Member, now: datetime
) -> Block | None:
    """A new program, not started yet; the form with its options. None where this form was handed in before."""
    kind = kinds_of(session).get(str(act.memory.get("kind")))
    if kind is None:
        raise Gone
    if not await first_time(session, act):
        return None
    program = Program(
        workspace_id=act.workspace_id,
        kind=kind.name,
        owner_id=lead.id,
        state="draft",
        options=kind.options().model_dump(mode="json"),
        created_at=now,
        version=1,
        last_number=0,
    )
    _write(program, _facts(draft))
    session.add(program)
    await session.flush()
    await home.open_home(session, act.workspace_id, lead.id, now=now, place=place(program.id))
    return await _options_view(session, program, now)


async def _save_edited(session: AsyncSession, act: Act, draft: forms.ProgramDraft, now: datetime) -> None:
    program = await _edited(session, act, lock=True)
    assert program is not None, "the form says which"
    facts = _facts(draft)
    if all(getattr(program, name) == value for name, value in facts.items()):
        return  # handed in twice, or two leads meant the same
    _check_version(program, act)
    told = telling.told_of(program)
    _write(program, facts)
    program.version += 1
    await store.reschedule(session, program, now)
    await telling.call_off(session, program, told, now)


def _check_version(program: Program, act: Act) -> None:
    if program.version != act.memory.get("version"):
        raise TooLate(STALE)


def _facts(draft: forms.ProgramDraft) -> dict[str, Any]:
    """What a form says of a program, column by column."""
    cadence = draft.cadence
    assert cadence is not None, "it was found to be complete"
    return {"name": draft.name, "channel": draft.channel, **asdict(cadence)}


def _write(program: Program, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(program, name, value)


async def open_options(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The options of a program; for one that has not started, the last step before it does."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        program = await store.get(session, act.workspace_id, id_in(act.value))
        view = await _options_view(session, program, tools.clock())
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def _options_view(session: AsyncSession, program: Program, now: datetime) -> Block:
    kind = kind_of(session, program)
    dates = await store.coming_dates(session, program, now)
    memory: dict[str, Any] = {"program": program.id, "version": program.version}
    fields = kind.option_fields(kind.options.model_validate(program.options))
    return forms.options_form(program.name, fields, dates, memory=memory, starting=program.state == "draft")


async def save_options(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """Keep the options; a program that had not started does now, its dates seen and confirmed."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        kind, _, read = await _options_read(session, act)
    errors = read.errors or await _problem_with_channels(kind, read, client)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        _, program, read = await _options_read(session, act, lock=True)
        if program.state == "draft" or program.options != read.options:  # else handed in twice, or two meant the same
            _check_version(program, act)
            await _keep_options(session, program, read, lead, now)
    await ack(response_action="clear")


async def _keep_options(
    session: AsyncSession, program: Program, read: OptionsRead, lead: Member, now: datetime
) -> None:
    program.options, program.version = read.options, program.version + 1
    starts = program.state == "draft"
    if starts:
        program.state = "active"
    if starts or ahead_of(session, program) is not None:  # how long ahead may be one of the options
        await store.reschedule(session, program, now)
    await first_hour.tick_off(session, program.workspace_id, now)
    await telling.redraw_leads(session, program.workspace_id, now)
    await home.open_home(session, program.workspace_id, lead.id, now=now, place=place(program.id))


async def _options_read(
    session: AsyncSession, act: Act, *, lock: bool = False
) -> tuple[ProgramKind, Program, OptionsRead]:
    program = await _edited(session, act, lock=lock)
    if program is None:
        raise Gone
    kind = kind_of(session, program)
    return kind, program, kind.read_options(act.state, kind.options.model_validate(program.options))


async def _problem_with_channels(kind: ProgramKind, read: OptionsRead, client: AsyncWebClient) -> dict[str, str]:
    """The first channel among a program's options that won't do, under its field."""
    for channel in kind.further_channels(read.options) if kind.further_channels else []:
        if problem := await channels.enter(client, channel):
            return {kind.channels_field: problem}
    return {}
