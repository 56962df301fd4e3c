"""The clock asks: put the next question to whoever wants one now."""

from datetime import datetime, timedelta
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
        if member.paused_until is None or member.paused_until <= today:
            await _ask(session, rhythm, member, now)
        rhythm.last_on = today
        store.plan(rhythm, member, now)


async def _ask(session: AsyncSession, rhythm: Rhythm, member: Member, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(member.tz)).date()
    profile = (await members.profiles(session, member.workspace_id, [member.id]))[member.id]
    words = library.prompts()
    slug = rules.choose(
        library.core(),
        [
            rules.Candidate(each.slug, each.theme, each.for_mentors)
            for each in words.values()
            if each.slug not in library.core()
        ],
        await store.history(session, member.workspace_id, member.id),
        mentor=bool(profile.offers),
        today=today,
        luck=member.id,
    )
    expires_at = start_of_day(today + timedelta(days=2), member.tz)
    prompt = await store.put(session, rhythm, slug, today, expires_at=expires_at)
    if prompt is not None:
        await outbox.enqueue(session, messages.question(prompt, member, now), now=now)
        await home.redraw(session, member.workspace_id, [member.id], now=now)
