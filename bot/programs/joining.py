"""A member's side: join, decline, sit one out, leave; nobody is enrolled by anybody else."""

from datetime import date, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone, NotAMember, TooLate
from bot.lookup import id_in
from bot.members import store as members
from bot.members.errors import NotForGuests
from bot.members.joining.listeners import open_first_step
from bot.members.models import Member
from bot.messages import Content
from bot.programs import phrases, store, telling, views
from bot.programs.kinds import ahead_of, kind_of, kinds_of
from bot.programs.models import Program
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


def round_in(value: str) -> tuple[int, date]:
    """The program and the date of the round that a button's value names."""
    program_id, _, day = value.partition(":")
    try:
        return id_in(program_id), date.fromisoformat(day)
    except ValueError:
        raise Gone from None


async def join(
    ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, respond: AsyncRespond, body: dict[str, Any]
) -> None:
    """Somebody says yes. Whoever is not in Perennial yet gets its three steps first, and is enrolled by the last."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        program = await store.get(session, act.workspace_id, id_in(act.value))
        _must_be_open(program)
        if member.is_guest and not (await store.workspace_of(session, act.workspace_id)).guests_allowed:
            raise NotForGuests
        is_in = members.has_joined(member)
        if is_in:
            answer = (await _enrol(session, program, member, now)).text
        else:
            await store.enrol(session, program, member.id, "waiting", now)
        await _redraw(session, act, member, now)
    if not is_in:
        await open_first_step(ack, act, tools, client)
        return
    await ack()
    await _say(act, respond, body, answer)


def _must_be_open(program: Program) -> None:
    if program.state not in ("active", "paused"):
        raise Gone("That program is not open, so there is nothing to join. Your Home tab shows which ones are.")


async def _enrol(session: AsyncSession, program: Program, member: Member, now: datetime) -> Content:
    """Put a member in; what they are told."""
    if not await store.enrol(session, program, member.id, "joined", now):
        return Content(views.already_in(program.name))
    if kind := kinds_of(session).get(program.kind):
        await kind.on_join(session, program.workspace_id, program.id, member.id, now)
    coming = await store.next_moment(session, program, now)
    return views.welcome(program.name, phrases.moment(coming, member.tz) if coming else None)


async def came_in(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Somebody finished the three steps: the programs they had said yes to before are theirs now."""
    member = await members.by_id(session, workspace_id, member_id)
    assert member is not None, "whoever joins exists"
    for program in await store.enrolments_of(session, workspace_id, member_id, "waiting"):
        welcome = await _enrol(session, program, member, now)
        key = f"welcome:{now.isoformat()}"
        await telling.tell(session, program, member, views.CONFIRMED, welcome, key=key, now=now)


async def went_away(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Somebody left Perennial: they are in no program any more."""
    for state in ("joined", "waiting"):
        for program in await store.enrolments_of(session, workspace_id, member_id, state):
            await store.enrol(session, program, member_id, "left", now)
            kind = kinds_of(session).get(program.kind)
            if state == "joined" and kind is not None:
                await kind.on_leave(session, workspace_id, program.id, member_id, now)


async def decline(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond, body: dict[str, Any]) -> None:
    """Somebody would rather not; they are not asked again. From those who are in already it takes nothing away."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        program = await store.get(session, act.workspace_id, id_in(act.value))
        said = await store.enrolment(session, program, member.id)
        is_in = said is not None and said.state == "joined"
        if not is_in:
            await store.enrol(session, program, member.id, "declined", now)
            await _redraw(session, act, member, now)
        answer = views.still_in(program.name) if is_in else views.declined(program.name)
    await ack()
    await _say(act, respond, body, answer)


async def leave(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond, body: dict[str, Any]) -> None:
    """Somebody leaves a program; whom they met stays theirs."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        program = await store.get(session, act.workspace_id, id_in(act.value))
        said = await store.enrolment(session, program, member.id)
        if said is None or said.state != "joined":
            raise Gone("You are not in that program, so there is nothing to leave.")
        await store.enrol(session, program, member.id, "left", now)
        await kind_of(session, program).on_leave(session, act.workspace_id, program.id, member.id, now)
        await _redraw(session, act, member, now)
    await ack()
    await _say(act, respond, body, views.left(program.name))


async def skip(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Sit out one round, until it opens."""
    await _set_skip(act, tools, skips=True)
    await ack()


async def unskip(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Take part after all, until it opens."""
    await _set_skip(act, tools, skips=False)
    await ack()


async def _set_skip(act: Act, tools: Tools, *, skips: bool) -> None:
    now = tools.clock()
    program_id, day = round_in(act.value)
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        program = await store.get(session, act.workspace_id, program_id, lock=True)  # nobody opens it meanwhile
        said = await store.enrolment(session, program, member.id, lock=True)
        if said is None or said.state != "joined":
            raise NotAMember("You are not in that program, so there is nothing to skip. Your Home tab shows yours.")
        if ahead_of(session, program) is not None:
            raise TooLate("You say for each session of this program whether you come, so there is nothing to skip.")
        if program.next_date != day or program.due_at is None or program.due_at <= now:
            raise TooLate
        said.skip_date = day if skips else None
        if act.message_ts:
            shown = (views.sits_out if skips else views.takes_part)(program.name, program.id, day)
            await telling.replace_used(session, act, f"program:{program.id}", shown, now)
        await _redraw(session, act, member, now)


async def _redraw(session: AsyncSession, act: Act, member: Member, now: datetime) -> None:
    """Show the change to its person at once if they pressed on their Home tab, and to leads who are looking."""
    if act.view.get("type") == "home":
        await home.open_home(session, act.workspace_id, member.id, now=now)
    else:
        await home.redraw(session, act.workspace_id, [member.id], now=now)
    await telling.redraw_leads(session, act.workspace_id, now)


async def _say(act: Act, respond: AsyncRespond, body: dict[str, Any], text: str) -> None:
    """Answer where it was pressed, to that person only; an offer only they see is replaced by what they chose."""
    if act.response_url:
        only_theirs = bool((body.get("container") or {}).get("is_ephemeral"))
        await respond(text=text, response_type="ephemeral", replace_original=only_theirs)
