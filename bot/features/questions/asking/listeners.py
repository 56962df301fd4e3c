"""Slack asks: the form to ask in is opened and handed in."""

import secrets
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.errors import NotAMember
from bot.features.questions import lifecycle, standing
from bot.features.questions.asking import aliases, audiences, forms, neighbours, rules, store, views, wording
from bot.features.questions.asking.forms import Choices, Errors, Typed
from bot.features.questions.asking.reading import as_typed
from bot.features.questions.rules import LONGEST_QUESTION, PACES, Draft
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Block
from bot.registry import Tools
from bot.slack.act import Act
from bot.slack.handed_in import answer_form

MENTION = "mention"  # what a form remembers that began with a mention
FROM_A_MENTION = (
    "You ask under your own name, because the mention in the channel shows it. For an alias, ask from my Home tab."
)
MUTED = "You ask under your own name until {day}. From then on you can choose an alias again."
LIMITS = {
    "open": "Three of your questions under an alias are open. Close one first, or ask under your own name.",
    "week": "Five questions under an alias within a week are the most. Ask under your own name, or in some days.",
}


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Ask mentors], wherever it stands, and the shortcut."""
    await show_form(ack, act, tools, client, Typed())


async def open_by_word(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, rest: str) -> None:
    """`/mentor ask`, with the first words of the question or without."""
    async with tools.database.reading() as session:
        words = await as_typed(session, act.workspace_id, rest)
    await show_form(ack, act, tools, client, typed_from(words))


async def show_form(
    ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient, typed: Typed, memory: dict[str, Any] | None = None
) -> None:
    """The form with what is known so far."""
    async with tools.database.reading() as session:
        member = await asker(session, act)
        view = forms.ask_form(typed, await choices_for(session, member, memory or {}, tools.clock()), memory=memory)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def asker(session: AsyncSession, act: Act) -> Member:
    """Whoever looks, provided that they are in; someone Slack has not told us of is not."""
    known = await members.by_slack_id(session, act.workspace_id, act.user_id)
    if known is None:
        raise NotAMember
    return await members.joined_actor(session, act)


def typed_from(text: str) -> Typed:
    """A question in somebody's words; what does not fit goes on as context."""
    if len(text) <= LONGEST_QUESTION:
        return Typed(question=text)
    cut = text[:LONGEST_QUESTION].rsplit(" ", 1)[0] or text[:LONGEST_QUESTION]
    return Typed(question=cut, context=text[len(cut) :].strip())


async def choices_for(session: AsyncSession, member: Member, memory: dict[str, Any], now: datetime) -> Choices:
    """What this person can choose from, and how long others waited."""
    muted = await store.muted_until(session, member.workspace_id, member.id, now=now)
    no_alias = FROM_A_MENTION if MENTION in memory else ""
    if muted is not None:
        no_alias = MUTED.format(day=wording.day(muted, now, member.tz))
    return Choices(
        places=await audiences.places(session, member),
        checklists=neighbours.checklists(),
        waits={pace: await wait_for(session, member.workspace_id, pace) for pace in PACES},
        no_alias=no_alias,
        conduct=await neighbours.conduct(session, member.workspace_id),
    )


async def wait_for(session: AsyncSession, workspace_id: int, pace: str) -> Any:
    """How long people usually wait who ask at this pace; None where too few tell."""
    return rules.usual_wait(await store.last_answered(session, workspace_id, pace))


async def hand_in(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """Keep a question and send it on its way, or say in the form what is wrong or must be read before."""
    typed, now = forms.read(act.state), tools.clock()
    view: Block | None = None
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await members.by_id(session, act.workspace_id, member.id, lock=True)  # two windows can't pass one limit
        choices = await choices_for(session, member, act.memory, now)
        draft, errors = await _judge(session, member, typed, choices, now)
        if draft is not None:
            view = await _read_before(session, member, act, typed, draft, choices)
            if view is None and await first_time(session, act):
                view = await _ask(session, member, draft, now)
    await answer_form(ack, forms.placed(errors, act.view), view)


async def _judge(
    session: AsyncSession, member: Member, typed: Typed, choices: Choices, now: datetime
) -> tuple[Draft | None, Errors]:
    """The question as it would be kept, or what is wrong with it by field."""
    errors = forms.problems(typed, choices)
    audience = typed.audience
    if problem := audiences.problem_with(audience, choices.places):
        errors[forms.AUDIENCE] = problem
    if audience == audiences.MENTOR:
        mentor, problem = await audiences.judge_mentor(session, member, typed.person, now=now)
        audience = f"mentor:{mentor.id}" if mentor is not None else audience
        if problem:
            errors[forms.PERSON] = problem
    if typed.under_alias and forms.NAME not in errors:
        asked = await store.asked_under_alias(session, member.workspace_id, member.id, now=now)
        if limit := rules.too_many_aliases(asked, now):
            errors[forms.NAME] = LIMITS[limit]
    if errors:
        return None, errors
    words = forms.to_words(typed)
    return Draft(words, typed.kind, typed.pace, audience, typed.skills, typed.checklist, typed.under_alias), {}


async def _read_before(
    session: AsyncSession, member: Member, act: Act, typed: Typed, draft: Draft, choices: Choices
) -> Block | None:
    """The same form once more, with what its writer should know before it goes out; None where they know it."""
    memory, above, submit, close = act.memory, list[Block](), "Ask", "Cancel"
    note = await neighbours.distress_note(session, act.workspace_id, f"{typed.question}\n{typed.context}")
    if note and "care" not in memory:
        above, memory, submit, close = [*note, forms.send_anyway()], memory | {"care": 1}, "Send it", "Not now"
    size = await audiences.size_of(session, member, draft.audience, choices.places) if draft.under_alias else None
    if size is not None and audiences.is_small(size) and memory.get("small") != typed.audience:
        above, memory = [*above, forms.small_note()], memory | {"small": typed.audience}
    if not above:
        return None
    return forms.ask_form(typed, choices, above=above, memory=memory, submit=submit, close=close)


async def _ask(session: AsyncSession, member: Member, draft: Draft, now: datetime) -> Block:
    alias = ""
    if draft.under_alias:
        first, second = aliases.parts()
        taken = await store.aliases_in_use(session, member.workspace_id, now=now)
        alias = rules.choose_alias(first, second, taken, secrets.randbelow)
    question = await lifecycle.start(session, member, draft, alias=alias, now=now)
    wait = wording.usual_wait(await wait_for(session, member.workspace_id, draft.pace))
    return views.asked(await standing.of_asker(session, question), wait)
