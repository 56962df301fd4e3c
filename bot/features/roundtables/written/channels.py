"""Follows the further channels of a program: one that was archived, or that the bot left, is taken out, and its owner told."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.roundtables.written import store, views
from bot.features.roundtables.written.options import RoundtableOptions
from bot.messages import Content
from bot.programs import store as programs
from bot.programs import telling
from bot.programs.models import Program
from bot.registry import Event, Tools

Say = Callable[[str, str], Content]  # (name of the program, channel)


async def wants(session: AsyncSession, event: Event) -> bool:
    """Only what happens in a further channel of ours."""
    return bool(await _programs_in(session, event.workspace_id, _channel(event)))


async def wants_new_id(session: AsyncSession, event: Event) -> bool:
    """The same, or where a thread of ours stands, be it in a program's own channel."""
    return await wants(session, event) or await store.has_threads(session, event.workspace_id, _channel(event))


async def archived(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Nobody reads there any more."""
    await _take_out(session, event, views.taken_out, tools.clock())


async def somebody_left(session: AsyncSession, event: Event, tools: Tools) -> None:
    """If it was the bot itself; people may come and go."""
    workspace = await programs.workspace_of(session, event.workspace_id)
    if event.payload.get("user") == workspace.bot_user_id:
        await _take_out(session, event, views.sent_out, tools.clock())


async def renumbered(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Slack gave a channel another id: follow it, threads that are open included."""
    old, new = _channel(event), str(event.payload["new_channel_id"])
    for found in await _programs_in(session, event.workspace_id, old):
        program = await programs.get(session, event.workspace_id, found.id, lock=True)
        _set(program, [new if each == old else each for each in _further(program)])
    await store.renumber(session, event.workspace_id, old, new)


async def _take_out(session: AsyncSession, event: Event, news: Say, now: datetime) -> None:
    channel = _channel(event)
    for found in await _programs_in(session, event.workspace_id, channel):
        program = await programs.get(session, event.workspace_id, found.id, lock=True)
        _set(program, [each for each in _further(program) if each != channel])
        key = f"roundtable-taken-out:{event.event_id}"
        await telling.tell_owner(session, program, news(program.name, channel), key=key, now=now)
    await telling.redraw_leads(session, event.workspace_id, now)


async def _programs_in(session: AsyncSession, workspace_id: int, channel: str) -> list[Program]:
    living = await programs.living(session, workspace_id)
    return [each for each in living if each.kind == store.KIND and channel in _further(each)]


def _further(program: Program) -> list[str]:
    return RoundtableOptions.model_validate(program.options).channels


def _set(program: Program, channels: list[str]) -> None:
    program.options, program.version = program.options | {"channels": channels}, program.version + 1


def _channel(event: Event) -> str:
    return str(event.payload.get("old_channel_id") or event.payload.get("channel") or "")
