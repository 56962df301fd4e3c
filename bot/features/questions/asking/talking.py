"""A message to the bot can become a question, or part of an open one: read back by its writer's own press."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.features.questions import askers
from bot.features.questions import rules as question_rules
from bot.features.questions import store as questions
from bot.features.questions.asking import acting, changed_views, changing, forms, neighbours
from bot.features.questions.asking.changed_views import ADD, MORE, WHICH
from bot.features.questions.asking.errors import NotOpen
from bot.features.questions.asking.forms import Errors, Typed
from bot.features.questions.asking.listeners import asker, show_form, typed_from
from bot.features.questions.asking.reading import words_at
from bot.features.questions.models import Question
from bot.features.questions.rules import LONGEST_CONTEXT, OPEN
from bot.features.questions.threads import places, telling
from bot.features.questions.threads import store as answers
from bot.members.models import Member
from bot.messages import Block
from bot.registry import TalkOffer, Tools
from bot.slack.act import Act
from bot.slack.blocks import chosen
from bot.slack.handed_in import answer_form

ASK = "questions.ask_with_message"
NOTHING_OPEN = "You have no open question, so there is nothing to add to. “Ask mentors” begins one."


async def has_open(session: AsyncSession, workspace_id: int, member_id: int) -> bool:
    """Whether somebody has an open question, so that there is something to add to."""
    return bool(await questions.mine(session, workspace_id, member_id, limit=1))


OFFER = TalkOffer("Ask mentors", ASK)
ADD_OFFER = TalkOffer("Add to the open question", ADD, fits=has_open)


async def ask_with_message(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Ask mentors] under a message: the form with its words; nothing is asked before it is handed in."""
    await show_form(ack, act, tools, client, typed_from(await words_at(act, tools, client)))


async def open_add(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Add to the open question]: which one, and the words."""
    text = await words_at(act, tools, client)
    async with tools.database.reading() as session:
        member = await asker(session, act)
        open_ones = await _lines(session, act.workspace_id, member.id)
    if not open_ones:
        raise NotOpen(NOTHING_OPEN)
    await ack()
    view = changed_views.add_form(open_ones, text[:LONGEST_CONTEXT], memory={"place": act.value})
    await acting.open_window(client, act, view)


async def save_add(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Part of the question from now on: said in its thread where somebody holds it, else below its context."""
    more = str(chosen(act.state, MORE) or "").strip()
    errors: Errors = {} if more else {MORE: "Write what you want to add, or cancel."}
    view: Block | None = None
    if not errors:
        async with tools.database.transaction() as session:
            member, question = await acting.own(session, act, chosen(act.state, WHICH))
            typed = await _with_more(session, question, more)
            note = await neighbours.distress_note(session, act.workspace_id, more)
            if question.state not in OPEN:
                raise NotOpen
            if question.state == "open" and len(typed.context) > LONGEST_CONTEXT:
                errors[MORE] = (
                    f"Together with what stands there, that is over {LONGEST_CONTEXT:,} characters. Shorten it."
                )
            elif note and "care" not in act.memory:
                lines = await _lines(session, act.workspace_id, member.id)
                note = [*note, forms.send_anyway()]
                view = changed_views.add_form(lines, more, care=note, memory=act.memory | {"care": 1})
            elif await first_time(session, act):
                if question.state == "open":
                    await changing.keep(session, question, typed, tools)
                else:
                    await _say(session, act, question, member, more, tools)
    await answer_form(ack, errors, view)


async def _say(session: AsyncSession, act: Act, question: Question, member: Member, text: str, tools: Tools) -> None:
    """Carried to whoever holds it, as if it had been written in the thread; the message it comes from is known by place."""
    channel, _, ts = str(act.memory.get("place", "")).partition(":")
    if await answers.at(session, act.workspace_id, channel, ts) is not None:
        return
    now, place = tools.clock(), askers.place_of(session, channel, ts)
    answer = await answers.add(
        session, question, place, places.ASKER, writer_id=member.id, by_asker=True, text=text, now=now
    )
    await telling.kept(session, question, answer, now=now)


async def _with_more(session: AsyncSession, question: Question, more: str) -> Typed:
    typed = await changing.typed_of(session, question)
    context = f"{typed.context}\n\n{more}".strip()
    return Typed(question=typed.question, context=context, skills=typed.skills)


async def _lines(session: AsyncSession, workspace_id: int, member_id: int) -> list[tuple[int, str]]:
    """Somebody's open questions, newest first: id and line."""
    rows = await questions.mine(session, workspace_id, member_id)
    said = await questions.words_of_all(session, rows)
    return [(each.id, question_rules.first_line(said[each.id].question)) for each in rows if each.id in said]
