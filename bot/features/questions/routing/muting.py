"""A reported question: looked at, hidden, put back; closed by a moderator, and its alias muted, whoever that is."""

from datetime import datetime, timedelta

from slack_bolt.async_app import AsyncAck, AsyncRespond
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new, vault_of
from bot.delivery import outbox
from bot.errors import Gone
from bot.features.questions import askers, lifecycle, messages, rules, store
from bot.features.questions.models import AliasMute, Question
from bot.features.questions.routing import audiences, muting_views
from bot.members.moderation.deciding import acting
from bot.members.moderation.rules import UPHELD
from bot.messages import Block, Content
from bot.registry import Reportable, Tools, Written
from bot.slack import blocks
from bot.slack.act import Act

MUTED_FOR = timedelta(days=30)


async def look(session: AsyncSession, workspace_id: int, question_id: int, now: datetime) -> Written | None:
    """What it asks, hidden or not."""
    try:
        question = await store.get(session, workspace_id, question_id)
        words = await store.words_of(session, question)
    except Gone:
        return None
    text = blocks.escape("\n".join(filter(None, (words.question, words.context))))
    return Written(text, question.asker_id, "a question")


async def hide(session: AsyncSession, workspace_id: int, question_id: int, now: datetime) -> None:
    """Nobody reads it any more, and nobody is asked; one that was over before keeps how it ended."""
    question = await store.get(session, workspace_id, question_id, lock=True)
    if question.state in rules.OPEN:
        await lifecycle.end(session, question, "hidden", now=now)
    elif question.state == "closed":
        question.state = "hidden"
        await _show_to_all(session, question, now)


async def restore(session: AsyncSession, workspace_id: int, question_id: int, now: datetime) -> None:
    """It is back: open questions are asked again from the first step, closed ones are closed."""
    question = await store.get(session, workspace_id, question_id, lock=True)
    if question.state != "hidden":
        return
    if question.closing is not None:
        question.state = "closed"
        await _show_to_all(session, question, now)
    else:
        await lifecycle.reopen(session, question, now=now)


async def tell(session: AsyncSession, workspace_id: int, question_id: int, what: str, now: datetime) -> None:
    """Its asker hears of it in their own thread, alias or not."""
    question = await store.get(session, workspace_id, question_id)
    content = Content("Something you asked was looked at.", [blocks.section(what)])
    await messages.tell(session, question, content, now=now, key=f"looked-at:{outbox.moment(session, now)}")


async def extra(session: AsyncSession, workspace_id: int, question_id: int) -> list[Block]:
    """[Close it and mute this alias], where so many could be meant that this singles out nobody."""
    question = await store.get(session, workspace_id, question_id)
    return [muting_views.button(question.id)] if await _may_be_muted(session, question) else []


REPORTABLE = Reportable(look=look, hide=hide, restore=restore, tell=tell, extra=extra)


async def mute(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """A moderator closes it, and whoever asked asks under their own name for a while; nobody sees who that is."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, report = await acting.decider(session, act, f"question:{act.value}", now)
        question = await store.get(session, act.workspace_id, act.value, lock=True)
        if not await _may_be_muted(session, question):
            raise Gone
        await acting.decide(session, report, member, UPHELD, now)
        await _mute(session, question, now)
        await lifecycle.end(session, question, "closed", closing="moderator", now=now)
        content = muting_views.muted(now + MUTED_FOR)
        await messages.tell(session, question, content, now=now, key=f"muted:{outbox.moment(session, now)}")
    await ack()
    content = muting_views.done(now + MUTED_FOR)
    if act.response_url:
        await respond(text=content.text, blocks=content.blocks, response_type="ephemeral", replace_original=False)


async def is_muted(session: AsyncSession, workspace_id: int, member_id: int, *, now: datetime) -> bool:
    """Whether somebody asks under their own name only for the time being. To be told to nobody but them."""
    query = select(AliasMute.id).where(
        AliasMute.workspace_id == workspace_id,
        AliasMute.asker_hash == askers.hash_of(session, workspace_id, member_id, under_alias=True),
        AliasMute.until > now,
    )
    return (await session.execute(query)).first() is not None


async def _mute(session: AsyncSession, question: Question, now: datetime) -> None:
    asker, until = askers.asker_of(session, question), now + MUTED_FOR
    row = {
        "workspace_id": question.workspace_id,
        "asker_hash": question.asker_hash,
        "asker_sealed": vault_of(session).seal_json({"member_id": asker.member_id}, f"mute:{question.workspace_id}"),
        "until": until,
    }
    unique = ("workspace_id", "asker_hash")
    if not await insert_new(session, AliasMute, [row], unique=unique, returning=AliasMute.id):
        query = select(AliasMute).where(
            AliasMute.workspace_id == question.workspace_id, AliasMute.asker_hash == question.asker_hash
        )
        (await session.execute(query)).scalar_one().until = until


async def _may_be_muted(session: AsyncSession, question: Question) -> bool:
    size = await audiences.size(session, question.workspace_id, question.audience)
    return bool(question.alias) and size >= rules.SMALL_AUDIENCE


async def _show_to_all(session: AsyncSession, question: Question, now: datetime) -> None:
    await session.flush()
    for each in await store.asked_for(session, question):
        await lifecycle.show_to_asked(session, each, now=now)
    await lifecycle.changed(session, question, now=now)
