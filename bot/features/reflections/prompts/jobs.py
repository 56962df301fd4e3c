"""The clock asks: put the next question to whoever wants one now."""

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.reflections import library
from bot.features.reflections.models import Rhythm
from bot.features.reflections.prompts import messages, rules, store
from bot.members import store as members
from bot.members.models import Member
from bot.members.rules import start_of_day
from bot.registry import Tools
from bot.scheduler import one_by_one
from bot.slack import home


async def ask(tools: Tools) -> int:
    """Ask everybody who is due, each in a transaction of its own."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(ask_one, tools))


async def ask_one(tools: Tools, found: tuple[int, int]) -> None:
    """One person, if they are still due; whoever is gone is asked no more, whoever is paused not this time."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        rhythm = await store.rhythm_of(session, *found, lock=True)
        if rhythm is None or rhythm.due_at is None or rhythm.due_at > now:
            return
        member = await members.by_id(session, *found)
        if member is None or member.deactivated_at is not None or not members.has_joined(member):
            rhythm.due_at = None
            return
        today = now.astimezone(ZoneInfo(member.tz)).date()
        paused = member.paused_until is not None and member.paused_until > today
        if not paused and not await _had_one_on(session, member, today):
            await _ask(session, rhythm, member, today, now)
            rhythm.last_on = today
        store.plan(rhythm, member, now)


async def _had_one_on(session: AsyncSession, member: Member, today: date) -> bool:
    """Whether one that had to wait reached them today: one a day is enough."""
    last_put = await store.last_put(session, member.workspace_id, member.id)
    return last_put is not None and last_put.astimezone(ZoneInfo(member.tz)).date() == today


async def _ask(session: AsyncSession, rhythm: Rhythm, member: Member, today: date, now: datetime) -> None:
    """Put one question; an older one that still waits is taken back."""
    await messages.take_back(session, member.workspace_id, member.id, now)
    last_day = rules.useful_through(today, store.hours_of(member))
    expires_at = start_of_day(last_day + timedelta(days=1), member.tz)
    slug = await _choose(session, member, today)
    prompt = await store.put(session, rhythm, slug, today, expires_at=expires_at)
    if prompt is not None:
        await outbox.enqueue(session, messages.question(prompt, member, now), now=now)
        await home.redraw(session, member.workspace_id, [member.id], now=now)


async def _choose(session: AsyncSession, member: Member, today: date) -> str:
    """The slug of the question that comes next for them."""
    core, words = library.core(), library.prompts()
    profile = (await members.profiles(session, member.workspace_id, [member.id]))[member.id]
    return rules.choose(
        core,
        [rules.Candidate(each.slug, each.theme, each.for_mentors) for each in words.values() if each.slug not in core],
        await store.history(session, member.workspace_id, member.id),
        mentor=bool(profile.offers),
        today=today,
        luck=member.id,
    )
