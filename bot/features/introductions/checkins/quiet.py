"""When somebody has gone quiet: a pause that ends by itself, told with three ways on."""

from datetime import date, datetime

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.introductions.checkins import messages, rules, store, views
from bot.features.introductions.hello.messages import their_hours
from bot.features.introductions.making.store import KIND
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Message, People
from bot.programs import store as programs
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act
from bot.slack.used import in_place


async def pause_if_quiet(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """After three rounds whose check-ins passed without a word: paused for four weeks, and told."""
    if not rules.has_gone_quiet(await store.lately(session, workspace_id, member_id, limit=rules.SILENT_ROUNDS)):
        return
    member = await members.by_id(session, workspace_id, member_id, lock=True)
    if member is None or not members.has_joined(member) or member.paused_until is not None:
        return
    until = changes.today_of(member, now) + rules.PAUSE_FOR
    await changes.rest(session, member, until, now=now, reason="unanswered")
    person = (await members.recipients(session, workspace_id, [member_id]))[member_id]
    message = Message(
        workspace_id=workspace_id,
        kind=messages.QUIET.name,
        subject=f"member:{member_id}:quiet",
        to=People((member.slack_id,), (member_id,)),
        dedupe_key=f"member:{member_id}:quiet:{until}",
        due_at=their_hours(person, now),
        content=views.gone_quiet(in_words(until)),
    )
    await outbox.enqueue(session, message, now=now)


def in_words(day: date) -> str:
    """A date as one says it."""
    return f"{day:%A}, {day.day} {day:%B}"


async def choose(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Stay, pause, or stop introductions."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        if act.action_id == views.STAY:
            changes.resume(member)
        elif act.action_id == views.STOP:
            changes.resume(member)
            await _stop(session, member, now)
        elif member.paused_until is None:
            await changes.rest(session, member, changes.today_of(member, now) + rules.PAUSE_FOR, now=now)
        until = in_words(member.paused_until) if member.paused_until else ""
        content, subject = views.chosen_after_quiet(act.action_id, until), f"member:{member.id}:quiet"
        update = in_place(act, messages.ANSWERED, subject, content, key=f"{subject}:{act.trigger_id}", now=now)
        await outbox.enqueue(session, update, now=now)
        await home.redraw(session, act.workspace_id, [member.id], now=now)
    await ack()


async def _stop(session: AsyncSession, member: Member, now: datetime) -> None:
    """They leave every program of introductions; whom they met stays theirs."""
    for program in await programs.enrolments_of(session, member.workspace_id, member.id, "joined"):
        if program.kind == KIND:
            await programs.enrol(session, program, member.id, "left", now)
