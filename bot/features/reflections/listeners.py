"""Slack asks: write, answer a question, change or remove an entry."""

from datetime import datetime
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Submission
from bot.delivery.submissions import first_time
from bot.errors import Gone
from bot.features.reflections import answering, forms, library
from bot.features.reflections.journal import rules
from bot.features.reflections.journal import store as journal
from bot.features.reflections.journal.rules import Words
from bot.features.reflections.prompts import store as prompts
from bot.features.reflections.prompts.rules import Pace
from bot.features.reflections.replies import messages as replies
from bot.lookup import id_in
from bot.members import store as members
from bot.members.changes import today_of
from bot.members.models import Member
from bot.messages import Block
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def open_write(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Write], the shortcut, or `/mentor reflect`: an empty page."""
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        view = await _write_form(session, member)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def open_answer(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Write it here]: the form under the question; where it is answered already, more can be added."""
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        prompt = await prompts.own(session, act.workspace_id, member.id, id_in(act.value))
        question = library.prompts().get(prompt.slug)
        view = forms.write(
            await _pace(session, member), prompts.hours_of(member), question=question, prompt_id=prompt.id
        )
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def keep(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The form was handed in: kept, and said so."""
    words = forms.read(act.state)
    if problem := rules.problem_with(words.text):
        await ack(response_action="errors", errors={forms.WORDS: problem})
        return
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        view: Block | None = None
        if await first_time(session, act):
            view = await _keep(session, member, act, words, tools.clock())
    if view is None:
        await ack()
    else:
        await ack(response_action="update", view=view)


async def _keep(session: AsyncSession, member: Member, act: Act, words: Words, now: datetime) -> Block | None:
    """What the writer reads next; None where the question's own message says it."""
    today = today_of(member, now)
    if "prompt" not in act.memory:
        await journal.keep(session, act.workspace_id, member.id, words, today=today, now=now)
        await home.redraw(session, act.workspace_id, [member.id], now=now)
        return forms.kept(today, today)
    prompt = await prompts.own(session, act.workspace_id, member.id, id_in(act.memory["prompt"]), lock=True)
    answered = await answering.answer(session, member, prompt, words, now=now, key=act.view["id"])
    if answered is None:
        raise Gone(
            f"You answered this question before, and both together are more than the {rules.LONGEST:,} characters one "
            "entry can have. Copy your words and keep them as an entry of their own."
        )
    return forms.kept(today, today, added=True) if answered[1] else None


async def open_change(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change]: the entry as it is."""
    async with tools.database.reading() as session:
        member = await members.looking_actor(session, act)
        row = await journal.own(session, act.workspace_id, member.id, id_in(act.value))
        question = library.prompts().get(row.prompt_slug or "")
        view = forms.change(row.id, row.version, await journal.words_of(session, row), question)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def change(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The entry was written anew; whoever had it open in a second window is told, and nothing is overwritten."""
    words = forms.read(act.state)
    if problem := rules.problem_with(words.text):
        await ack(response_action="errors", errors={forms.WORDS: problem})
        return
    errors: dict[str, str] = {}
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        row = await journal.own(session, act.workspace_id, member.id, id_in(act.memory.get("reflection")), lock=True)
        if row.version != act.memory.get("version"):
            if not await _was_this_form(session, act):
                local = row.changed_at.astimezone(ZoneInfo(member.tz))
                errors = forms.stale(forms.Stale(f"{local:%H:%M}"))
        elif await first_time(session, act):
            old = await journal.words_of(session, row)
            parts = old.parts if old.text == words.text else words.parts  # replies stay tied to what they say
            await journal.rewrite(session, row, Words(parts, words.mood, words.theme), now=now)
            await home.redraw(session, act.workspace_id, [member.id], now=now)
    if errors:
        await ack(response_action="errors", errors=errors)
    else:
        await ack()


async def _was_this_form(session: AsyncSession, act: Act) -> bool:
    """Whether this very form was handed in before, so that Slack only repeats it."""
    return await session.get(Submission, (act.workspace_id, act.view["id"])) is not None


async def remove(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Remove], after the question whether they are sure."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await journal.lock_questions(session, act.workspace_id, id_in(act.value))
        row = await journal.own(session, act.workspace_id, member.id, id_in(act.value), lock=True)
        reopened = await answering.remove(session, row, now=now, key=act.trigger_id)
        if act.message_ts and act.message_ts not in [prompt.ts for prompt in reopened]:
            await outbox.enqueue(session, replies.removed(act, now), now=now)
        elif not act.message_ts:
            await home.open_home(session, act.workspace_id, member.id, now=now, place="journal")
    await ack()


async def _write_form(session: AsyncSession, member: Member) -> Block:
    return forms.write(await _pace(session, member), prompts.hours_of(member))


async def _pace(session: AsyncSession, member: Member) -> Pace:
    return prompts.pace_in(await prompts.rhythm_of(session, member.workspace_id, member.id))
