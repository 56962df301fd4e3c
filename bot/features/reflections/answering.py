"""An answer to a question becomes an entry, or is added to the one that is there; a removed one opens the question again."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.reflections.journal import rules
from bot.features.reflections.journal import store as journal
from bot.features.reflections.journal.rules import Words
from bot.features.reflections.models import Prompt, Reflection
from bot.features.reflections.prompts import messages
from bot.features.reflections.sharing import messages as told
from bot.features.reflections.sharing import store as sharing
from bot.members.changes import today_of
from bot.members.models import Member
from bot.slack import home


async def answer(
    session: AsyncSession, member: Member, prompt: Prompt, words: Words, *, now: datetime, key: str
) -> tuple[Reflection, bool] | None:
    """Keep an answer to a locked prompt; the entry, and whether there was one before. None where it grew too long."""
    before = await entry_of(session, prompt)
    if before is not None:
        old = await journal.words_of(session, before)
        new = old
        for part in words.parts:
            new = rules.with_part(new, part)
        new = Words(new.parts, words.mood or old.mood, words.theme or old.theme)
        if rules.problem_with(new.text):
            return None
        await journal.rewrite(session, before, new, now=now)
        row = before
    else:
        row = await journal.keep(
            session,
            member.workspace_id,
            member.id,
            words,
            today=today_of(member, now),
            now=now,
            prompt_slug=prompt.slug,
        )
    prompt.state, prompt.reflection_id = "answered", row.id
    await session.flush()
    await messages.show(session, prompt, now, key=key)
    await home.redraw(session, member.workspace_id, [member.id], now=now)
    return row, before is not None


async def entry_of(session: AsyncSession, prompt: Prompt) -> Reflection | None:
    """The entry a prompt was answered with, locked."""
    if prompt.reflection_id is None:
        return None
    return await journal.own(session, prompt.workspace_id, prompt.member_id, prompt.reflection_id, lock=True)


async def remove(session: AsyncSession, row: Reflection, *, now: datetime, key: str) -> list[Prompt]:
    """The entry goes, with its words; the questions it answered stand open again, and are returned."""
    workspace_id, member_id = row.workspace_id, row.member_id
    readers = [reader.member_id for reader in await sharing.readers(session, workspace_id, row.id)]
    await told.end(session, workspace_id, row.id, readers, now)
    reopened = await journal.remove(session, row, now=now)
    for prompt in reopened:
        await messages.show(session, prompt, now, key=key)
    await home.redraw(session, workspace_id, [member_id], now=now)
    return reopened
