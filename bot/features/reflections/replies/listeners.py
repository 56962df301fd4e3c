"""Slack tells of a message in the thread of a question: kept, changed or removed, in whatever order that is heard."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.reflections import answering
from bot.features.reflections.journal import rules as words
from bot.features.reflections.journal import store as journal
from bot.features.reflections.journal.rules import Part, Words
from bot.features.reflections.models import Prompt, Reflection, Reply
from bot.features.reflections.prompts import store as prompts
from bot.features.reflections.replies import messages, rules, store
from bot.features.reflections.replies.rules import Said
from bot.members import store as members
from bot.members.models import Member
from bot.registry import Event, Tools
from bot.slack import home


async def wants_reply(session: AsyncSession, event: Event) -> bool:
    """A person's own words in the thread of a question that was put to them; all else is forgotten unread."""
    said = rules.read(event.payload)
    return said is not None and await store.prompt_of(session, event.workspace_id, said) is not None


async def keep_reply(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Have the journal say what the thread says; the same event, and an older one, change nothing."""
    said = rules.read(event.payload)
    found = None if said is None else await store.prompt_of(session, event.workspace_id, said)
    if said is None or found is None:
        return
    prompt = await prompts.own(session, event.workspace_id, found.member_id, found.id, lock=True)
    member = await members.by_id(session, event.workspace_id, prompt.member_id)
    if member is None or member.deactivated_at is not None:
        return
    known = await store.at(session, event.workspace_id, said.channel, said.ts, lock=True)
    now = tools.clock()
    if said.what == "deleted":
        await _deleted(session, prompt, known, said, now)
    elif known is not None and known.state != "refused":
        await _edited(session, prompt, known, said, now)
    elif members.has_joined(member):
        await _written(session, member, prompt, known, said, now)


async def _written(
    session: AsyncSession, member: Member, prompt: Prompt, known: Reply | None, said: Said, now: datetime
) -> None:
    """New words, or shorter ones in place of some that were too long."""
    if known is not None and (said.what != "edited" or not rules.is_newer(said.edited_ts, known.edited_ts)):
        return
    part = Part(await _text(session, prompt, said), said.ts)
    answered = None
    if words.problem_with(part.text) is None:
        answered = await answering.answer(session, member, prompt, Words((part,)), now=now, key=said.ts)
    if known is None:
        known = store.remember(session, prompt, said, state="refused")
    known.edited_ts = said.edited_ts or None
    if answered is None:
        await outbox.enqueue(session, messages.too_long(prompt, now, ts=f"{said.ts}:{said.edited_ts}"), now=now)
        return
    row, added = answered
    known.state, known.reflection_id = "kept", row.id
    await outbox.enqueue(session, messages.kept(prompt, row.id, now, ts=said.ts, added=added), now=now)


async def _edited(session: AsyncSession, prompt: Prompt, known: Reply, said: Said, now: datetime) -> None:
    if said.what != "edited" or known.state == "gone" or not rules.is_newer(said.edited_ts, known.edited_ts):
        return
    row = await _entry(session, prompt, known)
    if row is None:
        return
    known.edited_ts = said.edited_ts
    new = words.with_part_changed(await journal.words_of(session, row), said.ts, await _text(session, prompt, said))
    if new is None:
        as_written = messages.kept_as_written(prompt, now, ts=said.ts, key=said.edited_ts)
        await outbox.enqueue(session, as_written, now=now)
    elif words.problem_with(new.text):
        await outbox.enqueue(session, messages.too_long(prompt, now, ts=f"{said.ts}:{said.edited_ts}"), now=now)
    else:
        await journal.rewrite(session, row, new, now=now)
        await home.redraw(session, prompt.workspace_id, [prompt.member_id], now=now)


async def _deleted(session: AsyncSession, prompt: Prompt, known: Reply | None, said: Said, now: datetime) -> None:
    if known is None:
        store.remember(session, prompt, said, state="gone")  # should its writing be told later, it is known as gone
        return
    row = await _entry(session, prompt, known) if known.state == "kept" else None
    known.state, known.reflection_id = "gone", None
    await session.flush()
    if row is None:
        return
    old = await journal.words_of(session, row)
    new = words.without_part(old, said.ts)
    if new == old:
        await outbox.enqueue(session, messages.kept_as_written(prompt, now, ts=said.ts, key="deleted"), now=now)
        return
    if new.parts:
        await journal.rewrite(session, row, new, now=now)
        await home.redraw(session, prompt.workspace_id, [prompt.member_id], now=now)
    else:
        await answering.remove(session, row, now=now, key=f"deleted:{said.ts}")
    await outbox.enqueue(session, messages.gone(prompt, now, ts=said.ts, empty=not new.parts), now=now)


async def _entry(session: AsyncSession, prompt: Prompt, known: Reply) -> Reflection | None:
    if known.reflection_id is None:
        return None
    return await journal.own(session, prompt.workspace_id, prompt.member_id, known.reflection_id, lock=True)


async def _text(session: AsyncSession, prompt: Prompt, said: Said) -> str:
    named = await members.names_in_slack(session, prompt.workspace_id, words.people_in(said.text))
    return words.as_typed(said.text, named)
