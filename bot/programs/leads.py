"""A lead's daily life: look, pause, resume, send, skip, stop, invite, end; each act authorised where it is performed."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.errors import Gone, PerennialError, TooLate
from bot.lookup import id_in
from bot.members import store as members
from bot.messages import Channel, Message
from bot.programs import channels, first_hour, phrases, rounds, store, telling, views
from bot.programs.kinds import kind_of, kinds_of
from bot.programs.models import Program
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act

Change = Callable[[AsyncSession, Program, datetime], Awaitable[None]]
INVITE_AGAIN = timedelta(minutes=10)


def place(program_id: int) -> str:
    """Where a program's page is on a lead's Home tab."""
    return f"program:{program_id}"


async def change(act: Act, tools: Tools, do: Change, *, program_id: int | None = None, edits: bool = True) -> None:
    """One lead's act on one program, locked: authorised, done, shown. `edits`: forms opened before are out of date."""
    now = tools.clock()
    wanted = program_id if program_id is not None else id_in(act.value)
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        program = await store.get(session, act.workspace_id, wanted, lock=True)
        if program.state == "ended":
            raise Gone("That program has ended, so nothing was changed.")
        told = telling.told_of(program)
        await do(session, program, now)
        if edits:
            program.version += 1
        await telling.call_off(session, program, told, now)
        await first_hour.tick_off(session, act.workspace_id, now)
        await telling.redraw_leads(session, act.workspace_id, now)
        where = place(program.id) if program.state != "ended" else ""
        await home.open_home(session, act.workspace_id, lead.id, now=now, place=where)


async def look(act: Act, tools: Tools, *, to: str) -> None:
    """Turn a lead's Home tab to a page."""
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        await home.open_home(session, act.workspace_id, lead.id, now=tools.clock(), place=to)


async def open_page(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """To one program's page."""
    await look(act, tools, to=place(id_in(act.value)))
    await ack()


async def open_all(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """To the list of all programs."""
    await look(act, tools, to="programs")
    await ack()


async def go_back(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """To the front of the Home tab; anybody may."""
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        await home.open_home(session, act.workspace_id, member.id, now=tools.clock(), place="")
    await ack()


async def pause(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Open no rounds until it is resumed."""

    async def do(session: AsyncSession, program: Program, now: datetime) -> None:
        if program.state != "active":
            raise TooLate("It is not running, so there is nothing to pause.")
        program.state, program.pause_reason = "paused", "asked"
        await store.reschedule(session, program, now)

    await change(act, tools, do)
    await ack()


async def resume(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """Open rounds again, from the next date on; its channel must still do."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        found = await store.get(session, act.workspace_id, id_in(act.value))
    problem = await channels.enter(client, found.channel or "")
    if problem:
        raise PerennialError(problem)

    async def do(session: AsyncSession, program: Program, now: datetime) -> None:
        if program.state != "paused" or program.channel != found.channel:
            raise TooLate
        program.state, program.pause_reason = "active", None
        await store.reschedule(session, program, now)

    await change(act, tools, do)
    await ack()


async def end(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Open no rounds ever again; what is under way goes on, and whom people met stays theirs."""

    async def do(session: AsyncSession, program: Program, now: datetime) -> None:
        program.state, program.ended_at = "ended", now
        await store.reschedule(session, program, now)
        if draft := await store.draft_of(session, program):
            draft.state, draft.note = "stopped", "its program ended"
        kind = kinds_of(session).get(program.kind)
        if kind is not None and kind.ended is not None:
            await kind.ended(session, program, now)

    await change(act, tools, do)
    await ack()


async def send_now(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Open a round at once; it leaves in ten minutes."""

    async def do(session: AsyncSession, program: Program, now: datetime) -> None:
        await rounds.send_now(session, program, now)

    await change(act, tools, do, edits=False)
    await ack()


async def undo_send(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Take back a round that has not left."""

    async def do(session: AsyncSession, program: Program, now: datetime) -> None:
        opened = await store.get_round(session, act.workspace_id, id_in(act.value), lock=True)
        await rounds.undo_send(session, opened, program, now)

    await change(act, tools, do, program_id=await _program_of_round(act, tools), edits=False)
    await ack()


async def stop_round(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Stop a round that is being sent; its page says who already got theirs."""

    async def do(session: AsyncSession, program: Program, now: datetime) -> None:
        opened = await store.get_round(session, act.workspace_id, id_in(act.value), lock=True)
        await rounds.stop_round(session, opened, program, now)

    await change(act, tools, do, program_id=await _program_of_round(act, tools), edits=False)
    await ack()


async def _program_of_round(act: Act, tools: Tools) -> int:
    async with tools.database.reading() as session:
        return (await store.get_round(session, act.workspace_id, id_in(act.value))).program_id


async def skip_next(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Let the next date pass."""

    async def do(session: AsyncSession, program: Program, now: datetime) -> None:
        await rounds.skip_next(session, program, now)

    await change(act, tools, do)
    await ack()


async def undo_skip(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Bring the skipped date back."""

    async def do(session: AsyncSession, program: Program, now: datetime) -> None:
        await rounds.undo_skip(session, program, now)

    await change(act, tools, do)
    await ack()


async def invite(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Post the invitation in the program's channel."""

    async def do(session: AsyncSession, program: Program, now: datetime) -> None:
        if program.state != "active" or program.channel is None:
            raise TooLate("It is not running, so nobody could join. Start or resume it first.")
        if program.invited_at is not None and now - program.invited_at < INVITE_AGAIN:
            raise TooLate("The invitation was posted a few minutes ago, so it was not posted again.")
        lines = kind_of(session, program).invitation_lines(program)
        post = Message(
            workspace_id=program.workspace_id,
            kind=views.INVITATION.name,
            subject=f"program:{program.id}:invitation",
            to=Channel(program.channel),
            dedupe_key=f"program:{program.id}:invitation:{now.isoformat()}",
            due_at=now,
            content=views.invitation(
                program,
                [f"It happens {phrases.cadence(store.cadence_of(program))}.", *lines],
                await store.next_moment(session, program, now),
            ),
        )
        await outbox.enqueue(session, post, now=now)
        program.invited_at = now

    await change(act, tools, do, edits=False)
    await ack()
