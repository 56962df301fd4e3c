"""Slack tells of a message in a thread of a round: kept, changed or gone, in whatever order that is heard."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.roundtables.models import Roundtable, RoundtableReply, RoundtableThread
from bot.features.roundtables.written import messages, reactions_store, replies_store, rules, store
from bot.members import writing
from bot.members.store import names_in_slack
from bot.registry import Event, Tools
from bot.slack import said as reading
from bot.slack.said import Said


class NotConfirmed(Exception):
    """Slack has not said which message our question is, so nobody knows whether this stands under it."""


async def wants(session: AsyncSession, event: Event) -> bool:
    """Words in a thread of ours that is open, and what becomes of words we have; all else is forgotten unread.

    Where the outcome of our own post is unknown, words in any thread of its channel wait until that is.
    """
    said = reading.read(event.payload)
    if said is None or said.kind == "im" or (not said.thread_ts and said.what != "deleted"):
        return False
    thread = await _thread(session, event.workspace_id, said)
    if thread is None:
        return bool(said.thread_ts) and await _may_be_ours(session, event.workspace_id, said)
    known = await replies_store.at(session, event.workspace_id, said.channel, said.ts)
    return known is not None or thread.state == store.OPEN


async def hear(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Have what we keep say what the thread says; the same event, and an older one, change nothing."""
    said = reading.read(event.payload)
    thread = None if said is None else await _thread(session, event.workspace_id, said)
    if said is None:
        return
    if thread is None:
        if await _may_be_ours(session, event.workspace_id, said):
            raise NotConfirmed  # the inbox tries again, by when it is
        return
    # Locked: one event of a round after the other.
    roundtable = await store.get(session, event.workspace_id, thread.round_id, lock=True)
    await session.refresh(thread)
    known = await replies_store.at(session, event.workspace_id, said.channel, said.ts, lock=True)
    if said.what == "deleted" and said.ts == thread.ts:
        thread.state = store.LOST  # the prompt itself was deleted
    elif said.what == "deleted" or (known is not None and not said.text):
        await _gone(session, thread, known, said)
    elif known is not None:
        await _edited(session, roundtable, known, said)
    elif thread.state == store.OPEN:
        await _written(session, thread, said)


async def _thread(session: AsyncSession, workspace_id: int, said: Said) -> RoundtableThread | None:
    """The thread it stands in, or that stands under it; Slack does not always say of what is gone where it stood."""
    if said.thread_ts or said.by_app:
        return await replies_store.thread_at(session, workspace_id, said.channel, said.thread_ts or said.ts)
    known = await replies_store.at(session, workspace_id, said.channel, said.ts)
    return None if known is None else await store.thread(session, workspace_id, known.thread_id)


async def _may_be_ours(session: AsyncSession, workspace_id: int, said: Said) -> bool:
    for thread in await replies_store.waiting_in(session, workspace_id, said.channel):
        post = await outbox.find(session, workspace_id, messages.prompt_key(thread))
        if post is not None and post.state in ("sending", "unknown"):
            return True
    return False


async def _written(session: AsyncSession, thread: RoundtableThread, said: Said) -> None:
    writer = await writing.in_channel(session, thread.workspace_id, said.user, said.team)
    if writer is None:
        return
    if writer.member is None:
        await replies_store.add(session, thread, said, None, store.UNREAD)
        return
    state = store.APART if rules.is_kept_out(said.text) else store.KEPT
    await replies_store.add(session, thread, said, writer.member.id, state, await _text(session, thread, said))


async def _edited(session: AsyncSession, roundtable: Roundtable, known: RoundtableReply, said: Said) -> None:
    """Words that were forgotten do not come back by an edit, and of whoever left meanwhile no new ones are kept."""
    if said.what != "edited" or known.state not in (store.KEPT, store.APART):
        return
    if not reading.is_newer(said.edited_ts, known.edited_ts):
        return
    known.edited_ts = said.edited_ts
    known.state = store.APART if rules.is_kept_out(said.text) else store.KEPT
    writer = await writing.in_channel(session, known.workspace_id, said.user, said.team)
    may_keep = known.state == store.KEPT and roundtable.step != store.DONE and writer is not None and writer.may_be_kept
    await replies_store.write(session, known, await _text(session, known, said) if may_keep else "")
    if known.state == store.APART:
        await reactions_store.forget_reply(session, known)


async def _gone(session: AsyncSession, thread: RoundtableThread, known: RoundtableReply | None, said: Said) -> None:
    if known is None:  # should its writing be told later, it is known as gone
        await replies_store.add(session, thread, said, None, store.GONE)
        return
    known.state, known.body = store.GONE, None
    await reactions_store.forget_reply(session, known)


async def _text(session: AsyncSession, near: RoundtableThread | RoundtableReply, said: Said) -> str:
    named = await names_in_slack(session, near.workspace_id, reading.people_in(said.text))
    return reading.as_typed(said.text, named)
