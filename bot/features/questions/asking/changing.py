"""Slack asks: the words of a question are changed, or something is added to it; of two windows, the second is told."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.models import Submission
from bot.delivery.submissions import first_time
from bot.features.questions import store as questions
from bot.features.questions.asking import acting, changed_views, forms, neighbours
from bot.features.questions.asking.errors import NotOpen
from bot.features.questions.asking.forms import Typed
from bot.features.questions.models import Question
from bot.features.questions.rules import OPEN
from bot.messages import Block
from bot.registry import Tools
from bot.slack.act import Act
from bot.slack.handed_in import answer_form


async def open_change(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change words]: the form with what the question says now."""
    async with tools.database.transaction() as session:
        _, question = await acting.own(session, act, act.value)
        if question.state not in OPEN:
            raise NotOpen
        view = changed_views.change_form(question.id, question.version, await typed_of(session, question))
    await ack()
    await acting.open_window(client, act, view)


async def save_change(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep the words as they are now. Where another window was quicker, nothing is kept, and the form says what holds."""
    typed, memory = forms.read(act.state), act.memory
    errors = forms.problems_with_words(typed)
    view: Block | None = None
    if not errors:
        async with tools.database.transaction() as session:
            _, question = await acting.own(session, act, memory.get("question"))
            if not await _handed_in_before(session, act):
                view = await _save(session, act, question, typed, memory, tools)
    await answer_form(ack, forms.placed(errors, act.view), view)


async def _save(
    session: AsyncSession, act: Act, question: Question, typed: Typed, memory: dict[str, Any], tools: Tools
) -> Block | None:
    if question.state not in OPEN:
        raise NotOpen
    if question.version != memory.get("version"):
        holds = await typed_of(session, question)
        return changed_views.change_form(question.id, question.version, typed, above=changed_views.elsewhere(holds))
    note = await neighbours.distress_note(session, act.workspace_id, f"{typed.question}\n{typed.context}")
    if note and "care" not in memory:
        note = [*note, forms.send_anyway()]
        return changed_views.change_form(question.id, question.version, typed, above=note, care=True)
    await first_time(session, act)
    await keep(session, question, typed, tools)
    return None


async def keep(session: AsyncSession, question: Question, typed: Typed, tools: Tools) -> None:
    """Question, context and skills are these from now on, wherever they are read."""
    now = tools.clock()
    await questions.write(session, question, forms.to_words(typed))
    await questions.set_skills(session, question, typed.skills)
    question.version += 1
    question.changed_at = now
    await acting.show_everybody(session, question, now=now)


async def typed_of(session: AsyncSession, question: Question) -> Typed:
    """What a question says, as the form holds it."""
    words = await questions.words_of(session, question)
    skills = (await questions.skills_of(session, question.workspace_id, [question.id])).get(question.id, {})
    return Typed(question=words.question, context=words.context, skills=tuple(skills.values()))


async def _handed_in_before(session: AsyncSession, act: Act) -> bool:
    """Whether this very form was kept before, so that Slack only repeats it."""
    return await session.get(Submission, (act.workspace_id, act.view["id"])) is not None
